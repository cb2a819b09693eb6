import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

let serial = 0;
/** A product nobody else in this file touches. */
const product = async ( quantity: number, stockTracked = true ) => {
	const sku = `STOCK-${ ++serial }`;
	const { json } = await bp.control( 'POST', '/products', {
		account: 'sandbox-gb',
		sku,
		quantity,
		stockTracked,
	} );
	return Number( json.productId );
};

interface Line {
	readonly productId: number;
	readonly quantity: number;
}
const order = async ( ...lines: Line[] ) => {
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, {
			externalRef: undefined,
			rows: [
				...lines.map( ( { productId, quantity } ) => ( {
					productId,
					quantity,
					taxCode: 'T20',
					net: 10 * quantity,
					tax: 2 * quantity,
				} ) ),
				{
					name: 'Shipping',
					quantity: 1,
					taxCode: 'T20',
					net: 5,
					tax: 1,
				},
			],
		} )
	);
	const id = Number( made.json.response );
	const read = await bp.call( 'GET', `/order-service/sales-order/${ id }` );
	const rows = [ ...( read.json.response[ 0 ]?.rows ?? [] ) ].map( ( row ) =>
		Number( row.id )
	);
	return { id, rows };
};

const codes = async ( id: number ) => {
	const { json } = await bp.call( 'GET', `/order-service/order/${ id }` );
	const shown = json.response[ 0 ];
	return [
		shown?.allocationStatusCode,
		shown?.stockStatusCode,
		shown?.shippingStatusCode,
	];
};

const level = async ( productId: number, warehouse = 2 ) => {
	const { json } = await bp.call(
		'GET',
		`/warehouse-service/product-availability/${ productId }`
	);
	return json.response?.[ String( productId ) ]?.warehouses?.[
		String( warehouse )
	];
};

const wish = ( made: { rows: number[] }, ...lines: Line[] ) => ( {
	products: lines.map( ( line, index ) => ( {
		...line,
		salesOrderRowId: made.rows[ index ],
	} ) ),
} );

const reserve = ( id: number, body: unknown, warehouse = 2, method = 'POST' ) =>
	bp.call(
		method,
		method === 'POST'
			? `/warehouse-service/order/${ id }/reservation/warehouse/${ warehouse }`
			: `/warehouse-service/order/${ id }/reservation`,
		body
	);

describe( 'availability', () => {
	test( 'onHand is inStock minus allocated; only warehouses that hold it are listed', async () => {
		const id = await product( 60 );
		const made = await order( { productId: id, quantity: 12 } );
		await reserve( made.id, wish( made, { productId: id, quantity: 12 } ) );
		const { json } = await bp.call(
			'GET',
			`/warehouse-service/product-availability/${ id }`
		);
		const figures = {
			inStock: 60,
			onHand: 48,
			allocated: 12,
			inTransit: 0,
		};
		expect( json.response ).toEqual( {
			[ String( id ) ]: { total: figures, warehouses: { 2: figures } },
		} );
	} );

	test( 'untracked and never stocked products are left out', async () => {
		const ids = [
			await product( 0 ),
			await product( 5, false ),
			await product( 1 ),
		];
		const { json } = await bp.call(
			'GET',
			`/warehouse-service/product-availability/${ ids.join( ',' ) }`
		);
		expect( Object.keys( json.response ?? {} ) ).toEqual( [
			String( ids[ 2 ] ),
		] );
	} );

	test( 'a product that is sold out stays, with nothing in any warehouse', async () => {
		const id = await product( 1 );
		await bp.control( 'POST', '/stock', {
			account: 'sandbox-gb',
			productId: id,
			set: 0,
		} );
		const { json } = await bp.call(
			'GET',
			`/warehouse-service/product-availability/${ id }`
		);
		expect( json.response ).toEqual( {
			[ String( id ) ]: {
				total: { inStock: 0, onHand: 0, allocated: 0, inTransit: 0 },
				warehouses: {},
			},
		} );
	} );

	test( 'one unknown id spoils the whole set, unless the switch says otherwise', async () => {
		const id = await product( 3 );
		const path = `/warehouse-service/product-availability/${ id },999999`;
		expect( ( await bp.call( 'GET', path ) ).status ).toBe( 400 );
		bp.sandbox.setSwitches( { unknownAvailabilityIds: 'ignore' } );
		const { json } = await bp.call( 'GET', path );
		bp.sandbox.setSwitches( { unknownAvailabilityIds: 'refuse' } );
		expect( Object.keys( json.response ?? {} ) ).toEqual( [
			String( id ),
		] );
	} );

	test( "the shop's stock is what the accounts start with", async () => {
		for ( const account of [ 'sandbox-gb', 'sandbox-us' ] ) {
			const found = await bp.product( 'OSB-01', account );
			expect( found.warehouses[ '2' ] ).toEqual( {
				inStock: 4674,
				allocated: 0,
				onHand: 4674,
			} );
		}
	} );

	test( 'a bundle is counted from its components, one id at a time', async () => {
		const { productId } = await bp.product( 'BUNDLE-PAIR' );
		const { json } = await bp.call(
			'GET',
			`/warehouse-service/bundle-availability/${ productId }`
		);
		expect(
			json.response?.[ String( productId ) ]?.warehouses?.[ 2 ]
		).toEqual( {
			onHand: 2337,
		} );
		const plain = await product( 1 );
		expect(
			(
				await bp.call(
					'GET',
					`/warehouse-service/bundle-availability/${ plain }`
				)
			).status
		).toBe( 404 );
		expect(
			(
				await bp.call(
					'GET',
					'/warehouse-service/bundle-availability/1,2'
				)
			).status
		).toBe( 404 );
	} );
} );

