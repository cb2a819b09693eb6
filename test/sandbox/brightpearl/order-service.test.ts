import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness, Json } from './harness.ts';

let bp: Harness;
let customer: number;

beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );
beforeEach( async () => {
	await bp.control( 'POST', '/switches', {
		invoiceDelayMs: 1000,
		creditDuplicates: 'own',
		postedRowDecimals: 2,
		unknownParameters: 'refuse',
	} );
} );

let serial = 0;

const make = async (
	more: Record< string, unknown > = {},
	resource = 'sales-order'
): Promise< number > => {
	const made = await bp.call(
		'POST',
		`/order-service/${ resource }`,
		orderBody( customer, { externalRef: `os-${ ++serial }`, ...more } )
	);
	expect( made.json ).toEqual( { response: expect.any( Number ) } );
	return Number( made.json.response );
};

const shown = async ( id: number ): Promise< Json > =>
	( await bp.call( 'GET', `/order-service/order/${ id }` ) ).json
		.response[ 0 ]!;

const sale = async ( id: number ): Promise< Json > =>
	( await bp.call( 'GET', `/order-service/sales-order/${ id }` ) ).json
		.response[ 0 ]!;

const close = ( id: number, resource = 'sales-order' ) =>
	bp.call( 'POST', `/order-service/${ resource }/${ id }/close`, {} );

test( 'a credit is refused what only orders have: reservations and goods-out notes', async () => {
	const id = await make( {}, 'sales-credit' );
	const row = Object.keys( ( await shown( id ) ).orderRows! )[ 0 ];
	const reserved = await bp.call(
		'POST',
		`/warehouse-service/order/${ id }/reservation/warehouse/2`,
		{
			products: [
				{
					productId: 1101,
					salesOrderRowId: Number( row ),
					quantity: 1,
				},
			],
		}
	);
	expect( reserved.json.errors![ 0 ]!.code ).toBe( 'ORDC-003' );
	const close404 = await close( id, 'sales-order' );
	expect( close404.status ).toBe( 404 );
} );

test( 'a replacement that would take an allocated row away is refused', async () => {
	const [ product ] = await bp.search(
		'/product-service/product-search?stockTracked=true&columns=productId&pageSize=1'
	);
	const productId = Number( product?.[ 0 ] );
	const row = {
		productId,
		quantity: '2',
		taxCode: 'T20',
		net: '10',
		tax: '2',
	};
	const id = await make( { rows: [ row ] } );
	const rowId = Number(
		Object.keys( ( await shown( id ) ).orderRows! )[ 0 ]
	);
	await bp.control( 'POST', '/stock', {
		account: 'sandbox-gb',
		productId,
		change: 5,
	} );
	await bp.call(
		'POST',
		`/warehouse-service/order/${ id }/reservation/warehouse/2`,
		{ products: [ { productId, salesOrderRowId: rowId, quantity: 2 } ] }
	);
	const path = `/order-service/sales-order/${ id }`;
	const body = { ...( await sale( id ) ) } as Record< string, unknown >;
	const put = ( rows: unknown[] ) =>
		bp.call( 'PUT', path, { ...body, rows } );
	expect( ( await put( [] ) ).status ).toBe( 400 );
	expect(
		( await put( [ { ...row, id: rowId, quantity: '1' } ] ) ).status
	).toBe( 400 );
	const stays = await put( [ { ...row, id: rowId, net: '8' } ] );
	expect( stays.json ).toEqual( {} );
	expect( ( await shown( id ) ).allocationStatusCode ).toBe( 'AAA' );
	expect( ( await sale( id ) ).rows![ 0 ]!.net ).toBe( '8.0000' );
} );

test( 'a replacement cannot take another order’s pair of reference and instance', async () => {
	const pair = ( externalRef: string ) => ( {
		externalRef,
		installedIntegrationInstanceId: 11,
	} );
	await make( pair( 'taken' ) );
	const id = await make( pair( 'free' ) );
	const body = ( await sale( id ) ) as unknown as Record< string, unknown >;
	const refused = await bp.call(
		'PUT',
		`/order-service/sales-order/${ id }`,
		{
			...body,
			externalRef: 'taken',
		}
	);
	expect( refused.status ).toBe( 400 );
	expect( ( await sale( id ) ).externalRef ).toBe( 'free' );
} );

