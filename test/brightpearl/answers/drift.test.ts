/** Where Brightpearl's answers differ from what is documented. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DOCUMENTED } from '../../../src/brightpearl/answers/documented/index.ts';
import {
	differences,
	endpointOf,
	shape,
} from '../../../src/brightpearl/answers/documented/shape.ts';
import {
	createDriftWatch,
	type DriftWatch,
} from '../../../src/brightpearl/answers/drift.ts';
import type { Database } from '../../../src/contracts/database.ts';
import { NO_METER } from '../../../src/contracts/meter.ts';
import {
	openSqliteBench,
	type SqliteBench,
} from '../../battery/sqlite-bench.ts';
import { memoryLogger } from '../../battery/bench.ts';
import { createKit, searchAnswer, type Handler } from '../client-kit.ts';

const ACCOUNT = 'acmeshop';

describe( 'the differences between an answer and its documentation', () => {
	const documented = shape(
		'[] { id! name rows { * { sku! parts { [] { n! } } } } tags }'
	);

	test( 'new and missing fields are told by their path, without ids', () => {
		expect(
			differences( documented, [
				{
					id: 1,
					colour: 'red',
					rows: { 45: { sku: 'A', parts: [ { m: 1 } ] }, 46: {} },
					tags: { anything: 1 },
				},
				{ name: 'B', 17: 'x' },
			] )
		).toEqual( {
			unknown: [
				'response[].colour',
				'response[].rows.*.parts[].m',
				'response[].*',
			],
			missing: [
				'response[].rows.*.parts[].n',
				'response[].rows.*.sku',
				'response[].id',
			],
		} );
	} );

	test.each( [
		[ 'an empty list', [] ],
		[ 'nothing', null ],
		[ 'text', 'x' ],
		[ 'an object for a list', { id: 1 } ],
		[ 'what is as documented', [ { id: 1, rows: {}, tags: [] } ] ],
	] )( '%s has none', ( _, value ) => {
		expect( differences( documented, value ) ).toEqual( {
			unknown: [],
			missing: [],
		} );
	} );

	test.each( [
		[ '#!', 41, [], [] ],
		[ '#!', '41', [], [] ],
		[ '#!', [ 41, 42 ], [], [] ],
		[ '#!', null, [], [ 'response' ] ],
		[ '#!', {}, [], [ 'response' ] ],
		[ '#!', 'done', [], [ 'response' ] ],
		[ '#!', { id: 41 }, [ 'response.id' ], [ 'response' ] ],
		[ '#', {}, [], [] ],
		[ '#', undefined, [], [] ],
		[ '#', [], [], [] ],
		[ '#', { id: 41 }, [ 'response.id' ], [ 'response' ] ],
	] )( 'an id documented as %s: %j', ( text, value, unknown, missing ) => {
		expect( differences( shape( text ), value ) ).toEqual( {
			unknown,
			missing,
		} );
	} );

	test( 'a long list is looked at by sample, a long name is cut', () => {
		const many = Array.from( { length: 50 }, ( _, n ) =>
			n < 20 ? { id: n } : { [ 'x'.repeat( 500 ) + n ]: 1 }
		);
		expect( differences( documented, many ).unknown ).toEqual( [] );
		const [ path = '' ] = differences(
			documented,
			many.slice( 20 )
		).unknown;
		expect( path.length ).toBeLessThan( 100 );
	} );

	test( 'a brace that is missing is a mistake of ours', () => {
		expect( () => shape( '[] { id' ) ).toThrow( 'brace' );
	} );
} );

test.each( [
	[ '/order-service/order/1-5,99', 'GET /order-service/order' ],
	[ '/order-service/order', 'GET /order-service/order' ],
	[
		'/warehouse-service/order/*/goods-note/goods-out/7712',
		'GET /warehouse-service/order/goods-note/goods-out',
	],
	[ '/product-service/product/7.1.2/', 'GET /product-service/product' ],
] )( 'the endpoint of %s is %s', ( path, endpoint ) => {
	expect( endpointOf( { method: 'GET', path } ) ).toBe( endpoint );
	expect( endpointOf( { method: 'GET', path: endpoint.slice( 4 ) } ) ).toBe(
		endpoint
	);
} );

test( 'every documented endpoint is named without ids', () => {
	for ( const endpoint of Object.keys( DOCUMENTED ) ) {
		const [ method = '', path = '' ] = endpoint.split( ' ' );
		expect( endpointOf( { method, path } ) ).toBe( endpoint );
	}
} );

