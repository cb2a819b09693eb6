/** A server with a console over a real database, and a browser of sorts. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../src/cli/system.ts';
import type { Database } from '../../src/contracts/database.ts';
import { eventPageSchema, type EventPage } from '../../src/contracts/events.ts';
import type {
	OperationCall,
	Operations,
} from '../../src/contracts/operations.ts';
import { MINUTE } from '../../src/contracts/primitives.ts';
import type { Clock } from '../../src/contracts/world.ts';
import { openDatabase } from '../../src/database/open.ts';
import { createEventLog } from '../../src/flows/event-log.ts';
import { createEvents, type Events } from '../../src/flows/events.ts';
import type { ConsoleHost } from '../../src/http/console/index.ts';
import { createServer, type Server } from '../../src/http/server.ts';
import { createLogger } from '../../src/logging.ts';

export interface Answer {
	readonly status: number;
	readonly headers: IncomingMessage[ 'headers' ];
	readonly text: string;
	/** Of the body read as JSON. */
	readonly json: () => Record< string, unknown >;
	/** Of the body's error. */
	readonly code: () => unknown;
}

export interface Ask {
	readonly method?: string;
	readonly headers?: Readonly< Record< string, string > >;
	readonly body?: unknown;
}

export interface Stream {
	readonly status: number;
	readonly headers: IncomingMessage[ 'headers' ];
	readonly pages: EventPage[];
	/** Resolves when the server ends it. */
	readonly ended: Promise< void >;
	/** Once there are so many pages. */
	has( pages: number ): Promise< void >;
	leave(): void;
}

export interface LoggedIn {
	readonly cookie: string;
	readonly csrf: string;
}

export interface Scene {
	readonly url: string;
	readonly database: Database;
	readonly events: Events;
	readonly calls: { name: string; input: unknown; call: OperationCall }[];
	/** What operations answer. */
	answer: ( call: OperationCall ) => Promise< unknown >;
	readonly logged: () => string;
	/** Lets the clock be later by so much. */
	pass( ms: number ): void;
	ask( path: string, ask?: Ask ): Promise< Answer >;
	/** A login token that opens once, as the operation `login` makes them. */
	loginToken(): Promise< string >;
	login( headers?: Ask[ 'headers' ] ): Promise< LoggedIn >;
	operation(
		who: LoggedIn,
		name: string,
		body?: unknown,
		headers?: Ask[ 'headers' ]
	): Promise< Answer >;
	stream(
		cookie: string,
		query?: string,
		headers?: Ask[ 'headers' ]
	): Promise< Stream >;
	/** The same database under a new server. */
	restart( more?: Partial< ConsoleHost > ): Promise< void >;
	close(): Promise< void >;
}

