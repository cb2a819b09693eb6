/** Products, prices and contacts where the references leave something open, and what is refused. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
} );
afterAll( () => bp.close() );

let serial = 0;
const productBody = ( more: Record< string, unknown > = {} ) => ( {
	brandId: 74,
	identity: { sku: `CAT-${ ++serial }` },
	stock: { stockTracked: true },
	salesChannels: [
		{
			salesChannelName: 'Brightpearl',
			productName: `Bowl ${ serial }`,
			categories: [ { categoryCode: 296 } ],
		},
	],
	...more,
} );
const post = ( body: unknown ) =>
	bp.call( 'POST', '/product-service/product', body );
const codes = ( { json }: Awaited< ReturnType< typeof post > > ) =>
	[ ...( json.errors ?? [] ) ].map( ( error ) => error.code );

test( 'a price on a list with tax is taken as net, or by switch kept as sent', async () => {
	const id = Number( ( await post( productBody() ) ).json.response );
	const path = `/product-service/product-price/${ id }/price-list`;
	const shown = async () => {
		await bp.call( 'PUT', path, {
			priceLists: [ { priceListId: 3, quantityPrice: { 1: '20' } } ],
		} );
		const { json } = await bp.call( 'GET', `${ path }/3` );
		return json.response[ 0 ]?.priceLists?.[ 0 ]?.quantityPrice;
	};
	expect( await shown() ).toEqual( { 1: '24.0000' } );
	bp.sandbox.setSwitches( { grossListPrices: 'as-sent' } );
	expect( await shown() ).toEqual( { 1: '20.0000' } );
	bp.sandbox.setSwitches( { grossListPrices: 'net' } );
	const unknown = await bp.call( 'PUT', path, {
		priceLists: [ { priceListId: 99, quantityPrice: { 1: '20' } } ],
	} );
	expect( unknown.status ).toBe( 400 );
} );

test( 'what a product names must be there', async () => {
	for ( const more of [
		{ brandId: 999 },
		{ financialDetails: { taxCode: { id: 999 } } },
		{ nominalCodeSales: '0000' },
		{ variations: [ { optionId: 999, optionValueId: 1 } ] },
		{
			composition: {
				bundle: true,
				bundleComponents: [ { productId: 9, productQuantity: 1 } ],
			},
		},
	] ) {
		expect( codes( await post( productBody( more ) ) ) ).toEqual( [
			'PRDC-901',
		] );
	}
} );

test( 'one combination of options stands once in a product group', async () => {
	const options = await bp.search(
		'/product-service/option-value-search?columns=optionId,optionValueId'
	);
	const [ first, second ] = options.map(
		( [ optionId, optionValueId ] ) => ( {
			optionId,
			optionValueId,
		} )
	);
	const { salesChannels } = productBody();
	const make = ( variation: unknown ) =>
		post( productBody( { salesChannels, variations: [ variation ] } ) );
	expect( ( await make( first ) ).status ).toBe( 200 );
	expect( codes( await make( first ) ) ).toEqual( [ 'PRDC-901' ] );
	expect( ( await make( second ) ).status ).toBe( 200 );
} );

test( 'options have the ids their search tells', async () => {
	const [ row ] = await bp.search(
		'/product-service/option-value-search?columns=optionId,optionValueId,optionValueName'
	);
	const [ optionId, optionValueId, optionValue ] = row ?? [];
	const made = await post(
		productBody( { variations: [ { optionId, optionValueId } ] } )
	);
	const { json } = await bp.call(
		'GET',
		`/product-service/product/${ Number( made.json.response ) }`
	);
	expect( json.response[ 0 ]?.variations ).toMatchObject( [
		{ optionId, optionValueId, optionValue },
	] );
} );

test( 'a brand that was made can be searched and used', async () => {
	const made = await bp.call( 'POST', '/product-service/brand', {
		name: 'Fern & Co',
	} );
	const brandId = Number( made.json.response );
	expect(
		await bp.search( '/product-service/brand-search?brandName=fern' )
	).toEqual( [ [ brandId, 'Fern & Co' ] ] );
	expect( ( await post( productBody( { brandId } ) ) ).status ).toBe( 200 );
} );

test( 'a new contact appears in the search after the lag', async () => {
	bp.sandbox.setSwitches( { contactIndexLagMs: 5000 } );
	const id = await bp.contact( 'lag@example.test' );
	const search = () =>
		bp.search(
			'/contact-service/contact-search?columns=contactId&primaryEmail=lag@example.test'
		);
	expect( await search() ).toEqual( [] );
	expect(
		( await bp.call( 'GET', `/contact-service/contact/${ id }` ) ).status
	).toBe( 200 );
	bp.advance( 5000 );
	expect( await search() ).toEqual( [ [ id ] ] );
	bp.sandbox.setSwitches( { contactIndexLagMs: 0 } );
} );

test( 'what a contact does not have can be neither replaced, removed nor moved', async () => {
	const id = await bp.contact( 'patch@example.test' );
	const before = await bp.call( 'GET', `/contact-service/contact/${ id }` );
	for ( const operation of [
		{ op: 'replace', path: '/communication/telephones/MOB', value: '1' },
		{ op: 'remove', path: '/communication/emails/SEC/email' },
		{
			op: 'move',
			from: '/communication/telephones/FAX',
			path: '/communication/telephones/MOB',
		},
	] ) {
		// The first operation is undone with the second.
		const reply = await bp.call(
			'PATCH',
			`/contact-service/contact/${ id }`,
			[ { op: 'replace', path: '/lastName', value: 'X' }, operation ]
		);
		expect( codes( reply ) ).toEqual( [ 'CMNC-038' ] );
	}
	const after = await bp.call( 'GET', `/contact-service/contact/${ id }` );
	expect( after.json ).toEqual( before.json );
} );

test( 'a credit is neither reserved nor shipped', async () => {
	const customer = await bp.contact();
	const made = await bp.call(
		'POST',
		'/order-service/sales-credit',
		orderBody( customer, { externalRef: undefined } )
	);
	const id = Number( made.json.response );
	const products = [ { productId: 1101, salesOrderRowId: 1, quantity: 1 } ];
	for ( const [ path, body ] of [
		[ 'reservation/warehouse/2', { products } ],
		[
			'goods-note/goods-out',
			{ warehouses: [ { warehouseId: 2, products } ] },
		],
	] as const ) {
		const reply = await bp.call(
			'POST',
			`/warehouse-service/order/${ id }/${ path }`,
			body
		);
		expect( codes( reply ) ).toEqual( [ 'ORDC-003' ] );
	}
} );
