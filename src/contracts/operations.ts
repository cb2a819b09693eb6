/**
 * Everything the service can be asked to do: one table, name → input and output. The command
 * line calls it directly or, when the service runs, by `POST /v1/operations/{name}`; both
 * read the same table, so a command does the same thing either way.
 *
 * An outcome is a value: the exit code of the command line's contract (§1) and the document
 * it prints. What is thrown is a defect of ours, and becomes exit 1 where it is caught.
 */
import { z } from 'zod';
import {
	activitySchema,
	aliasesImportedSchema,
	aliasListSchema,
	backfillListSchema,
	backfillSchema,
	choicesSchema,
	connectionCheckSchema,
	connectionListSchema,
	connectionRemovedSchema,
	connectionViewSchema,
	consentSchema,
	consentStateSchema,
	errorAnswerSchema,
	explainSchema,
	loginAnswerSchema,
	mappingReportSchema,
	orderComparisonSchema,
	orderListSchema,
	orderResultsSchema,
	orderSchema,
	orderStateSchema,
	orderSummaryResultsSchema,
	pairAnswerSchema,
	problemListSchema,
	problemsRetriedSchema,
	settingsExportSchema,
	settingsHistorySchema,
	settingsStateSchema,
	statusSchema,
	stockRunListSchema,
	stockRunSchema,
	sweepAnswerSchema,
} from './answers.ts';
import type { ErrorBody } from './answers.ts';
import { connectionEditSchema, connectionFileSchema } from './connection.ts';
import { explainError, issueDetails } from './issues.ts';
import { connectionNameSchema, instantSchema } from './primitives.ts';
import { problemCodeSchema } from './problem.ts';
import { settingsSchema } from './settings.ts';

/** Null = the only connection there is (none → exit 6, several → exit 2). */
const connection = connectionNameSchema.nullable().default( null );
const positiveId = z
	.int( 'must be a whole number, such as 4336' )
	.positive( 'must be a whole number, such as 4336' );
const orderIds = z.array( positiveId ).min( 1, 'needs at least one order id' );
/** A day in the shop's zone. */
const day = z.iso.date( 'is not a day such as 2026-11-21' );
const isDay = ( text: string ): boolean => day.safeParse( text ).success;
const sku = z.string().min( 1 );