export async function createScene(
	more: Partial< ConsoleHost > = {}
): Promise< Scene > {
	const dir = mkdtempSync( join( tmpdir(), 'pearlbridge-console-' ) );
	let shift = 0;
	let written = '';
	const clock: Clock = {
		now: () => Date.now() + shift,
		sleep: systemClock.sleep,
	};
	const logger = createLogger( {
		level: 'debug',
		destination: {
			write: ( line ) => {
				written += line;
			},
		},
	} );
	const database = await openDatabase( {
		path: join( dir, 'pearlbridge.db' ),
		key: new Uint8Array( 32 ).fill( 7 ),
		clock,
		random: systemRandom,
		logger,
		owner: 'test',
	} );
	const calls: Scene[ 'calls' ] = [];
	const operations: Operations = {
		run: ( name, input, call ) => {
			calls.push( { name, input, call } );
			return scene.answer( call ) as never;
		},
	};
	let server: Server;
	let url = '';
	let events = createEvents();

	async function start( changes: Partial< ConsoleHost > ): Promise< void > {
		events = createEvents();
		server = createServer( {
			operations,
			intake: { webhook: async () => 'accepted' },
			ready: async () => [],
			token: 'the-token',
			logger,
			clock,
			console: {
				database,
				sidecarId: await database.facts.sidecarId(),
				eventLog: createEventLog( {
					events,
					random: systemRandom,
					limit: 5,
				} ),
				files: null,
				version: '1.2.3',
				random: systemRandom,
				listenHost: '127.0.0.1',
				publicUrl: null,
				allowedHosts: [],
				...more,
				...changes,
			},
		} );
		const listening = await server.listen( '127.0.0.1', 0 );
		if ( ! listening.ok ) {
			throw new Error( listening.error.message );
		}
		url = listening.url;
	}

	const scene: Scene = {
		get url() {
			return url;
		},
		get events() {
			return events;
		},
		database,
		calls,
		answer: async () => ( { exit: 0, body: { done: true } } ),
		logged: () => written,
		pass( ms ) {
			shift += ms;
		},
		ask: ( path, asked = {} ) =>
			send( `${ url }${ path }`, asked ).then( readAnswer ),
		async loginToken() {
			const token = Buffer.from( systemRandom.bytes( 32 ) ).toString(
				'base64url'
			);
			await database.sessions.addLogin(
				createHash( 'sha256' ).update( token ).digest( 'hex' ),
				clock.now() + 10 * MINUTE
			);
			return token;
		},
		async login( headers = {} ) {
			const { headers: given } = await scene.ask( '/console/login', {
				method: 'POST',
				body: { token: await scene.loginToken() },
				headers,
			} );
			const cookie = cookieOf( given );
			const session = await scene.ask( '/console/session', {
				headers: { cookie },
			} );
			return { cookie, csrf: String( session.json()[ 'csrf' ] ) };
		},
		operation: ( { cookie, csrf }, name, body = {}, headers = {} ) =>
			scene.ask( `/console/operations/${ name }`, {
				method: 'POST',
				body: { input: {}, timeout: 1000, ...Object( body ) },
				headers: { cookie, 'x-pearlbridge-csrf': csrf, ...headers },
			} ),
		stream: ( cookie, query = '', headers = {} ) =>
			send( `${ url }/console/events${ query }`, {
				headers: { cookie, ...headers },
			} ).then( readStream ),
		async restart( changes = {} ) {
			await server.close();
			await start( changes );
		},
		async close() {
			await server.close();
			await database.close();
			rmSync( dir, { recursive: true, force: true } );
		},
	};
	await start( {} );
	return scene;
}

/** The pair of a `Set-Cookie`, as a browser sends it back. */
export function cookieOf( headers: IncomingMessage[ 'headers' ] ): string {
	return headers[ 'set-cookie' ]?.[ 0 ]?.split( ';' )[ 0 ] ?? '';
}

/** Not `fetch`: it sets `Host` and `Origin` itself. */
function send( url: string, asked: Ask ): Promise< IncomingMessage > {
	return new Promise( ( resolve, reject ) => {
		const sent = request(
			url,
			{
				method: asked.method ?? 'GET',
				headers: asked.headers ?? {},
				agent: false,
			},
			resolve
		);
		sent.on( 'error', reject );
		sent.end(
			asked.body === undefined ? undefined : JSON.stringify( asked.body )
		);
	} );
}

async function readAnswer( response: IncomingMessage ): Promise< Answer > {
	const chunks: Buffer[] = [];
	for await ( const chunk of response ) {
		chunks.push( chunk );
	}
	const text = Buffer.concat( chunks ).toString( 'latin1' );
	const json = (): Record< string, unknown > => JSON.parse( text );
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		text,
		json,
		code: () =>
			( json() as { error?: { code?: unknown } } ).error?.code ?? null,
	};
}

function readStream( response: IncomingMessage ): Stream {
	const pages: EventPage[] = [];
	const waiting = new Set< () => void >();
	let text = '';
	response.setEncoding( 'utf8' );
	response.on( 'data', ( chunk: string ) => {
		text += chunk;
		const messages = text.split( '\n\n' );
		text = messages.pop() ?? '';
		for ( const message of messages ) {
			const data = /^data: (.*)$/m.exec( message )?.[ 1 ];
			if ( data !== undefined ) {
				pages.push( eventPageSchema.parse( JSON.parse( data ) ) );
			}
		}
		waiting.forEach( ( look ) => look() );
	} );
	response.on( 'error', () => undefined );
	const ended = new Promise< void >( ( resolve ) => {
		response.once( 'close', resolve );
	} );
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		pages,
		ended,
		has: ( count ) =>
			new Promise( ( resolve, reject ) => {
				const look = (): void => {
					if ( pages.length >= count ) {
						waiting.delete( look );
						resolve();
					}
				};
				waiting.add( look );
				look();
				void ended.then( () =>
					reject( new Error( `ended after ${ pages.length } pages` ) )
				);
			} ),
		leave: () => response.destroy(),
	};
}
