import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../src/cli/system.ts';
import type {
	OperationCall,
	Operations,
} from '../../src/contracts/operations.ts';
import type { IntakeAnswer } from '../../src/flows/intake.ts';
import {
	createServer,
	type Server,
	type ServerOptions,
} from '../../src/http/server.ts';
import { createLogger } from '../../src/logging.ts';

interface Delivery {
	readonly connection: string;
	readonly rawBody: Uint8Array;
	readonly headers: Readonly<
		Record< string, string | string[] | undefined >
	>;
}

const TOKEN = 'the-token';
const MB = 1024 * 1024;

let server: Server;
let url: string;
let answer: IntakeAnswer | Error;
let why: string[];
let deliveries: Delivery[];
let calls: { name: string; input: unknown; call: OperationCall }[];
let run: () => Promise< unknown >;
let logged: string;

async function start( more: Partial< ServerOptions > = {} ): Promise< void > {
	const operations: Operations = {
		run: ( name, input, call ) => {
			calls.push( { name, input, call } );
			return run() as never;
		},
	};
	server = createServer( {
		operations,
		intake: {
			webhook: async ( delivery ) => {
				deliveries.push( delivery );
				if ( typeof answer !== 'string' ) {
					throw answer;
				}
				return answer;
			},
		},
		ready: async () => why,
		token: TOKEN,
		logger: createLogger( {
			level: 'debug',
			destination: {
				write: ( line ) => {
					logged += line;
				},
			},
		} ),
		clock: systemClock,
		...more,
	} );
	const listening = await server.listen( '127.0.0.1', 0 );
	if ( ! listening.ok ) {
		throw new Error( listening.error.message );
	}
	url = listening.url;
}

beforeEach( async () => {
	answer = 'accepted';
	why = [];
	deliveries = [];
	calls = [];
	logged = '';
	run = async () => ( { exit: 0, body: { items: [] } } );
	await start();
} );
afterEach( () => server.close() );

async function ask(
	path: string,
	init: RequestInit = {}
): Promise< { status: number; body: unknown; headers: Headers } > {
	const response = await fetch( `${ url }${ path }`, init );
	const text = await response.text();
	return {
		status: response.status,
		body: text === '' ? '' : JSON.parse( text ),
		headers: response.headers,
	};
}

const deliver = (
	body: string | Uint8Array< ArrayBuffer > | Blob,
	headers: Record< string, string > = {}
) => ask( '/webhooks/woocommerce/main', { method: 'POST', body, headers } );

const error = ( code: string ) => ( {
	error: { code, message: expect.any( String ), fix: null, details: null },
} );

describe( 'health', () => {
	test( 'healthz and readyz', async () => {
		expect( await ask( '/healthz' ) ).toMatchObject( {
			status: 200,
			body: { ok: true },
		} );
		expect( await ask( '/readyz' ) ).toMatchObject( {
			status: 200,
			body: { ok: true },
		} );
		why = [ 'The database cannot be written.' ];
		expect( await ask( '/readyz' ) ).toMatchObject( {
			status: 503,
			body: { ok: false, why },
		} );
		expect( await ask( '/healthz' ) ).toMatchObject( { status: 200 } );
	} );

	test( 'a check that itself fails is an answer without a trace', async () => {
		await server.close();
		await start( {
			ready: async () => {
				throw new Error( 'secret place' );
			},
		} );
		const { status, body } = await ask( '/readyz' );
		expect( [ status, body ] ).toEqual( [ 500, error( 'defect' ) ] );
		expect( JSON.stringify( body ) ).not.toContain( 'secret place' );
		expect( logged ).toContain( 'secret place' );
	} );
} );

