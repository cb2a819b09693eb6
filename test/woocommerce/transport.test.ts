import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreConfig } from '../../src/contracts/connection.ts';
import type { Store } from '../../src/contracts/store.ts';
import type { LogFields, Logger } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';
import {
	HOME,
	answer,
	json,
	plainSecrets,
	readData,
	shopAnswering,
} from './support.ts';
import { shopSignature } from './woo-oauth.ts';

const ORDER = readData( 'orders/001-simple-guest-card.json' );
const NOBODY = answer( 'errors/401-authorization-header-stripped.json' );

describe( 'over https', () => {
	const basic = `Basic ${ Buffer.from( 'ck_key:cs_secret' ).toString( 'base64' ) }`;

	test( 'the key goes into a Basic header and nowhere else', async () => {
		const shop = shopAnswering( () => json( ORDER ) );
		await shop.store.order( 4336 );
		expect( shop.sent[ 0 ] ).toMatchObject( {
			method: 'GET',
			headers: { authorization: basic, accept: 'application/json' },
		} );
		expect( shop.sent[ 0 ]?.url ).not.toMatch( /consumer|oauth/ );
	} );

	test( 'a folder and a slash at the end of the address are kept and dropped', async () => {
		const shop = shopAnswering( () => json( ORDER ), {
			url: 'https://shop.example.test/de/laden/',
		} );
		await shop.store.order( 4336 );
		expect( shop.sent[ 0 ]?.url ).toMatch(
			/^https:\/\/shop\.example\.test\/de\/laden\/wp-json\/wc\/v3\/orders\/4336\?/
		);
	} );

	/** A host that takes the header away. */
	const stripping = () =>
		shopAnswering( ( _request, url ) =>
			url.searchParams.get( 'consumer_key' ) === 'ck_key' &&
			url.searchParams.get( 'consumer_secret' ) === 'cs_secret'
				? json( ORDER )
				: NOBODY
		);

	test( 'a stripped header is answered by the key in the query, from then on', async () => {
		const shop = stripping();
		expect( await shop.store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( shop.sent ).toHaveLength( 2 );
		expect( shop.sent[ 1 ]?.headers ).not.toHaveProperty( 'authorization' );
		expect( await shop.store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( shop.sent ).toHaveLength( 3 );
		expect( shop.store.requests() ).toBe( 3 );
		expect( shop.logged.join() ).toMatch(
			/strips the Authorization header/
		);
	} );

	test( 'an order that is missing proves the key in the query as well', async () => {
		const shop = shopAnswering( ( _request, url ) =>
			url.searchParams.has( 'consumer_key' )
				? answer( 'errors/404-order.json' )
				: NOBODY
		);
		expect( await shop.store.order( 1 ) ).toEqual( {
			ok: true,
			value: null,
		} );
		await shop.store.order( 2 );
		expect( shop.sent ).toHaveLength( 3 );
	} );

	test( 'an unknown key stays unknown and is tried in the header first again', async () => {
		const shop = shopAnswering( () => NOBODY );
		for ( let n = 0; n < 2; n++ ) {
			expect( await shop.store.order( 4336 ) ).toMatchObject( {
				ok: false,
				failure: {
					kind: 'hold',
					problem: { code: 'credentials-store' },
				},
			} );
		}
		expect(
			shop.sent.map( ( { headers } ) => 'authorization' in headers )
		).toEqual( [ true, false, true, false ] );
	} );

	test( 'a wrong secret is no reason to put it into the address', async () => {
		const shop = shopAnswering( () =>
			answer( 'errors/401-wrong-secret.json' )
		);
		await shop.store.order( 4336 );
		expect( shop.sent ).toHaveLength( 1 );
	} );

	test( 'a refused write after working reads is a key without that right', async () => {
		const shop = shopAnswering( ( request ) =>
			request.method === 'GET'
				? json( ORDER )
				: json(
						{
							code: 'woocommerce_rest_authentication_error',
							message: 'Der Schlüssel darf nicht schreiben.',
						},
						401
					)
		);
		await shop.store.order( 4336 );
		expect(
			await shop.store.writeStock( [
				{ productId: 1, variationId: null, sku: 'A', quantity: 1 },
			] )
		).toMatchObject( {
			ok: false,
			failure: { problem: { code: 'rights-store' } },
		} );
	} );

	test( 'an unreadable secret stops before anything is sent', async () => {
		const shop = shopAnswering( () => json( ORDER ), {
			consumerSecret: { env: 'NO_SUCH' },
		} );
		expect( await shop.store.order( 4336 ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'secret-unreadable' } },
		} );
		expect( shop.sent ).toHaveLength( 0 );
	} );

	test( 'neither key nor query nor customer reaches the log', async () => {
		const shop = stripping();
		await shop.store.order( 4336 );
		await shop.store.orders( { page: 1 } );
		expect( shop.logged.length ).toBeGreaterThan( 2 );
		expect( shop.logged.join() ).not.toMatch(
			/ck_key|cs_secret|consumer_|_fields|per_page|Whitcombe/
		);
	} );
} );