describe( 'watching a client', () => {
	let bench: SqliteBench;
	let database: Database;
	let drift: DriftWatch;
	let told: string[];

	beforeEach( async () => {
		bench = await openSqliteBench();
		database = await bench.open();
		told = [];
		drift = createDriftWatch( {
			drift: database.drift,
			cache: database.cache,
			clock: bench.clock,
			logger: memoryLogger(),
			meter: NO_METER,
			kept: async ( account ) => {
				told.push( account );
			},
		} );
	} );
	afterEach( async () => {
		await drift.close();
		await bench.destroy();
	} );

	const kit = ( handler: Handler ) =>
		createKit( handler, { parts: { drift } } );
	const entries = async () =>
		( await database.drift.list( ACCOUNT ) ).map(
			( { endpoint, field, kind, times } ) => [
				endpoint,
				kind,
				field,
				times,
			]
		);

	test( 'a new field is counted and kept a little later', async () => {
		const { client } = kit( () => [
			{ id: 2, code: 'T20', rate: 20, colour: 'red' },
		] );
		await client.taxCodes( true );
		await client.taxCodes( true );
		expect( await entries() ).toEqual( [] );
		await bench.clock.advance( 10_000 );
		expect( await entries() ).toEqual( [
			[
				'GET /accounting-service/tax-code',
				'unknown',
				'response[].colour',
				2,
			],
		] );
		expect( told ).toEqual( [ ACCOUNT ] );
		expect( ( await database.drift.list( ACCOUNT ) )[ 0 ]?.ruid ).toBe(
			'ruid-1'
		);
	} );

	test( 'what a PATCH answers is compared with the whole resource', async () => {
		const { client } = kit( ( { method } ) =>
			method === 'PATCH' ? { contactId: 7, shoeSize: 44 } : undefined
		);
		await client.patchContact( 7, [
			{ op: 'replace', path: '/firstName', value: 'Ines' },
		] );
		await drift.flush();
		expect( await entries() ).toEqual( [
			[
				'PATCH /contact-service/contact',
				'missing',
				'response.communication',
				1,
			],
			[
				'PATCH /contact-service/contact',
				'unknown',
				'response.shoeSize',
				1,
			],
		] );
	} );

	test( 'a POST that answers something else than an id is told', async () => {
		const { client } = kit( () => ( { addressId: 5 } ) );
		await client.createPostalAddress( { countryIsoCode: 'GBR' } );
		await drift.flush();
		expect( await entries() ).toEqual( [
			[
				'POST /contact-service/postal-address',
				'missing',
				'response',
				1,
			],
			[
				'POST /contact-service/postal-address',
				'unknown',
				'response.addressId',
				1,
			],
		] );
	} );

	test( 'so is each message of a batch, by its own endpoint', async () => {
		const contents = [ { response: 41 }, { response: { addressId: 5 } } ];
		const { client } = createKit(
			( { path } ) =>
				path.endsWith( '/multi-message' )
					? {
							processedMessages: contents.map(
								( content, at ) => ( {
									label: `m${ at + 1 }`,
									statusCode: 200,
									body: {
										content: JSON.stringify( content ),
									},
								} )
							),
							unprocessedMessages: [],
							weather: 'fine',
						}
					: undefined,
			{ parts: { drift, batch: 'sequential' } }
		);
		await Promise.all(
			contents.map( () =>
				client.createPostalAddress( { countryIsoCode: 'GBR' } )
			)
		);
		await drift.flush();
		expect( await entries() ).toEqual( [
			[
				'POST /contact-service/postal-address',
				'missing',
				'response',
				1,
			],
			[
				'POST /contact-service/postal-address',
				'unknown',
				'response.addressId',
				1,
			],
			[ 'POST /multi-message', 'unknown', 'response.weather', 1 ],
		] );
	} );

	test( 'what is not kept yet is kept when it closes', async () => {
		const { client } = kit( () => [ { id: 2, code: 'T20', colour: 1 } ] );
		await client.taxCodes( true );
		await drift.close();
		expect( await entries() ).toHaveLength( 1 );
	} );

	test( 'an answer that was refused counts as a missing field', async () => {
		const { client } = kit( () => [ { id: 'none', code: 'T20' } ] );
		expect( ( await client.taxCodes( true ) ).ok ).toBe( false );
		await drift.flush();
		expect( await entries() ).toEqual( [
			[
				'GET /accounting-service/tax-code',
				'missing',
				'response[].id',
				1,
			],
		] );
	} );

	test( 'a column that was asked for and is not told is missing', async () => {
		const { client } = kit( ( { path } ) =>
			path.endsWith( '/product-search' )
				? searchAnswer( [ 'productId', 'SKU', 'stockTracked' ], [] )
				: undefined
		);
		await client.productsBySku( 'A' );
		await drift.flush();
		expect( await entries() ).toEqual( [
			[
				'GET /product-service/product-search',
				'missing',
				'response.metaData.columns.productStatus',
				1,
			],
		] );
	} );

	test( 'after the first answers one in fifty is looked at', async () => {
		const { client } = kit( () => [ { id: 2, code: 'T20', colour: 1 } ] );
		for ( let n = 0; n < 100; n += 1 ) {
			await client.taxCodes( true );
		}
		await drift.flush();
		expect( ( await entries() )[ 0 ]?.[ 3 ] ).toBe( 22 );
	} );

	test( 'a version is compared with the first one, which is no news', async () => {
		const versions = [ '4.95.1', '4.95.1', '4.96.2', '4.96.2', 'none', '' ];
		for ( const version of versions ) {
			await drift.versionSeen( ACCOUNT, version );
		}
		await drift.flush();
		expect( await entries() ).toEqual( [
			[ 'webhooks', 'version', '4.96.2', 1 ],
		] );
	} );

	test( 'webhooks that come together with a new version count once', async () => {
		await drift.versionSeen( ACCOUNT, '4.95.1' );
		await Promise.all(
			[ 1, 2, 3 ].map( () => drift.versionSeen( ACCOUNT, '4.96.2' ) )
		);
		await drift.flush();
		expect( await entries() ).toEqual( [
			[ 'webhooks', 'version', '4.96.2', 1 ],
		] );
	} );

	test( 'an outage, a refusal and an empty answer are no drift', async () => {
		const { client } = kit( () => ( {
			ok: true,
			answer: {
				status: 404,
				headers: { ruid: 'r' },
				body: '{"errors":[{"code":"CMNC-404","message":"No"}]}',
			},
		} ) );
		await client.taxCodes( true );
		await client.orderStatuses( true );
		await drift.flush();
		expect( await entries() ).toEqual( [] );
	} );
} );
