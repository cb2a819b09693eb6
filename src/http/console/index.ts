/**
 * The console in the service's own host: its files at `/`, and what they ask at `/console/*`.
 * Everything here answers to our own names only; the rest of the server's addresses have no
 * cookie to be abused and are reached by other names rightly.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { loginRequestSchema, type Session } from '../../contracts/console.ts';
import type { Database } from '../../contracts/database.ts';
import type { Operations } from '../../contracts/operations.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Clock, Logger, Random } from '../../contracts/world.ts';
import type { EventLog } from '../../flows/event-log.ts';
import { errorAnswer } from '../error-answer.ts';
import { parseJson } from '../json-body.ts';
import { consoleEventRoutes } from './events.ts';
import { createFailureLimit } from './failure-limit.ts';
import { createGate, type Gate } from './gate.ts';
import { createHostCheck, hostName, type HostRules } from './host-check.ts';
import { consoleOperationRoutes } from './operations.ts';
import { createConsoleSessions, type ConsoleSessions } from './sessions.ts';
import { staticRoutes, type ConsoleFiles } from './static.ts';

/** Nobody mistypes a link ten times a minute. */
const FAILED_LOGINS = { failures: 10, window: MINUTE };

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

/**
 * Whether the browser came by https, which a proxy in front of us hides: then the cookie shall
 * never go another way. At http://localhost some browsers would not keep such a cookie.
 */
function isSecure(
	publicUrl: string | null,
	{ origin, host }: IncomingHttpHeaders
): boolean {
	const url = publicUrl === null ? null : new URL( publicUrl );
	return (
		( origin ?? '' ).startsWith( 'https:' ) ||
		( url?.protocol === 'https:' &&
			hostName( host ?? '' ) === url.hostname )
	);
}

function loginRoute(
	app: FastifyInstance,
	{
		sessions,
		clock,
		logger,
		publicUrl,
	}: ConsoleHost & {
		readonly sessions: ConsoleSessions;
		readonly clock: Clock;
		readonly logger: Logger;
	}
): void {
	const limit = createFailureLimit( { clock, ...FAILED_LOGINS } );
	app.post( '/console/login', async ( request, reply ) => {
		const from = request.ip;
		if ( limit.isExceeded( from ) ) {
			return reply
				.code( 429 )
				.header( 'retry-after', String( FAILED_LOGINS.window / 1000 ) )
				.send(
					errorAnswer(
						'too-many-failures',
						'Too many links that do not open the console.',
						'Wait a minute.'
					)
				);
		}
		const asked = loginRequestSchema.safeParse( parseJson( request.body ) );
		const token = asked.success
			? await sessions.login( asked.data.token )
			: null;
		if ( token === null ) {
			limit.failed( from );
			logger.warn( { from }, 'A console login was refused.' );
			return reply
				.code( 401 )
				.send(
					errorAnswer(
						'bad-login',
						'This link is wrong, was used already or is too old.',
						'Make a new one with: pearlbridge login'
					)
				);
		}
		const before = await sessions.use( request.headers.cookie );
		if ( before !== null ) {
			await sessions.end( before.id );
		}
		logger.info( { from }, 'Somebody logged in to the console.' );
		return reply
			.code( 204 )
			.header(
				'set-cookie',
				sessions.cookie( token, isSecure( publicUrl, request.headers ) )
			)
			.send();
	} );
}

function sessionRoutes(
	app: FastifyInstance,
	{
		sessions,
		gate,
		version,
		publicUrl,
		ended,
	}: ConsoleHost & {
		readonly sessions: ConsoleSessions;
		readonly gate: Gate;
		readonly ended: ( session: string ) => void;
	}
): void {
	app.get( '/console/session', async ( request ): Promise< Session > => {
		const { csrf, expiresAt } = gate.sessionOf( request );
		return {
			csrf,
			expiresAt: new Date( expiresAt ).toISOString(),
			version,
		};
	} );
	app.post( '/console/logout', async ( request, reply ) => {
		const { id } = gate.sessionOf( request );
		await sessions.end( id );
		ended( id );
		return reply
			.code( 204 )
			.header(
				'set-cookie',
				sessions.cookie( null, isSecure( publicUrl, request.headers ) )
			)
			.send();
	} );
}
