/** A shop to test against, and a client that signs as the notes say, on its own code. */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import type { Clock } from '../../../src/contracts/world.ts';
import type {
	ShopSandbox,
	ShopSandboxOptions,
} from '../../../src/sandbox/shop/index.ts';
import { startShopSandbox } from '../../../src/sandbox/shop/index.ts';

/** The machine's clock, which a test can push on. */
export interface TestClock extends Clock {
	advance( milliseconds: number ): void;
}

export function createTestClock(): TestClock {
	let ahead = 0;
	return {
		now: () => Date.now() + ahead,
		sleep: async ( ms, signal ) => {
			await delay( ms, undefined, signal ? { signal } : {} ).catch(
				() => {}
			);
		},
		advance: ( milliseconds ) => {
			ahead += milliseconds;
		},
	};
}

const open: ( () => Promise< void > )[] = [];

/** To be called after each test: closes whatever was started. */
export async function closeAll(): Promise< void > {
	for ( const close of open.splice( 0 ).reverse() ) {
		await close();
	}
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	/** Null when the body is no JSON. */
	readonly json: unknown;
}

export type Call = (
	method: string,
	path: string,
	body?: unknown
) => Promise< Answer >;

const encode = ( text: string ): string =>
	encodeURIComponent( text ).replace(
		/[!'()*]/g,
		( c ) => `%${ c.charCodeAt( 0 ).toString( 16 ).toUpperCase() }`
	);

export interface Signing {
	readonly key: string;
	readonly secret: string;
	readonly timestamp?: number;
	readonly nonce?: string;
	readonly place?: 'header' | 'query';
}

/** The request's address and headers, signed. */
export function sign(
	method: string,
	address: string,
	signing: Signing
): { url: string; headers: Record< string, string > } {
	const url = new URL( address );
	const oauth: Record< string, string > = {
		oauth_consumer_key: signing.key,
		oauth_nonce: signing.nonce ?? randomBytes( 8 ).toString( 'hex' ),
		oauth_signature_method: 'HMAC-SHA256',
		oauth_timestamp: String(
			signing.timestamp ?? Math.floor( Date.now() / 1000 )
		),
	};
	const pairs = [ ...url.searchParams, ...Object.entries( oauth ) ]
		.map(
			( [ name, value ] ) => `${ encode( name ) }=${ encode( value ) }`
		)
		.sort();
	const base = [
		method,
		encode( url.origin + url.pathname ),
		encode( pairs.join( '&' ) ),
	].join( '&' );
	oauth[ 'oauth_signature' ] = createHmac( 'sha256', `${ signing.secret }&` )
		.update( base )
		.digest( 'base64' );
	if ( signing.place === 'query' ) {
		for ( const [ name, value ] of Object.entries( oauth ) ) {
			url.searchParams.set( name, value );
		}
		return { url: url.href, headers: {} };
	}
	const header = Object.entries( oauth )
		.map( ( [ name, value ] ) => `${ name }="${ encode( value ) }"` )
		.join( ', ' );
	return { url: url.href, headers: { authorization: `OAuth ${ header }` } };
}

export async function send(
	method: string,
	url: string,
	headers: Record< string, string >,
	body?: unknown
): Promise< Answer > {
	const response = await fetch( url, {
		method,
		redirect: 'manual',
		headers: {
			...headers,
			...( body !== undefined && { 'content-type': 'application/json' } ),
		},
		...( body !== undefined && {
			body: typeof body === 'string' ? body : JSON.stringify( body ),
		} ),
	} );
	const text = await response.text();
	let json: unknown = null;
	try {
		json = JSON.parse( text );
	} catch {
		// Broken on purpose: the test looks at the text.
	}
	return { status: response.status, headers: response.headers, text, json };
}

export interface TestShop {
	readonly shop: ShopSandbox;
	readonly clock: TestClock;
	/** REST below `/wp-json/wc/v3`, signed. */
	readonly call: Call;
	/** `/_sandbox/…`. */
	readonly control: Call;
}

export async function startShop(
	options: Partial< ShopSandboxOptions > = {}
): Promise< TestShop > {
	const clock = createTestClock();
	const shop = await startShopSandbox( { clock, speed: 100, ...options } );
	open.push( () => shop.close() );
	const { url, consumerKey, consumerSecret } = shop.ready;
	return {
		shop,
		clock,
		call: ( method, path, body ) => {
			const signed = sign( method, `${ url }/wp-json/wc/v3${ path }`, {
				key: consumerKey,
				secret: consumerSecret,
				timestamp: Math.floor( clock.now() / 1000 ),
			} );
			return send( method, signed.url, signed.headers, body );
		},
		control: ( method, path, body ) =>
			send( method, `${ url }/_sandbox${ path }`, {}, body ),
	};
}

export interface Received {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export interface Receiver {
	readonly url: string;
	readonly received: Received[];
	/** What it answers from now on. */
	answer: number;
	/** Resolves when so many arrived. */
	until( count: number ): Promise< Received[] >;
}

/** A real server for webhooks. */
export async function startReceiver(): Promise< Receiver > {
	const received: Received[] = [];
	const receiver = { answer: 200 };
	const server = createServer( ( request, response ) => {
		const chunks: Buffer[] = [];
		request.on( 'data', ( chunk: Buffer ) => chunks.push( chunk ) );
		request.on( 'end', () => {
			received.push( {
				path: request.url ?? '',
				headers: request.headers,
				body: Buffer.concat( chunks ).toString(),
			} );
			response.writeHead( receiver.answer ).end();
		} );
	} );
	await new Promise< void >( ( resolve ) =>
		server.listen( 0, '127.0.0.1', resolve )
	);
	open.push(
		() => new Promise( ( resolve ) => server.close( () => resolve() ) )
	);
	return Object.assign( receiver, {
		url: `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`,
		received,
		until: async ( count: number ) => {
			for ( let tries = 0; tries < 500; tries++ ) {
				if ( received.length >= count ) {
					return received;
				}
				await delay( 10 );
			}
			throw new Error(
				`${ received.length } of ${ count } deliveries arrived`
			);
		},
	} );
}

/** Until nothing waits for delivery. */
export async function settled( shop: ShopSandbox ): Promise< void > {
	for ( let tries = 0; tries < 500 && shop.deliveriesWaiting > 0; tries++ ) {
		await delay( 10 );
	}
}

const DATA = new URL( '../../data/woocommerce/', import.meta.url );
export const ORDERS = new URL( 'orders/', DATA ).pathname;

export function recorded( path: string ): unknown {
	return JSON.parse( readFileSync( new URL( path, DATA ), 'utf8' ) );
}

/** A field deep inside parsed JSON, by dotted path. */
export function at( value: unknown, path: string ): unknown {
	return path
		.split( '.' )
		.reduce< unknown >(
			( inner, key ) =>
				typeof inner === 'object' && inner !== null
					? ( inner as Record< string, unknown > )[ key ]
					: undefined,
			value
		);
}
