/**
 * The consent of a Brightpearl account, from its beginning to the token, over the three ways back:
 * the service's own address, the plugin's page, and what a person pastes.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	test,
} from '@jest/globals';
import type { Consent } from '../../src/contracts/answers.ts';
import { connectionFileSchema } from '../../src/contracts/connection.ts';
import { MINUTE } from '../../src/contracts/primitives.ts';
import { systemClock } from '../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
	type SandboxAccount,
} from '../../src/sandbox/brightpearl/index.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../helpers/bridge-scene.ts';
import { answerConsent } from '../helpers/consent-page.ts';
import type { FakePlugin } from '../helpers/fake-plugin.ts';

let sandbox: BrightpearlSandbox;
let account: SandboxAccount;
let scene: BridgeScene;
let shop: FakePlugin;

beforeAll( async () => {
	sandbox = await startBrightpearlSandbox( { clock: systemClock } );
	account = sandbox.ready.accounts[ 0 ]!;
} );
afterAll( () => sandbox.close() );

beforeEach( () => open() );
afterEach( async () => {
	await setFaults( [] );
	await scene.close();
} );

async function open( publicUrl: string | null = null ): Promise< void > {
	scene = await createBridgeScene( { publicUrl } );
	shop = await scene.shop();
	await add( 'main' );
}

async function add( name: string, auth: object = {} ): Promise< void > {
	const { clientId, clientSecret, devRef } = account.oauth;
	const { exit } = await scene.run( 'connectionAdd', {
		file: connectionFileSchema.parse( {
			name,
			store: {
				type: 'woocommerce',
				url: shop.home,
				consumerKey: 'ck_shop',
				consumerSecret: 'cs_shop',
			},
			brightpearl: {
				account: account.account,
				oauthUrl: account.oauthUrl,
				sandbox: true,
				auth: {
					type: 'oauth',
					clientId,
					clientSecret,
					devRef,
					...auth,
				},
			},
			settings: { orders: { refPrefix: name } },
		} ),
		replace: false,
	} );
	expect( exit ).toBe( 0 );
}

const setFaults = ( faults: readonly object[] ) =>
	fetch( `${ sandbox.url }/_sandbox/faults`, {
		method: 'POST',
		body: JSON.stringify( faults ),
	} );

async function begin( name = 'main' ): Promise< Consent > {
	const { exit, body } = await scene.run( 'connectionConsent', { name } );
	expect( exit ).toBe( 0 );
	return body as unknown as Consent;
}

const stateOf = async ( { state }: Consent ) =>
	(
		await scene.run( 'connectionConsentState', {
			name: 'main',
			state,
			wait: false,
		} )
	).body;

async function visit( url: URL | string, method = 'GET' ) {
	const response = await fetch( url, { method } );
	return {
		status: response.status,
		headers: response.headers,
		text: await response.text(),
	};
}

const paste = async ( code: string, name = 'main' ) =>
	scene.run( 'connectionAuthorize', { name, code } );

const shown = async ( name = 'main' ) =>
	( await scene.run( 'connectionShow', { name } ) ).body;

const tokenOf = ( name: string ) =>
	scene.beside( ( { connections } ) => connections.token( name ) );

const AUTHORIZED = {
	brightpearl: {
		auth: { type: 'oauth', tokenType: 'Bearer' },
	},
};

describe( 'back at the service', () => {
	test( 'the token is kept, the page says so, and the address is good once', async () => {
		const begun = await begin();
		expect( begun ).toMatchObject( {
			redirectUri: `${ scene.url }/oauth/brightpearl`,
			callback: true,
		} );
		expect( begun.state ).toMatch( /^[\w-]{43}$/ );
		expect( await stateOf( begun ) ).toMatchObject( { state: 'waiting' } );
		await scene.beside( ( { problems } ) =>
			problems.raise( 'main', 'connection:main', {
				code: 'credentials-brightpearl',
				message: 'Nobody has given consent.',
				cause: null,
				fix: null,
				field: null,
			} )
		);
		const back = await answerConsent( begun.url );
		const code = back.searchParams.get( 'code' ) ?? '';
		const page = await visit( back );
		expect( page.status ).toBe( 200 );
		expect( page.text ).toContain( 'Brightpearl is connected' );
		expect( page.headers.get( 'content-type' ) ).toMatch( /^text\/html/ );
		expect( page.headers.get( 'cache-control' ) ).toBe( 'no-store' );
		expect( page.headers.get( 'referrer-policy' ) ).toBe( 'no-referrer' );
		expect( page.headers.get( 'content-security-policy' ) ).toMatch(
			/^default-src 'none';/
		);
		expect( await stateOf( begun ) ).toMatchObject( { state: 'done' } );
		expect( await shown() ).toMatchObject( {
			brightpearl: {
				apiDomain: account.apiDomain.replace( 'http://', '' ),
				installationInstanceId: account.installationInstanceId,
				auth: {
					type: 'oauth',
					clientId: account.oauth.clientId,
					devRef: account.oauth.devRef,
					tokenType: 'Bearer',
					expiresAt: expect.stringMatching( /Z$/ ),
					expiresIn: expect.any( Number ),
				},
			},
		} );
		expect(
			(
				await scene.run( 'problemsList', {
					connection: 'main',
					limit: null,
				} )
			).body
		).toMatchObject( { total: 0 } );
		expect( scene.events ).toContainEqual( {
			event: 'changed',
			connection: 'main',
			what: 'connection',
		} );

		// Loading the page again exchanges nothing and does not say that something is wrong.
		const kept = await tokenOf( 'main' );
		const again = await visit( back );
		expect( again.status ).toBe( 200 );
		expect( again.text ).toContain( 'connected already' );
		expect( await tokenOf( 'main' ) ).toEqual( kept );
		for ( const text of [ page.text, again.text, scene.log() ] ) {
			expect( text ).not.toContain( begun.state );
			expect( text ).not.toContain( code );
			expect( text ).not.toContain( encodeURIComponent( code ) );
		}
	} );

	test( 'the new token is used at once, also by a client that has one', async () => {
		const asked: string[] = [];
		let issued = 0;
		const theirs = createServer( ( { url = '', headers }, response ) => {
			const isToken = url.startsWith( '/oauth/token/' );
			issued += isToken ? 1 : 0;
			if ( ! isToken ) {
				asked.push( headers.authorization ?? '' );
			}
			response
				.writeHead( isToken ? 200 : 404, {
					'content-type': 'application/json',
				} )
				.end(
					JSON.stringify( {
						access_token: `TOKEN-${ issued }`,
						refresh_token: `REFRESH-${ issued }`,
						token_type: 'Bearer',
						expires_in: 604_800,
					} )
				);
		} );
		await new Promise< void >( ( resolve ) => {
			theirs.listen( 0, '127.0.0.1', resolve );
		} );
		const { port } = theirs.address() as AddressInfo;
		const origin = `http://127.0.0.1:${ port }`;
		await scene.run( 'connectionEdit', {
			name: 'main',
			change: {
				brightpearl: {
					apiDomain: origin,
					oauthUrl: `${ origin }/oauth`,
					auth: { type: 'oauth', clientSecret: 'the-secret' },
				},
			},
		} );
		for ( const token of [ 'TOKEN-1', 'TOKEN-2' ] ) {
			const { redirectUri, state } = await begin();
			const page = await visit(
				`${ redirectUri }?code=A&state=${ state }`
			);
			expect( page.status ).toBe( 200 );
			asked.length = 0;
			await scene.run( 'connectionCheck', { name: 'main' } );
			expect( new Set( asked ) ).toEqual(
				new Set( [ `Bearer ${ token }` ] )
			);
		}
		theirs.closeAllConnections();
		await new Promise( ( resolve ) => {
			theirs.close( resolve );
		} );
	} );

	test( 'an address of a consent before the last is not called connected', async () => {
		const first = await answerConsent( ( await begin() ).url );
		expect( ( await visit( first ) ).status ).toBe( 200 );
		await begin();
		expect( ( await visit( first ) ).status ).toBe( 400 );
	} );

	test( 'a refusal is told on the page and to who waits, and changes nothing', async () => {
		const begun = await begin();
		const page = await visit( await answerConsent( begun.url, 'refuse' ) );
		expect( page.status ).toBe( 400 );
		expect( page.text ).toContain( 'refused in Brightpearl' );
		expect( await stateOf( begun ) ).toMatchObject( {
			state: 'failed',
			exit: 4,
			failure: { code: 'credentials-brightpearl' },
		} );
		expect( await shown() ).toMatchObject( {
			brightpearl: { auth: { tokenType: null } },
		} );
	} );

	test( 'what stands in the address is never markup', async () => {
		const { state } = await begin();
		const page = await visit(
			`${ scene.url }/oauth/brightpearl?state=${ state }&error=${ encodeURIComponent(
				'<script>alert(1)</script>'
			) }`
		);
		expect( page.status ).toBe( 400 );
		expect( page.text ).not.toContain( '<script' );
	} );

	test( 'after 15 minutes it is too late', async () => {
		const begun = await begin();
		const back = await answerConsent( begun.url );
		scene.forward( 16 * MINUTE );
		expect( ( await visit( back ) ).status ).toBe( 400 );
		expect( await stateOf( begun ) ).toMatchObject( { state: 'expired' } );
	} );

	test( 'a look ahead does not use it up', async () => {
		const back = await answerConsent( ( await begin() ).url );
		expect( ( await visit( back, 'HEAD' ) ).status ).toBe( 404 );
		expect( ( await visit( back ) ).status ).toBe( 200 );
	} );

	test( 'while Brightpearl does not answer the page can be loaded again', async () => {
		const begun = await begin();
		const back = await answerConsent( begun.url );
		await setFaults( [ { kind: 'unavailable', path: '/oauth/token' } ] );
		expect( ( await visit( back ) ).status ).toBe( 503 );
		expect( await stateOf( begun ) ).toMatchObject( { state: 'waiting' } );
		await setFaults( [] );
		expect( ( await visit( back ) ).status ).toBe( 200 );
	} );

	test.each( [ '', '?', '?state=', '?code=A', '?state=A&code=B&state=C' ] )(
		'an address that ends in %j is no consent',
		async ( query ) => {
			const page = await visit(
				`${ scene.url }/oauth/brightpearl${ query }`
			);
			expect( page.status ).toBe( 400 );
			expect( page.text ).toContain( 'not good any more' );
		}
	);

	test( 'a flood of them is refused, and the right one is still heard', async () => {
		const back = await answerConsent( ( await begin() ).url );
		const statuses = [];
		for ( let tries = 0; tries < 22; tries += 1 ) {
			statuses.push(
				(
					await visit(
						`${ scene.url }/oauth/brightpearl?state=wrong&code=A`
					)
				).status
			);
		}
		expect( statuses.slice( 0, 20 ).every( ( one ) => one === 400 ) ).toBe(
			true
		);
		expect( statuses.slice( 20 ) ).toEqual( [ 429, 429 ] );
		expect( ( await visit( back ) ).status ).toBe( 200 );
	} );
} );

test( 'the public address is the return address where there is one', async () => {
	await scene.close();
	await open( 'https://pearl.example.test/bridge/' );
	expect( await begin() ).toMatchObject( {
		redirectUri: 'https://pearl.example.test/bridge/oauth/brightpearl',
	} );
} );

describe( 'back at the plugin’s page', () => {
	beforeEach( () => scene.pair( shop, 'main' ) );

	const bring = ( back: URL ) =>
		shop.call( 'POST', '/v1/oauth/brightpearl', {
			state: back.searchParams.get( 'state' ),
			code: back.searchParams.get( 'code' ),
			error: back.searchParams.get( 'error' ),
		} );

	test( 'the plugin hands it on over the signed channel', async () => {
		const begun = await begin();
		expect( begun.redirectUri ).toBe( shop.consentUrl );
		const back = await answerConsent( begun.url );
		expect( back.searchParams.get( 'page' ) ).toBe( 'pearlbridge' );
		expect( await bring( back ) ).toMatchObject( {
			status: 200,
			body: { ok: true, connection: 'main' },
		} );
		expect( await shown() ).toMatchObject( AUTHORIZED );
		// Brought once more, as after an answer that was lost, it is done already.
		expect( await bring( back ) ).toMatchObject( {
			status: 200,
			body: { ok: true, connection: 'main' },
		} );
	} );

	test( 'a refusal comes back in words', async () => {
		const back = await answerConsent( ( await begin() ).url, 'refuse' );
		expect( await bring( back ) ).toMatchObject( {
			status: 422,
			body: {
				error: {
					code: 'credentials-brightpearl',
					message: expect.stringContaining( 'refused' ),
				},
			},
		} );
	} );

	test( 'another shop’s plugin cannot bring it', async () => {
		const other = await scene.shop( '/other' );
		await scene.connect( 'other', other );
		await scene.pair( other, 'other' );
		const back = await answerConsent( ( await begin() ).url );
		expect(
			await other.call( 'POST', '/v1/oauth/brightpearl', {
				state: back.searchParams.get( 'state' ),
				code: back.searchParams.get( 'code' ),
			} )
		).toMatchObject( { status: 404 } );
		expect( await shown() ).toMatchObject( {
			brightpearl: { auth: { tokenType: null } },
		} );
	} );

	test( 'the page is guessed where the plugin is too old or does not answer', async () => {
		shop.consentUrl = null;
		const guessed = `${ shop.home }/wp-admin/admin.php?page=pearlbridge`;
		expect( ( await begin() ).redirectUri ).toBe( guessed );
		await shop.stop();
		expect( ( await begin() ).redirectUri ).toBe( guessed );
		await shop.start();
	} );
} );

describe( 'pasted by a person', () => {
	test.each( [
		[ 'the code alone', ( back: URL ) => back.searchParams.get( 'code' ) ],
		[ 'the whole address', ( back: URL ) => ` ${ back.href }\n` ],
		[ 'its query', ( back: URL ) => back.search ],
	] )( '%s finishes it, once', async ( _, textOf ) => {
		await begin();
		const text = textOf( await answerConsent( ( await begin() ).url ) );
		const first = await paste( text ?? '' );
		expect( first ).toMatchObject( { exit: 0, body: AUTHORIZED } );
		expect( await paste( text ?? '' ) ).toMatchObject( {
			exit: 4,
			body: { error: { code: 'consent-unknown' } },
		} );
	} );

	test( 'an address of another connection’s consent is not taken, and still is its own’s', async () => {
		await add( 'second' );
		const back = await answerConsent( ( await begin() ).url );
		expect( await paste( back.href, 'second' ) ).toMatchObject( {
			exit: 4,
			body: { error: { code: 'consent-unknown' } },
		} );
		for ( const name of [ 'main', 'second' ] ) {
			expect( await shown( name ) ).toMatchObject( {
				brightpearl: { auth: { tokenType: null } },
			} );
		}
		expect( await paste( back.href ) ).toMatchObject( { exit: 0 } );
	} );

	test.each( [
		[ 'a code that Brightpearl does not know', () => 'bm90aGluZw==' ],
		[ 'the address before the consent', ( { url }: Consent ) => url ],
		[
			'an address that was cut',
			( { state, redirectUri }: Consent ) =>
				`${ redirectUri }?state=${ state }`,
		],
	] )( '%s is refused; the right one is still taken', async ( _, textOf ) => {
		const begun = await begin();
		const back = await answerConsent( begun.url );
		for ( const wrong of [ textOf( begun ), textOf( begun ) ] ) {
			expect( await paste( wrong ) ).toMatchObject( {
				exit: 4,
				body: {
					error: {
						code: 'credentials-brightpearl',
						fix: expect.stringContaining( 'still open' ),
					},
				},
			} );
		}
		expect( await stateOf( begun ) ).toMatchObject( { state: 'waiting' } );
		expect( await paste( back.href ) ).toMatchObject( { exit: 0 } );
		expect( await stateOf( begun ) ).toMatchObject( { state: 'done' } );
	} );

	test( 'a wrong paste does not make the consent last longer', async () => {
		const begun = await begin();
		const back = await answerConsent( begun.url );
		scene.forward( 14 * MINUTE );
		await paste( 'bm90aGluZw==' );
		scene.forward( 2 * MINUTE );
		expect( await paste( back.href ) ).toMatchObject( {
			exit: 4,
			body: { error: { code: 'consent-unknown' } },
		} );
	} );

	test( 'Brightpearl’s own refusal ends it', async () => {
		const begun = await begin();
		const back = await answerConsent( begun.url, 'refuse' );
		expect( await paste( back.href ) ).toMatchObject( { exit: 4 } );
		expect( await stateOf( begun ) ).toMatchObject( { state: 'failed' } );
	} );

	test( 'a code without a consent that was begun is not taken', async () => {
		expect( await paste( 'bm90aGluZw==' ) ).toMatchObject( {
			exit: 4,
			body: { error: { code: 'consent-unknown' } },
		} );
	} );
} );

test( 'there is nothing to consent to for a private app, nor for what is not there', async () => {
	const private_ = await scene.shop( '/private' );
	await scene.connect( 'private', private_ );
	for ( const run of [
		scene.run( 'connectionConsent', { name: 'private' } ),
		paste( 'A', 'private' ),
	] ) {
		expect( await run ).toMatchObject( {
			exit: 2,
			body: { error: { code: 'not-oauth' } },
		} );
	}
	expect(
		await scene.run( 'connectionConsent', { name: 'nobody' } )
	).toMatchObject( { exit: 6 } );
} );

test( 'an app that was changed meanwhile does not get the token of the one before', async () => {
	const back = await answerConsent( ( await begin() ).url );
	await scene.run( 'connectionEdit', {
		name: 'main',
		change: {
			brightpearl: { auth: { type: 'oauth', clientId: 'another' } },
		},
	} );
	expect( ( await visit( back ) ).status ).toBe( 400 );
	expect( await shown() ).toMatchObject( {
		brightpearl: { auth: { tokenType: null } },
	} );
} );
