/**
 * `GET /console/events?after=CURSOR`: what happens, as server-sent events; each message is one
 * page of the event log and its id the cursor, so that a browser that comes back with
 * `Last-Event-ID` goes on where it was. An empty page every 15 s tells that the line is alive.
 *
 * Nothing waits in memory for a reader: one that is slow is sent what it missed when it has read,
 * and is cut off when it does not read at all. It will come back and catch up, or read anew.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { EventPage } from '../../contracts/events.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock } from '../../contracts/world.ts';
import type { EventLog } from '../../flows/event-log.ts';
import { errorAnswer } from '../error-answer.ts';
import type { Gate } from './gate.ts';
import type { ConsoleSessions } from './sessions.ts';

const HEARTBEAT = 15 * SECOND;
/** What happens at the same time goes as one page, and makes a screen read once. */
const TOGETHER = 50;
/** Streams of one session; more are no tabs of a person. */
const MOST = 50;
/** How soon a browser comes back. */
const RETRY = SECOND;

export interface EventStreams {
	/** The session is over: so are its streams. */
	endOf( session: string ): void;
}

export function consoleEventRoutes(
	app: FastifyInstance,
	options: {
		readonly eventLog: EventLog;
		readonly sessions: ConsoleSessions;
		readonly gate: Gate;
		readonly clock: Clock;
		/** Aborts when the server closes. */
		readonly closing: AbortSignal;
		/** Milliseconds (15 s). */
		readonly heartbeat?: number;
	}
): EventStreams {
	const { eventLog, sessions, gate, clock, closing } = options;
	const streams = new Map< string, Set< () => void > >();
	const endOf = ( session: string ): void =>
		streams.get( session )?.forEach( ( end ) => end() );
	closing.addEventListener( 'abort', () =>
		[ ...streams.keys() ].forEach( endOf )
	);

	app.get< { Querystring: { after?: string } } >(
		'/console/events',
		{ exposeHeadRoute: false },
		async ( request, reply ) => {
			const { id } = gate.sessionOf( request );
			const own = streams.get( id ) ?? new Set();
			if ( own.size >= MOST || closing.aborted ) {
				return reply
					.code( 503 )
					.header( 'retry-after', '5' )
					.send(
						errorAnswer(
							'too-many-streams',
							'This session follows the events too many times already.'
						)
					);
			}
			const known = request.headers[ 'last-event-id' ];
			reply.hijack();
			reply.raw.writeHead( 200, {
				...headersOf( reply.getHeaders() ),
				'content-type': 'text/event-stream; charset=utf-8',
				'cache-control': 'no-store, no-transform',
				// nginx would keep events back until its buffer is full.
				'x-accel-buffering': 'no',
			} );
			reply.raw.write( `retry: ${ RETRY }\n\n` );
			const end = openStream( reply.raw, {
				after:
					typeof known === 'string' && known !== ''
						? known
						: ( request.query.after ?? null ),
				eventLog,
				clock,
				heartbeat: options.heartbeat ?? HEARTBEAT,
				isAllowed: () => sessions.exists( id ),
			} );
			streams.set( id, own.add( end ) );
			reply.raw.once( 'close', () => {
				own.delete( end );
				if ( own.size === 0 ) {
					streams.delete( id );
				}
			} );
			return reply;
		}
	);
	return { endOf };
}

/** Returns what ends it. */
function openStream(
	raw: ServerResponse,
	{
		after,
		eventLog,
		clock,
		heartbeat,
		isAllowed,
	}: {
		readonly after: string | null;
		readonly eventLog: EventLog;
		readonly clock: Clock;
		readonly heartbeat: number;
		readonly isAllowed: () => Promise< boolean >;
	}
): () => void {
	const over = new AbortController();
	let cursor = after;
	let isFull = false;
	let isDue = false;

	const send = ( page: EventPage ): void => {
		cursor = page.cursor;
		isFull = ! raw.write(
			`id: ${ page.cursor }\ndata: ${ JSON.stringify( page ) }\n\n`
		);
	};
	const sendMissed = (): void => {
		isDue = false;
		if ( isFull || over.signal.aborted ) {
			return;
		}
		const page = eventLog.since( cursor, null );
		if ( page.reset || page.items.length > 0 ) {
			send( page );
		}
	};
	const unsubscribe = eventLog.subscribe( () => {
		if ( ! isDue ) {
			isDue = true;
			void clock.sleep( TOGETHER, over.signal ).then( sendMissed );
		}
	} );
	const end = (): void => {
		over.abort();
		raw.end();
	};
	const beat = async (): Promise< void > => {
		let wasFull = false;
		for (;;) {
			await clock.sleep( heartbeat, over.signal );
			if ( over.signal.aborted ) {
				return;
			}
			if ( isFull && wasFull ) {
				raw.destroy();
				return;
			}
			wasFull = isFull;
			if ( ! ( await isAllowed().catch( () => false ) ) ) {
				end();
				return;
			}
			if ( ! isFull && ! over.signal.aborted ) {
				send( eventLog.since( cursor, null ) );
			}
		}
	};

	raw.on( 'drain', () => {
		isFull = false;
		sendMissed();
	} );
	raw.on( 'error', () => undefined );
	raw.once( 'close', () => {
		over.abort();
		unsubscribe();
	} );
	// The first page at once: it says where this stream begins.
	send( eventLog.since( cursor, null ) );
	void beat();
	return end;
}

/** What the hooks have set; an answer that is taken over does not get it by itself. */
function headersOf(
	headers: Readonly< Record< string, unknown > >
): Record< string, string > {
	return Object.fromEntries(
		Object.entries( headers ).map( ( [ name, value ] ) => [
			name,
			String( value ),
		] )
	);
}
