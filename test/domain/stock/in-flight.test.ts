import { describe, expect, test } from '@jest/globals';
import type {
	LinkAllocation,
	LinkLine,
	OrderLink,
} from '../../../src/contracts/database.ts';
import { inFlight } from '../../../src/domain/stock/in-flight.ts';
import { itemKey } from '../../../src/domain/stock/items.ts';
import { linkWith } from '../../helpers/planning.ts';

const GO_LIVE = '2026-11-01T00:00:00.000Z';
const ASKED = '2026-11-02T12:00:00.000Z';
const BEFORE = '2026-11-02T11:59:59.999Z';
const AFTER = '2026-11-02T12:00:00.001Z';

const MUG = itemKey( 7, null );

function line( change: Partial< LinkLine > = {} ): LinkLine {
	return {
		lineId: 1,
		productId: 7,
		variationId: 0,
		sku: 'MUG',
		reduced: 3,
		...change,
	};
}

function allocation( change: Partial< LinkAllocation > = {} ): LinkAllocation {
	return {
		state: 'all',
		byLine: {},
		shipped: false,
		confirmedAt: BEFORE,
		...change,
	};
}

function link( change: Partial< OrderLink > = {} ): OrderLink {
	return linkWith( {
		orderId: 101,
		number: '101',
		state: 'synced',
		storeStatus: 'processing',
		placedAt: '2026-11-02T10:00:00.000Z',
		currency: 'GBP',
		total: '9.00',
		salesOrderId: 5001,
		lines: [ line() ],
		updatedAt: '2026-11-02T10:00:00.000Z',
		...change,
	} );
}

function flights(
	links: OrderLink[],
	options: { goLive?: string | null; own?: number[] } = {}
): ReturnType< typeof inFlight > {
	return inFlight( {
		links,
		goLive: options.goLive === undefined ? GO_LIVE : options.goLive,
		askedAt: ASKED,
		keepsOwnStock: ( variationId ) =>
			( options.own ?? [] ).includes( variationId ),
	} );
}

describe( 'what is in flight of an order that took 3', () => {
	test.each< [ string, Partial< OrderLink >, number ] >( [
		[
			'is all of it when we saw it but did not push it',
			{ salesOrderId: null, state: 'queued' },
			3,
		],
		[
			'is all of it when it is not due',
			{ salesOrderId: null, state: 'not-due', storeStatus: 'on-hold' },
			3,
		],
		[
			'is all of it when a person holds it',
			{ salesOrderId: null, decision: 'held', state: 'held' },
			3,
		],
		[ 'is all of it when it was pushed but not allocated', {}, 3 ],
		[
			'is all of it when the allocation was undone',
			{ allocation: allocation( { state: 'none' } ) },
			3,
		],
		[
			'is nothing once its allocation was confirmed before the question',
			{ allocation: allocation() },
			0,
		],
		[
			'is all of it when the allocation was confirmed after the question',
			{ allocation: allocation( { confirmedAt: AFTER } ) },
			3,
		],
		[
			'is all of it when the allocation was confirmed in the same millisecond',
			{ allocation: allocation( { confirmedAt: ASKED } ) },
			3,
		],
		[
			'is the rest when part was allocated',
			{ allocation: allocation( { state: 'part', byLine: { 1: 2 } } ) },
			1,
		],
		[
			'is all of it when another line was the part allocated',
			{ allocation: allocation( { state: 'part', byLine: { 2: 3 } } ) },
			3,
		],
		[
			'is all of it when the part was confirmed too late',
			{
				allocation: allocation( {
					state: 'part',
					byLine: { 1: 2 },
					confirmedAt: AFTER,
				} ),
			},
			3,
		],
		[
			'is nothing when Brightpearl needs no allocation for it',
			{ allocation: allocation( { state: 'not-needed' } ) },
			0,
		],
		[
			'is what an edit in the shop added after all was allocated',
			{ allocation: allocation( { byLine: { 1: 2 } } ) },
			1,
		],
		[
			'is a line that was added after all was allocated',
			{ allocation: allocation( { byLine: { 9: 1 } } ) },
			3,
		],
		[
			'is nothing when a refund gave back more than is still allocated',
			{ allocation: allocation( { byLine: { 1: 5 } } ) },
			0,
		],
		[
			'is nothing once it shipped',
			{ allocation: allocation( { state: 'none', shipped: true } ) },
			0,
		],
		[
			'is all of it when it shipped after the question',
			{
				allocation: allocation( {
					state: 'none',
					shipped: true,
					confirmedAt: AFTER,
				} ),
			},
			3,
		],
		[ 'is nothing when it was cancelled', { storeStatus: 'cancelled' }, 0 ],
		[ 'is nothing when it failed', { storeStatus: 'failed' }, 0 ],
		[
			'is nothing when it was refunded, though the shop keeps the mark',
			{ storeStatus: 'refunded' },
			0,
		],
		[ 'is nothing when it lies in the trash', { gone: 'trashed' }, 0 ],
		[
			'is nothing when it carries the status of the trash',
			{ storeStatus: 'trash' },
			0,
		],
		[ 'is nothing when it was deleted', { gone: 'deleted' }, 0 ],
		[
			'is all of it when the shop completed it without allocation',
			{ storeStatus: 'completed' },
			3,
		],
		[
			'is all of it while it is ignored and not completed',
			{ decision: 'ignored', state: 'ignored', salesOrderId: null },
			3,
		],
		[
			'is nothing when it is ignored and completed',
			{ decision: 'ignored', state: 'ignored', storeStatus: 'completed' },
			0,
		],
		[
			'is nothing when it was placed before go-live',
			{ placedAt: '2026-10-31T23:59:59.000Z' },
			0,
		],
		[
			'is all of it when it was placed at go-live',
			{ placedAt: GO_LIVE },
			3,
		],
		[
			'is all of it when a person pushed it, whatever its date',
			{ placedAt: '2020-01-01T00:00:00Z', forced: true },
			3,
		],
		[ 'is all of it while its date is not known', { placedAt: null }, 3 ],
		[
			'is nothing when the shop took nothing off',
			{ lines: [ line( { reduced: 0 } ) ] },
			0,
		],
		[
			'is nothing of a product that is gone',
			{ lines: [ line( { productId: 0 } ) ] },
			0,
		],
		[ 'is whole pieces', { lines: [ line( { reduced: 1.5 } ) ] }, 2 ],
	] )( '%s', ( _what, change, expected ) => {
		const flight = flights( [ link( change ) ] ).get( MUG );
		expect( flight?.total ?? 0 ).toBe( expected );
	} );

	test( 'is nothing before there is a go-live, unless a person pushed it', () => {
		expect( flights( [ link() ], { goLive: null } ).size ).toBe( 0 );
		expect(
			flights( [ link( { forced: true } ) ], { goLive: null } ).get( MUG )
				?.total
		).toBe( 3 );
	} );
} );

