/**
 * The service's HTTP server (command line's contract, §5). A path prefix in the public address
 * is the reverse proxy's business, not ours.
 */
import { types } from 'node:util';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { ErrorBody } from '../contracts/answers.ts';
import type { Operations } from '../contracts/operations.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { BrightpearlIntake } from '../flows/brightpearl-intake.ts';
import { bridgeRoutes, type BridgeHost } from './bridge/index.ts';
import { brightpearlWebhookRoute } from './brightpearl-webhooks.ts';
import { consoleRoutes, type ConsoleHost } from './console/index.ts';
import { errorAnswer } from './error-answer.ts';
import { healthRoutes } from './health.ts';
import { metricsRoute, type MetricsText } from './metrics/route.ts';
import { operationRoutes } from './operations.ts';
import { webhookRoutes, type WebhookIntake } from './webhooks.ts';

export interface ServerOptions {
	readonly operations: Operations;
	readonly intake: WebhookIntake;
	/** Absent = Brightpearl cannot deliver to this server. */
	readonly brightpearlIntake?: BrightpearlIntake;
	/** Why the service cannot take work; empty = it can. */
	readonly ready: () => Promise< readonly string[] >;
	/** Bearer token of the operations' address. */
	readonly token: string;
	readonly logger: Logger;
	readonly clock: Clock;
	/** Absent = this server shows no figures. */
	readonly metrics?: MetricsText;
	/** Who brings it sees them from other machines too (nobody does). */
	readonly metricsToken?: string | null;
	/** Absent = this server shows no console. */
	readonly console?: ConsoleHost;
	/** Absent = no plugin can be paired with this server. */
	readonly bridge?: BridgeHost;
	readonly timeouts?: Partial< Timeouts >;
}

interface Timeouts {
	/** For the request line and headers (10 s). */
	readonly headers: number;
	/** For the whole request (30 s); how long an answer takes is another matter. */
	readonly request: number;
	/** How often those two are checked (2 s). */
	readonly check: number;
	/** Requests under way may take this long after `close` (9 s). */
	readonly drain: number;
}

export type Listening =
	| { readonly ok: true; readonly url: string }
	| { readonly ok: false; readonly error: ErrorBody };

export interface Server {
	listen( host: string, port: number ): Promise< Listening >;
	/** Takes nothing new, lets requests under way end, then closes what is left. */
	close(): Promise< void >;
}

/** 1 MB; also the largest body Brightpearl or WooCommerce ever sent us by far. */
export const BODY_LIMIT = 1024 * 1024;
const MEGABYTE = 1024 * 1024;

const DEFAULT_TIMEOUTS: Timeouts = {
	headers: 10 * SECOND,
	request: 30 * SECOND,
	check: 2 * SECOND,
	drain: 9 * SECOND,
};

/** Answers are data for programs; a browser shall do nothing with them. */
const SECURITY_HEADERS = {
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
} as const;

const NOT_FOUND = errorAnswer( 'not-found', 'There is nothing here.' );

