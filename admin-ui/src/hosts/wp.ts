/**
 * Inside wp-admin: everything goes through the plugin's own REST routes with the person's cookie
 * and nonce, which `wp.apiFetch` carries. The browser never talks to the sidecar.
 */
import apiFetch from '@wordpress/api-fetch';
import { z } from 'zod';
import { CONSOLE_OPERATIONS } from '../../../src/contracts/console.ts';
import { operationResponseSchema } from '../../../src/contracts/operations.ts';
import {
	errorFromBody,
	isSignedOut,
	lostAnswer,
	strangeAnswer,
} from '../api/errors.ts';
import type { ApiError, Host, HostRequest } from '../host.ts';
import { createFollower } from './follow.ts';
import { kebabCase } from './kebab-case.ts';
import { poll } from './poll.ts';

const NAMESPACE = 'pearlbridge/v1/';
/** The plugin waits 5 s for a read and 15 s for a command; the operation must end before. */
const WAIT = { read: 4000, command: 13_000 };
const GRACE = 10_000;

/** `window.pearlbridgeBoot`, which the plugin prints. */
export const bootSchema = z.object( {
	restRoot: z.string(),
	nonce: z.string(),
	state: z.enum( [ 'unpaired', 'paired', 'moved' ] ),
	connection: z.string().nullable(),
	version: z.string(),
	adminUrl: z.string(),
} );
export type Boot = z.infer< typeof bootSchema >;

export function createWpHost( boot: Boot ): Host {
	return {
		kind: 'wp',
		connection: boot.connection,
		session: null,
		plugin: {
			state: boot.state,
			adminUrl: boot.adminUrl,
			async call( method, path, data ) {
				const answer = await call( method, path, data, {
					signal: null,
					timeout: 30_000,
				} );
				return answer;
			},
		},
		async request( name, input, request ) {
			const timeout =
				request.timeout ?? WAIT[ CONSOLE_OPERATIONS[ name ].kind ];
			const answer = await call(
				'POST',
				`console/${ kebabCase( name ) }`,
				{ input, timeout, idempotencyKey: request.idempotencyKey },
				{ signal: request.signal, timeout: timeout + GRACE }
			);
			if ( ! answer.ok ) {
				return answer;
			}
			const read = operationResponseSchema.safeParse( answer.value );
			return read.success
				? { ok: true, exit: read.data.exit, body: read.data.body }
				: { ok: false, error: strangeAnswer() };
		},
		events( onPage, onState ) {
			if ( boot.state !== 'paired' ) {
				return () => {};
			}
			const follower = createFollower( Math.random );
			return poll( {
				follower,
				async ask( signal ) {
					const cursor = follower.cursor();
					const answer = await call(
						'GET',
						cursor === null
							? 'events'
							: `events?after=${ encodeURIComponent( cursor ) }`,
						undefined,
						{ signal, timeout: GRACE }
					);
					return answer.ok
						? { page: answer.value }
						: { signedOut: isSignedOut( answer.error ) };
				},
				onPage,
				onState,
			} );
		},
	};
}

type Called =
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly error: ApiError };

async function call(
	method: 'GET' | 'POST',
	path: string,
	data: Readonly< Record< string, unknown > > | undefined,
	{ signal, timeout }: Pick< HostRequest, 'signal' > & { timeout: number }
): Promise< Called > {
	const limit = AbortSignal.timeout( timeout );
	try {
		return {
			ok: true,
			value: await apiFetch( {
				path: `/${ NAMESPACE }${ path }`,
				method,
				...( data === undefined ? {} : { data } ),
				signal:
					signal === null
						? limit
						: AbortSignal.any( [ signal, limit ] ),
			} ),
		};
	} catch ( thrown ) {
		return { ok: false, error: read( thrown, limit.aborted ) };
	}
}

/** api-fetch throws what the server said, or its own words for no answer and no JSON. */
function read( thrown: unknown, timedOut: boolean ): ApiError {
	const code: unknown =
		typeof thrown === 'object' && thrown !== null
			? Reflect.get( thrown, 'code' )
			: null;
	if (
		timedOut ||
		thrown instanceof Error ||
		code === 'fetch_error' ||
		code === 'offline_error'
	) {
		return lostAnswer( timedOut );
	}
	return code === 'invalid_json'
		? strangeAnswer()
		: errorFromBody( thrown, null );
}
