/**
 * What the order cases have in common: reading answers of unknown shape, and making an order of
 * what the account has.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Api, ApiReply } from './case.ts';

/** A value inside an answer; undefined where the path ends early. */
export function at(
	value: unknown,
	...path: readonly ( string | number )[]
): unknown {
	return path.reduce< unknown >(
		( inner, key ) =>
			typeof inner === 'object' && inner !== null
				? ( inner as Readonly< Record< string | number, unknown > > )[
						key
					]
				: undefined,
		value
	);
}

export const response = (
	{ json }: ApiReply,
	...path: readonly ( string | number )[]
): unknown => at( json, 'response', ...path );

export const list = ( value: unknown ): readonly unknown[] => {
	assert( Array.isArray( value ), 'a list was expected' );
	return value;
};

export const keys = ( value: unknown ): readonly string[] => {
	assert( typeof value === 'object' && value !== null );
	return Object.keys( value );
};

/** The id a create answers. */
export function made( reply: ApiReply ): number {
	assert.equal( reply.status, 200, reply.text );
	const id = response( reply );
	assert( Number.isInteger( id ), reply.text );
	return id as number;
}

/** A write that has nothing to say. */
export function silent( reply: ApiReply ): void {
	assert.equal( reply.status, 200, reply.text );
	assert.deepEqual( reply.json, {} );
}

export const codes = ( { json }: ApiReply ): unknown[] =>
	list( at( json, 'errors' ) ).map( ( error ) => at( error, 'code' ) );

export function refused( reply: ApiReply, status = 400 ): void {
	assert.equal( reply.status, status, reply.text );
	assert( codes( reply ).length > 0 );
}

/** Rows of a search by the names of their columns. */
export async function found(
	api: Api,
	path: string,
	query: Readonly< Record< string, string > >
): Promise< readonly Readonly< Record< string, unknown > >[] > {
	const reply = await api.get( path, { query } );
	assert.equal( reply.status, 200, reply.text );
	const names = list( response( reply, 'metaData', 'columns' ) ).map(
		( column ) => String( at( column, 'name' ) )
	);
	return list( response( reply, 'results' ) ).map( ( row ) =>
		Object.fromEntries(
			names.map( ( name, index ) => [ name, at( row, index ) ] )
		)
	);
}

export const unique = (): string => `conformance-${ randomUUID() }`;

/** As `order` shows it. */
export async function readOrder( api: Api, id: number ): Promise< unknown > {
	const reply = await api.get( `/order-service/order/${ id }` );
	assert.equal( reply.status, 200, reply.text );
	return response( reply, 0 );
}

/** As `sales-order` or `sales-credit` shows it. */
export async function readSale(
	api: Api,
	id: number,
	resource = 'sales-order'
): Promise< unknown > {
	const reply = await api.get( `/order-service/${ resource }/${ id }` );
	assert.equal( reply.status, 200, reply.text );
	return response( reply, 0 );
}

export const makeAddress = async ( api: Api ): Promise< number > =>
	made(
		await api.post( '/contact-service/postal-address', {
			addressLine1: '9 Harbour Row',
			postalCode: 'BS1 6XN',
			countryIsoCode: 'GBR',
		} )
	);

