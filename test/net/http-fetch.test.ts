import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import type { ClosableHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock } from '../../src/net/world.ts';

type Handler = ( request: IncomingMessage, response: ServerResponse ) => void;

let server: Server;
let origin: string;
let handler: Handler;
let fetch: ClosableHttpFetch;
let sockets: Set< Socket >;

beforeEach( async () => {
	sockets = new Set();
	handler = ( _request, response ) => response.end( 'hello' );
	server = createServer( ( request, response ) =>
		handler( request, response )
	);
	server.on( 'connection', ( socket: Socket ) => {
		sockets.add( socket );
	} );
	server.listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	origin = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`;
	fetch = createHttpFetch( { clock: systemClock, maximalAnswer: 100_000 } );
} );

afterEach( async () => {
	await fetch.close();
	server.closeAllConnections();
	await new Promise( ( resolve ) => server.close( resolve ) );
} );

function get( path = '/', more: Partial< HttpRequest > = {} ): HttpRequest {
	return {
		method: 'GET',
		url: `${ origin }${ path }`,
		headers: {},
		timeout: 5000,
		...more,
	};
}

describe( 'an answer', () => {
	test( 'comes with status, lower-case header names and text', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 201, { 'X-WP-Total': '7' } );
			response.end( 'grüße' );
		};
		const outcome = await fetch( get() );
		expect( outcome ).toMatchObject( {
			ok: true,
			answer: {
				status: 201,
				headers: { 'x-wp-total': '7' },
				body: 'grüße',
			},
		} );
	} );

	test( 'of an error status is an answer too', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 503 );
			response.end( 'no' );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: true,
			answer: { status: 503, body: 'no' },
		} );
	} );

	test( 'keeps a character together that was cut between two packets', async () => {
		const bytes = Buffer.from( 'ü' );
		handler = ( _request, response ) => {
			response.writeHead( 200 );
			response.write( bytes.subarray( 0, 1 ), () => {
				response.end( bytes.subarray( 1 ) );
			} );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: true,
			answer: { body: 'ü' },
		} );
	} );

	test.each( [
		[ 'gzip', gzipSync ],
		[ 'br', brotliCompressSync ],
		[ 'deflate', deflateSync ],
		[ 'identity', ( text: string ) => Buffer.from( text ) ],
	] )( 'packed as %s is unpacked', async ( encoding, pack ) => {
		handler = ( request, response ) => {
			expect( request.headers[ 'accept-encoding' ] ).toBe( 'gzip' );
			response.writeHead( 200, { 'content-encoding': encoding } );
			response.end( pack( 'grüße' ) );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: true,
			answer: { body: 'grüße' },
		} );
	} );

	test( 'that redirects is handed over, not followed', async () => {
		const asked: string[] = [];
		handler = ( request, response ) => {
			asked.push( request.url ?? '' );
			response.writeHead( 302, { location: '/login' } );
			response.end();
		};
		expect( await fetch( get( '/orders' ) ) ).toMatchObject( {
			ok: true,
			answer: { status: 302, headers: { location: '/login' } },
		} );
		expect( asked ).toEqual( [ '/orders' ] );
	} );

	test( 'carries what the request sent', async () => {
		handler = ( request, response ) => {
			const parts: Buffer[] = [];
			request.on( 'data', ( part: Buffer ) => parts.push( part ) );
			request.on( 'end', () =>
				response.end(
					`${ request.method } ${ request.headers[ 'x-mark' ] } ${ Buffer.concat( parts ).toString() }`
				)
			);
		};
		const outcome = await fetch(
			get( '/', {
				method: 'POST',
				headers: { 'x-mark': 'yes' },
				body: '{"a":"ü"}',
			} )
		);
		expect( outcome ).toMatchObject( {
			ok: true,
			answer: { body: 'POST yes {"a":"ü"}' },
		} );
	} );
} );

describe( 'a failure', () => {
	test( 'to connect was certainly not sent', async () => {
		const closed = createTcpServer();
		closed.listen( 0, '127.0.0.1' );
		await once( closed, 'listening' );
		const { port } = closed.address() as AddressInfo;
		await new Promise( ( resolve ) => closed.close( resolve ) );
		expect(
			await fetch( get( '/', { url: `http://127.0.0.1:${ port }/` } ) )
		).toEqual( {
			ok: false,
			sent: false,
			reason: 'network',
			message: `127.0.0.1:${ port } refused the connection.`,
		} );
	} );

	test( 'to connect by every address of a name was certainly not sent', async () => {
		const closed = createTcpServer();
		closed.listen( 0, '127.0.0.1' );
		await once( closed, 'listening' );
		const { port } = closed.address() as AddressInfo;
		await new Promise( ( resolve ) => closed.close( resolve ) );
		expect(
			await fetch( get( '/', { url: `http://localhost:${ port }/` } ) )
		).toMatchObject( { ok: false, sent: false, reason: 'network' } );
	} );

	test( 'to find the name was certainly not sent', async () => {
		const outcome = await fetch(
			get( '/', { url: 'http://no-such-shop.invalid/' } )
		);
		expect( outcome ).toMatchObject( {
			ok: false,
			sent: false,
			reason: 'network',
		} );
	} );

	test( 'to answer in time is a timeout of a request that was sent', async () => {
		let arrived = 0;
		handler = () => {
			arrived += 1;
		};
		expect(
			await fetch( get( '/', { method: 'POST', timeout: 150 } ) )
		).toMatchObject( { ok: false, sent: true, reason: 'timeout' } );
		expect( arrived ).toBe( 1 );
	} );

	test( 'to finish the body in time is a timeout, even while bytes keep coming', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200 );
			const timer = setInterval( () => response.write( 'x' ), 20 );
			response.on( 'close', () => clearInterval( timer ) );
		};
		expect( await fetch( get( '/', { timeout: 200 } ) ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'timeout',
		} );
	} );

	test( 'of a body that is cut short of its length is a lost answer', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200, { 'content-length': '100' } );
			response.write( '{"id":1', () => response.socket?.destroy() );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
	} );

	test( 'of a chunked body without its end is a lost answer', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200 );
			response.write( '{"id":1', () => response.socket?.destroy() );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
	} );

	test( 'of a connection closed before any answer is a lost answer', async () => {
		handler = ( request ) => request.socket.destroy();
		expect( await fetch( get( '/', { method: 'POST' } ) ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
	} );

	test( 'of an answer that is too large stops reading it', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200 );
			response.end( 'x'.repeat( 100_001 ) );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'too-large',
		} );
		handler = ( _request, response ) =>
			response.end( 'x'.repeat( 100_000 ) );
		expect( await fetch( get() ) ).toMatchObject( { ok: true } );
	} );

	test( 'of an answer that becomes too large when unpacked', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200, { 'content-encoding': 'gzip' } );
			response.end( gzipSync( 'x'.repeat( 100_001 ) ) );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'too-large',
		} );
	} );

	test( 'of a packed answer that ends in the middle is a lost answer', async () => {
		handler = ( _request, response ) => {
			response.writeHead( 200, { 'content-encoding': 'gzip' } );
			response.end( gzipSync( '{"id":1}' ).subarray( 0, 15 ) );
		};
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
	} );

	test( 'by an answer that is no HTTP is a lost answer', async () => {
		handler = ( request ) => request.socket.end( 'SSH-2.0-OpenSSH\r\n' );
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
	} );

	test( 'never quotes the query string', async () => {
		const outcome = await fetch(
			get( '/', {
				url: 'http://no-such-shop.invalid/?consumer_secret=cs_1',
			} )
		);
		expect( JSON.stringify( outcome ) ).not.toContain( 'cs_1' );
	} );

	test( 'of an address that is none is an outcome, not an exception', async () => {
		expect( await fetch( get( '/', { url: 'nonsense' } ) ) ).toMatchObject(
			{
				ok: false,
				reason: 'network',
			}
		);
	} );
} );