describe( 'WooCommerce webhooks', () => {
	test.each( [
		[ 'accepted', 200, { accepted: true } ],
		[ 'ping', 200, { accepted: true } ],
		[ 'bad-signature', 401, error( 'bad-signature' ) ],
		[ 'unknown-connection', 404, error( 'unknown-connection' ) ],
		[ 'cannot-store', 503, error( 'cannot-store' ) ],
	] as const )( '%s → %i', async ( word, status, body ) => {
		answer = word;
		expect( await deliver( '{}' ) ).toMatchObject( { status, body } );
	} );

	test( 'what cannot be stored asks to come again, also when storing broke', async () => {
		answer = 'cannot-store';
		expect(
			( await deliver( '{}' ) ).headers.get( 'retry-after' )
		).toMatch( /^\d+$/ );
		answer = new Error( 'disk I/O error' );
		const { status, headers } = await deliver( '{}' );
		expect( [ status, headers.get( 'retry-after' ) ] ).toEqual( [
			503,
			'10',
		] );
		expect( logged ).toContain( 'disk I/O error' );
	} );

	test.each( [
		'04-order-created-rest.json',
		'10-order-updated-unicode.json',
		'35-truncated-body.json',
	] )( 'the body of %s arrives byte for byte', async ( name ) => {
		const bytes = readFileSync(
			join( process.cwd(), 'test/data/woocommerce/webhooks', name )
		);
		const signature = createHmac( 'sha256', 's' )
			.update( bytes )
			.digest( 'base64' );
		await deliver( new Uint8Array( bytes ), {
			'content-type': 'application/json',
			'X-WC-Webhook-Signature': signature,
			'X-WC-Webhook-Topic': 'order.created',
		} );
		const [ delivery ] = deliveries;
		expect(
			Buffer.compare( delivery?.rawBody ?? Buffer.alloc( 0 ), bytes )
		).toBe( 0 );
		expect( delivery ).toMatchObject( {
			connection: 'main',
			headers: {
				'x-wc-webhook-signature': signature,
				'x-wc-webhook-topic': 'order.created',
			},
		} );
	} );

	test.each( [
		[ 'a form', 'application/x-www-form-urlencoded', 'webhook_id=7' ],
		[ 'no JSON, said to be some', 'application/json', '{"id":' ],
		[ 'anything', 'text/plain; charset=utf-8', 'x' ],
		[ 'nothing', 'application/json', '' ],
	] )( '%s is taken as it is', async ( _, type, body ) => {
		expect( await deliver( body, { 'content-type': type } ) ).toMatchObject(
			{ status: 200 }
		);
		expect( Buffer.from( deliveries[ 0 ]?.rawBody ?? [] ).toString() ).toBe(
			body
		);
	} );

	test( 'a body without any type is taken, too', async () => {
		expect( await deliver( new Blob( [ '{"id":1}' ] ) ) ).toMatchObject( {
			status: 200,
		} );
		expect( Buffer.from( deliveries[ 0 ]?.rawBody ?? [] ).toString() ).toBe(
			'{"id":1}'
		);
	} );

	test( '1 MB is taken, a byte more is 413, and the intake never sees it', async () => {
		expect( await deliver( 'x'.repeat( MB ) ) ).toMatchObject( {
			status: 200,
		} );
		expect( await deliver( 'x'.repeat( MB + 1 ) ) ).toMatchObject( {
			status: 413,
			body: error( 'bad-request' ),
		} );
		expect( deliveries.map( ( { rawBody } ) => rawBody.length ) ).toEqual( [
			MB,
		] );
	} );

	test( 'who sends more is told the limit of the address', async () => {
		expect( await deliver( 'x'.repeat( MB + 1 ) ) ).toMatchObject( {
			body: { error: { message: 'The body is larger than 1 MB.' } },
		} );
		expect(
			await ask( '/v1/operations/aliasesImport', {
				method: 'POST',
				headers: { authorization: `Bearer ${ TOKEN }` },
				body: 'x'.repeat( 24 * MB + 1 ),
			} )
		).toMatchObject( {
			status: 413,
			body: { error: { message: 'The body is larger than 24 MB.' } },
		} );
	} );

	test( 'an endless body of unknown length is 413, too', async () => {
		let sent = 0;
		const status = await new Promise< number | undefined >( ( resolve ) => {
			const upload = request(
				`${ url }/webhooks/woocommerce/main`,
				{ method: 'POST', agent: false },
				( response ) => {
					response.resume();
					resolve( response.statusCode );
					upload.destroy();
				}
			);
			upload.on( 'error', () => undefined );
			const more = (): void => {
				while ( ! upload.destroyed ) {
					sent += 64 * 1024;
					if ( ! upload.write( 'x'.repeat( 64 * 1024 ) ) ) {
						return;
					}
				}
			};
			upload.on( 'drain', more );
			more();
		} );
		expect( status ).toBe( 413 );
		expect( sent ).toBeGreaterThan( MB );
		expect( deliveries ).toEqual( [] );
	} );
} );

