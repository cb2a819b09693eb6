/**
 * A way through which two servers talk, that can be shut: bytes go through as they are, the
 * requests in them are counted, and shut it refuses connections or takes them and stays silent.
 */
import { once } from 'node:events';
import {
	connect,
	createServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';

export interface SeenRequest {
	readonly method: string;
	readonly path: string;
	/** Names in lower case. */
	readonly headers: Readonly< Record< string, string > >;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

export interface Gate {
	/** `http://127.0.0.1:PORT`, which stays the same. */
	readonly url: string;
	/** Where what comes goes on to; another server may take the first one's place. */
	leadTo( port: number ): void;
	/** Nobody listens: connections are refused. */
	refuse(): Promise< void >;
	/** Connections are taken and nothing is ever said. */
	swallow(): void;
	open(): Promise< void >;
	/** Connections that were taken while it swallowed. */
	swallowed(): number;
	/** Requests that went through, oldest first. */
	requests( path?: RegExp, since?: number ): readonly SeenRequest[];
	end(): Promise< void >;
}

/** At the beginning of a chunk, because a body never has such a line. */
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/1\.[01]\r\n/;

function headersOf( head: string ): Record< string, string > {
	const lines = head.split( '\r\n' ).slice( 1 );
	return Object.fromEntries(
		lines.map( ( line ) => {
			const colon = line.indexOf( ':' );
			return [
				line.slice( 0, colon ).toLowerCase(),
				line.slice( colon + 1 ).trim(),
			];
		} )
	);
}

export async function openGate(): Promise< Gate > {
	const requests: SeenRequest[] = [];
	const sockets = new Set< Socket >();
	let target = 0;
	let silent = false;
	let swallowed = 0;

	function keep( socket: Socket ): Socket {
		sockets.add( socket );
		socket.on( 'close', () => sockets.delete( socket ) );
		socket.on( 'error', () => socket.destroy() );
		return socket;
	}

	function pass( from: Socket ): void {
		keep( from );
		if ( silent ) {
			swallowed += 1;
			return;
		}
		const to = keep( connect( target, '127.0.0.1' ) );
		from.on( 'data', ( chunk ) => {
			const [ head = '' ] = chunk
				.toString( 'latin1' )
				.split( '\r\n\r\n' );
			const [ , method, path ] = REQUEST.exec( `${ head }\r\n` ) ?? [];
			if ( method !== undefined && path !== undefined ) {
				const headers = headersOf( head );
				requests.push( { method, path, headers, at: Date.now() } );
			}
		} );
		from.pipe( to );
		to.pipe( from );
		from.on( 'close', () => to.destroy() );
		to.on( 'close', () => from.destroy() );
	}

	async function listen( port: number ): Promise< Server > {
		const server = createServer( pass ).listen( port, '127.0.0.1' );
		await once( server, 'listening' );
		return server;
	}

	async function shut(): Promise< void > {
		const closed = once( server, 'close' );
		server.close();
		for ( const socket of sockets ) {
			socket.destroy();
		}
		await closed;
	}

	let server = await listen( 0 );
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${ port }`,
		leadTo( to ) {
			target = to;
		},
		async refuse() {
			if ( server.listening ) {
				await shut();
			}
		},
		swallow() {
			silent = true;
		},
		async open() {
			if ( silent ) {
				silent = false;
				for ( const socket of sockets ) {
					socket.destroy();
				}
			}
			if ( ! server.listening ) {
				server = await listen( port );
			}
		},
		swallowed: () => swallowed,
		requests: ( path = /^/, since = 0 ) =>
			requests.filter(
				( request ) => request.at >= since && path.test( request.path )
			),
		async end() {
			if ( server.listening ) {
				await shut();
			}
		},
	};
}
