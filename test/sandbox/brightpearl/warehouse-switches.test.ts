/** What the references leave open in the warehouse service: both readings of each question. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startStockHarness } from './stock-harness.ts';
import type { StockHarness } from './stock-harness.ts';

let bp: StockHarness[ 'bp' ];
let product: StockHarness[ 'product' ];
let order: StockHarness[ 'order' ];
let level: StockHarness[ 'level' ];
let wish: StockHarness[ 'wish' ];
let reserve: StockHarness[ 'reserve' ];
beforeAll( async () => {
	( { bp, product, order, level, wish, reserve } =
		await startStockHarness() );
} );
afterAll( () => bp.close() );
afterEach( async () => {
	await bp.control( 'POST', '/switches', before );
} );

const before = {
	noteAnswer: 'list',
	overFulfilment: 'refuse',
	goodsOutMovements: 'shipped',
	reservationMovements: 'none',
	reservationDelete: 'any',
	staleNoteEvent: 412,
	stockTouchesProduct: false,
	inTransit: 'shown',
};

const note = ( made: { id: number }, products: unknown ) =>
	bp.call(
		'POST',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out`,
		{ warehouses: [ { warehouseId: 2, products } ] }
	);
const noteId = ( json: { response: unknown } ): number =>
	Number( [ json.response ].flat()[ 0 ] );
const event = ( id: number, eventCode: string, version?: number ) =>
	bp.headersFor( 'private', 'sandbox-gb' ).then( ( headers ) =>
		bp.raw(
			'POST',
			`/public-api/sandbox-gb/warehouse-service/goods-note/goods-out/${ id }/event`,
			{
				...headers,
				...( version === undefined
					? {}
					: { 'if-match': String( version ) } ),
			},
			{
				events: [
					{
						eventCode,
						occured: '2026-07-02T15:00:00Z',
						eventOwnerId: 4,
					},
				],
			}
		)
	);

const movements = ( id: number ) =>
	bp.search(
		`/warehouse-service/goods-movement-search?productId=${ id }&columns=goodsNoteTypeCode,quantity,isCleared`
	);

test( 'a note answers a list of ids, or the one id', async () => {
	const id = await product( 3 );
	for ( const [ noteAnswer, shape ] of [
		[ 'list', [ expect.any( Number ) ] ],
		[ 'id', expect.any( Number ) ],
	] as const ) {
		bp.sandbox.setSwitches( { noteAnswer } );
		const made = await order( { productId: id, quantity: 1 } );
		const { products } = wish( made, { productId: id, quantity: 1 } );
		expect( ( await note( made, products ) ).json.response ).toEqual(
			shape
		);
	}
} );

test( 'more than the order needs is refused, or put on the note', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 1 } );
	const { products } = wish( made, { productId: id, quantity: 2 } );
	expect( ( await note( made, products ) ).status ).toBe( 400 );
	bp.sandbox.setSwitches( { overFulfilment: 'ignore' } );
	expect( ( await note( made, products ) ).status ).toBe( 200 );
	expect( await level( id ) ).toMatchObject( { allocated: 2 } );
} );

test( 'a note’s movements appear when it ships, or at once and not cleared', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 2 } );
	const { products } = wish( made, { productId: id, quantity: 2 } );
	const created = noteId( ( await note( made, products ) ).json );
	expect( await movements( id ) ).toEqual( [] );
	bp.sandbox.setSwitches( { goodsOutMovements: 'created' } );
	expect( await movements( id ) ).toEqual( [ [ 'GO', -2, false ] ] );
	await event( created, 'SHW' );
	bp.sandbox.setSwitches( { goodsOutMovements: 'shipped' } );
	expect( await movements( id ) ).toEqual( [ [ 'GO', -2, true ] ] );
} );

test( 'a deleted note leaves no movement behind', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 1 } );
	const { products } = wish( made, { productId: id, quantity: 1 } );
	const created = noteId( ( await note( made, products ) ).json );
	bp.sandbox.setSwitches( { goodsOutMovements: 'created' } );
	await bp.call(
		'DELETE',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out/${ created }`
	);
	expect( await movements( id ) ).toEqual( [] );
} );

test( 'what a reservation takes and gives back are movements, where they are', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 2 } );
	await reserve( made.id, wish( made, { productId: id, quantity: 2 } ) );
	await bp.call(
		'DELETE',
		`/warehouse-service/order/${ made.id }/reservation`
	);
	expect( await movements( id ) ).toEqual( [] );
	bp.sandbox.setSwitches( { reservationMovements: 'shown' } );
	expect( await movements( id ) ).toEqual( [
		[ 'RE', -2, false ],
		[ 'RE', 2, false ],
	] );
} );

test( 'a reservation is deleted where the switch says, and nowhere else', async () => {
	const id = await product( 9 );
	const paths = {
		order: '',
		warehouse: '/warehouse/2',
	};
	for ( const form of [ 'order', 'warehouse', 'none' ] as const ) {
		bp.sandbox.setSwitches( { reservationDelete: form } );
		for ( const [ name, suffix ] of Object.entries( paths ) ) {
			const made = await order( { productId: id, quantity: 1 } );
			await reserve(
				made.id,
				wish( made, { productId: id, quantity: 1 } )
			);
			const reply = await bp.call(
				'DELETE',
				`/warehouse-service/order/${ made.id }/reservation${ suffix }`
			);
			expect( [ form, name, reply.status ] ).toEqual( [
				form,
				name,
				name === form ? 200 : 404,
			] );
		}
	}
} );

test( 'one row of a reservation can be given back; with the last one it is gone', async () => {
	const [ first, second ] = [ await product( 3 ), await product( 3 ) ];
	const lines = [
		{ productId: first, quantity: 1 },
		{ productId: second, quantity: 2 },
	];
	const made = await order( ...lines );
	await reserve( made.id, wish( made, ...lines ) );
	const path = `/warehouse-service/order/${ made.id }/reservation`;
	const drop = ( row: number | undefined ) =>
		bp.call( 'DELETE', `${ path }/row/${ row ?? 0 }` );
	expect( ( await drop( made.rows[ 0 ] ) ).text ).toBe( '{}' );
	expect( await level( first ) ).toMatchObject( { allocated: 0 } );
	expect( await level( second ) ).toMatchObject( { allocated: 2 } );
	expect( ( await drop( made.rows[ 0 ] ) ).status ).toBe( 404 );
	await drop( made.rows[ 1 ] );
	expect( await level( second ) ).toMatchObject( { allocated: 0 } );
	expect( ( await bp.call( 'GET', path ) ).status ).toBe( 404 );
} );

test( 'an event on an older version is refused with the status that is switched on', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 1 } );
	const { products } = wish( made, { productId: id, quantity: 1 } );
	const created = noteId( ( await note( made, products ) ).json );
	expect( ( await event( created, 'PRI', 1 ) ).status ).toBe( 412 );
	bp.sandbox.setSwitches( { staleNoteEvent: 409 } );
	expect( ( await event( created, 'PRI', 1 ) ).status ).toBe( 409 );
	// What is no number is no check (resources reference, §1.3, of orders).
	expect( ( await event( created, 'PRI' ) ).status ).toBe( 200 );
} );

test( 'stock moves a product’s updatedOn only where that is switched on', async () => {
	const id = await product( 5 );
	const changedOn = async () =>
		( await bp.call( 'GET', `/product-service/product/${ id }` ) ).json
			.response[ 0 ]?.updatedOn;
	const first = await changedOn();
	bp.advance( 60_000 );
	const move = () =>
		bp.control( 'POST', '/stock', {
			account: 'sandbox-gb',
			productId: id,
			change: 1,
		} );
	await move();
	expect( await changedOn() ).toEqual( first );
	bp.sandbox.setSwitches( { stockTouchesProduct: true } );
	await move();
	expect( await changedOn() ).not.toEqual( first );
} );

test( 'an older account has no inTransit', async () => {
	const id = await product( 5 );
	expect( await level( id ) ).toHaveProperty( 'inTransit', 0 );
	bp.sandbox.setSwitches( { inTransit: 'absent' } );
	expect( await level( id ) ).not.toHaveProperty( 'inTransit' );
} );

test( 'goods that come in are a batch, first in, first out', async () => {
	const id = await product( 0 );
	for ( const quantity of [ 3, 4 ] ) {
		await bp.control( 'POST', '/goods-in', {
			account: 'sandbox-gb',
			productId: id,
			quantity,
			price: '2.5',
		} );
	}
	await bp.control( 'POST', '/stock', {
		account: 'sandbox-gb',
		productId: id,
		change: -2,
	} );
	expect(
		await bp.search(
			`/warehouse-service/goods-note/goods-in-search?productId=${ id }&columns=receivedQuantity,onHand,price`
		)
	).toEqual( [
		[ 3, 1, '2.5000' ],
		[ 4, 4, '2.5000' ],
	] );
	expect( await movements( id ) ).toEqual( [
		[ 'GI', 3, true ],
		[ 'GI', 4, true ],
		[ 'SC', -2, true ],
	] );
} );
