/** At the sidecar's own address: same origin, a session cookie, and a token against forged posts. */
import {
	CONSOLE_OPERATIONS,
	type ConsoleRequest,
} from '../../../src/contracts/console.ts';
import { operationResponseSchema } from '../../../src/contracts/operations.ts';
import {
	apiError,
	errorFromBody,
	lostAnswer,
	strangeAnswer,
} from '../api/errors.ts';
import type { Host, HostAnswer } from '../host.ts';
import { __ } from '@wordpress/i18n';
import { createFollower } from './follow.ts';
import { json } from './session.ts';
import type { SidecarSession } from './session.ts';
import { stream } from './stream.ts';

const WAIT = { read: 20_000, command: 55_000 };
const GRACE = 10_000;

export function createSidecarHost( base: URL, session: SidecarSession ): Host {
	return {
		kind: 'sidecar',
		connection: null,
		plugin: null,
		session,
		async request( name, input, { idempotencyKey, timeout, signal } ) {
			const wait = timeout ?? WAIT[ CONSOLE_OPERATIONS[ name ].kind ];
			const limit = AbortSignal.timeout( wait + GRACE );
			const request: ConsoleRequest = {
				input,
				timeout: wait,
				idempotencyKey,
			};
			const send = () =>
				fetch( new URL( `console/operations/${ name }`, base ), {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						'x-pearlbridge-csrf': session.csrf() ?? '',
					},
					body: JSON.stringify( request ),
					cache: 'no-store',
					signal:
						signal === null
							? limit
							: AbortSignal.any( [ signal, limit ] ),
				} );
			let response: Response;
			try {
				response = await send();
				if ( response.status === 403 ) {
					// A later login in this browser brought another token.
					await session.check();
					response = await send();
				}
			} catch {
				return { ok: false, error: lostAnswer( limit.aborted ) };
			}
			if ( response.status === 401 ) {
				session.lost();
				return { ok: false, error: signedOut() };
			}
			return read( response );
		},
		events( onPage, onState ) {
			return stream( {
				address( cursor ) {
					const url = new URL( 'console/events', base );
					if ( cursor !== null ) {
						url.searchParams.set( 'after', cursor );
					}
					return url.href;
				},
				follower: createFollower( Math.random ),
				async stillSignedIn() {
					await session.check();
					return session.get().state === 'in';
				},
				onPage,
				onState,
			} );
		},
	};
}

async function read( response: Response ): Promise< HostAnswer > {
	const body = await json( response );
	if ( ! response.ok ) {
		return { ok: false, error: errorFromBody( body, response.status ) };
	}
	const answer = operationResponseSchema.safeParse( body );
	return answer.success
		? { ok: true, exit: answer.data.exit, body: answer.data.body }
		: { ok: false, error: strangeAnswer() };
}

function signedOut() {
	return apiError( 'signed-out', __( 'You are signed out.', 'pearlbridge' ), {
		fix: __( 'Get a new link with “pearlbridge login”.', 'pearlbridge' ),
	} );
}