describe( 'reservations', () => {
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
		expect(
			( await reserve( made.id, part ) ).json.errors?.[ 0 ]?.code
		).toBe( 'WHSC-901' );
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
		expect(
			( await reserve( first.id, wish( first, line ) ) ).status
		).toBe( 200 );
		expect(
			( await reserve( second.id, wish( second, line ) ) ).status
		).toBe( 400 );
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
		expect(
			( await reserve( made.id, body ) ).json.errors?.[ 0 ]?.code
		).toBe( 'ORDC-910' );
	} );

	test( 'a set of orders answers those that have a reservation', async () => {
		const id = await product( 5 );
		const [ first, second ] = [
			await order( { productId: id, quantity: 1 } ),
			await order( { productId: id, quantity: 1 } ),
		];
		await reserve(
			second.id,
			wish( second, { productId: id, quantity: 1 } )
		);
		const read = await bp.call(
			'GET',
			`/warehouse-service/order/${ first.id }-${ second.id }/reservation`
		);
		expect(
			[ ...read.json.response ].map( ( entry ) => entry.orderId )
		).toEqual( [ second.id ] );
	} );
} );

describe( 'goods-out notes', () => {
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
				[ String( made.rows[ 0 ] ) ]: [
					{ productId: id, quantity: 3 },
				],
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
} );

test( 'a stock correction adds and removes, but never what is allocated', async () => {
	const id = await product( 5 );
	const made = await order( { productId: id, quantity: 4 } );
	await reserve( made.id, wish( made, { productId: id, quantity: 4 } ) );
	const correct = (
		quantity: number,
		more: Record< string, unknown > = {}
	) =>
		bp.call( 'POST', '/warehouse-service/warehouse/2/stock-correction', {
			corrections: [
				{
					productId: id,
					quantity,
					reason: 'Count',
					locationId: 2,
					cost: { currency: 'GBP', value: '1.00' },
					...more,
				},
			],
		} );
	const added = await correct( 3 );
	expect( added.json.response ).toEqual( [ expect.any( Number ) ] );
	expect( await level( id ) ).toMatchObject( { inStock: 8, onHand: 4 } );
	expect( ( await correct( -5 ) ).json.errors?.[ 0 ]?.code ).toBe(
		'WHSC-905'
	);
	expect( ( await correct( -4 ) ).status ).toBe( 200 );
	expect( ( await correct( 1, { cost: undefined } ) ).status ).toBe( 400 );
	expect(
		( await correct( 1, { productId: await product( 0, false ) } ) ).status
	).toBe( 400 );
	const read = await bp.call(
		'GET',
		`/warehouse-service/warehouse/2/stock-correction/${ String( added.json.response[ 0 ] ) }`
	);
	expect( read.json.response[ 0 ] ).toMatchObject( {
		reason: 'Count',
		goodsMoved: [ { productId: id, quantity: 3 } ],
	} );
} );
