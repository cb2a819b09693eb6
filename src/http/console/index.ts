/**
 * The console in the service's own host: its files at `/`, and what they ask at `/console/*`.
 * Everything here answers to our own names only; the rest of the server's addresses have no
 * cookie to be abused and are reached by other names rightly.
 */
import type { FastifyInstance } from 'fastify';
import type { Database } from '../../contracts/database.ts';
import type { Operations } from '../../contracts/operations.ts';
import type { Clock, Logger, Random } from '../../contracts/world.ts';
import type { EventLog } from '../../flows/event-log.ts';
import { errorAnswer } from '../error-answer.ts';
import { loginRoute, sessionRoutes } from './access.ts';
import { consoleEventRoutes } from './events.ts';
import { createGate } from './gate.ts';
import { createHostCheck, type HostRules } from './host-check.ts';
import { consoleOperationRoutes } from './operations.ts';
import { createConsoleSessions } from './sessions.ts';
import { staticRoutes, type ConsoleFiles } from './static.ts';

export interface ConsoleHost extends HostRules {
	readonly database: Pick< Database, 'sessions' >;
	readonly sidecarId: string;
	readonly eventLog: EventLog;
	readonly files: ConsoleFiles;
	readonly version: string;
	readonly random: Random;
	/** Between two signs of life of an event stream, in milliseconds (15 s). */
	readonly heartbeat?: number;
}

export function consoleRoutes(
	app: FastifyInstance,
	options: ConsoleHost & {
		readonly operations: Operations;
		readonly clock: Clock;
		readonly logger: Logger;
		readonly closing: AbortSignal;
	}
): void {
	const hosts = createHostCheck( options );
	const sessions = createConsoleSessions( {
		...options,
		sessions: options.database.sessions,
	} );
	const gate = createGate( { hosts, sessions } );

	void app.register( async ( ours ) => {
		ours.addHook( 'onRequest', gate.host );
		ours.addHook( 'onRequest', gate.origin );
		staticRoutes( ours, options );
		loginRoute( ours, { ...options, sessions } );
		// Otherwise an unknown address would be answered to any name.
		ours.all( '/console/*', ( _, reply ) =>
			reply
				.code( 404 )
				.send( errorAnswer( 'not-found', 'There is nothing here.' ) )
		);
		void ours.register( async ( inside ) => {
			inside.addHook( 'onRequest', gate.session );
			consoleOperationRoutes( inside, { ...options, gate } );
			const streams = consoleEventRoutes( inside, {
				...options,
				sessions,
				gate,
			} );
			sessionRoutes( inside, {
				...options,
				sessions,
				gate,
				ended: streams.endOf,
			} );
		} );
	} );
}
