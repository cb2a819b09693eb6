/**
 * Talks to the running service over its own internal address.
 */
import { request as httpRequest } from 'node:http';
import { z } from 'zod';
import {
	operationResponseSchema,
	type OperationName,
	type Outcome,
} from '../contracts/operations.ts';
import { SECOND } from '../contracts/primitives.ts';
import { isAlive, readServiceFile, type ServiceFile } from './service-file.ts';

/** A service that lives answers this at once; one that is stuck shall not hold a command up. */
const HELLO_TIMEOUT = 2 * SECOND;

const helloSchema = z.object( { ok: z.literal( true ), pid: z.int() } );

export type CallResult =
	| { readonly kind: 'outcome'; readonly outcome: Outcome }
	/** The service does not know the operation, or not in this form: another version. */
	| { readonly kind: 'misunderstood'; readonly message: string }
	/** Our token is not its token: it was started anew meanwhile. */
	| { readonly kind: 'stranger' }
	| { readonly kind: 'lost' }
	| { readonly kind: 'aborted' };

/** The service of this data dir, when it is alive and answers with our token. */
export async function findService(
	dataDir: string
): Promise< ServiceFile | null > {
	const service = await readServiceFile( dataDir );
	if ( service === null || ! isAlive( service.pid ) ) {
		return null;
	}
	const answer = await exchange( service, {
		method: 'GET',
		path: '/v1/operations',
		signal: AbortSignal.timeout( HELLO_TIMEOUT ),
	} );
	const hello = helloSchema.safeParse( answer?.body );
	return answer?.status === 200 && hello.data?.pid === service.pid
		? service
		: null;
}

/** `timeout` is how long the service shall wait; the answer itself is waited for by `signal`. */
export async function callService(
	service: ServiceFile,
	name: OperationName,
	input: unknown,
	options: { readonly timeout: number; readonly signal: AbortSignal }
): Promise< CallResult > {
	const answer = await exchange( service, {
		method: 'POST',
		path: `/v1/operations/${ name }`,
		body: JSON.stringify( { input, timeout: options.timeout } ),
		signal: options.signal,
	} );
	if ( answer === null ) {
		return { kind: options.signal.aborted ? 'aborted' : 'lost' };
	}
	if ( answer.status === 401 ) {
		return { kind: 'stranger' };
	}
	const outcome = operationResponseSchema.safeParse( answer.body );
	if ( answer.status === 200 && outcome.success ) {
		return { kind: 'outcome', outcome: outcome.data };
	}
	return {
		kind: 'misunderstood',
		message: `The service answered ${ answer.status } to ${ name }.`,
	};
}

/** Null when no whole answer came. */
function exchange(
	service: ServiceFile,
	options: {
		readonly method: string;
		readonly path: string;
		readonly body?: string;
		readonly signal: AbortSignal;
	}
): Promise< { readonly status: number; readonly body: unknown } | null > {
	return new Promise( ( resolve ) => {
		const request = httpRequest(
			new URL( options.path, service.url ),
			{
				method: options.method,
				headers: {
					authorization: `Bearer ${ service.token }`,
					...( options.body === undefined
						? {}
						: { 'content-type': 'application/json' } ),
				},
				agent: false,
				signal: options.signal,
			},
			( response ) => {
				const chunks: Buffer[] = [];
				response.on( 'data', ( chunk: Buffer ) =>
					chunks.push( chunk )
				);
				response.on( 'error', () => resolve( null ) );
				response.on( 'end', () =>
					resolve( {
						status: response.statusCode ?? 0,
						body: parseJson( Buffer.concat( chunks ).toString() ),
					} )
				);
			}
		);
		request.on( 'error', () => resolve( null ) );
		request.end( options.body );
	} );
}

function parseJson( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return undefined;
	}
}