export const contactBody = async (
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< Record< string, unknown > > => {
	const address = await makeAddress( api );
	return {
		firstName: 'Ines',
		lastName: 'Duarte',
		postAddressIds: { DEF: address, BIL: address, DEL: address },
		communication: {
			emails: { PRI: { email: `${ unique() }@example.test` } },
			telephones: { PRI: '+441170000001' },
		},
		...more,
	};
};

export const makeContact = async (
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< number > =>
	made(
		await api.post(
			'/contact-service/contact',
			await contactBody( api, more )
		)
	);

/** The customer of an order that is there already; a new one where there is none. */
export async function customerOf( api: Api ): Promise< number > {
	const [ order ] = await found( api, '/order-service/order-search', {
		columns: 'contactId',
		orderTypeId: '1',
		pageSize: '1',
	} );
	return order === undefined ? makeContact( api ) : Number( order.contactId );
}

/** A value of the account's configuration. */
export async function configured( api: Api, name: string ): Promise< string > {
	const value = response(
		await api.get( '/integration-service/account-configuration' ),
		'configuration',
		name
	);
	return typeof value === 'string'
		? value
		: api.skip( `the account has no ${ name } configured` );
}

export const baseCurrencyOf = ( api: Api ): Promise< string > =>
	configured( api, 'baseCurrencyCode' );

/** A tax code with a rate, and the rate. */
export async function taxCodeOf( api: Api ): Promise< {
	readonly id: number;
	readonly code: string;
	readonly rate: number;
} > {
	const all = list(
		response( await api.get( '/accounting-service/tax-code' ) )
	);
	const rated = all.find( ( code ) => Number( at( code, 'rate' ) ?? 0 ) > 0 );
	return rated === undefined
		? api.skip( 'the account has no tax code with a rate' )
		: {
				id: Number( at( rated, 'id' ) ),
				code: String( at( rated, 'code' ) ),
				rate: Number( at( rated, 'rate' ) ),
			};
}

/** A row of free text, worth 10.00 and its tax. */
export const textRow = (
	taxCode: string,
	more: Readonly< Record< string, unknown > > = {}
): Record< string, unknown > => ( {
	name: 'Conformance',
	quantity: '1',
	taxCode,
	net: '10.0000',
	tax: '2.0000',
	...more,
} );

export async function saleBody(
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< Record< string, unknown > > {
	const { code } = await taxCodeOf( api );
	return {
		customer: { id: await customerOf( api ) },
		ref: unique(),
		rows: [ textRow( code ) ],
		...more,
	};
}

export async function makeSale(
	api: Api,
	more: Readonly< Record< string, unknown > > = {},
	resource = 'sales-order'
): Promise< number > {
	return made(
		await api.post(
			`/order-service/${ resource }`,
			await saleBody( api, more )
		)
	);
}

/** The only row of an order, and its id. */
export async function firstRow(
	api: Api,
	orderId: number
): Promise< readonly [ id: number, row: unknown ] > {
	const rows = at( await readOrder( api, orderId ), 'orderRows' );
	const id = keys( rows )[ 0 ];
	assert( id !== undefined );
	return [ Number( id ), at( rows, id ) ];
}

/** A row of a product whose stock is tracked, and the order it makes. */
export async function makeStockSale( api: Api, quantity = '1' ) {
	const productId = await api.existing( 'product' );
	const { code } = await taxCodeOf( api );
	const orderId = await makeSale( api, {
		rows: [ textRow( code, { productId, name: undefined, quantity } ) ],
	} );
	const [ rowId ] = await firstRow( api, orderId );
	return { orderId, rowId, productId };
}

/** Puts stock on the shelf and reserves the order's only row. */
export async function reserve(
	api: Api,
	{
		orderId,
		rowId,
		productId,
	}: Awaited< ReturnType< typeof makeStockSale > >,
	quantity = 1
): Promise< number > {
	const order = await readOrder( api, orderId );
	const warehouseId = Number( at( order, 'warehouseId' ) );
	await api.sandbox( 'POST', '/stock', {
		account: api.account,
		productId,
		warehouseId,
		change: 10,
	} );
	const reply = await api.post(
		`/warehouse-service/order/${ orderId }/reservation/warehouse/${ warehouseId }`,
		{
			products: [ { productId, salesOrderRowId: rowId, quantity } ],
		}
	);
	assert.equal( reply.status, 200, reply.text );
	return warehouseId;
}

/** A bundle's product id. */
export async function bundleOf( api: Api ): Promise< number > {
	const uris = list(
		response( await api.options( '/product-service/product' ), 'getUris' )
	);
	for ( const uri of uris ) {
		const products = list(
			response( await api.get( `/product-service${ String( uri ) }` ) )
		);
		const bundle = products.find(
			( product ) => at( product, 'composition', 'bundle' ) === true
		);
		if ( bundle !== undefined ) {
			return Number( at( bundle, 'id' ) );
		}
	}
	return api.skip( 'the account has no bundle' );
}

/** An order nobody else has the reference of. */
export async function own(
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
) {
	const ref = unique();
	return { id: await makeSale( api, { ref, ...more } ), ref };
}
