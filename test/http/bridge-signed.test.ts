/** Signed calls: what is let in, and every way of being refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '../../src/contracts/primitives.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../helpers/bridge-scene.ts';
import type { FakePlugin } from '../helpers/fake-plugin.ts';

let scene: BridgeScene;
let shop: FakePlugin;

beforeAll( async () => {
	scene = await createBridgeScene();
	shop = await scene.shop();
	await scene.connect( 'main', shop );
	await scene.pair( shop, 'main' );
} );
afterAll( () => scene.close() );

const codeOf = ( { body }: { body: Record< string, unknown > } ) =>
	( body[ 'error' ] as { code?: string } | undefined )?.code;

test( 'a signed ping is answered with who we are', async () => {
	expect( await shop.call( 'GET', '/v1/ping' ) ).toMatchObject( {
		status: 200,
		body: {
			ok: true,
			sidecarId: expect.any( String ),
			version: '1.2.3',
			connection: 'main',
			webhookUrl: null,
			time: expect.stringMatching( /Z$/ ),
		},
	} );
} );

describe( 'is refused', () => {
	test.each( [
		'/v1/ping',
		'/v1/events',
		'/v1/nudge',
		'/v1/store',
		'/v1/store/authorization',
		'/v1/rotate',
		'/v1/revoke',
		'/v1/moved',
		'/v1/console/status',
	] )( '%s without a signature', async ( path ) => {
		const method = /ping|events/.test( path )
			? 'GET'
			: path === '/v1/store'
				? 'PUT'
				: 'POST';
		const response = await fetch( `${ scene.url }${ path }`, { method } );
		expect( response.status ).toBe( 400 );
		expect( await response.json() ).toMatchObject( {
			error: { code: 'bad-headers' },
		} );
	} );

	test( 'a key nobody knows', async () => {
		const key = { keyId: 'pk_unknown0', secret: new Uint8Array( 32 ) };
		const answer = await shop.call( 'GET', '/v1/ping', undefined, { key } );
		expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
			401,
			'unknown-key',
		] );
	} );

	test( 'a known key with another secret', async () => {
		const key = { ...shop.keys[ 0 ]!, secret: new Uint8Array( 32 ) };
		const answer = await shop.call( 'GET', '/v1/ping', undefined, { key } );
		expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
			401,
			'wrong-signature',
		] );
	} );

	test.each( [
		[ 'another path', 'GET', '/v1/ping', { signedPath: '/v1/events' } ],
		[
			'another query',
			'GET',
			'/v1/ping?a=2',
			{ signedPath: '/v1/ping?a=1' },
		],
		[ 'a changed body', 'POST', '/v1/nudge', { signedBody: '{}' } ],
	] )( '%s than was signed', async ( _, method, path, options ) => {
		const answer = await shop.call(
			method,
			path,
			method === 'GET' ? undefined : { orders: [ 1 ] },
			options
		);
		expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
			401,
			'wrong-signature',
		] );
	} );

	test.each( [ -301, 301 ] )(
		'a clock that is %i s off, and is told ours',
		async ( seconds ) => {
			const now = scene.clock.now();
			const answer = await shop.call( 'GET', '/v1/ping', undefined, {
				now: now + seconds * SECOND,
			} );
			expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
				401,
				'clock-skew',
			] );
			expect(
				Math.abs( Number( answer.body[ 'time' ] ) - now / SECOND )
			).toBeLessThan( 5 );
		}
	);

	test( 'a replay, also one a minute later', async () => {
		const nonce = new Uint8Array( 16 ).fill( 7 );
		const now = scene.clock.now();
		const again = () =>
			shop.call( 'GET', '/v1/ping', undefined, { now, nonce } );
		expect( ( await again() ).status ).toBe( 200 );
		expect( await again().then( codeOf ) ).toBe( 'replayed' );
		scene.forward( MINUTE );
		expect( ( await again() ).status ).toBe( 409 );
	} );

	test( 'a refused request leaves its nonce unused', async () => {
		const nonce = new Uint8Array( 16 ).fill( 9 );
		const refused = await shop.call( 'GET', '/v1/ping', undefined, {
			nonce,
			signedPath: '/v1/pong',
		} );
		expect( refused.status ).toBe( 401 );
		const { status } = await shop.call( 'GET', '/v1/ping', undefined, {
			nonce,
		} );
		expect( status ).toBe( 200 );
	} );

	test( 'a body over a megabyte', async () => {
		const answer = await shop.call( 'POST', '/v1/nudge', {
			orders: [],
			more: 'x'.repeat( 1024 * 1024 ),
		} );
		expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
			413,
			'too-large',
		] );
	} );

	test.each( [
		[ '/v1/nudge', { orders: [ 'one' ] } ],
		[ '/v1/nudge', { orders: [ -1 ] } ],
		[ '/v1/console/status', { input: 1, timeout: 0 } ],
		[ '/v1/console/status', { input: {} } ],
	] )( 'a body of %s that is none: %j', async ( path, body ) => {
		const answer = await shop.call( 'POST', path, body );
		expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
			400,
			'bad-request',
		] );
	} );
} );

test( 'an idempotency key that was used for something else is refused', async () => {
	const push = ( id: number ) =>
		shop.call( 'POST', '/v1/console/ordersPush', {
			input: { orderIds: [ id ] },
			timeout: 0,
			idempotencyKey: 'click-12345678',
		} );
	expect( ( await push( 1 ) ).status ).toBe( 200 );
	const other = await push( 2 );
	expect( [ other.status, codeOf( other ) ] ).toEqual( [
		409,
		'key-reused',
	] );
} );

test( 'several signatures may stand in the header, one of which fits', async () => {
	const wrong = `v1=${ Buffer.alloc( 32 ).toString( 'base64' ) }`;
	const { status } = await shop.call( 'GET', '/v1/ping', undefined, {
		headers: { 'x-bridge-signature': `${ wrong } ${ wrong }` },
	} );
	expect( status ).toBe( 401 );
	const { sign } = await import( '../../src/signing/signature.ts' );
	const headers = sign(
		shop.keys[ 0 ]!,
		{ method: 'GET', path: '/v1/ping', body: new Uint8Array( 0 ) },
		{ now: scene.clock.now(), nonce: new Uint8Array( 16 ).fill( 11 ) }
	);
	const response = await fetch( `${ scene.url }/v1/ping`, {
		headers: {
			...headers,
			'x-bridge-signature': `${ wrong } ${ headers[ 'x-bridge-signature' ] ?? '' }`,
		},
	} );
	expect( response.status ).toBe( 200 );
} );

describe( 'a flood of refusals', () => {
	const logged = () =>
		scene.log().split( 'A call of a plugin was refused.' ).length - 1;
	/** Its answers; no more lines were logged for them than twenty. */
	const flood = async (
		body: unknown,
		options: Parameters< FakePlugin[ 'call' ] >[ 3 ]
	) => {
		scene.forward( 2 * MINUTE );
		const before = logged();
		const answers: Awaited< ReturnType< FakePlugin[ 'call' ] > >[] = [];
		for ( let nth = 0; nth < 25; nth += 1 ) {
			answers.push(
				await shop.call( 'POST', '/v1/nudge', body, {
					now: scene.clock.now(),
					...options,
				} )
			);
		}
		expect( logged() - before ).toBe( 20 );
		return answers;
	};

	test( 'of a clock that is off tells the time to each', async () => {
		const answers = await flood( {}, { now: scene.clock.now() - HOUR } );
		for ( const answer of answers ) {
			expect( [ answer.status, codeOf( answer ) ] ).toEqual( [
				401,
				'clock-skew',
			] );
			expect( answer.body[ 'time' ] ).toEqual( expect.any( Number ) );
		}
	} );

	test( 'of wrong signatures says so to each, and does not lock the owner of the key out', async () => {
		const key = {
			...shop.keys[ 0 ]!,
			secret: new Uint8Array( 32 ).fill( 1 ),
		};
		const answers = await flood( {}, { key } );
		expect( new Set( answers.map( codeOf ) ) ).toEqual(
			new Set( [ 'wrong-signature' ] )
		);
		const ping = await shop.call( 'GET', '/v1/ping', undefined, {
			now: scene.clock.now(),
		} );
		expect( ping.status ).toBe( 200 );
	} );

	test( 'of a key nobody knows says so to each, at last without reading what it sends', async () => {
		const key = { keyId: 'pk_forgotten', secret: new Uint8Array( 32 ) };
		const large = () =>
			shop.call(
				'POST',
				'/v1/nudge',
				{ more: 'x'.repeat( 1024 * 1024 ) },
				{ key }
			);
		expect( ( await large() ).status ).toBe( 413 );
		const answers = await flood( {}, { key } );
		expect( new Set( answers.map( codeOf ) ) ).toEqual(
			new Set( [ 'unknown-key' ] )
		);
		expect( codeOf( await large() ) ).toBe( 'unknown-key' );
		scene.forward( 2 * MINUTE );
		expect( ( await large() ).status ).toBe( 413 );
	} );
} );

test( 'neither the log nor an answer holds a secret', async () => {
	const { secret } = shop.keys[ 0 ]!;
	for ( const form of [ 'base64', 'base64url', 'hex' ] as const ) {
		expect( scene.log() ).not.toContain(
			Buffer.from( secret ).toString( form )
		);
	}
	expect( scene.log() ).toContain( 'A call of a plugin was refused.' );
} );