export function createServer( options: ServerOptions ): Server {
	const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
	const closing = new AbortController();
	const app = fastify( {
		bodyLimit: BODY_LIMIT,
		requestTimeout: timeouts.request,
		keepAliveTimeout: 65 * SECOND,
		http: {
			headersTimeout: timeouts.headers,
			connectionsCheckingInterval: timeouts.check,
		},
		forceCloseConnections: 'idle',
		// Addresses that cannot even be read never reach a handler.
		frameworkErrors: ( _, __, reply ) => {
			reply.raw
				.writeHead( 404, {
					...SECURITY_HEADERS,
					'content-type': 'application/json; charset=utf-8',
				} )
				.end( JSON.stringify( NOT_FOUND ) );
		},
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
	} );
	// Signatures are made over the bytes as they came, whatever type they claim to be.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser( '*', { parseAs: 'buffer' }, ( _, body, done ) =>
		done( null, body )
	);
	app.addHook( 'onRequest', async ( _, reply ) => {
		reply.headers( SECURITY_HEADERS );
	} );
	app.addHook( 'onSend', async ( _, reply ) => {
		// A connection that is kept alive after its answer would keep us from closing.
		if ( closing.signal.aborted ) {
			reply.header( 'connection', 'close' );
		}
	} );
	app.setNotFoundHandler( ( _, reply ) =>
		reply.code( 404 ).send( NOT_FOUND )
	);
	app.setErrorHandler( ( error: FastifyError, request, reply ) => {
		const status = error.statusCode ?? 500;
		if ( status < 500 ) {
			return reply
				.code( status )
				.send(
					errorAnswer(
						'bad-request',
						clientFault(
							status,
							request.routeOptions.bodyLimit ?? BODY_LIMIT
						)
					)
				);
		}
		options.logger.error(
			{ err: error, route: request.routeOptions.url ?? null },
			'A request failed.'
		);
		return reply
			.code( status )
			.send( errorAnswer( 'defect', 'Something went wrong here.' ) );
	} );
	healthRoutes( app, options );
	if ( options.metrics !== undefined ) {
		metricsRoute( app, {
			metrics: options.metrics,
			metricsToken: options.metricsToken ?? null,
		} );
	}
	webhookRoutes( app, options );
	if ( options.brightpearlIntake !== undefined ) {
		brightpearlWebhookRoute( app, {
			...options,
			intake: options.brightpearlIntake,
		} );
	}
	operationRoutes( app, { ...options, closing: closing.signal } );
	if ( options.bridge !== undefined ) {
		bridgeRoutes( app, {
			...options,
			...options.bridge,
			closing: closing.signal,
		} );
	}
	if ( options.console !== undefined ) {
		consoleRoutes( app, {
			...options,
			...options.console,
			closing: closing.signal,
		} );
	}

	return {
		listen: ( host, port ) => listen( app, host, port ),
		async close() {
			closing.abort();
			const drained = new AbortController();
			const cut = options.clock
				.sleep( timeouts.drain, drained.signal )
				.then( () => app.server.closeAllConnections() );
			await app.close();
			drained.abort();
			await cut;
		},
	};
}

/** @param limit Of the address that was asked, in bytes. */
function clientFault( status: number, limit: number ): string {
	return status === 413
		? `The body is larger than ${ limit / MEGABYTE } MB.`
		: 'The request cannot be read.';
}

async function listen(
	app: FastifyInstance,
	host: string,
	port: number
): Promise< Listening > {
	try {
		await app.listen( { host, port } );
	} catch ( error ) {
		const refused = listenRefusal( error, host, port );
		if ( refused === null ) {
			throw error;
		}
		return { ok: false, error: refused };
	}
	const address = app.server.address();
	const bound = typeof address === 'object' ? address : null;
	return {
		ok: true,
		url: `http://${ reachable( bound?.address ?? host ) }:${ bound?.port ?? port }`,
	};
}

/** Where this machine reaches itself, when it listens on all addresses. */
function reachable( address: string ): string {
	if ( address === '0.0.0.0' || address === '::' ) {
		return '127.0.0.1';
	}
	return address.includes( ':' ) ? `[${ address }]` : address;
}

function listenRefusal(
	error: unknown,
	host: string,
	port: number
): ErrorBody | null {
	const code: unknown = types.isNativeError( error )
		? Reflect.get( error, 'code' )
		: undefined;
	const refusals: Record< string, readonly [ string, string, string ] > = {
		EADDRINUSE: [
			'port-in-use',
			`Port ${ port } of ${ host } is in use.`,
			'Give another one with --port or PEARLBRIDGE_PORT, or 0 for any free one.',
		],
		EACCES: [
			'port-refused',
			`This user may not listen on port ${ port }.`,
			'Give a port above 1023 with --port or PEARLBRIDGE_PORT.',
		],
		EADDRNOTAVAIL: [
			'host-unknown',
			`This machine does not have the address ${ host }.`,
			'Give one of its own with --host or PEARLBRIDGE_HOST.',
		],
		ENOTFOUND: [
			'host-unknown',
			`The host ${ host } is not known.`,
			'Give an address of this machine with --host or PEARLBRIDGE_HOST.',
		],
	};
	const found = typeof code === 'string' ? refusals[ code ] : undefined;
	return found === undefined
		? null
		: {
				code: found[ 0 ],
				message: found[ 1 ],
				fix: found[ 2 ],
				details: null,
			};
}
