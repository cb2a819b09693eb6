import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;
const ids: number[] = [];

beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
	for ( const n of [ 1, 2, 3 ] ) {
		const made = await bp.call(
			'POST',
			'/order-service/sales-order',
			orderBody( customer, { ref: `#${ n }`, externalRef: `ext-${ n }` } )
		);
		ids.push( Number( made.json.response ) );
		bp.advance( 60_000 );
	}
} );
afterAll( () => bp.close() );

const orders = ( query: string ) =>
	bp.call( 'GET', `/order-service/order-search?${ query }` );
const found = async ( query: string ) =>
	bp.search( `/order-service/order-search?columns=orderId&${ query }` );

test( 'the columns are the recorded ones, in their order', async () => {
	const { json } = await orders( 'orderId=1' );
	const names = [ ...( json.response?.metaData?.columns ?? [] ) ].map(
		( column ) =>
			`${ String( column.name ) } ${ String( column.reportDataType ) }`
	);
	expect( names ).toEqual( [
		'orderId IDSET',
		'orderTypeId IDSET',
		'contactId INTEGER',
		'orderStatusId INTEGER',
		'orderStockStatusId INTEGER',
		'createdOn PERIOD',
		'createdById INTEGER',
		'customerRef STRING',
		'orderPaymentStatusId INTEGER',
		'updatedOn PERIOD',
		'parentOrderId IDSET',
		'orderShippingStatusId INTEGER',
		'externalRef STRING',
		'installedIntegrationInstanceId INTEGER',
		'warehouseId IDSET',
		'staffOwnerContactId INTEGER',
		'taxDate PERIOD',
		'departmentId INTEGER',
		'deliveryDate PERIOD',
	] );
} );

test( 'a row has null for what is unset, 0 for no parent, and labels beside it', async () => {
	const { json } = await orders( `orderId=${ ids[ 0 ] }` );
	expect( json.response?.results ).toEqual( [
		[
			ids[ 0 ],
			1,
			customer,
			2,
			13,
			'2026-07-01T11:00:00.000+01:00',
			203,
			'#1',
			1,
			null,
			0,
			1,
			'ext-1',
			null,
			2,
			0,
			'2026-07-01T00:00:00.000+01:00',
			7,
			null,
		],
	] );
	expect( json.reference ).toEqual( {
		orderTypeNames: { 1: 'SALES_ORDER' },
		orderStatusNames: { 2: 'New web order' },
		orderStockStatusNames: { 13: 'Unset' },
		orderPaymentStatusNames: { 1: 'UNPAID' },
		orderShippingStatusNames: { 1: 'No stock tracked products on order' },
	} );
} );

test( 'no hits: 200 without firstResult and lastResult, with an empty reference', async () => {
	const { status, json } = await orders( 'customerRef=nobody' );
	expect( status ).toBe( 200 );
	expect( json.response?.results ).toEqual( [] );
	expect( json.response?.metaData ).toMatchObject( {
		morePagesAvailable: false,
		resultsAvailable: 0,
		resultsReturned: 0,
	} );
	expect( json.response?.metaData ).not.toHaveProperty( 'firstResult' );
	expect( json.response?.metaData ).not.toHaveProperty( 'lastResult' );
	expect( json.reference ).toEqual( {} );
} );

describe( 'filters', () => {
	test.each( [
		[ 'customerRef=%232', 1 ],
		[ 'customerRef=%23', 0 ],
		[ 'externalRef=ext-3', 1 ],
		[ 'externalRef=EXT-3', 0 ],
		[ 'externalRef=ext-3&customerRef=%231', 0 ],
		[ 'orderId=1-999999', 3 ],
		[ 'departmentId=7', 3 ],
		[ 'departmentId=1', 0 ],
		[ 'isClone=false', 3 ],
		[ 'createdOn=2026-07-01T10:01:00.000Z/', 2 ],
		[ 'createdOn=/2026-07-01T10:01:00.000Z', 2 ],
		[
			'createdOn=2026-07-01T11:00:30%2B01:00/2026-07-01T11:01:30%2B01:00',
			1,
		],
		[ 'updatedOn=2020-01-01T00:00:00Z/', 0 ],
		[ 'placedOn=2026-06-30/2026-07-01', 3 ],
	] )( '%s finds %d', async ( query, hits ) => {
		expect( await found( query ) ).toHaveLength( hits );
	} );

	test.each( [
		[ 'orderStatusId=BAD PARAM', 'INTEGER' ],
		[ 'orderStatusId=1,2', 'INTEGER' ],
		[ 'orderId=BAD', 'IDSET' ],
		[ 'orderId=5/', 'IDSET' ],
		[ 'orderId=9,3', 'IDSET' ],
		[ 'createdOn=yesterday', 'PERIOD' ],
		[ 'createdOn=/', 'PERIOD' ],
		[ 'isClone=maybe', 'BOOLEAN' ],
	] )( '%s cannot be parsed as %s: 500 CMNC-018', async ( query, type ) => {
		const refused = await orders( query.replace( ' ', '%20' ) );
		expect( refused.status ).toBe( 500 );
		const [ name, value ] = query.split( '=' );
		expect( refused.json.errors?.[ 0 ] ).toEqual( {
			code: 'CMNC-018',
			message: `The filter ${ name }=${ value } cannot be parsed as: ${ type }`,
		} );
		expect( refused.text ).toContain( `${ name }\\u003d` );
	} );

	test( 'the same error can be a 400', async () => {
		bp.sandbox.setSwitches( { filterStatus: 400 } );
		const refused = await orders( 'orderId=BAD' );
		bp.sandbox.setSwitches( { filterStatus: 500 } );
		expect( refused.status ).toBe( 400 );
	} );

	test.each( [
		'reference=x',
		'channelId=7',
		'columns=orderId,colour',
		'sort=colour.ASC',
		'pageSize=none',
		'firstResult=0',
	] )( 'unknown: %s is refused', async ( query ) => {
		const refused = await orders( query );
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'CMNC-901' );
	} );

	test( 'unknown filters are passed over where the switch says so', async () => {
		bp.sandbox.setSwitches( { unknownParameters: 'ignore' } );
		const rows = await found( 'reference=x' );
		bp.sandbox.setSwitches( { unknownParameters: 'refuse' } );
		expect( rows ).toHaveLength( 3 );
	} );

	test( 'an unknown query on a plain GET is refused too', async () => {
		const refused = await bp.call(
			'GET',
			'/order-service/order/1?colour=red'
		);
		expect( refused.status ).toBe( 400 );
	} );
} );