describe( 'elsewhere', () => {
	test.each( [
		[ 'GET', '/' ],
		[ 'GET', '/webhooks/woocommerce/main' ],
		[ 'POST', '/webhooks/woocommerce/' ],
		[ 'POST', '/webhooks/magento/main' ],
		[ 'PUT', '/webhooks/woocommerce/main' ],
		[ 'GET', '/wp-login.php' ],
		[ 'GET', '/..%2f..%2fetc/passwd' ],
		[ 'POST', `/webhooks/woocommerce/${ 'x'.repeat( 300 ) }` ],
		[ 'GET', '/%E0%A4%A' ],
	] )( '%s %s is a JSON refusal', async ( method, path ) => {
		const { status, body } = await ask( path, { method } );
		expect( status ).toBeGreaterThanOrEqual( 400 );
		expect( status ).toBeLessThan( 415 );
		expect( body ).toMatchObject( {
			error: { code: expect.any( String ) },
		} );
		expect( deliveries ).toEqual( [] );
	} );

	test( 'every answer carries the security headers', async () => {
		for ( const path of [ '/healthz', '/nowhere', '/v1/operations' ] ) {
			const { headers } = await ask( path );
			expect( Object.fromEntries( headers ) ).toMatchObject( {
				'x-content-type-options': 'nosniff',
				'cache-control': 'no-store',
				'content-security-policy':
					"default-src 'none'; frame-ancestors 'none'",
			} );
			expect( headers.has( 'x-powered-by' ) ).toBe( false );
		}
	} );
} );

describe( 'operations', () => {
	const bearer = { authorization: `Bearer ${ TOKEN }` };
	const post = (
		name: string,
		body: unknown,
		headers: Record< string, string > = bearer
	) =>
		ask( `/v1/operations/${ name }`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify( body ),
		} );

	test( 'the outcome comes back as it is; the input is read by the table', async () => {
		run = async () => ( { exit: 3, body: { results: [] } } );
		const before = Date.now();
		expect(
			await post( 'ordersPush', {
				input: { orderIds: [ 4336 ] },
				timeout: 5000,
			} )
		).toMatchObject( {
			status: 200,
			body: { exit: 3, body: { results: [] } },
		} );
		expect( calls ).toMatchObject( [
			{
				name: 'ordersPush',
				input: {
					connection: null,
					orderIds: [ 4336 ],
					dryRun: false,
					wait: true,
				},
			},
		] );
		expect( calls[ 0 ]?.call.deadline ).toBeGreaterThanOrEqual(
			before + 5000
		);
	} );

	test( 'a bad input is exit 2 with every fault', async () => {
		expect(
			await post( 'ordersPush', {
				input: { orderIds: [ 'x' ], extra: 1 },
				timeout: 1,
			} )
		).toMatchObject( {
			status: 200,
			body: {
				exit: 2,
				body: {
					error: {
						code: 'invalid-input',
						details: [ { path: 'orderIds.0' }, { path: 'extra' } ],
					},
				},
			},
		} );
		expect( calls ).toEqual( [] );
	} );

	test.each( [
		[ 'without a token', {} ],
		[ 'with another token', { authorization: 'Bearer the-tokem' } ],
		[ 'with a longer token', { authorization: `Bearer ${ TOKEN }x` } ],
		[
			'with the token in another scheme',
			{ authorization: `Basic ${ TOKEN }` },
		],
	] )( '%s it is 401, for any name and body', async ( _, headers ) => {
		for ( const name of [ 'connectionList', 'nothing' ] ) {
			expect(
				await post(
					name,
					'not json',
					headers as Record< string, string >
				)
			).toMatchObject( {
				status: 401,
				body: error( 'bad-token' ),
			} );
		}
		expect( await ask( '/v1/operations', { headers } ) ).toMatchObject( {
			status: 401,
		} );
		expect( calls ).toEqual( [] );
	} );

	test.each( [ 'x-forwarded-for', 'forwarded' ] )(
		'passed on by a proxy (%s) it is not there, token or not',
		async ( header ) => {
			expect(
				await post(
					'connectionList',
					{ input: {}, timeout: 1 },
					{ ...bearer, [ header ]: '203.0.113.9' }
				)
			).toMatchObject( { status: 404, body: error( 'not-found' ) } );
			expect( calls ).toEqual( [] );
		}
	);

	test.each( [ '', 'x', '[]', '{"input":{}}', '{"input":{},"timeout":-1}' ] )(
		'an envelope that is none is 400: %j',
		async ( body ) => {
			expect( await post( 'connectionList', body ) ).toMatchObject( {
				status: 400,
			} );
		}
	);

	test.each( [ 'nothing', 'toString', '__proto__' ] )(
		'no operation named %s',
		async ( name ) => {
			expect(
				await post( name, { input: {}, timeout: 1 } )
			).toMatchObject( { status: 404 } );
		}
	);

	test( 'says whether it is ours', async () => {
		expect(
			await ask( '/v1/operations', { headers: bearer } )
		).toMatchObject( {
			status: 200,
			body: { ok: true, pid: process.pid },
		} );
	} );

	test( 'a defect is exit 1; what broke is in the log alone', async () => {
		run = async () => {
			throw new Error( 'cs_0123456789abcdef leaked' );
		};
		const { body } = await post( 'connectionList', {
			input: {},
			timeout: 1,
		} );
		expect( body ).toEqual( { exit: 1, body: error( 'defect' ) } );
		expect( logged ).toContain( 'leaked' );
		expect( logged ).not.toContain( '0123456789abcdef' );
	} );

	test( 'a client that goes away stops the waiting', async () => {
		const gone = new AbortController();
		run = () => new Promise( () => undefined );
		const asked = fetch( `${ url }/v1/operations/status`, {
			method: 'POST',
			headers: bearer,
			body: '{"input":{},"timeout":60000}',
			signal: gone.signal,
		} ).catch( () => 'gone' );
		while ( calls.length === 0 ) {
			await systemClock.sleep( 5 );
		}
		expect( calls[ 0 ]?.call.signal.aborted ).toBe( false );
		gone.abort();
		expect( await asked ).toBe( 'gone' );
		while ( calls[ 0 ]?.call.signal.aborted !== true ) {
			await systemClock.sleep( 5 );
		}
	} );
} );

