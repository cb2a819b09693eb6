/** Pairing: who gets a key, for which connection, and who does not. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DAY, MINUTE } from '../../../src/contracts/primitives.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../../helpers/bridge-scene.ts';
import type { Answered, FakePlugin } from '../../helpers/fake-plugin.ts';

let scene: BridgeScene;
let shop: FakePlugin;

beforeEach( async () => {
	scene = await createBridgeScene();
	shop = await scene.shop();
} );
afterEach( () => scene.close() );

const newCode = async ( connection: string | null = null ) =>
	String( ( await scene.run( 'pair', { connection } ) ).body[ 'code' ] );
const refusalOf = ( { status, body }: Answered ) => [
	status,
	( body[ 'error' ] as { code?: string } | undefined )?.code,
];
const WRONG_CODE = '00000-00000-00000-00000';
const show = async ( name: string ) =>
	( await scene.run( 'connectionShow', { name } ) ).body;

describe( 'a code', () => {
	test( 'makes a connection named after the host of the shop, still to be filled in', async () => {
		expect( ( await shop.pair( await newCode() ) ).status ).toBe( 200 );
		expect( shop.connection ).toBe( '127-0-0-1' );
		expect( await show( '127-0-0-1' ) ).toMatchObject( {
			live: false,
			store: { url: shop.home, keyTail: null },
			brightpearl: null,
			paired: { siteId: shop.siteId, keyId: shop.keys[ 0 ]?.keyId },
		} );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 200 );

		const other = await scene.shop( '/two' );
		expect( ( await other.pair( await newCode() ) ).status ).toBe( 200 );
		expect( other.connection ).toBe( '127-0-0-1-2' );
	} );

	test( 'made for a connection pairs with that', async () => {
		await scene.connect( 'main', shop );
		expect( ( await shop.pair( await newCode( 'main' ) ) ).status ).toBe(
			200
		);
		expect( shop.connection ).toBe( 'main' );
		expect( await show( 'main' ) ).toMatchObject( {
			paired: { siteId: shop.siteId },
		} );
	} );

	test( 'works in lower case, with spaces and without hyphens', async () => {
		const code = await newCode();
		expect( code ).toMatch(
			/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/
		);
		const typed = ` ${ code.toLowerCase().replaceAll( '-', ' ' ) } `;
		expect( ( await shop.pair( typed ) ).status ).toBe( 200 );
	} );

	test( 'is good once', async () => {
		const code = await newCode();
		await shop.pair( code );
		expect( refusalOf( await shop.pair( code ) ) ).toEqual( [
			410,
			'code-expired',
		] );
	} );

	test( 'that two shops give at the same moment pairs one of them', async () => {
		const code = await newCode();
		const other = await scene.shop( '/two' );
		const answers = await Promise.all( [
			shop.pair( code ),
			other.pair( code ),
		] );
		expect( answers.map( ( { status } ) => status ).sort() ).toEqual( [
			200, 410,
		] );
	} );

	test( 'is good for ten minutes', async () => {
		const code = await newCode();
		scene.forward( 10 * MINUTE );
		expect( refusalOf( await shop.pair( code ) ) ).toEqual( [
			410,
			'code-expired',
		] );
	} );

	test( 'may be mistaken five times by an address, until it would have expired', async () => {
		await newCode();
		for ( let nth = 0; nth < 5; nth += 1 ) {
			expect( refusalOf( await shop.pair( WRONG_CODE ) ) ).toEqual( [
				401,
				'wrong-proof',
			] );
		}
		const refused = await shop.pair( WRONG_CODE );
		expect( refusalOf( refused ) ).toEqual( [ 429, 'too-many-failures' ] );
		expect( refused.headers.get( 'retry-after' ) ).toBe( '600' );
		scene.forward( 10 * MINUTE );
		await newCode();
		expect( ( await shop.pair( WRONG_CODE ) ).status ).toBe( 401 );
	} );

	test( 'is not burnt by wrong ones, and is heard though they come from the same address', async () => {
		const code = await newCode();
		for ( let nth = 0; nth < 8; nth += 1 ) {
			await shop.pair( WRONG_CODE );
		}
		expect( ( await shop.pair( code ) ).status ).toBe( 200 );
	} );

	test( 'that has expired is told as often as somebody asks', async () => {
		for ( let nth = 0; nth < 8; nth += 1 ) {
			expect( refusalOf( await shop.pair( WRONG_CODE ) ) ).toEqual( [
				410,
				'code-expired',
			] );
		}
	} );

	test( 'replaces the one before of the same connection', async () => {
		const first = await newCode();
		const second = await newCode();
		expect( ( await shop.pair( first ) ).status ).toBe( 401 );
		expect( ( await shop.pair( second ) ).status ).toBe( 200 );
	} );

	test( 'outlives a restart of the sidecar', async () => {
		const code = await newCode();
		await scene.restart();
		expect( ( await shop.pair( code ) ).status ).toBe( 200 );
	} );

	test( 'for a connection that does not exist is none', async () => {
		expect(
			await scene.run( 'pair', { connection: 'nowhere' } )
		).toMatchObject( { exit: 6 } );
	} );

	test( 'is not burnt by a clock that is off, or a request that cannot be read', async () => {
		const code = await newCode();
		const off = await shop.pair( code, {
			time: Math.floor( scene.clock.now() / 1000 ) - 400,
		} );
		expect( refusalOf( off ) ).toEqual( [ 401, 'clock-skew' ] );
		for ( const change of [
			{ siteId: 'site' },
			{ storeUrl: 'ftp://shop.example' },
			{ storeUrl: 'https://user@shop.example' },
			{ storeUrl: 'https://shop.example/?p=1' },
			{ storeUrl: 'https://shop.example/?' },
			{ storeUrl: 'https://shop.example/\n' },
			{ storeUrl: 'https://shop.ex\tample' },
			{ storeUrl: `https://shop.example/${ 'x'.repeat( 2000 ) }` },
		] ) {
			expect( refusalOf( await shop.pair( code, change ) ) ).toEqual( [
				400,
				'bad-request',
			] );
		}
		expect( ( await shop.pair( code ) ).status ).toBe( 200 );
	} );

	test( 'without a proof is no request to pair', async () => {
		const response = await fetch( `${ scene.url }/v1/pair`, {
			method: 'POST',
			body: '{}',
		} );
		expect( response.status ).toBe( 400 );
	} );
} );

describe( 'a site', () => {
	test( 'that pairs anew replaces its keys', async () => {
		await scene.pair( shop, null );
		const [ old ] = shop.keys;
		await scene.pair( shop, null );
		expect( shop.connection ).toBe( '127-0-0-1' );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 200 );
		const answer = await shop.call( 'GET', '/v1/ping', undefined, {
			key: old!,
		} );
		expect( refusalOf( answer ) ).toEqual( [ 401, 'unknown-key' ] );
	} );

	test( 'that is known and has another address is refused: it may be a copy', async () => {
		await scene.pair( shop, null );
		const copy = await scene.shop( '/staging' );
		copy.siteId = shop.siteId;
		expect( refusalOf( await copy.pair( await newCode() ) ) ).toEqual( [
			409,
			'known-site',
		] );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 200 );
	} );

	test( 'that was installed anew takes its place again by a code for its connection', async () => {
		await scene.pair( shop, null );
		const connection = shop.connection;
		const [ old ] = shop.keys;
		shop.siteId = randomUUID();
		// An open code is for nobody’s connection.
		expect( refusalOf( await shop.pair( await newCode() ) ) ).toEqual( [
			409,
			'known-site',
		] );
		expect(
			( await shop.pair( await newCode( connection ) ) ).status
		).toBe( 200 );
		expect( shop.connection ).toBe( connection );
		expect( await show( connection ?? '' ) ).toMatchObject( {
			paired: { siteId: shop.siteId },
		} );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 200 );
		const answer = await shop.call( 'GET', '/v1/ping', undefined, {
			key: old!,
		} );
		expect( refusalOf( answer ) ).toEqual( [ 401, 'unknown-key' ] );
	} );

	test( 'at another address does not take the place of one that is paired', async () => {
		await scene.pair( shop, null );
		const other = await scene.shop( '/two' );
		expect(
			refusalOf( await other.pair( await newCode( shop.connection ) ) )
		).toEqual( [ 409, 'known-site' ] );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 200 );
	} );

	test( 'hears nothing of the connections of others', async () => {
		await scene.connect( 'main', shop );
		const { body } = await shop.pair( await newCode() );
		const { message } = body[ 'error' ] as { message: string };
		expect( message ).not.toMatch( /has a connection|another|already/ );
		expect( JSON.stringify( body ) ).not.toContain( 'main' );
	} );

	test( 'is not paired with a connection that was removed before its turn came', async () => {
		await scene.connect( 'main', shop );
		const code = await newCode( 'main' );
		const pairing = await scene.beside(
			async ( { connections, locks } ) => {
				let begun: Promise< Answered > | null = null;
				await locks.withLock(
					'connection:main',
					{ wait: 5000 },
					async () => {
						begun = shop.pair( code );
						// More than it would take, were it not to wait.
						for ( let nth = 0; nth < 20; nth += 1 ) {
							await shop.pair( WRONG_CODE );
						}
						await connections.remove( 'main' );
					}
				);
				return begun!;
			}
		);
		expect( refusalOf( pairing ) ).toEqual( [ 410, 'code-expired' ] );
		expect(
			await scene.beside( ( { pairings } ) => pairings.list() )
		).toEqual( [] );
	} );

	test( 'belongs to one connection', async () => {
		await scene.pair( shop, null );
		const other = await scene.shop( '/two' );
		await scene.connect( 'other', other );
		expect(
			refusalOf( await shop.pair( await newCode( 'other' ) ) )
		).toEqual( [ 409, 'known-site' ] );
	} );

	test( 'of another address than the connection’s is refused in words', async () => {
		const other = await scene.shop( '/two' );
		await scene.connect( 'other', other );
		const answer = await shop.pair( await newCode( 'other' ) );
		expect( refusalOf( answer ) ).toEqual( [ 409, 'known-site' ] );
		expect( JSON.stringify( answer.body ) ).toContain( other.home );
	} );

	test( 'gets no second connection to a shop that has one', async () => {
		await scene.connect( 'main', shop );
		expect( refusalOf( await shop.pair( await newCode() ) ) ).toEqual( [
			409,
			'known-site',
		] );
	} );

	test( 'that was forgotten finds its connection again, and no other site does', async () => {
		await scene.pair( shop, null );
		expect( ( await shop.call( 'POST', '/v1/revoke', {} ) ).status ).toBe(
			200
		);
		expect( refusalOf( await shop.call( 'GET', '/v1/ping' ) ) ).toEqual( [
			401,
			'unknown-key',
		] );
		expect( await show( '127-0-0-1' ) ).toMatchObject( { paired: null } );
		const code = await newCode();
		expect(
			refusalOf( await shop.pair( code, { siteId: randomUUID() } ) )
		).toEqual( [ 409, 'known-site' ] );
		expect( ( await shop.pair( code ) ).status ).toBe( 200 );
		expect( shop.connection ).toBe( '127-0-0-1' );
	} );

	test( 'is unpaired by a person, as often as they say so', async () => {
		await scene.pair( shop, null );
		for ( let nth = 0; nth < 2; nth += 1 ) {
			expect(
				await scene.run( 'connectionUnpair', { name: '127-0-0-1' } )
			).toMatchObject( { exit: 0, body: { paired: null } } );
		}
		expect( refusalOf( await shop.call( 'GET', '/v1/ping' ) ) ).toEqual( [
			401,
			'unknown-key',
		] );
	} );

	test( 'has lost its key when its connection was removed', async () => {
		await scene.pair( shop, null );
		await scene.run( 'connectionRemove', { name: '127-0-0-1' } );
		expect( refusalOf( await shop.call( 'GET', '/v1/ping' ) ) ).toEqual( [
			401,
			'unknown-key',
		] );
	} );
} );

describe( 'a rotation', () => {
	beforeEach( () => scene.pair( shop, null ) );

	test( 'takes from the old key all that changes keys', async () => {
		const [ leaked ] = shop.keys;
		await shop.rotate();
		const asked: readonly ( readonly [ string, string, unknown ] )[] = [
			[ 'POST', '/v1/rotate', {} ],
			[ 'PUT', '/v1/store', { webhookSecret: 'x'.repeat( 32 ) } ],
			[ 'POST', '/v1/store/authorization', {} ],
			[
				'POST',
				'/v1/moved',
				{ siteId: shop.siteId, storeUrl: shop.home },
			],
			[
				'POST',
				'/v1/console/connectionEdit',
				{
					input: {
						change: { store: { webhookSecret: 'x'.repeat( 32 ) } },
					},
					timeout: 0,
				},
			],
		];
		for ( const [ method, path, body ] of asked ) {
			const call = ( key = leaked! ) =>
				shop.call( method, path, body, { key } );
			expect( [ path, ...refusalOf( await call() ) ] ).toEqual( [
				path,
				403,
				'replaced-key',
			] );
			expect( ( await call( shop.keys[ 0 ] ) ).status ).toBe( 200 );
		}
	} );

	const pings = async () =>
		Promise.all(
			shop.keys.map(
				async ( key ) =>
					( await shop.call( 'GET', '/v1/ping', undefined, { key } ) )
						.status
			)
		);

	test( 'leaves the old key good for a day', async () => {
		await shop.rotate();
		expect( await pings() ).toEqual( [ 200, 200 ] );
		scene.forward( DAY + MINUTE );
		expect( await pings() ).toEqual( [ 200, 401 ] );
	} );

	test( 'changes nothing when its answer is lost', async () => {
		await shop.call( 'POST', '/v1/rotate', {} );
		scene.forward( 2 * DAY );
		expect( await pings() ).toEqual( [ 200 ] );
		await shop.rotate();
		expect( await pings() ).toEqual( [ 200, 200 ] );
	} );

	test( 'is shown, and outlives a restart', async () => {
		const [ old ] = shop.keys;
		await shop.rotate();
		await scene.restart();
		expect( await pings() ).toEqual( [ 200, 200 ] );
		expect( await show( '127-0-0-1' ) ).toMatchObject( {
			paired: { keyId: shop.keys[ 0 ]?.keyId },
		} );
		expect( shop.keys[ 0 ]?.keyId ).not.toBe( old?.keyId );
	} );
} );
