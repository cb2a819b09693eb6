import { describe, expect, test } from '@jest/globals';
import {
	groupProblems,
	ordersOf,
	settingOf,
	subjectOf,
} from '../../../../admin-ui/src/screens/problems/groups.ts';
import { aProblem } from '../../helpers/problem.ts';

describe( 'problems', () => {
	test( 'with one cause and one fix stand together, oldest first', () => {
		const groups = groupProblems( [
			aProblem( {
				id: 2,
				subject: 'order:2',
				since: '2026-11-21T11:00:00Z',
			} ),
			aProblem( {
				id: 1,
				subject: 'order:1',
				since: '2026-11-21T10:00:00Z',
			} ),
			aProblem( { id: 3, subject: 'order:3', fix: 'Something else.' } ),
		] );
		expect(
			groups.map( ( { problems } ) => problems.map( ( { id } ) => id ) )
		).toEqual( [ [ 1, 2 ], [ 3 ] ] );
	} );

	test( 'of two connections never stand together', () => {
		expect(
			groupProblems( [
				aProblem( { id: 1 } ),
				aProblem( { id: 2, connection: 'other' } ),
			] )
		).toHaveLength( 2 );
	} );

	test( 'that stop a whole connection come first, then those of most orders', () => {
		const groups = groupProblems( [
			aProblem( {
				id: 1,
				code: 'sku-unknown',
				since: '2026-11-20T00:00:00Z',
			} ),
			aProblem( { id: 2 } ),
			aProblem( { id: 3 } ),
			aProblem( {
				id: 4,
				code: 'credentials-store',
				subject: 'connection:demo',
			} ),
		] );
		expect( groups.map( ( { code } ) => code ) ).toEqual( [
			'credentials-store',
			'payment-unmapped',
			'sku-unknown',
		] );
	} );

	test.each( [
		[ 'orders.payments', true ],
		[ 'goLive', true ],
		[ 'brightpearl.auth', true ],
		[ 'store.url', true ],
		[ 'billing.email', false ],
		[ 'sku', false ],
		[ 'storefront', false ],
		[ null, false ],
	] )( 'with the field %j lead to a setting: %j', ( field, leads ) => {
		expect( settingOf( aProblem( { field } ) ) ).toEqual(
			leads
				? {
						screen: 'settings',
						connection: 'demo',
						query: { field },
					}
				: null
		);
	} );

	test.each( [
		[
			'order:4336',
			{ kind: 'order', name: '4336' },
			[ 'orders', [ '4336' ] ],
		],
		[ 'sku:A:B/1', { kind: 'sku', name: 'A:B/1' }, [ 'stock', undefined ] ],
		[ 'connection:demo', { kind: 'connection', name: 'demo' }, null ],
		[ 'odd', { kind: 'other', name: 'odd' }, null ],
	] )( 'of %s lead there', ( subject, what, where ) => {
		const read = subjectOf( aProblem( { subject } ) );
		expect( read ).toMatchObject( what );
		expect(
			read.target === null
				? null
				: [ read.target.screen, read.target.rest ]
		).toEqual( where );
	} );
} );

describe( 'the orders of a kind of problem', () => {
	const group = ( ...subjects: readonly string[] ) =>
		ordersOf( {
			connection: 'demo',
			code: 'tax-unmapped',
			problems: subjects.map( ( subject ) => aProblem( { subject } ) ),
		} );

	test( 'are found in their own list', () => {
		expect( group( 'order:1', 'order:2' ) ).toEqual( {
			screen: 'orders',
			connection: 'demo',
			query: { problem: 'tax-unmapped' },
		} );
	} );

	test( 'a SKU is no order', () => {
		expect( group( 'order:1', 'sku:MUG-1' ) ).toBeNull();
	} );
} );
