/**
 * A batcher over a scripted Brightpearl that understands multi-message: what it says of a batch,
 * and of each write, are functions.
 */
import { createAuth } from '../../../src/brightpearl/auth/auth.ts';
import {
	createBatcher,
	type BatchMode,
} from '../../../src/brightpearl/batching/batch.ts';
import type { Lane } from '../../../src/brightpearl/api.ts';
import type { Call, Sent } from '../../../src/brightpearl/transport/call.ts';
import { createInstanceId } from '../../../src/brightpearl/auth/instance-id.ts';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import { createTransport } from '../../../src/brightpearl/transport/transport.ts';
import type { BrightpearlConfig } from '../../../src/contracts/connection.ts';
import type { Meter } from '../../../src/contracts/meter.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/contracts/world.ts';
import { PRIVATE_APP } from '../client-kit.ts';
import {
	answer,
	createMemoryCache,
	createMemoryTokens,
	createVirtualClock,
	createWorld,
	plainSecrets,
} from '../world.ts';

export interface Told {
	readonly status: number;
	readonly body: unknown;
}
/** One message, or one call of its own. */
export interface Write {
	readonly method: string;
	readonly path: string;
	readonly body: unknown;
	readonly batched: boolean;
}
interface Batch {
	readonly processingMode: string;
	readonly onFail: string;
	readonly messages: readonly {
		readonly label: string;
		readonly uri: string;
		readonly httpMethod: string;
		readonly body: unknown;
	}[];
}

export const done = ( response: unknown ): Told => ( {
	status: 200,
	body: { response },
} );

export interface BatchKitOptions {
	readonly mode?: BatchMode;
	readonly config?: BrightpearlConfig;
	readonly cache?: ReturnType< typeof createMemoryCache >;
	readonly tokens?: ReturnType< typeof createMemoryTokens >;
	/** What a write is answered (its number). */
	readonly write?: ( write: Write, n: number ) => Told;
	/** What a whole request is answered, instead of the work; undefined = the work. */
	readonly whole?: (
		request: HttpRequest,
		batch: Batch | null
	) => HttpOutcome | undefined | Promise< HttpOutcome | undefined >;
	readonly headers?: Record< string, string >;
}

export function createBatchKit( options: BatchKitOptions = {} ) {
	const config = options.config ?? PRIVATE_APP;
	const cache = options.cache ?? createMemoryCache();
	const requests: HttpRequest[] = [];
	const times: number[] = [];
	const batches: Batch[] = [];
	const writes: Write[] = [];
	const counts: Record< string, number > = {};
	const clock = createVirtualClock();
	const work = options.write ?? ( ( _write, n ) => done( n ) );

	function perform( write: Write ): Told {
		writes.push( write );
		return work( write, writes.length );
	}

	const world = createWorld( {
		clock,
		async fetch( request ) {
			requests.push( request );
			times.push( clock.now() );
			const { pathname } = new URL( request.url );
			const path = pathname.replace( '/public-api/acmeshop', '' );
			const body: unknown =
				request.body?.startsWith( '{' ) === true
					? JSON.parse( request.body )
					: request.body;
			const batch = path === '/multi-message' ? ( body as Batch ) : null;
			if ( batch ) {
				batches.push( batch );
			}
			const whole = await options.whole?.( request, batch );
			if ( whole ) {
				return whole;
			}
			if ( ! batch ) {
				const told = perform( {
					method: request.method,
					path,
					body,
					batched: false,
				} );
				return answer( told.status, told.body, options.headers );
			}
			const processedMessages = batch.messages.map( ( message ) => {
				const told = perform( {
					method: message.httpMethod,
					path: message.uri,
					body: message.body,
					batched: true,
				} );
				return {
					label: message.label,
					statusCode: told.status,
					body: { content: JSON.stringify( told.body ) },
				};
			} );
			const statuses = new Set(
				processedMessages.map( ( { statusCode } ) => statusCode )
			);
			return answer(
				statuses.size > 1
					? 207
					: ( processedMessages[ 0 ]?.statusCode ?? 200 ),
				{ response: { processedMessages, unprocessedMessages: [] } },
				options.headers
			);
		},
	} );
	const meter: Meter = {
		count( counter, labels, by = 1 ) {
			const name = [ counter, ...Object.values( labels ) ].join( ' ' );
			counts[ name ] = ( counts[ name ] ?? 0 ) + by;
		},
	};
	const budgets = createBudgetRegistry( world );
	const pool = budgets.pool( 'acmeshop|private', 'minute' );
	const auth = createAuth( {
		connection: 'main',
		config,
		world,
		readSecret: plainSecrets,
		tokens: options.tokens ?? createMemoryTokens(),
	} );
	const transport = createTransport( {
		connection: 'main',
		config,
		world,
		auth,
		instance: createInstanceId( {
			config,
			auth,
			cache,
			scope: 'bp:acmeshop',
		} ),
		pool,
		reserve: () => 0,
		meter,
	} );
	const batcher = createBatcher( {
		transport,
		world,
		mode: options.mode ?? 'sequential',
		cache,
		scope: 'bp:acmeshop',
		app: 'acmeshop_woo',
	} );
	let left = 0;

	/** Asks for all at once and lets time pass until they are answered. */
	async function sendAll(
		calls: readonly Call[],
		lane: Lane = 'order'
	): Promise< Sent[] > {
		const ask = batcher.ask( lane, () => {
			left += 1;
		} );
		const all = Promise.all( calls.map( ( call ) => ask( call ) ) );
		let isOver = false;
		const over = () => {
			isOver = true;
		};
		void all.then( over, over );
		for ( let turn = 0; turn < 500 && ! isOver; turn++ ) {
			await clock.runTo( clock.now() + 5 );
		}
		return all;
	}

	return {
		batcher,
		batches,
		budgets,
		cache,
		clock,
		/** Requests the client objects were told of. */
		counted: () => left,
		counts,
		log: world.log,
		pool,
		requests,
		sendAll,
		/** When each request was sent. */
		times,
		transport,
		writes,
	};
}

/** A payment for each of these orders. */
export const payments = ( count: number, from = 1 ): Call[] =>
	Array.from( { length: count }, ( _none, at ) => ( {
		method: 'POST',
		path: '/accounting-service/customer-payment',
		body: { orderId: from + at },
	} ) );
