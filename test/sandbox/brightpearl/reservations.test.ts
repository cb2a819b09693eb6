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

test( 'asking for more than there is reserves what there is', async () => {
	const id = await product( 2 );
	const made = await order( { productId: id, quantity: 5 } );
	const reply = await reserve(
		made.id,
		wish( made, { productId: id, quantity: 5 } )
	);
	expect( reply ).toMatchObject( { status: 200, text: '{}' } );
	const read = await bp.call(
		'GET',
		`/warehouse-service/order/${ made.id }/reservation`
	);
	expect( read.json.response ).toEqual( [
		{
			orderId: made.id,
			warehouseId: 2,
			orderRows: {
				[ String( made.rows[ 0 ] ) ]: {
					productId: id,
					quantity: 2,
				},
			},
		},
	] );
	expect( await codes( made.id ) ).toEqual( [ 'APA', 'SON', 'SNS' ] );
	expect( await level( id ) ).toMatchObject( {
		inStock: 2,
		onHand: 0,
		allocated: 2,
	} );
} );

test( 'texts are taken for ids and quantities, as the documents show them', async () => {
	const id = await product( 2 );
	const made = await order( { productId: id, quantity: 2 } );
	const reply = await reserve( made.id, {
		products: [
			{
				productId: String( id ),
				salesOrderRowId: String( made.rows[ 0 ] ),
				quantity: '2',
			},
		],
	} );
	expect( reply.status ).toBe( 200 );
	expect( await codes( made.id ) ).toEqual( [ 'AAA', 'SON', 'SNS' ] );
} );

test( 'with nothing available it is an error and nothing is kept', async () => {
	const id = await product( 0 );
	const made = await order( { productId: id, quantity: 1 } );
	const reply = await reserve(
		made.id,
		wish( made, { productId: id, quantity: 1 } )
	);
	expect( reply.json.errors?.[ 0 ]?.code ).toBe( 'WHSC-902' );
	const read = await bp.call(
		'GET',
		`/warehouse-service/order/${ made.id }/reservation`
	);
	expect( read.status ).toBe( 404 );
	expect( read.json.errors?.[ 0 ]?.code ).toBe( 'CMNC-404' );
} );

test( 'a second reservation of an order is refused, or added by the switch', async () => {
	const id = await product( 10 );
	const made = await order( { productId: id, quantity: 4 } );
	const part = wish( made, { productId: id, quantity: 2 } );
	await reserve( made.id, part );
	expect( ( await reserve( made.id, part ) ).json.errors?.[ 0 ]?.code ).toBe(
		'WHSC-901'
	);
	expect( ( await level( id ) )?.allocated ).toBe( 2 );
	bp.sandbox.setSwitches( { secondReservation: 'add' } );
	expect( ( await reserve( made.id, part ) ).status ).toBe( 200 );
	// A third has nothing left to ask for.
	expect( ( await reserve( made.id, part ) ).status ).toBe( 400 );
	bp.sandbox.setSwitches( { secondReservation: 'refuse' } );
	expect( ( await level( id ) )?.allocated ).toBe( 4 );
} );

test( 'two orders never share a piece', async () => {
	const id = await product( 1 );
	const [ first, second ] = [
		await order( { productId: id, quantity: 1 } ),
		await order( { productId: id, quantity: 1 } ),
	];
	const line = { productId: id, quantity: 1 };
	expect( ( await reserve( first.id, wish( first, line ) ) ).status ).toBe(
		200
	);
	expect( ( await reserve( second.id, wish( second, line ) ) ).status ).toBe(
		400
	);
} );

test( 'two rows of one product share what there is', async () => {
	const id = await product( 3 );
	const lines = [
		{ productId: id, quantity: 2 },
		{ productId: id, quantity: 2 },
	];
	const made = await order( ...lines );
	await reserve( made.id, wish( made, ...lines ) );
	expect( await level( id ) ).toMatchObject( {
		onHand: 0,
		allocated: 3,
	} );
	expect( await codes( made.id ) ).toEqual( [ 'APA', 'SON', 'SNS' ] );
} );