describe( 'calling off', () => {
	test( 'before the start sends nothing', async () => {
		let arrived = 0;
		handler = () => {
			arrived += 1;
		};
		expect(
			await fetch( get( '/', { signal: AbortSignal.abort() } ) )
		).toMatchObject( { ok: false, sent: false, reason: 'aborted' } );
		expect( arrived ).toBe( 0 );
	} );

	test( 'in the middle leaves open whether it was executed', async () => {
		const abort = new AbortController();
		handler = () => abort.abort();
		expect(
			await fetch( get( '/', { signal: abort.signal } ) )
		).toMatchObject( { ok: false, sent: true, reason: 'aborted' } );
	} );
} );

describe( 'kept-alive connections', () => {
	test( 'are used again', async () => {
		for ( let n = 0; n < 10; n++ ) {
			expect( await fetch( get() ) ).toMatchObject( { ok: true } );
		}
		// undici lets a connection rest for one turn of the loop, hence the second.
		expect( sockets.size ).toBeLessThanOrEqual( 2 );
	} );

	test( 'that the peer closed while idle are replaced', async () => {
		await fetch( get() );
		const before = sockets.size;
		const [ first ] = sockets;
		const closed = once( first as Socket, 'close' );
		first?.end();
		await closed;
		// One turn of the loop, for the client to see the end of the connection.
		await new Promise( ( resolve ) => setImmediate( resolve ) );
		expect( await fetch( get() ) ).toMatchObject( {
			ok: true,
			answer: { body: 'hello' },
		} );
		expect( sockets.size ).toBe( before + 1 );
	} );

	test( 'that are reset under a request lose the answer and nothing else', async () => {
		await fetch( get() );
		handler = ( request ) => request.socket.resetAndDestroy();
		expect( await fetch( get() ) ).toMatchObject( {
			ok: false,
			sent: true,
			reason: 'network',
		} );
		handler = ( _request, response ) => response.end( 'again' );
		expect( await fetch( get() ) ).toMatchObject( {
			ok: true,
			answer: { body: 'again' },
		} );
	} );
} );
