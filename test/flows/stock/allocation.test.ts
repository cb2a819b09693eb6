import { describe, expect, test } from '@jest/globals';
import type {
	OrderRow,
	Reservation,
	SalesOrder,
} from '../../../src/brightpearl/api.ts';
import { systemClock } from '../../../src/net/world.ts';
import { allocationOf } from '../../../src/flows/stock/allocation.ts';
import {
	createFakeBrightpearl,
	MAIN,
} from '../../helpers/fakes/stock-brightpearl.ts';

const ROWS: Partial< OrderRow >[] = [
	{ id: 1, externalRef: 'line-11', quantity: '3.0000' },
	{ id: 2, externalRef: 'ship-12', quantity: '1.0000' },
	// A bundle of two A and one B, twice.
	{ id: 3, externalRef: 'line-13', quantity: '2.0000', bundleParent: true },
	{ id: 4, parentRowId: 3, bundleChild: true, quantity: '4.0000' },
	{ id: 5, parentRowId: 3, bundleChild: true, quantity: '2.0000' },
];

async function read(
	change: Partial< SalesOrder >,
	reserved: Record< string, number > | null = null
) {
	const erp = createFakeBrightpearl( systemClock, [] );
	const { id } = erp.push( 101, ROWS );
	erp.change( id, change );
	if ( reserved !== null ) {
		const rows: Reservation[ 'rows' ] = Object.fromEntries(
			Object.entries( reserved ).map( ( [ row, quantity ] ) => [
				row,
				{ productId: 1, quantity },
			] )
		);
		erp.reservations.set( id, { warehouseId: MAIN, rows } );
	}
	const salesOrder = erp.salesOrders.get( id );
	if ( salesOrder === undefined ) {
		throw new Error( 'It was pushed just now.' );
	}
	const answer = await allocationOf(
		erp.brightpearl,
		salesOrder,
		() => '2026-11-02T12:00:00.000Z'
	);
	return {
		allocation: answer.ok ? answer.value : null,
		requests: erp.brightpearl.requests(),
	};
}

describe( 'what is allocated of a sales order', () => {
	test( 'is what its rows say when all is, without another question', async () => {
		expect( await read( { allocation: 'all' } ) ).toEqual( {
			allocation: {
				state: 'all',
				byLine: { 11: 3, 13: 2 },
				shipped: false,
				confirmedAt: '2026-11-02T12:00:00.000Z',
			},
			requests: 0,
		} );
	} );

	test.each( [
		[ 'the row’s own reservation', { 1: 2 }, { 11: 2, 13: 0 } ],
		[
			'as many bundles as the scarcest component makes',
			{ 4: 4, 5: 1 },
			{ 11: 0, 13: 1 },
		],
		[
			'no bundle when a component is missing',
			{ 1: 3, 4: 4 },
			{ 11: 3, 13: 0 },
		],
		[ 'nothing when there is no reservation', null, { 11: 0, 13: 0 } ],
	] )( 'is, in part, %s', async ( _what, reserved, byLine ) => {
		const { allocation } = await read( { allocation: 'part' }, reserved );
		expect( allocation ).toMatchObject( { state: 'part', byLine } );
	} );

	test( 'is nothing of an order that was cancelled there', async () => {
		const { allocation } = await read( {
			allocation: 'all',
			shipping: 'all',
			cancelled: true,
		} );
		expect( allocation ).toMatchObject( {
			state: 'none',
			shipped: false,
			byLine: {},
		} );
	} );

	test( 'is out of the house once all of it shipped', async () => {
		expect(
			( await read( { allocation: 'all', shipping: 'all' } ) ).allocation
				?.shipped
		).toBe( true );
		expect(
			( await read( { allocation: 'all', shipping: 'part' } ) ).allocation
				?.shipped
		).toBe( false );
	} );
} );