test( 'a bundle’s row replaced by another product leaves no component behind', async () => {
	const options = await bp.call( 'OPTIONS', '/product-service/product' );
	let bundle = 0;
	for ( const uri of options.json.response.getUris! ) {
		const found = await bp.call(
			'GET',
			`/product-service${ String( uri ) }`
		);
		for ( const product of found.json.response ) {
			if ( String( product.composition?.bundle ) === 'true' ) {
				bundle = Number( product.id );
			}
		}
	}
	expect( bundle ).toBeGreaterThan( 0 );
	const id = await make( {
		rows: [
			{
				productId: bundle,
				quantity: '1',
				taxCode: 'T20',
				net: '10',
				tax: '2',
			},
		],
	} );
	const rows = [ ...( await sale( id ) ).rows! ];
	const parent = rows.find(
		( row ) => String( row.bundleParent ) === 'true'
	);
	expect( rows.length ).toBeGreaterThan( 1 );
	const replaced = await bp.call(
		'PUT',
		`/order-service/sales-order/${ id }/row/${ Number( parent?.id ) }`,
		[
			{
				id: Number( parent?.id ),
				name: 'Free text',
				quantity: '1',
				taxCode: 'T20',
				net: '10',
				tax: '2',
			},
		]
	);
	expect( replaced.json ).toEqual( {} );
	const after = [ ...( await sale( id ) ).rows! ];
	expect( after ).toHaveLength( 1 );
	expect( after[ 0 ] ).toMatchObject( {
		id: parent?.id,
		productId: 1000,
		bundleParent: false,
	} );
} );

test( 'a row posted by itself has two decimal places, or four by switch', async () => {
	const id = await make();
	const post = () =>
		bp.call( 'POST', `/order-service/order/${ id }/row`, {
			productName: 'More',
			quantity: { magnitude: 1 },
			rowValue: {
				taxCode: 'T20',
				rowNet: { value: '8.3333' },
				rowTax: { value: '1.67' },
			},
		} );
	expect( ( await post() ).status ).toBe( 400 );
	await bp.control( 'POST', '/switches', { postedRowDecimals: 4 } );
	expect( ( await post() ).status ).toBe( 200 );
} );

test( 'a purchase order shows its supplier, and takes no bundle', async () => {
	const address = await bp.call( 'POST', '/contact-service/postal-address', {
		addressLine1: '1 Mill Lane',
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
	} );
	const supplier = await bp.call( 'POST', '/contact-service/contact', {
		firstName: 'Mill',
		lastName: 'Supplies',
		postAddressIds: { DEF: address.json.response },
		relationshipToAccount: { isSupplier: true },
	} );
	const contactId = Number( supplier.json.response );
	const made = await bp.call( 'POST', '/order-service/order', {
		orderTypeCode: 'PO',
		reference: 'PO-1',
		parties: { supplier: { contactId } },
	} );
	const order = await shown( Number( made.json.response ) );
	expect( order ).toMatchObject( {
		orderTypeCode: 'PO',
		isDropship: false,
		parties: { supplier: { contactId } },
	} );
	expect( order.parties!.customer ).toBeUndefined();
	const asCustomer = await bp.call( 'POST', '/order-service/order', {
		orderTypeCode: 'SO',
		parties: { customer: { contactId } },
	} );
	expect( asCustomer.status ).toBe( 400 );
} );

test( 'an optional section that is not known is refused or ignored, by switch', async () => {
	const id = await make();
	const read = () =>
		bp.call(
			'GET',
			`/order-service/order/${ id }?includeOptional=customFields,moods`
		);
	expect( ( await read() ).status ).toBe( 400 );
	await bp.control( 'POST', '/switches', { unknownParameters: 'ignore' } );
	const lenient = await read();
	expect( lenient.json.response[ 0 ]!.customFields ).toEqual( {} );
} );