test( 'sorting and paging by offset', async () => {
	const page = await orders(
		'columns=orderId&sort=createdOn.DESC&pageSize=2&firstResult=2'
	);
	expect( page.json.response?.results ).toEqual( [
		[ ids[ 1 ] ],
		[ ids[ 0 ] ],
	] );
	expect( page.json.response?.metaData ).toMatchObject( {
		morePagesAvailable: false,
		resultsAvailable: 3,
		resultsReturned: 2,
		firstResult: 2,
		lastResult: 3,
		sorting: [ { filterable: { name: 'createdOn' }, direction: 'DESC' } ],
	} );
	const first = await orders( 'columns=orderId&pageSize=2' );
	expect( first.json.response?.metaData?.morePagesAvailable ).toBe( true );
} );

test( 'a page holds at most 500 rows', async () => {
	for ( const n of Array.from( { length: 120 }, ( _, index ) => index ) ) {
		await bp.control( 'POST', '/products', {
			account: 'sandbox-gb',
			sku: `FILL-${ n }`,
		} );
	}
	const { json } = await bp.call(
		'GET',
		'/product-service/product-search?columns=productId,SKU&pageSize=900'
	);
	expect( json.response?.metaData?.resultsReturned ).toBe( 500 );
	expect( json.response?.metaData?.morePagesAvailable ).toBe( true );
} );

test( 'product-search by SKU is exact, by name a substring', async () => {
	const by = ( query: string ) =>
		bp.search( `/product-service/product-search?columns=SKU&${ query }` );
	expect( await by( 'SKU=OSB-01' ) ).toEqual( [ [ 'OSB-01' ] ] );
	expect( await by( 'SKU=osb-01' ) ).toEqual( [] );
	expect( await by( 'productName=serving%20board' ) ).toEqual( [
		[ 'OSB-01' ],
	] );
	const all = await bp.call(
		'GET',
		'/product-service/product-search?SKU=OSB-01'
	);
	const id = String( ( await bp.product( 'OSB-01' ) ).productId );
	expect( all.json.reference ).toEqual( {
		productCategoryMembership: { [ id ]: [ 296 ] },
	} );
} );

test( 'sales-order-search finds by reference, product and several references at once', async () => {
	const by = ( query: string ) =>
		bp.search(
			`/order-service/sales-order-search?columns=salesOrderId&${ query }`
		);
	expect( await by( 'externalRef=ext-2' ) ).toEqual( [ [ ids[ 1 ] ] ] );
	expect( await by( 'customerRefs=%231,%233' ) ).toEqual( [
		[ ids[ 0 ] ],
		[ ids[ 2 ] ],
	] );
	expect( await by( 'productIds=1000' ) ).toHaveLength( 3 );
	expect( await by( 'channelId=7' ) ).toHaveLength( 3 );
} );

test( 'with an index lag an order is in no search yet, but is read by id', async () => {
	bp.sandbox.setSwitches( { indexLagMs: 3000 } );
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, { externalRef: 'lagging', ref: '#lag' } )
	);
	const id = Number( made.json.response );
	const paths = [
		'/order-service/order-search?columns=orderId&externalRef=lagging',
		'/order-service/sales-order-search?columns=salesOrderId&customerRef=%23lag',
	];
	for ( const path of paths ) {
		expect( await bp.search( path ) ).toEqual( [] );
	}
	expect(
		( await bp.call( 'GET', `/order-service/sales-order/${ id }` ) ).status
	).toBe( 200 );
	bp.advance( 3000 );
	for ( const path of paths ) {
		expect( await bp.search( path ) ).toEqual( [ [ id ] ] );
	}
	bp.sandbox.setSwitches( { indexLagMs: 0 } );
} );

test( 'countOnly tells how many without rows', async () => {
	const { json } = await orders( 'countOnly=true&externalRef=ext-1' );
	expect( json.response?.results ).toEqual( [] );
	expect( json.response?.metaData?.resultsAvailable ).toBe( 1 );
} );
