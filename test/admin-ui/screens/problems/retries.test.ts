import { describe, expect, test } from '@jest/globals';
import {
	NO_RETRIES,
	begun,
	countsOf,
	ended,
	heard,
	listed,
	firstWaiting,
	seen,
} from '../../../../admin-ui/src/screens/problems/retries.ts';
import type { OrderState } from '../../../../src/contracts/answers.ts';
import type { FlowEvent } from '../../../../src/contracts/events.ts';
import { aProblem } from '../../helpers/problem.ts';

const order = ( id: number ) =>
	aProblem( { id: 100 + id, subject: `order:${ id }` } );
const sku = aProblem( { id: 7, subject: 'sku:MUG' } );
const now = ( orderId: number, state: OrderState ): FlowEvent => ( {
	event: 'order',
	connection: 'demo',
	orderId,
	number: null,
	state,
	salesOrderId: null,
	rows: null,
	currency: null,
	total: null,
	allocation: null,
} );

describe( 'problems that are tried again', () => {
	test( 'of an order are solved when the order says so, not when they leave the list', () => {
		const trying = listed( begun( NO_RETRIES, [ order( 1 ) ] ), [] );
		expect( countsOf( trying ) ).toMatchObject( { waiting: 1, solved: 0 } );
		const working = heard( trying, now( 1, 'working' ) );
		expect( countsOf( working ).waiting ).toBe( 1 );
		expect(
			countsOf( heard( working, now( 1, 'synced' ) ) )
		).toMatchObject( { waiting: 0, solved: 1 } );
	} );

	test( 'of anything else are solved when they are gone', () => {
		const trying = begun( NO_RETRIES, [ sku ] );
		expect( listed( trying, [ sku ] ) ).toBe( trying );
		expect( countsOf( listed( trying, [] ) ).solved ).toBe( 1 );
	} );

	test( 'are there again when they say so, also after they were gone', () => {
		const again: FlowEvent = {
			event: 'problem',
			connection: 'demo',
			problem: { ...sku, id: 99 },
		};
		const gone = listed( begun( NO_RETRIES, [ sku ] ), [] );
		expect( countsOf( heard( gone, again ) ) ).toMatchObject( {
			solved: 0,
			again: 1,
		} );
		const one = begun( NO_RETRIES, [ order( 1 ), order( 2 ) ] );
		expect( countsOf( heard( one, now( 1, 'problem' ) ) ) ).toMatchObject( {
			waiting: 1,
			again: 1,
			total: 2,
		} );
	} );

	test( 'of one order count once, however many it has', () => {
		const two = begun( NO_RETRIES, [
			order( 1 ),
			{ ...order( 1 ), id: 8, code: 'tax-unmapped' },
		] );
		expect( countsOf( two ).total ).toBe( 1 );
	} );

	test( 'are not heard of when nobody tried them', () => {
		const trying = begun( NO_RETRIES, [ order( 1 ) ] );
		expect( heard( trying, now( 2, 'synced' ) ) ).toBe( trying );
		expect(
			heard( trying, { ...now( 1, 'synced' ), connection: 'other' } )
		).toBe( trying );
	} );

	test( 'join those under way, and begin a new count after these', () => {
		const more = begun( begun( NO_RETRIES, [ order( 1 ) ] ), [
			order( 2 ),
		] );
		expect( countsOf( more ).total ).toBe( 2 );
		const done = heard(
			heard( more, now( 1, 'synced' ) ),
			now( 2, 'held' )
		);
		expect( countsOf( begun( done, [ sku ] ) ) ).toEqual( {
			waiting: 1,
			solved: 0,
			again: 0,
			total: 1,
		} );
	} );

	test( 'are judged by the list when nothing was heard for long', () => {
		const trying = begun( NO_RETRIES, [ order( 1 ), order( 2 ) ] );
		expect( countsOf( ended( trying, [ order( 2 ) ] ) ) ).toMatchObject( {
			waiting: 0,
			solved: 1,
			again: 1,
		} );
	} );
} );

test( 'an order that is waited for is looked at, until it says how it stands', () => {
	const retries = begun( NO_RETRIES, [
		aProblem( { id: 1, subject: 'sku:MUG-1' } ),
		aProblem( { id: 2, subject: 'order:7' } ),
	] );
	const order = { connection: 'demo', orderId: 7 };
	expect( firstWaiting( retries ) ).toEqual( order );
	const working = seen( retries, { ...order, state: 'working' } );
	expect( firstWaiting( working ) ).toEqual( order );
	const again = seen( working, { ...order, state: 'problem' } );
	expect( firstWaiting( again ) ).toBeNull();
	expect( countsOf( again ) ).toMatchObject( { waiting: 1, again: 1 } );
	expect(
		countsOf( seen( again, { ...order, state: 'synced' } ) )
	).toMatchObject( { solved: 1, again: 0 } );
} );