test( 'what cannot be reserved is refused', async () => {
	const id = await product( 9 );
	const other = await product( 9 );
	const made = await order( { productId: id, quantity: 2 } );
	const [ stockRow, textRow ] = made.rows;
	const refused = async (
		line: Record< string, unknown >,
		warehouse = 2
	) => {
		const reply = await reserve(
			made.id,
			{ products: [ line ] },
			warehouse
		);
		return [ reply.status, reply.json.errors?.[ 0 ]?.code ];
	};
	const good = { productId: id, salesOrderRowId: stockRow, quantity: 2 };
	expect( await refused( { ...good, quantity: 3 } ) ).toEqual( [
		400,
		'ORDC-905',
	] );
	expect( await refused( { ...good, quantity: 0 } ) ).toEqual( [
		400,
		'ORDC-905',
	] );
	expect( await refused( { ...good, productId: other } ) ).toEqual( [
		400,
		'ORDC-911',
	] );
	expect( await refused( { ...good, productId: 0 } ) ).toEqual( [
		400,
		'WHSC-014',
	] );
	expect( await refused( { ...good, salesOrderRowId: 1 } ) ).toEqual( [
		400,
		'ORDC-911',
	] );
	expect( await refused( good, 99 ) ).toEqual( [ 400, 'WHSC-904' ] );
	const text = { productId: 1000, salesOrderRowId: textRow, quantity: 1 };
	expect( await refused( text ) ).toEqual( [ 400, 'WHSC-903' ] );
	expect(
		( await reserve( 999, { products: [ good ] } ) ).json.errors?.[ 0 ]
			?.code
	).toBe( 'ORDC-003' );
	bp.sandbox.setSwitches( { untrackedReservation: 'ignore' } );
	const both = await reserve( made.id, { products: [ good, text ] } );
	bp.sandbox.setSwitches( { untrackedReservation: 'refuse' } );
	expect( both.status ).toBe( 200 );
} );

test( 'PUT replaces what is reserved, DELETE drops it', async () => {
	const id = await product( 3 );
	const made = await order( { productId: id, quantity: 3 } );
	const ask = ( quantity: number ) =>
		wish( made, { productId: id, quantity } );
	expect( ( await reserve( made.id, ask( 1 ), 2, 'PUT' ) ).status ).toBe(
		404
	);
	await reserve( made.id, ask( 3 ) );
	expect( ( await reserve( made.id, ask( 1 ), 2, 'PUT' ) ).status ).toBe(
		200
	);
	expect( await level( id ) ).toMatchObject( {
		onHand: 2,
		allocated: 1,
	} );
	expect(
		(
			await bp.call(
				'DELETE',
				`/warehouse-service/order/${ made.id }/reservation`
			)
		).text
	).toBe( '{}' );
	expect( await level( id ) ).toMatchObject( {
		onHand: 3,
		allocated: 0,
	} );
} );

test( 'a PUT of which nothing is there leaves the old reservation', async () => {
	const [ here, gone ] = [ await product( 2 ), await product( 0 ) ];
	const lines = [
		{ productId: here, quantity: 2 },
		{ productId: gone, quantity: 1 },
	];
	const made = await order( ...lines );
	await reserve( made.id, wish( made, ...lines ) );
	const refused = await reserve(
		made.id,
		{
			products: [
				{
					productId: gone,
					salesOrderRowId: made.rows[ 1 ],
					quantity: 1,
				},
			],
		},
		2,
		'PUT'
	);
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'WHSC-902' );
	expect( await level( here ) ).toMatchObject( {
		onHand: 0,
		allocated: 2,
	} );
} );

test( 'cancelling releases, and a cancelled order cannot be reserved', async () => {
	const id = await product( 3 );
	const made = await order( { productId: id, quantity: 3 } );
	const body = wish( made, { productId: id, quantity: 3 } );
	await reserve( made.id, body );
	const cancelled = await bp.call(
		'PUT',
		`/order-service/order/${ made.id }/status`,
		{
			orderStatusId: 5,
		}
	);
	expect( cancelled.status ).toBe( 200 );
	expect( await level( id ) ).toMatchObject( {
		onHand: 3,
		allocated: 0,
	} );
	expect( ( await reserve( made.id, body ) ).json.errors?.[ 0 ]?.code ).toBe(
		'ORDC-910'
	);
} );

test( 'a set of orders answers those that have a reservation', async () => {
	const id = await product( 5 );
	const [ first, second ] = [
		await order( { productId: id, quantity: 1 } ),
		await order( { productId: id, quantity: 1 } ),
	];
	await reserve( second.id, wish( second, { productId: id, quantity: 1 } ) );
	const read = await bp.call(
		'GET',
		`/warehouse-service/order/${ first.id }-${ second.id }/reservation`
	);
	expect(
		[ ...read.json.response ].map( ( entry ) => entry.orderId )
	).toEqual( [ second.id ] );
} );
