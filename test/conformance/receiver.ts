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

/** A machine under load may be slow; what has not come by then does not come. */
const LONGEST_WAIT_MS = 15_000;
/** Many times what a retry or the gathering of ids takes here. */
const QUIET_MS = 250;

/** A receiver that answers what it is told to, in turn, then 200. */
export async function startReceiver() {
	const received: Received[] = [];
	const answers: number[] = [];
	/** In turn, for calls with a body; they go before the others. */
	const answersTo = new Map< string, number[] >();
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
			response
				.writeHead(
					answersTo.get( body )?.shift() ?? answers.shift() ?? 200
				)
				.end();
			waiting = waiting.filter( ( { count, done } ) => {
				if ( received.length >= count ) {
					done();
				}
				return received.length < count;
			} );
		} );
	} );
	const until = ( count: number ): Promise< void > =>
		new Promise( ( done, fail ) => {
			if ( received.length >= count ) {
				done();
				return;
			}
			const late = setTimeout(
				() =>
					fail(
						new Error(
							`${ received.length } of ${ count } calls came`
						)
					),
				LONGEST_WAIT_MS
			);
			waiting.push( {
				count,
				done: () => {
					clearTimeout( late );
					done();
				},
			} );
		} );
	await new Promise< void >( ( done ) =>
		server.listen( 0, '127.0.0.1', done )
	);
	return {
		url: `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }`,
		received,
		answers,
		answersTo,
		until,
		/** Bodies in alphabetic order, once so many came and nothing followed. */
		bodies: async ( count: number ): Promise< string[] > => {
			await until( count );
			await new Promise( ( done ) => setTimeout( done, QUIET_MS ) );
			return received.map( ( { body } ) => body ).sort();
		},
		close: () =>
			new Promise< void >( ( done ) => {
				server.close( () => done() );
				server.closeAllConnections();
			} ),
	};
}

export type Receiver = Awaited< ReturnType< typeof startReceiver > >;
