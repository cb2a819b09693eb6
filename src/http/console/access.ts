/**
 * Logging in, knowing it, logging out: `POST /console/login`, `GET /console/session`,
 * `POST /console/logout`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { loginRequestSchema, type Session } from '../../contracts/console.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import { errorAnswer } from '../error-answer.ts';
import { createFailureLimit } from '../failure-limit.ts';
import { parseJson } from '../json-body.ts';
import type { Gate } from './gate.ts';
import { hostName } from './host-check.ts';
import type { ConsoleSessions } from './sessions.ts';

/**
 * Refusals of one address that are logged. They are no reason to refuse the next one unheard: a
 * token cannot be guessed, and behind a proxy the operator has the address of every stranger.
 */
const LOGGED = { failures: 10, window: MINUTE };

interface AccessOptions {
	readonly sessions: ConsoleSessions;
	readonly publicUrl: string | null;
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

export function loginRoute(
	app: FastifyInstance,
	{
		sessions,
		clock,
		logger,
		publicUrl,
	}: AccessOptions & {
		readonly clock: Clock;
		readonly logger: Logger;
	}
): void {
	const quiet = createFailureLimit( { clock, ...LOGGED } );
	app.post( '/console/login', async ( request, reply ) => {
		const from = request.ip;
		const asked = loginRequestSchema.safeParse( parseJson( request.body ) );
		const token = asked.success
			? await sessions.login( asked.data.token )
			: null;
		if ( token === null ) {
			if ( ! quiet.isExceeded( from ) ) {
				quiet.failed( from );
				logger.warn( { from }, 'A console login was refused.' );
			}
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

export function sessionRoutes(
	app: FastifyInstance,
	{
		sessions,
		gate,
		version,
		publicUrl,
		ended,
	}: AccessOptions & {
		readonly version: string;
		readonly gate: Gate;
		/** Told of a session that is over. */
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