describe( 'over http', () => {
	let server: Server;
	let fetch: ClosableHttpFetch;
	let origin: string;
	let nonces: Set< string >;
	let respond: ( request: IncomingMessage ) => {
		status: number;
		body: unknown;
	};
	let seen: string[];
	const log: string[] = [];
	const logger: Logger = {
		debug: ( fields: LogFields, message ) =>
			void log.push( JSON.stringify( fields ) + message ),
		info: () => {},
		warn: () => {},
		error: () => {},
		child: () => logger,
	};

	/** Checks as the shop does: signature, time, nonce. */
	function check(
		request: IncomingMessage,
		home: string,
		secret: string
	): string | null {
		const { given, expected, parameters } = shopSignature(
			request.method ?? '',
			request.url ?? '',
			request.headers.authorization,
			home,
			secret
		);
		const nonce = String( parameters.get( 'oauth_nonce' ) );
		const time = Number( parameters.get( 'oauth_timestamp' ) );
		if ( given === '' ) {
			return 'nobody';
		}
		if ( given !== expected ) {
			return 'Invalid signature - provided signature does not match.';
		}
		if ( Math.abs( Date.now() / 1000 - time ) > 900 ) {
			return 'Invalid timestamp.';
		}
		if ( nonces.has( nonce ) ) {
			return 'Invalid nonce - nonce has already been used.';
		}
		nonces.add( nonce );
		return null;
	}

	function guarded( home: () => string, secret = 'cs_secret' ): void {
		respond = ( request ) => {
			const refusal = check( request, home(), secret );
			if ( refusal === null ) {
				return { status: 200, body: ORDER };
			}
			return {
				status: 401,
				body:
					refusal === 'nobody'
						? {
								code: 'woocommerce_rest_cannot_view',
								message: 'Sorry.',
							}
						: {
								code: 'woocommerce_rest_authentication_error',
								message: refusal,
							},
			};
		};
	}

	beforeEach( async () => {
		nonces = new Set();
		seen = [];
		server = createServer( ( request, response ) => {
			seen.push( request.url ?? '' );
			const { status, body } = respond( request );
			request.resume();
			response.writeHead( status, {
				'content-type': 'application/json',
			} );
			response.end( JSON.stringify( body ) );
		} );
		server.listen( 0, '127.0.0.1' );
		await once( server, 'listening' );
		origin = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`;
		fetch = createHttpFetch( { clock: systemClock } );
	} );

	afterEach( async () => {
		await fetch.close();
		await new Promise( ( resolve ) => server.close( resolve ) );
	} );

	function client( config: Partial< StoreConfig > = {}, offset = 0 ): Store {
		return createWooCommerce( {
			connection: 'main',
			config: {
				type: 'woocommerce',
				url: origin,
				consumerKey: 'ck_key',
				consumerSecret: 'cs_secret',
				...config,
			},
			world: {
				clock: { ...systemClock, now: () => Date.now() + offset },
				random: systemRandom,
				logger,
				fetch,
			},
			readSecret: plainSecrets,
		} );
	}

	test( 'every request is signed as the shop checks it', async () => {
		guarded( () => origin );
		const store = client();
		expect( await store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( await store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( await store.orderExact( 4336 ) ).toMatchObject( { ok: true } );
		expect( nonces.size ).toBe( 3 );
		expect( seen.join() ).not.toMatch( /oauth|consumer/ );
	} );

	test.each( [
		[
			'commas, colons and spaces',
			{
				status: 'processing,on-hold',
				modifiedAfter: '2026-11-21T05:27:00Z',
			},
		],
		[ 'ids', { include: [ 1, 2, 3 ] } ],
	] )(
		'a list with %s in the query is signed right',
		async ( _name, query ) => {
			guarded( () => origin );
			const page = await client().orders( { page: 1, ...query } );
			// The server answers with one order: signed right, though it is no list.
			expect( page ).toMatchObject( {
				failure: { problem: { code: 'refused-by-store' } },
			} );
			expect( nonces.size ).toBe( 1 );
		}
	);

	test( 'SKUs with any characters are signed right', async () => {
		guarded( () => origin );
		await client().itemsBySku( [ "a&b=c+d %20 'é'!*()~[]" ] );
		expect( nonces.size ).toBe( 1 );
	} );

	test( 'a write is signed without its body', async () => {
		guarded( () => origin );
		await client().writeStock( [
			{ productId: 1, variationId: null, sku: 'A', quantity: 1 },
		] );
		expect( nonces.size ).toBe( 1 );
	} );

	test( 'a shop in a folder checks against its home with the folder', async () => {
		guarded( () => `${ origin }/shop` );
		expect(
			await client( { url: `${ origin }/shop/` } ).order( 4336 )
		).toMatchObject( { ok: true } );
		expect( seen[ 0 ] ).toMatch( /^\/shop\/wp-json\/wc\/v3\/orders\/4336/ );
	} );

	test( 'another spelling of the home address is told', async () => {
		guarded( () => origin );
		const result = await client( {
			url: origin.replace( '127.0.0.1', 'localhost' ),
		} ).order( 4336 );
		expect( result ).toMatchObject( {
			failure: {
				problem: {
					code: 'credentials-store',
					cause: expect.stringContaining( "the site's own address" ),
				},
			},
		} );
	} );

	test( 'a wrong secret is told', async () => {
		guarded( () => origin, 'cs_other' );
		expect( await client().order( 4336 ) ).toMatchObject( {
			failure: { problem: { code: 'credentials-store' } },
		} );
	} );

	test( 'a clock that is off is told', async () => {
		guarded( () => origin );
		expect( await client( {}, -20 * 60_000 ).order( 4336 ) ).toMatchObject(
			{
				failure: {
					problem: {
						message: expect.stringMatching(
							/differ by about 20 minutes/
						),
					},
				},
			}
		);
	} );

	test( 'a stripped header is answered by the signature in the query', async () => {
		const home = (): string => origin;
		guarded( home );
		const inner = respond;
		respond = ( request ) => {
			delete request.headers.authorization;
			return inner( request );
		};
		const store = client();
		expect( await store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( await store.order( 4336 ) ).toMatchObject( { ok: true } );
		expect( seen ).toHaveLength( 3 );
		expect( seen.join() ).not.toContain( 'cs_secret' );
		expect( log.join() ).not.toMatch( /oauth_|ck_key/ );
	} );
} );

test( 'a shop that is switched off is waited for', async () => {
	const shop = shopAnswering( () => ( {
		ok: false,
		sent: false,
		reason: 'network',
		message: 'shop.example.test refused the connection.',
	} ) );
	expect( await shop.store.order( 1 ) ).toMatchObject( {
		failure: {
			kind: 'retry',
			side: 'store',
			message: 'shop.example.test refused the connection.',
		},
	} );
	expect( HOME ).toMatch( /^https:/ );
} );
