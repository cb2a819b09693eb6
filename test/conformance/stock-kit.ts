/**
 * What the warehouse, product and contact cases have in common: products, stock and contacts of
 * their own, made through the API.
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply } from './case.ts';
import {
	at,
	baseCurrencyOf,
	firstRow,
	list,
	made,
	makeContact,
	makeSale,
	response,
	silent,
	taxCodeOf,
	textRow,
	unique,
} from './order-kit.ts';

/** A SKU is at most 32 characters. */
export const uniqueSku = (): string => unique().slice( -32 );

/** The first warehouse of the account. */
export async function warehouseOf( api: Api ): Promise< number > {
	return Number(
		response( await api.get( '/warehouse-service/warehouse' ), 0, 'id' )
	);
}

const firstOf = async ( api: Api, search: string ): Promise< number > => {
	const reply = await api.get( `/product-service/${ search }`, {
		query: { pageSize: '1' },
	} );
	const id = response( reply, 'results', 0, 0 );
	return typeof id === 'number'
		? id
		: api.skip( `${ search } finds nothing` );
};

/** The least a product needs, in words of the account. */
export async function productBody(
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< Record< string, unknown > > {
	const taxes = list(
		response( await api.get( '/accounting-service/tax-code' ) )
	);
	return {
		brandId: await firstOf( api, 'brand-search' ),
		identity: { sku: uniqueSku() },
		stock: { stockTracked: true },
		financialDetails: { taxCode: { id: at( taxes[ 0 ], 'id' ) } },
		salesChannels: [
			{
				salesChannelName: 'Brightpearl',
				productName: unique(),
				categories: [
					{
						categoryCode: await firstOf(
							api,
							'brightpearl-category-search'
						),
					},
				],
			},
		],
		...more,
	};
}

export async function makeProduct(
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< number > {
	return made(
		await api.post(
			'/product-service/product',
			await productBody( api, more )
		)
	);
}

export async function readProduct( api: Api, id: number ): Promise< unknown > {
	const reply = await api.get( `/product-service/product/${ id }` );
	assert.equal( reply.status, 200, reply.text );
	return response( reply, 0 );
}

export async function correct(
	api: Api,
	productId: number,
	quantity: number
): Promise< ApiReply > {
	const warehouseId = await warehouseOf( api );
	const location = response(
		await api.get(
			`/warehouse-service/warehouse/${ warehouseId }/location/default`
		)
	);
	const currency = await baseCurrencyOf( api );
	return api.post(
		`/warehouse-service/warehouse/${ warehouseId }/stock-correction`,
		{
			corrections: [
				{
					quantity,
					productId,
					reason: 'Conformance',
					locationId: Array.isArray( location )
						? at( location, 0 )
						: location,
					cost: { currency, value: '1.00' },
				},
			],
		}
	);
}

/** A product nobody else uses, with so many in stock. */
export async function stockProduct(
	api: Api,
	quantity: number
): Promise< number > {
	const id = await makeProduct( api );
	if ( quantity > 0 ) {
		const reply = await correct( api, id, quantity );
		assert.equal( reply.status, 200, reply.text );
	}
	return id;
}

export interface Sale {
	readonly orderId: number;
	readonly rowId: number;
	readonly productId: number;
	readonly warehouseId: number;
}

/** An order of one row of a product of its own. */
export async function stockSale(
	api: Api,
	inStock: number,
	quantity: number
): Promise< Sale > {
	const productId = await stockProduct( api, inStock );
	const warehouseId = await warehouseOf( api );
	const { code } = await taxCodeOf( api );
	const row = textRow( code, {
		productId,
		quantity: String( quantity ),
		externalRef: 'line-1',
	} );
	delete row.name;
	const orderId = await makeSale( api, { warehouseId, rows: [ row ] } );
	const [ rowId ] = await firstRow( api, orderId );
	return { orderId, rowId, productId, warehouseId };
}

export const linesOf = ( sale: Sale, quantity: number ) => [
	{ productId: sale.productId, salesOrderRowId: sale.rowId, quantity },
];

export const allocate = (
	api: Api,
	sale: Sale,
	quantity: number
): Promise< ApiReply > =>
	api.post(
		`/warehouse-service/order/${ sale.orderId }/reservation/warehouse/${ sale.warehouseId }`,
		{ products: linesOf( sale, quantity ) }
	);

/** The ids may stand alone or in a list. */
export const idsIn = ( reply: ApiReply ): number[] => {
	assert.equal( reply.status, 200, reply.text );
	return [ response( reply ) ].flat().map( Number );
};

export async function makeNote(
	api: Api,
	sale: Sale,
	quantity: number
): Promise< number > {
	const reply = await api.post(
		`/warehouse-service/order/${ sale.orderId }/goods-note/goods-out`,
		{
			warehouses: [
				{
					warehouseId: sale.warehouseId,
					transfer: false,
					products: linesOf( sale, quantity ),
				},
			],
			priority: false,
		}
	);
	const [ id ] = idsIn( reply );
	assert( Number.isInteger( id ), reply.text );
	return Number( id );
}

export const noteEvent = (
	api: Api,
	noteId: number,
	eventCode: string,
	headers: Readonly< Record< string, string > > = {}
): Promise< ApiReply > =>
	api.post(
		`/warehouse-service/goods-note/goods-out/${ noteId }/event`,
		{
			events: [
				{
					eventCode,
					occured: '2026-03-03T15:02:00.000+00:00',
					eventOwnerId: 4,
				},
			],
		},
		{ headers }
	);

/** A drop-ship note of an order of its own, not sent yet. */
export async function shipDirect( api: Api ) {
	const sale = await stockSale( api, 4, 1 );
	const currency = await baseCurrencyOf( api );
	const supplierId = await makeContact( api, {
		relationshipToAccount: { isSupplier: true },
	} );
	const [ noteId ] = idsIn(
		await api.post(
			`/warehouse-service/order/${ sale.orderId }/goods-note/drop-ship`,
			{
				suppliers: [
					{
						supplierId,
						purchaseOrderId: 1,
						products: [
							{
								productId: sale.productId,
								purchaseOrderRowId: 1,
								salesOrderRowId: sale.rowId,
								quantity: 1,
								productValue: { currency, value: '2.00' },
							},
						],
					},
				],
			}
		)
	);
	const shipped = async (): Promise< void > => {
		const reply = await api.post(
			`/warehouse-service/goods-note/drop-ship/${ noteId }/event`,
			{
				trackingReference: 'TRK9',
				shippingMethodId: 0,
				events: [
					{
						eventCode: 'SHS',
						occured: '2026-03-03T15:02:00.000+00:00',
						eventOwnerId: 4,
					},
				],
			}
		);
		silent( reply );
	};
	return { sale, supplierId, noteId, shipped };
}

export async function readNote( api: Api, noteId: number ): Promise< unknown > {
	const reply = await api.get(
		`/warehouse-service/order/*/goods-note/goods-out/${ noteId }`
	);
	assert.equal( reply.status, 200, reply.text );
	return response( reply, String( noteId ) );
}

/** All warehouses together. */
export async function levels(
	api: Api,
	productId: number
): Promise< Readonly< Record< string, number > > > {
	const reply = await api.get(
		`/warehouse-service/product-availability/${ productId }`
	);
	assert.equal( reply.status, 200, reply.text );
	return response( reply, String( productId ), 'total' ) as Record<
		string,
		number
	>;
}

export async function readContact(
	api: Api,
	id: number,
	includeOptional = ''
): Promise< unknown > {
	const reply = await api.get( `/contact-service/contact/${ id }`, {
		query: includeOptional === '' ? {} : { includeOptional },
	} );
	assert.equal( reply.status, 200, reply.text );
	return response( reply, 0 );
}

/** The columns of a search, in order, with their types. */
export async function columnsOf(
	api: Api,
	path: string
): Promise< readonly ( readonly [ name: string, type: string ] )[] > {
	const reply = await api.get( path, { query: { pageSize: '1' } } );
	assert.equal( reply.status, 200, reply.text );
	return list( response( reply, 'metaData', 'columns' ) ).map( ( column ) => [
		String( at( column, 'name' ) ),
		String( at( column, 'reportDataType' ) ),
	] );
}

/** The list grows over time: these are there, in this order. */
export async function hasColumns(
	api: Api,
	path: string,
	wanted: string
): Promise< void > {
	const names = ( await columnsOf( api, path ) ).map( ( [ name ] ) => name );
	const expected = wanted.split( ' ' );
	assert.deepEqual(
		names.filter( ( name ) => expected.includes( name ) ),
		expected
	);
}

export {
	at,
	contactBody,
	found,
	list,
	made,
	makeAddress,
	makeContact,
	response,
	silent,
	unique,
} from './order-kit.ts';
