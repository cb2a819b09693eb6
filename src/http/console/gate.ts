/**
 * What a request to the console must be before anything is done for it, in the order it is
 * asked: for a host that is ours, not from a page of somebody else, with a session, and with the
 * session's CSRF token where it changes something.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer } from '../error-answer.ts';
import type { HostCheck } from './host-check.ts';
import type { ConsoleSessions, OpenSession } from './sessions.ts';

export interface Gate {
	readonly host: Hook;
	readonly origin: Hook;
	/** Lets only those with a session through, and keeps it for `sessionOf`. */
	readonly session: Hook;
	sessionOf( request: FastifyRequest ): OpenSession;
}

type Hook = (
	request: FastifyRequest,
	reply: FastifyReply
) => Promise< FastifyReply | undefined >;

export function createGate( {
	hosts,
	sessions,
}: {
	readonly hosts: HostCheck;
	readonly sessions: ConsoleSessions;
} ): Gate {
	const open = new WeakMap< FastifyRequest, OpenSession >();
	return {
		host: async ( { headers, raw }, reply ) =>
			hosts.answersTo( headers.host, raw.socket.localAddress )
				? undefined
				: reply.code( 421 ).send( WRONG_HOST ),

		async origin( { method, headers }, reply ) {
			if ( method === 'GET' || method === 'HEAD' ) {
				return undefined;
			}
			const site = headers[ 'sec-fetch-site' ];
			const { origin, host } = headers;
			// Other ports of this host are other origins, though of the same site to the cookie.
			const isOurs =
				( site === undefined ||
					site === 'same-origin' ||
					site === 'none' ) &&
				( origin === undefined || hosts.isOwnOrigin( origin, host ) );
			return isOurs ? undefined : reply.code( 403 ).send( CROSS_SITE );
		},

		async session( request, reply ) {
			const session = await sessions.use( request.headers.cookie );
			if ( session === null ) {
				return reply.code( 401 ).send( NO_SESSION );
			}
			const csrf = request.headers[ 'x-pearlbridge-csrf' ];
			if (
				request.method === 'POST' &&
				! ( typeof csrf === 'string' && session.isCsrf( csrf ) )
			) {
				return reply.code( 403 ).send( BAD_CSRF );
			}
			open.set( request, session );
			return undefined;
		},

		sessionOf( request ) {
			const session = open.get( request );
			if ( session === undefined ) {
				throw new Error( 'This address asks for no session.' );
			}
			return session;
		},
	};
}

const WRONG_HOST = errorAnswer(
	'wrong-host',
	'The console does not answer to this name.',
	'Open it at localhost, the listening address or the public URL, or add the name to PEARLBRIDGE_ALLOWED_HOSTS.'
);
const CROSS_SITE = errorAnswer(
	'cross-site',
	'This request comes from a page of another site.'
);
const NO_SESSION = errorAnswer(
	'no-session',
	'You are not logged in, or no longer.',
	'Make a new link with: pearlbridge login'
);
const BAD_CSRF = errorAnswer(
	'bad-csrf',
	'X-Pearlbridge-CSRF does not belong to this session.',
	'Load the page again.'
);