export const OPERATIONS = {
	connectionAdd: {
		input: z.strictObject( {
			file: connectionFileSchema,
			replace: z.boolean().default( false ),
		} ),
		output: connectionViewSchema,
	},
	connectionList: {
		input: z.strictObject( {} ),
		output: connectionListSchema,
	},
	connectionShow: {
		input: z.strictObject( { name: connection } ),
		output: connectionViewSchema,
	},
	connectionRemove: {
		input: z.strictObject( { name: connectionNameSchema } ),
		output: connectionRemovedSchema,
	},
	/** Exit 0 or 3; its findings say what is wrong. */
	connectionCheck: {
		input: z.strictObject( { name: connection } ),
		output: connectionCheckSchema,
	},
	/** Changes what is named; secrets that are left out stay as they are. */
	connectionEdit: {
		input: z.strictObject( {
			name: connection,
			change: connectionEditSchema,
		} ),
		output: connectionViewSchema,
	},
	/** Begins a consent in Brightpearl, for OAuth; those begun before stay open, each for its time. */
	connectionConsent: {
		input: z.strictObject( { name: connection } ),
		output: consentSchema,
	},
	/** What became of a consent that was begun. */
	connectionConsentState: {
		input: z.strictObject( {
			name: connection,
			state: z.string().min( 1 ).max( 200 ),
			/** Answer only when it is over, or time is up. */
			wait: z.boolean().default( false ),
		} ),
		output: consentStateSchema,
	},
	/** Finishes a consent by hand. */
	connectionAuthorize: {
		input: z.strictObject( {
			name: connection,
			/** The code, or the whole address that the browser was sent back to. */
			code: z
				.string()
				.trim()
				.min( 1, 'is empty' )
				.max( 4000, 'is too long for a code or an address' ),
		} ),
		output: connectionViewSchema,
	},
	/** Forgets the plugin's keys; the connection stays. */
	connectionUnpair: {
		input: z.strictObject( { name: connectionNameSchema } ),
		output: connectionViewSchema,
	},
	/** A new one-time console link; needs the running service. */
	login: {
		input: z.strictObject( {} ),
		output: loginAnswerSchema,
	},
	/** A new pairing code; `connection` null = the pairing makes one. */
	pair: {
		input: z.strictObject( { connection } ),
		output: pairAnswerSchema,
	},
	ordersPush: {
		input: z.strictObject( {
			connection,
			orderIds,
			dryRun: z.boolean().default( false ),
			wait: z.boolean().default( true ),
		} ),
		output: orderResultsSchema,
	},
	ordersShow: {
		input: z.strictObject( { connection, orderId: positiveId } ),
		output: orderSchema,
	},
	ordersList: {
		input: z.strictObject( {
			connection,
			state: orderStateSchema.nullable().default( null ),
			/** Placed at or after. */
			since: instantSchema.nullable().default( null ),
			/** Placed before. */
			until: instantSchema.nullable().default( null ),
			/** Begins an order number, or is an order id or Brightpearl's sales order id. */
			search: z
				.string()
				.trim()
				.min( 1 )
				.max( 60 )
				.nullable()
				.default( null ),
			/** The customer's e-mail, whole. */
			customer: z
				.string()
				.trim()
				.regex( /^\S+@\S+$/, 'is no e-mail address' )
				.max( 254 )
				.nullable()
				.default( null ),
			/** With an open problem of this code. */
			problem: problemCodeSchema.nullable().default( null ),
			limit: z.int().min( 1 ).max( 1000 ).default( 50 ),
			cursor: z.string().min( 1 ).nullable().default( null ),
		} ),
		output: orderListSchema,
	},
	/** Settles what both sides changed: one side's values hold. */
	ordersResolve: {
		input: z.strictObject( {
			connection,
			orderIds,
			side: z.enum( [ 'store', 'brightpearl' ] ),
		} ),
		output: orderSummaryResultsSchema,
	},
	/** The order as both systems have it now; asks both, writes nothing. */
	ordersCompare: {
		input: z.strictObject( { connection, orderId: positiveId } ),
		output: orderComparisonSchema,
	},
	ordersDecide: {
		input: z.strictObject( {
			connection,
			orderIds,
			decision: z.enum( [ 'hold', 'release', 'ignore' ] ),
		} ),
		output: orderSummaryResultsSchema,
	},
	ordersSweep: {
		input: z.strictObject( {
			connection,
			since: instantSchema.nullable().default( null ),
			deep: z.boolean().default( false ),
			/** Wait for the orders it queued, too. */
			wait: z.boolean().default( false ),
		} ),
		output: sweepAnswerSchema,
	},
	ordersBackfill: {
		input: z
			.strictObject( {
				connection,
				from: day,
				to: day,
				dryRun: z.boolean().default( false ),
				wait: z.boolean().default( false ),
			} )
			// What is no day at all has been told already.
			.refine(
				( { from, to } ) =>
					! isDay( from ) || ! isDay( to ) || from <= to,
				{
					path: [ 'to' ],
					message: 'must not be earlier than --from',
				}
			),
		output: backfillSchema,
	},
	backfillShow: {
		input: z.strictObject( { connection, id: positiveId } ),
		output: backfillSchema,
	},
	backfillCancel: {
		input: z.strictObject( { connection, id: positiveId } ),
		output: backfillSchema,
	},
	backfillPause: {
		input: z.strictObject( { connection, id: positiveId } ),
		output: backfillSchema,
	},
	backfillResume: {
		input: z.strictObject( { connection, id: positiveId } ),
		output: backfillSchema,
	},
	/** Newest first. */
	backfillList: {
		input: z.strictObject( {
			connection,
			limit: z.int().min( 1 ).max( 100 ).default( 20 ),
		} ),
		output: backfillListSchema,
	},
	/** What of the shop would find no place in Brightpearl; asks both sides, writes nothing. */
	mappingReport: {
		input: z.strictObject( { connection } ),
		output: mappingReportSchema,
	},
	aliasesExport: {
		input: z.strictObject( { connection } ),
		output: aliasListSchema,
	},
	/** Replaces all of the connection's aliases; all or nothing. */
	aliasesImport: {
		input: z.strictObject( {
			connection,
			/** A CSV document with the columns `sku` and `alias`. */
			csv: z.string().max( 20_000_000 ),
			/** A table without aliases removes all there are; without this word it is refused. */
			allowEmpty: z.boolean().default( false ),
		} ),
		output: aliasesImportedSchema,
	},
	settingsExport: {
		input: z.strictObject( { connection } ),
		output: settingsExportSchema,
	},
	/** Replaces the settings (but for `goLive` and the reference prefix) and the aliases; all or nothing. */
	settingsImport: {
		input: z.strictObject( { connection, document: z.unknown() } ),
		output: settingsSchema,
	},
	/** A person's word on a shop that is not where it was: it moved here, or this is a copy. */
	connectionSite: {
		input: z.strictObject( {
			name: connection,
			answer: z.enum( [ 'moved', 'copy' ] ),
		} ),
		output: connectionViewSchema,
	},
	stockPull: {
		input: z.strictObject( {
			connection,
			/** Null = all. */
			skus: z.array( sku ).min( 1 ).nullable().default( null ),
			dryRun: z.boolean().default( false ),
		} ),
		output: stockRunSchema,
	},
	/** Newest first, dry runs among them. */
	stockRuns: {
		input: z.strictObject( {
			connection,
			limit: z.int().min( 1 ).max( 100 ).default( 20 ),
			cursor: z.string().min( 1 ).nullable().default( null ),
		} ),
		output: stockRunListSchema,
	},
	stockRunShow: {
		input: z.strictObject( { connection, runId: positiveId } ),
		output: stockRunSchema,
	},
	stockExplain: {
		input: z.strictObject( { connection, sku } ),
		output: explainSchema,
	},
	/** `connection` null = of all connections. */
	problemsList: {
		input: z.strictObject( {
			connection,
			/** The oldest so many; null = all. `total` counts all the same. */
			limit: z.int().min( 1 ).nullable().default( null ),
		} ),
		output: problemListSchema,
	},
	problemsRetry: {
		input: z.strictObject( {
			connection,
			/** Null = all. */
			ids: z.array( positiveId ).min( 1 ).nullable(),
		} ),
		output: problemsRetriedSchema,
	},
	/** `connection` null = all connections. */
	status: {
		input: z.strictObject( {
			connection,
			waitIdle: z.boolean().default( false ),
		} ),
		output: statusSchema,
	},
	/** `connection` null = of all connections together. */
	activity: {
		input: z.strictObject( {
			connection,
			/** How far back: a day by the hour, a week by six hours, thirty days by the day. */
			span: z.enum( [ 'day', 'week', 'month' ] ).default( 'day' ),
		} ),
		output: activitySchema,
	},
	/** What the settings can be chosen from, from both sides. */
	choices: {
		input: z.strictObject( {
			connection,
			/** Not from the cache. */
			fresh: z.boolean().default( false ),
		} ),
		output: choicesSchema,
	},
	settingsShow: {
		input: z.strictObject( { connection } ),
		output: settingsStateSchema,
	},
	/** All settings at once, as a form has them; refused when they were changed meanwhile. */
	settingsSave: {
		input: z.strictObject( {
			connection,
			settings: settingsSchema,
			/** The revision the form was made from. */
			revision: z.int(),
		} ),
		output: settingsStateSchema,
	},
	settingsHistory: {
		input: z.strictObject( {
			connection,
			limit: z.int().min( 1 ).max( 200 ).default( 20 ),
		} ),
		output: settingsHistorySchema,
	},
	settingsGet: {
		input: z.strictObject( {
			connection,
			/** Dotted path; null = all. */
			key: z.string().min( 1 ).nullable().default( null ),
		} ),
		/** The whole table, or the value at the key. */
		output: z.unknown(),
	},
	settingsSet: {
		input: z.strictObject( {
			connection,
			/** The text is read by `changeSettings`: JSON, or else text; `null` resets. */
			changes: z
				.array(
					z.strictObject( {
						key: z.string().min( 1 ),
						text: z.string(),
					} )
				)
				.min( 1, 'needs at least one KEY=VALUE' ),
		} ),
		output: settingsSchema,
	},
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type OperationInput< N extends OperationName > = z.output<
	( typeof OPERATIONS )[ N ][ 'input' ]
>;
export type OperationOutput< N extends OperationName > = z.output<
	( typeof OPERATIONS )[ N ][ 'output' ]
>;

/** What an operation may answer by itself; 1 is a defect and never returned on purpose. */
export type OperationExit = 0 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Anything but 0 may carry either: `results` with what became of each, or `{error}` when the
 * command as a whole failed.
 */
export interface Outcome< T = unknown > {
	readonly exit: OperationExit | 1;
	readonly body: T | { readonly error: ErrorBody };
}

export interface OperationCall {
	/** Nobody waits for the answer any more: stop waiting, leave the work in the queue. */
	readonly signal: AbortSignal;
	/** Milliseconds since the epoch at which waiting ends with exit 7; the work goes on. */
	readonly deadline: number;
	/** Who asks, for the record (`command line`). */
	readonly by?: string;
}

export interface Operations {
	run< N extends OperationName >(
		name: N,
		input: OperationInput< N >,
		call: OperationCall
	): Promise< Outcome< OperationOutput< N > > >;
}

/** What goes over the wire to `POST /v1/operations/{name}`, and what comes back. */
export const operationRequestSchema = z.strictObject( {
	input: z.unknown(),
	/** Milliseconds from now until waiting ends. */
	timeout: z.number().min( 0 ),
} );
export const operationResponseSchema = z.object( {
	exit: z.union( [
		z.literal( 0 ),
		z.literal( 1 ),
		z.literal( 2 ),
		z.literal( 3 ),
		z.literal( 4 ),
		z.literal( 5 ),
		z.literal( 6 ),
		z.literal( 7 ),
	] ),
	body: z.unknown(),
} );

export function isOperationName( name: string ): name is OperationName {
	return Object.hasOwn( OPERATIONS, name );
}

/**
 * Reads an operation's input; every fault of it at once.
 *
 * @param schema Where less may be asked than the table allows.
 */
export function parseOperationInput< N extends OperationName >(
	name: N,
	raw: unknown,
	schema: z.ZodType< OperationInput< N > > = OPERATIONS[ name ].input as never
):
	| { readonly ok: true; readonly input: OperationInput< N > }
	| { readonly ok: false; readonly error: ErrorBody } {
	const read = schema.safeParse( raw, { error: explainError } );
	return read.success
		? { ok: true, input: read.data }
		: {
				ok: false,
				error: invalid(
					'invalid-input',
					detailsOf( name, issueDetails( read.error ) ),
					null,
					inWords
				),
			};
}

/** What people call the inputs that they never see by name. */
const WORDS: Readonly< Record< string, string > > = {
	orderId: 'order id',
	orderIds: 'order id',
	ids: 'problem id',
	runId: 'run id',
	skus: 'SKU',
	customer: '--customer',
};

/** `orderIds.0` is the order id that was given first. */
function inWords( path: string ): string {
	const [ , input = path, place ] = /^(\w+)\.(\d+)$/.exec( path ) ?? [];
	const word = Object.hasOwn( WORDS, input ) ? WORDS[ input ] : undefined;
	return word === undefined
		? path
		: place === undefined
			? word
			: `${ word } (no. ${ Number( place ) + 1 })`;
}

/** Inputs that hold a document: people know its faults by the paths in `connection.json`. */
const DOCUMENTS: Partial< Record< OperationName, string > > = {
	connectionAdd: 'file.',
	connectionEdit: 'change.',
};

function detailsOf(
	name: OperationName,
	details: NonNullable< ErrorBody[ 'details' ] >
): NonNullable< ErrorBody[ 'details' ] > {
	const prefix = DOCUMENTS[ name ] ?? '';
	return details.map( ( { path, message } ) => ( {
		path: path.startsWith( prefix ) ? path.slice( prefix.length ) : path,
		message,
	} ) );
}

/** The error for faults found at a border; one sentence, with every fault in `details`. */
export function invalid(
	code: string,
	details: NonNullable< ErrorBody[ 'details' ] >,
	fix: string | null = null,
	/** A path as the sentence calls it. */
	called: ( path: string ) => string = ( path ) => path
): ErrorBody {
	const said = details
		.map( ( { path, message } ) =>
			`${ called( path ) } ${ message }`.trim()
		)
		.join( '; ' );
	return { code, message: `${ said }.`, fix, details };
}

export function isErrorAnswer(
	body: unknown
): body is { readonly error: ErrorBody } {
	return errorAnswerSchema.safeParse( body ).success;
}
