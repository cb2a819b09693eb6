import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startStockHarness } from './stock-harness.ts';
import type { StockHarness } from './stock-harness.ts';

let bp: StockHarness[ 'bp' ];
let product: StockHarness[ 'product' ];
let order: StockHarness[ 'order' ];
let codes: StockHarness[ 'codes' ];
let level: StockHarness[ 'level' ];
let wish: StockHarness[ 'wish' ];
let reserve: StockHarness[ 'reserve' ];
beforeAll( async () => {
	( { bp, product, order, codes, level, wish, reserve } =
		await startStockHarness() );
} );
afterAll( () => bp.close() );

const note = ( made: { id: number }, products: unknown, warehouseId = 2 ) =>
	bp.call(
		'POST',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out`,
		{
			warehouses: [ { warehouseId, transfer: false, products } ],
			priority: false,
			shippingMethodId: 1,
		}
	);
const shipped = ( noteId: number ) =>
	bp.call(
		'POST',
		`/warehouse-service/goods-note/goods-out/${ noteId }/event`,
		{
			events: [
				{
					eventCode: 'SHW',
					occured: '2026-07-02T15:00:00.000+00:00',
					eventOwnerId: 4,
				},
			],
		}
	);

test( 'a note takes over the reservation, the ship event takes the stock', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 3 } );
	const body = wish( made, { productId: id, quantity: 3 } );
	await reserve( made.id, body );
	const reply = await note( made, body.products );
	const noteId = Number( reply.json.response[ 0 ] );
	expect( await level( id ) ).toMatchObject( {
		inStock: 5,
		onHand: 2,
		allocated: 3,
	} );
	expect( await codes( made.id ) ).toEqual( [ 'AAA', 'SOA', 'SNS' ] );

	const tracked = await bp.call(
		'PUT',
		`/warehouse-service/goods-note/goods-out/${ noteId }`,
		{
			shipping: { reference: 'TRK123', boxes: 1, weight: '0.7' },
		}
	);
	expect( tracked.text ).toBe( '{}' );
	expect( ( await shipped( noteId ) ).text ).toBe( '{}' );
	expect( await level( id ) ).toMatchObject( {
		inStock: 2,
		onHand: 2,
		allocated: 0,
	} );
	expect( await codes( made.id ) ).toEqual( [ 'AAA', 'SOA', 'ASS' ] );

	const read = await bp.call(
		'GET',
		`/warehouse-service/order/*/goods-note/goods-out/${ noteId }`
	);
	const shown = read.json.response?.[ String( noteId ) ];
	expect( shown ).toMatchObject( {
		orderId: made.id,
		status: {
			printed: true,
			picked: true,
			packed: true,
			shipped: true,
			shippedById: 4,
		},
		shipping: { reference: 'TRK123', boxes: 1, weight: '0.70' },
		orderRows: {
			[ String( made.rows[ 0 ] ) ]: [ { productId: id, quantity: 3 } ],
		},
	} );
	// The ship event stands before those it made up for.
	expect(
		[ ...( shown?.events ?? [] ) ].map( ( event ) => event.eventCode )
	).toEqual( [ 'PLA', 'SHW', 'PRI', 'PIC', 'PAC' ] );

	expect( ( await shipped( noteId ) ).status ).toBe( 409 );
	const late = await bp.call(
		'PUT',
		`/warehouse-service/goods-note/goods-out/${ noteId }`,
		{
			shipping: { reference: 'LATE' },
		}
	);
	expect( late.status ).toBe( 400 );
	const gone = await bp.call(
		'DELETE',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out/${ noteId }`
	);
	expect( gone.status ).toBe( 400 );
	const cancelled = await bp.call(
		'PUT',
		`/order-service/order/${ made.id }/status`,
		{
			orderStatusId: 5,
		}
	);
	expect( cancelled.status ).toBe( 400 );
} );

test( 'a note without reservation allocates; deleting it gives the stock back', async () => {
	const id = await product( 2 );
	const made = await order( { productId: id, quantity: 2 } );
	const { products } = wish( made, { productId: id, quantity: 1 } );
	const noteId = Number(
		( await note( made, products ) ).json.response[ 0 ]
	);
	expect( await level( id ) ).toMatchObject( {
		onHand: 1,
		allocated: 1,
	} );
	expect( await codes( made.id ) ).toEqual( [ 'APA', 'SOP', 'SNS' ] );
	const gone = await bp.call(
		'DELETE',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out/${ noteId }`
	);
	expect( gone.text ).toBe( '{}' );
	expect( await level( id ) ).toMatchObject( {
		onHand: 2,
		allocated: 0,
	} );
	const empty = await bp.call(
		'GET',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out`
	);
	expect( empty.json ).toEqual( { response: {} } );
} );

test( 'more than is open, or more than is there, is refused', async () => {
	const id = await product( 1 );
	const made = await order( { productId: id, quantity: 2 } );
	const ask = async ( quantity: number, warehouse = 2 ) =>
		(
			await note(
				made,
				wish( made, { productId: id, quantity } ).products,
				warehouse
			)
		).json.errors?.[ 0 ]?.code;
	expect( await ask( 3 ) ).toBe( 'ORDC-905' );
	expect( await ask( 2 ) ).toBe( 'WHSC-905' );
	expect( await ask( 1, 3 ) ).toBe( 'WHSC-905' );
	expect( await ask( 1, 99 ) ).toBe( 'WHSC-904' );
	expect( await ask( 1 ) ).toBeUndefined();
} );

test( 'a row named twice draws on its reservation once', async () => {
	const id = await product( 2 );
	const made = await order( { productId: id, quantity: 4 } );
	await reserve( made.id, wish( made, { productId: id, quantity: 2 } ) );
	const { products } = wish( made, { productId: id, quantity: 2 } );
	const reply = await note( made, [ ...products, ...products ] );
	expect( reply.json.errors?.[ 0 ]?.code ).toBe( 'WHSC-905' );
	expect( await level( id ) ).toMatchObject( {
		inStock: 2,
		allocated: 2,
	} );
} );

test( 'what was shipped on a channel since a moment can be searched', async () => {
	const id = await product( 1 );
	const made = await order( { productId: id, quantity: 1 } );
	const reply = await note(
		made,
		wish( made, { productId: id, quantity: 1 } ).products
	);
	const noteId = Number( reply.json.response[ 0 ] );
	const search = () =>
		bp.search(
			'/warehouse-service/goods-note/goods-out-search?channelId=7' +
				`&orderId=${ made.id }&shippedOn=2026-07-02T00:00:00Z/&columns=goodsOutNoteId`
		);
	expect( await search() ).toEqual( [] );
	await shipped( noteId );
	expect( await search() ).toEqual( [ [ noteId ] ] );
} );
