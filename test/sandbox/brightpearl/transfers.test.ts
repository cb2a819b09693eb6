/** Goods-out notes to another warehouse, made by hand (resources reference, §4.5). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startStockHarness } from './stock-harness.ts';
import type { StockHarness } from './stock-harness.ts';

let bp: StockHarness[ 'bp' ];
let product: StockHarness[ 'product' ];
let level: StockHarness[ 'level' ];
beforeAll( async () => {
	( { bp, product, level } = await startStockHarness() );
} );
afterAll( () => bp.close() );

const send = ( productId: number, more: Record< string, number > = {} ) =>
	bp.control( 'POST', '/transfer', {
		account: 'sandbox-gb',
		productId,
		quantity: 2,
		warehouseId: 2,
		targetWarehouseId: 3,
		...more,
	} );

test( 'holds what it is to take, and gives it back when it is deleted', async () => {
	const id = await product( 5 );
	const { json } = await send( id );
	expect( await level( id ) ).toMatchObject( { onHand: 3, allocated: 2 } );
	const { status } = await bp.call(
		'DELETE',
		`/warehouse-service/order/0/goods-note/goods-out/${ String( json.noteId ) }`
	);
	expect( status ).toBe( 200 );
	expect( await level( id ) ).toMatchObject( { onHand: 5, allocated: 0 } );
} );

test.each( [
	[ 'more than is on hand', { quantity: 6 }, 409 ],
	[ 'the warehouse it is in', { targetWarehouseId: 2 }, 404 ],
	[ 'a warehouse that is not there', { targetWarehouseId: 99 }, 404 ],
	[ 'an unknown product', { productId: 999_999 }, 404 ],
	[ 'nothing', { quantity: 0 }, 400 ],
] )( 'is refused for %s', async ( _name, more, status ) => {
	const id = await product( 5 );
	expect( ( await send( id, more ) ).status ).toBe( status );
	expect( await level( id ) ).toMatchObject( { onHand: 5, allocated: 0 } );
} );
