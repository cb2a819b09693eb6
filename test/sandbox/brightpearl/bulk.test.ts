import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
} );
afterAll( () => bp.close() );

const ACCOUNT = { account: 'sandbox-gb' };
const SEARCH =
	'/product-service/product-search?columns=productId,SKU&pageSize=500';

test( 'many products with stock are made at once and told by their ids', async () => {
	const { json } = await bp.control( 'POST', '/products', {
		...ACCOUNT,
		count: 1200,
		prefix: 'MANY-',
		stock: 7,
	} );
	const firstId = Number( json.firstId );
	expect( json ).toEqual( {
		firstId,
		lastId: firstId + 1199,
		count: 1200,
	} );
	const read = await bp.call(
		'GET',
		`/warehouse-service/product-availability/${ firstId }-${ firstId + 199 }`
	);
	const shown = Object.values( read.json.response );
	expect( shown ).toHaveLength( 200 );
	expect( new Set( shown.map( ( { total } ) => total?.onHand ) ) ).toEqual(
		new Set( [ 7 ] )
	);
	expect( await bp.search( `${ SEARCH }&SKU=MANY-1200` ) ).toEqual( [
		[ firstId + 1199, 'MANY-1200' ],
	] );
	// Nobody is told of what has always been there.
	expect( bp.events ).toEqual( [] );
} );

test( 'pages of one search fit together, and see what came between', async () => {
	const first = await bp.search( SEARCH );
	const second = await bp.search( `${ SEARCH }&firstResult=501` );
	expect( first ).toHaveLength( 500 );
	const ids = [ ...first, ...second ].map( ( [ id ] ) => Number( id ) );
	expect( ids ).toEqual(
		[ ...new Set( ids ) ].toSorted( ( a, b ) => a - b )
	);

	const late = await bp.control( 'POST', '/products', {
		...ACCOUNT,
		sku: 'LATE-1',
	} );
	const changed = `${ SEARCH }&sort=productId.DESC`;
	expect( ( await bp.search( changed ) )[ 0 ] ).toEqual( [
		Number( late.json.productId ),
		'LATE-1',
	] );
	await bp.control( 'POST', '/products', { ...ACCOUNT, sku: 'LATE-2' } );
	expect( ( await bp.search( changed ) )[ 0 ]?.[ 1 ] ).toBe( 'LATE-2' );
} );

test( 'two accounts do not see each other’s pages', async () => {
	const path = '/product-service/product-search?columns=productId&pageSize=1';
	const read = async ( account: string ) =>
		( await bp.call( 'GET', path, undefined, { account } ) ).json.response
			?.results?.[ 0 ]?.[ 0 ];
	const [ here, there ] = [
		await read( 'sandbox-gb' ),
		await read( 'sandbox-us' ),
	];
	await bp.call( 'PUT', `/product-service/product/${ Number( here ) }`, {
		status: 'ARCHIVED',
	} );
	expect( await read( 'sandbox-us' ) ).toBe( there );
} );

test( 'many contacts are made at once, each with an address and an e-mail', async () => {
	const { json } = await bp.control( 'POST', '/contacts', {
		...ACCOUNT,
		count: 600,
		prefix: 'crowd',
	} );
	const firstId = Number( json.firstId );
	const rows = await bp.search(
		'/contact-service/contact-search?columns=contactId,primaryEmail&primaryEmail=crowd600@'
	);
	expect( rows ).toEqual( [
		[ firstId + 599, 'crowd600@bulk.example.test' ],
	] );
	const read = await bp.call(
		'GET',
		`/contact-service/contact/${ firstId }?includeOptional=postalAddresses`
	);
	expect( read.json.response[ 0 ]?.postalAddresses?.[ 0 ] ).toMatchObject( {
		contactId: firstId,
		addressLine1: '1 Bulk Street',
	} );
} );

test( 'what cannot be made is refused', async () => {
	for ( const [ path, body ] of [
		[ '/products', { ...ACCOUNT, count: 0 } ],
		[ '/products', { ...ACCOUNT, count: 1, prefix: 'with space' } ],
		[ '/contacts', { ...ACCOUNT } ],
	] as const ) {
		expect( ( await bp.control( 'POST', path, body ) ).status ).toBe( 400 );
	}
	for ( const [ path, body ] of [
		[ '/products', { account: 'nobody', count: 1 } ],
		[ '/products', { ...ACCOUNT, count: 1, warehouseId: 99 } ],
		[ '/contacts', { account: 'nobody', count: 1 } ],
		[ '/goods-in', { ...ACCOUNT, sku: 'none', quantity: 1 } ],
	] as const ) {
		expect( ( await bp.control( 'POST', path, body ) ).status ).toBe( 404 );
	}
} );
