/**
 * An app without a shop, a Brightpearl or a database: its operations answer from a table, its
 * HTTP server is the real one. What the command line does around it is what is tested.
 */
import { existsSync, writeFileSync } from 'node:fs';
import type { App, AppOptions, OpenApp } from '../../../src/app-port.ts';
import type {
	OperationCall,
	Operations,
	Outcome,
} from '../../../src/contracts/operations.ts';
import { createEvents } from '../../../src/flows/events.ts';
import { createServer, type Server } from '../../../src/http/server.ts';

export interface Run {
	readonly name: string;
	readonly input: unknown;
	readonly call: OperationCall;
}

export type Answer = (
	run: Run,
	options: AppOptions
) => Outcome | Promise< Outcome >;

export function fakeOpenApp( answers: Readonly< Record< string, Answer > > ): {
	openApp: OpenApp;
	runs: Run[];
	opened: AppOptions[];
	closed: () => number;
	apps: App[];
	emit: ReturnType< typeof createEvents >[ 'emit' ];
} {
	const runs: Run[] = [];
	const opened: AppOptions[] = [];
	const apps: App[] = [];
	const events = createEvents();
	let closed = 0;
	return {
		runs,
		opened,
		apps,
		closed: () => closed,
		emit: events.emit,
		openApp: async ( options ) => {
			opened.push( options );
			if ( ! existsSync( options.databaseFile ) ) {
				writeFileSync( options.databaseFile, '' );
			}
			let server: Server | null = null;
			const operations: Operations = {
				run: async ( name, input, call ) => {
					const run = { name, input, call };
					runs.push( run );
					const answer = answers[ name ];
					if ( answer === undefined ) {
						throw new Error( `no answer for ${ name }` );
					}
					return ( await answer( run, options ) ) as never;
				},
			};
			const app: App = {
				operations,
				events,
				start: async ( listen ) => {
					server = createServer( {
						operations,
						intake: { webhook: async () => 'accepted' },
						ready: async () => [],
						token: listen.token,
						logger: options.logger,
						clock: options.clock,
					} );
					return server.listen( listen.host, listen.port );
				},
				close: async () => {
					closed += 1;
					await server?.close();
				},
			};
			apps.push( app );
			return { ok: true, app };
		},
	};
}