describe( 'clients that are slow, and closing', () => {
	/** What a raw connection gets to read until the server ends it. */
	function raw( text: string ): Promise< string > {
		const { port } = new URL( url );
		return new Promise( ( resolve ) => {
			const socket = connect( Number( port ), '127.0.0.1' );
			let read = '';
			socket.on( 'data', ( chunk ) => {
				read += String( chunk );
			} );
			socket.on( 'error', () => undefined );
			socket.on( 'close', () => resolve( read ) );
			socket.write( text );
		} );
	}

	test.each( [
		[
			'headers',
			'POST /webhooks/woocommerce/main HTTP/1.1\r\nHost: x\r\n',
		],
		[
			'a body',
			'POST /webhooks/woocommerce/main HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"',
		],
	] )( 'who never ends %s is let go with 408', async ( _, text ) => {
		await server.close();
		await start( { timeouts: { headers: 100, request: 200, check: 50 } } );
		expect( await raw( text ) ).toMatch( /^HTTP\/1\.1 408 / );
		expect( deliveries ).toEqual( [] );
	} );

	test( 'who does not speak HTTP is told so', async () => {
		expect( await raw( 'what?\r\n\r\n' ) ).toMatch( /^HTTP\/1\.1 400 / );
	} );

	test( 'close waits for a delivery under way, and drops idle connections at once', async () => {
		const agent = new Agent( { keepAlive: true } );
		let store: ( word: IntakeAnswer ) => void = () => undefined;
		await server.close();
		await start( {
			// Longer than a test may take: it is not this that ends the waiting.
			timeouts: { drain: 600_000 },
			intake: {
				webhook: () =>
					new Promise( ( resolve ) => {
						store = resolve;
						deliveries.push( {} as Delivery );
					} ),
			},
		} );
		await new Promise( ( resolve ) =>
			request( `${ url }/healthz`, { agent }, ( response ) => {
				response.resume().on( 'end', resolve );
			} ).end()
		);
		const delivered = deliver( '{}' );
		while ( deliveries.length === 0 ) {
			await systemClock.sleep( 5 );
		}
		const closed = server.close();
		await systemClock.sleep( 20 );
		store( 'accepted' );
		expect( await delivered ).toMatchObject( { status: 200 } );
		await closed;
		agent.destroy();
	} );

	test( 'what does not end by itself is cut when the time for draining is over', async () => {
		await server.close();
		await start( { timeouts: { drain: 50 } } );
		run = () => new Promise( () => undefined );
		const asked = fetch( `${ url }/v1/operations/status`, {
			method: 'POST',
			headers: { authorization: `Bearer ${ TOKEN }` },
			body: '{"input":{},"timeout":60000}',
		} ).catch( () => 'cut' );
		while ( calls.length === 0 ) {
			await systemClock.sleep( 5 );
		}
		await server.close();
		expect( await asked ).toBe( 'cut' );
		expect( calls[ 0 ]?.call.signal.aborted ).toBe( true );
	} );

	test( 'closing twice, or before it listens, is harmless', async () => {
		await server.close();
		await server.close();
	} );
} );

describe( 'listening', () => {
	test( 'on all addresses it names one that reaches it', async () => {
		await server.close();
		await start();
		await server.close();
		const open = createServer( {
			operations: { run: () => Promise.reject( new Error() ) },
			intake: { webhook: async () => 'accepted' },
			ready: async () => [],
			token: TOKEN,
			logger: createLogger( { level: 'silent' } ),
			clock: systemClock,
		} );
		expect( await open.listen( '192.0.2.1', 0 ) ).toMatchObject( {
			ok: false,
			error: {
				code: 'host-unknown',
				fix: expect.stringContaining( '--host' ),
			},
		} );
		await open.close();
	} );
} );
