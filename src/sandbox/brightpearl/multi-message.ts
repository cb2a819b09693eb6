/**
 * `POST /multi-message` (platform reference, §1.6): up to ten writes in one request, each through
 * the same router and handlers as a call of its own.
 */
import { z } from 'zod';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Fault, Target } from './faults.ts';
import { readFields } from './fields.ts';
import { gson, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Switches } from './switches.ts';

export const MULTI_MESSAGE = '/multi-message';

/** Only there to take an address apart. */
const BASE = 'http://batch';

const FEWEST = 2;
const MOST = 10;

const messageSchema = z.strictObject( {
	label: z.string().min( 1 ),
	uri: z
		.string()
		.startsWith( '/' )
		.refine( ( uri ) => URL.canParse( uri, BASE ), 'is no address' ),
	httpMethod: z.enum( [
		'POST',
		'PUT',
		'DELETE',
		'GET',
		'PATCH',
		'OPTIONS',
	] ),
	/** An object (or a list where the resource takes one), never a text; `{}` when there is none. */
	body: z.union( [
		z.record( z.string(), z.unknown() ),
		z.array( z.unknown() ),
	] ),
} );
type Message = z.infer< typeof messageSchema >;

const batchSchema = z.strictObject( {
	processingMode: z.enum( [ 'SEQUENTIAL', 'PARALLEL' ] ),
	onFail: z.enum( [ 'STOP', 'CONTINUE' ] ),
	messages: z.array( messageSchema ).min( FEWEST ).max( MOST ),
} );
type Batch = z.infer< typeof batchSchema >;

const WRITES: readonly string[] = [ 'POST', 'PUT', 'DELETE' ];

/** One message on its way to the router. */
export interface InnerRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: unknown;
}

export interface InnerAnswer {
	readonly reply: Reply;
	/** `POST /order-service/sales-order` */
	readonly endpoint: string;
	readonly defect: string | null;
}

export interface BatchDeps {
	readonly switches: Switches;
	readonly dispatch: ( message: InnerRequest ) => InnerAnswer;
	/** The fault that goes off for one message of the batch. */
	readonly pick: (
		target: Pick< Target, 'method' | 'path' >
	) => Fault | null;
	/** What a fault answers instead of the work; null = it spoils the way, not the answer. */
	readonly staged: ( fault: Fault ) => Reply | null;
}

export interface BatchAnswer {
	readonly reply: Reply;
	/** How many messages the request carried; 0 = the batch itself was refused. */
	readonly messages: number;
	/** One endpoint for each message that was worked on. */
	readonly endpoints: readonly string[];
	readonly defect: string | null;
	/** A message's fault that strikes the answer of the whole batch. */
	readonly wire: Fault | null;
}

const REFUSALS = {
	off: () =>
		refuse(
			404,
			notFound( `Cannot find the resource ${ MULTI_MESSAGE }` )
		),
	refused: () =>
		refuse(
			400,
			problem( INVENTED.batch, 'Multi-message is not available' )
		),
	// What a 403 says is recorded nowhere: the gateway's shape.
	forbidden: () => ( {
		status: 403,
		body: { response: 'Multi-message is not allowed for this app' },
	} ),
} as const;

/** Why a batch is refused as a whole; the status and code of each are not known (§1.6). */
function faultOf( batch: Batch, switches: Switches ): string | null {
	const { messages, processingMode, onFail } = batch;
	if ( processingMode === 'PARALLEL' && onFail === 'STOP' ) {
		return 'STOP is not possible with PARALLEL';
	}
	if (
		new Set( messages.map( ( { label } ) => label ) ).size < messages.length
	) {
		return 'The labels of the messages must be unique';
	}
	const strange = messages.find(
		( { httpMethod } ) => ! WRITES.includes( httpMethod )
	);
	return strange && switches.batchMethods === 'writes'
		? `${ strange.httpMethod } is not possible in a multi-message`
		: null;
}

interface Processed {
	readonly label: string;
	readonly statusCode: number;
	readonly body: { readonly content: string };
}

