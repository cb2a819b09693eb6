/**
 * Goods that were refunded or called off in the shop while they are on a goods-out note that has not
 * left: whoever packs them must hear of it, and no money moves for an order that stays.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoreRefundDetail } from '../../../src/contracts/store.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
let minute = 0;
beforeEach( async () => {
	minute = 0;
	scene = await createOrderScene( {
		settings: { orders: { cancelPaid: 'reverse' } },
	} );
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
} );
afterEach( () => scene.close() );

const ONE_BOARD: StoreRefundDetail = {
	id: 9,
	reason: '',
	amount: '12.00',
	createdAt: '2026-07-02T11:00:00Z',
	lines: [
		{
			kind: 'line',
			itemId: 1,
			name: 'Oak Serving Board',
			quantity: '1',
			total: '10.00',
			totalTax: '2.00',
		},
	],
};
const ALL: StoreRefundDetail = { ...ONE_BOARD, amount: '37.77', lines: [] };

async function inShop(
	change: Parameters< OrderScene[ 'shop' ][ 'change' ] >[ 1 ] = {}
): Promise< void > {
	minute += 1;
	scene.shop.change( 1, {
		...change,
		modifiedAt: `2026-07-02T12:${ String( minute ).padStart( 2, '0' ) }:00Z`,
	} );
	await look();
}

async function look(): Promise< void > {
	await scene.tell( 1 );
	await scene.rest();
}

async function refunded( refund: StoreRefundDetail ): Promise< void > {
	scene.shop.refund( 1, refund );
	await inShop();
}

function salesOrder() {
	const [ order ] = scene.erp.sales;
	if ( order === undefined ) {
		throw new Error( 'There is no sales order.' );
	}
	return order;
}

/** As staff make it: what was reserved is on the note from then on. */
function makeNote(): void {
	const { id, rows } = salesOrder();
	const reserved = scene.erp.reservations.get( id )?.rows ?? {};
	for ( const row of rows ) {
		const pieces = reserved[ row.id ]?.quantity ?? 0;
		if ( pieces > 0 ) {
			scene.erp.noted.set( row.id, pieces );
		}
	}
	expect( scene.erp.noted.size ).toBe( 2 );
	scene.erp.reservations.delete( id );
}

/** Its pieces are reserved again. */
function deleteNote(): void {
	const { id, rows } = salesOrder();
	scene.erp.reservations.set( id, {
		warehouseId: 2,
		rows: Object.fromEntries(
			rows
				.filter( ( row ) => scene.erp.noted.has( row.id ) )
				.map( ( row ) => [
					String( row.id ),
					{
						productId: row.productId,
						quantity: scene.erp.noted.get( row.id ) ?? 0,
					},
				] )
		),
	} );
	scene.erp.noted.clear();
}

const messages = async () =>
	( await scene.database.problems.list() ).map( ( { message } ) => message );
const SHIPS = [ 'order:1 cancelled-shipped' ];

describe( 'refunded while on a goods-out note', () => {
	test( 'in full: told with its pieces, on every look, until the note is gone', async () => {
		makeNote();
		await refunded( ALL );
		expect( scene.erp.credits ).toHaveLength( 1 );
		expect( await scene.problems() ).toEqual( SHIPS );
		const [ message ] = await messages();
		expect( message ).toMatch( /2 pieces of ".+" and 1 piece of ".+"/ );
		expect( message ).toContain( 'would still ship' );
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'problem' );

		await look();
		expect( await scene.problems() ).toEqual( SHIPS );

		deleteNote();
		await look();
		expect( await scene.problems() ).toEqual( [] );
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		// What the note gave back is not kept from other buyers.
		expect( scene.erp.reservations.size ).toBe( 0 );
	} );

	test( 'one piece: told of that one, and the others stay on the note', async () => {
		makeNote();
		await refunded( ONE_BOARD );
		expect( await scene.problems() ).toEqual( SHIPS );
		expect( await messages() ).toEqual( [
			expect.stringMatching( /shop: 1 piece of "[^"]+", on a/ ),
		] );
		const [ board ] = salesOrder().rows;
		scene.erp.noted.set( board?.id ?? 0, 1 );
		await look();
		expect( await scene.problems() ).toEqual( [] );
	} );

	test( 'what had left before is no matter', async () => {
		makeNote();
		for ( const [ rowId, pieces ] of scene.erp.noted ) {
			scene.erp.left.set( rowId, pieces );
		}
		scene.erp.change( salesOrder().id, { shipping: 'part' } );
		await refunded( ALL );
		expect( await scene.problems() ).toEqual( [] );
	} );

	test( 'an order of which nothing was taken off is not asked for its notes', async () => {
		makeNote();
		await inShop( { number: '1-B' } );
		expect( await scene.problems() ).toEqual( [] );
		expect( scene.erp.calls ).not.toContain( 'fulfilmentStatus' );
	} );
} );

describe( 'called off while on a goods-out note', () => {
	test( 'no money moves before it can be cancelled; then it does', async () => {
		makeNote();
		await inShop( { status: 'cancelled' } );
		expect( await scene.problems() ).toEqual( SHIPS );
		expect( await messages() ).toEqual( [
			expect.stringContaining( 'cannot be cancelled' ),
		] );
		expect( scene.erp.payments ).toHaveLength( 1 );
		expect( scene.erp.calls ).not.toContain( 'setOrderStatus' );

		deleteNote();
		await look();
		expect( await scene.problems() ).toEqual( [] );
		expect( salesOrder().cancelled ).toBe( true );
		expect( scene.erp.payments ).toHaveLength( 2 );
	} );

	test( 'deleted for good: the same', async () => {
		makeNote();
		scene.shop.orders.delete( 1 );
		await look();
		expect( await scene.problems() ).toEqual( SHIPS );
		expect( scene.erp.payments ).toHaveLength( 1 );
	} );

	test( 'refused in the end, it holds no stock back', async () => {
		scene.erp.before = ( call ) =>
			call === 'setOrderStatus'
				? {
						kind: 'hold',
						ruid: null,
						problem: {
							code: 'refused-by-brightpearl',
							message: 'ORDC-909 No.',
							cause: null,
							fix: null,
							field: null,
						},
					}
				: null;
		await inShop( { status: 'cancelled' } );
		expect( await scene.problems() ).toEqual( SHIPS );
		expect( scene.erp.reservations.size ).toBe( 0 );
	} );
} );
