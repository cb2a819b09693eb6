/**
 * A receiver of webhooks on this machine.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	readonly method: string;
	readonly url: string;
	readonly type: string;
	readonly body: string;
	readonly headerNames: readonly string[];
}

/** A receiver that answers what it is told to, in turn, then 200. */
export async function startReceiver() {
	const received: Received[] = [];
	const answers: number[] = [];
	let waiting: { readonly count: number; readonly done: () => void }[] = [];
	const server = createServer( ( request, response ) => {
		let body = '';
		request.on( 'data', ( chunk: Buffer ) => {
			body += chunk.toString();
		} );
		request.on( 'end', () => {
			received.push( {
				method: request.method ?? '',
				url: request.url ?? '',
				type: request.headers[ 'content-type' ] ?? '',
				body,
				headerNames: Object.keys( request.headers ),
			} );
			response.writeHead( answers.shift() ?? 200 ).end();
			waiting = waiting.filter( ( { count, done } ) => {
				if ( received.length >= count ) {
					done();
				}
				return received.length < count;
			} );
		} );
	} );
	await new Promise< void >( ( done ) =>
		server.listen( 0, '127.0.0.1', done )
	);
	return {
		url: `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`,
		received,
		answers,
		until: ( count: number ): Promise< void > =>
			new Promise( ( done ) => {
				if ( received.length >= count ) {
					done();
				} else {
					waiting.push( { count, done } );
				}
			} ),
		close: () =>
			new Promise< void >( ( done ) => {
				server.close( () => done() );
				server.closeAllConnections();
			} ),
	};
}

export type Receiver = Awaited< ReturnType< typeof startReceiver > >;