describe( 'the stock item of a line', () => {
	const variation = [ link( { lines: [ line( { variationId: 70 } ) ] } ) ];

	test( 'is the variation when it manages its own stock', () => {
		expect( [ ...flights( variation, { own: [ 70 ] } ).keys() ] ).toEqual( [
			itemKey( 7, 70 ),
		] );
	} );

	test( 'is the product when the variation follows it', () => {
		expect( [ ...flights( variation ).keys() ] ).toEqual( [ MUG ] );
	} );

	test( 'gathers two lines of the same product', () => {
		const two = link( {
			lines: [ line(), line( { lineId: 2, reduced: 1 } ) ],
		} );
		expect( flights( [ two ] ).get( MUG ) ).toEqual( {
			total: 4,
			orders: [
				{
					orderId: 101,
					quantity: 4,
					why: 'in Brightpearl as 5001, not allocated',
				},
			],
		} );
	} );
} );

describe( 'why an order is in flight', () => {
	test.each< [ Partial< OrderLink >, string ] >( [
		[ { salesOrderId: null }, 'not in Brightpearl yet' ],
		[
			{ salesOrderId: null, decision: 'held' },
			'held here, not in Brightpearl yet',
		],
		[
			{ decision: 'ignored' },
			'ignored here, counts until it is completed in the shop',
		],
		[ {}, 'in Brightpearl as 5001, not allocated' ],
		[
			{ allocation: allocation( { state: 'part', byLine: { 1: 2 } } ) },
			'in Brightpearl as 5001, 2 of 3 allocated',
		],
		[
			{ allocation: allocation( { confirmedAt: AFTER } ) },
			`in Brightpearl as 5001, allocation known only from ${ AFTER }, after the stock was read`,
		],
	] )( '%j', ( change, why ) => {
		expect(
			flights( [ link( change ) ] ).get( MUG )?.orders[ 0 ]?.why
		).toBe( why );
	} );

	test( 'is told per order, oldest first', () => {
		const flight = flights( [
			link( { orderId: 104 } ),
			link( { orderId: 101 } ),
		] ).get( MUG );
		expect( flight?.orders.map( ( { orderId } ) => orderId ) ).toEqual( [
			101, 104,
		] );
		expect( flight?.total ).toBe( 6 );
	} );
} );
