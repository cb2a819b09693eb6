/**
 * The little that both sandboxes need on top of node:http.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The whole body, or null when it is larger than `limit` bytes or was cut off. */
export async function readBody(
	request: IncomingMessage,
	limit: number
): Promise< Buffer | null > {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await ( const chunk of request as AsyncIterable< Buffer > ) {
			size += chunk.length;
			if ( size > limit ) {
				return null;
			}
			chunks.push( chunk );
		}
	} catch {
		return null;
	}
	return Buffer.concat( chunks );
}

export function send(
	response: ServerResponse,
	status: number,
	headers: Readonly< Record< string, string > >,
	body: string | Buffer
): void {
	const bytes = typeof body === 'string' ? Buffer.from( body ) : body;
	response.writeHead( status, {
		...headers,
		'content-length': String( bytes.length ),
	} );
	response.end( bytes );
}

export interface Listening {
	readonly port: number;
	readonly close: () => Promise< void >;
}

/** Listens on loopback; rejects when the port is taken. */
export async function listen(
	handle: ( request: IncomingMessage, response: ServerResponse ) => void,
	port: number,
	host: string
): Promise< Listening > {
	const server: Server = createServer( handle );
	// Longer than any client's pool keeps a connection: the client, not we, ends an idle one.
	server.keepAliveTimeout = 120_000;
	await new Promise< void >( ( resolve, reject ) => {
		server.once( 'error', reject );
		server.listen( port, host, () => {
			server.off( 'error', reject );
			resolve();
		} );
	} );
	return {
		port: ( server.address() as AddressInfo ).port,
		close: () =>
			new Promise( ( resolve ) => {
				server.close( () => resolve() );
				server.closeAllConnections();
			} ),
	};
}

/** `&`, `<`, `>` and quotes, so that no text can become markup. */
export function escapeHtml( text: string ): string {
	return text
		.replaceAll( '&', '&amp;' )
		.replaceAll( '<', '&lt;' )
		.replaceAll( '>', '&gt;' )
		.replaceAll( '"', '&quot;' )
		.replaceAll( "'", '&#39;' );
}
