import { describe, expect, test } from '@jest/globals';
import {
	budgetTone,
	isComplete,
	isFirstDay,
	sums,
	worstFirst,
	type ConnectionStatus,
} from '../../../../admin-ui/src/screens/overview/figures.ts';

const AT = '2026-11-21T12:00:00Z';
const connection = (
	more: Partial< ConnectionStatus > = {}
): ConnectionStatus => ( {
	name: 'demo',
	live: true,
	health: 'ok',
	why: null,
	orders: {},
	lastOrderAt: null,
	lastPushAt: null,
	sweep: { at: null, cursor: null },
	stock: { runId: null, at: null, state: null },
	budget: {
		pool: 'x',
		limit: null,
		remaining: null,
		resetsAt: null,
		refused: 0,
	},
	token: null,
	webhooks: [],
	...more,
} );

describe( 'the overview', () => {
	test( 'shows the worst connection first', () => {
		expect(
			worstFirst( [
				connection( { name: 'b' } ),
				connection( { name: 'a' } ),
				connection( { name: 'p', health: 'paused' } ),
				connection( { name: 'x', health: 'degraded' } ),
				connection( { name: 'd', health: 'down' } ),
			] ).map( ( { name } ) => name )
		).toEqual( [ 'd', 'x', 'p', 'a', 'b' ] );
	} );

	test( 'explains the first day until an order has come', () => {
		expect( isFirstDay( connection() ) ).toBe( true );
		expect( isFirstDay( connection( { orders: { synced: 0 } } ) ) ).toBe(
			true
		);
		expect( isFirstDay( connection( { orders: { problem: 1 } } ) ) ).toBe(
			false
		);
		expect( isFirstDay( connection( { lastOrderAt: AT } ) ) ).toBe( false );
	} );

	test( 'asks for what is still to be filled in as long as there is no pool', () => {
		const { budget } = connection();
		expect( isComplete( connection() ) ).toBe( true );
		expect(
			isComplete( connection( { budget: { ...budget, pool: '' } } ) )
		).toBe( false );
	} );

	test( 'sums what was drawn; the typical way is that of the typical order', () => {
		const order = ( pushed: number, latency: number | null ) => ( {
			at: AT,
			placed: 2,
			pushed,
			latency,
		} );
		const read = sums( {
			from: AT,
			to: AT,
			step: 3600,
			// 100 orders took 1 s; one hour with a single slow one changes nothing.
			orders: [ order( 1, 900 ), order( 100, 1 ), order( 0, null ) ],
			stock: [
				{ at: AT, runs: 1, changed: 3, failed: 1 },
				{ at: AT, runs: 1, changed: 4, failed: 0 },
			],
		} );
		expect( read ).toEqual( {
			placed: 6,
			pushed: 101,
			changed: 7,
			failed: 1,
			latency: 1,
		} );
	} );

	test( 'has no typical way when nothing was pushed', () => {
		expect(
			sums( { from: AT, to: AT, step: 3600, orders: [], stock: [] } )
				.latency
		).toBeNull();
	} );

	test.each( [
		[ 200, 200, 'info' ],
		[ 40, 200, 'warning' ],
		[ 10, 200, 'error' ],
		[ 0, 0, 'error' ],
	] )( 'warns of a budget of %d of %d: %s', ( remaining, limit, tone ) => {
		expect( budgetTone( remaining, limit ) ).toBe( tone );
	} );
} );