/** What has happened so far in one batch. */
interface Progress {
	readonly processed: Processed[];
	/** Labels of messages that were never begun. */
	readonly unprocessed: string[];
	readonly endpoints: string[];
	readonly defects: string[];
	wire: Fault | null;
}

function workOff(
	{ label, uri, httpMethod, body }: Message,
	deps: BatchDeps,
	progress: Progress
): number {
	const { pathname, searchParams } = new URL( uri, BASE );
	const fault = deps.pick( { method: httpMethod, path: pathname } );
	if ( fault?.kind === 'lost-request' ) {
		progress.wire = fault;
		return 0;
	}
	if ( fault?.kind === 'throttled' ) {
		progress.unprocessed.push( label );
		return 0;
	}
	const staged = fault ? deps.staged( fault ) : null;
	if ( fault && ! staged && progress.wire?.kind !== 'lost-answer' ) {
		progress.wire = fault;
	}
	let reply = staged;
	if ( ! reply || fault?.committed === true ) {
		const answered = deps.dispatch( {
			method: httpMethod,
			path: pathname,
			query: searchParams,
			body,
		} );
		progress.endpoints.push( answered.endpoint );
		if ( answered.defect !== null ) {
			progress.defects.push( answered.defect );
		}
		reply ??= answered.reply;
	}
	progress.processed.push( {
		label,
		statusCode: reply.status,
		// A text to be read again as JSON, not JSON.
		body: { content: gson( reply.body ) },
	} );
	return reply.status;
}

const FAILED = 400;

function statusOf(
	processed: readonly Processed[],
	left: number,
	switches: Switches
): number {
	const [ first = 200, ...others ] = new Set(
		processed.map( ( { statusCode } ) => statusCode )
	);
	const mixed =
		left > 0 ||
		others.length > 0 ||
		( first >= FAILED && switches.batchAllFailed === 'mixed' );
	return mixed ? 207 : first;
}

function runMessages( batch: Batch, deps: BatchDeps ): BatchAnswer {
	const { messages, processingMode, onFail } = batch;
	const progress: Progress = {
		processed: [],
		unprocessed: [],
		endpoints: [],
		defects: [],
		wire: null,
	};
	// PARALLEL promises no order, so the last one is done and answered first: only labels tell.
	const queue =
		processingMode === 'PARALLEL' ? messages.toReversed() : [ ...messages ];
	while ( queue.length > 0 && progress.wire?.kind !== 'lost-request' ) {
		const message = queue.shift();
		const status = message ? workOff( message, deps, progress ) : 0;
		if ( onFail === 'STOP' && status >= FAILED ) {
			break;
		}
	}
	const unprocessed = [
		...progress.unprocessed,
		...queue.map( ( { label } ) => label ),
	];
	return {
		reply: {
			status: statusOf(
				progress.processed,
				unprocessed.length,
				deps.switches
			),
			body: {
				response: {
					processedMessages: progress.processed,
					unprocessedMessages: unprocessed,
				},
			},
		},
		messages: messages.length,
		endpoints: progress.endpoints,
		defect:
			progress.defects.length === 0
				? null
				: progress.defects.join( '\n' ),
		wire: progress.wire,
	};
}

export function runBatch( body: unknown, deps: BatchDeps ): BatchAnswer {
	const { switches } = deps;
	const refused = ( reply: Reply ): BatchAnswer => ( {
		reply,
		messages: 0,
		endpoints: [],
		defect: null,
		wire: null,
	} );
	if ( switches.multiMessage !== 'on' ) {
		return refused( REFUSALS[ switches.multiMessage ]() );
	}
	const read = readFields( batchSchema, body, switches.unknownFields );
	if ( ! read.ok ) {
		return refused( read.reply );
	}
	const fault = faultOf( read.value, switches );
	return fault === null
		? runMessages( read.value, deps )
		: refused( refuse( 400, problem( INVENTED.batch, fault ) ) );
}
