/**
 * What just happened, for whoever watches: `serve --json`, the demo's picture, the console.
 * An event says where to look again; nothing depends on one having been seen.
 */
import { z } from 'zod';
import { orderStateSchema } from './answers.ts';
import { decimalSchema } from './primitives.ts';
import { problemSchema } from './problem.ts';

const orderEventSchema = z.object( {
	event: z.literal( 'order' ),
	connection: z.string(),
	orderId: z.int(),
	number: z.string().nullable(),
	state: orderStateSchema,
	salesOrderId: z.int().nullable(),
	rows: z.int().nullable(),
	currency: z.string().nullable(),
	total: decimalSchema.nullable(),
	allocation: z.string().nullable(),
} );

const stockEventSchema = z.object( {
	event: z.literal( 'stock' ),
	connection: z.string(),
	runId: z.int(),
	state: z.string(),
	changes: z
		.array(
			z.object( {
				sku: z.string(),
				from: z.int().nullable(),
				to: z.int(),
			} )
		)
		.readonly(),
} );

const problemEventSchema = z.object( {
	event: z.literal( 'problem' ),
	connection: z.string(),
	problem: problemSchema,
} );

/** How far a stock run has got; for the console only. */
const progressEventSchema = z.object( {
	event: z.literal( 'progress' ),
	connection: z.string(),
	runId: z.int(),
	done: z.int(),
	/** Null = not known yet. */
	of: z.int().nullable(),
} );

/**
 * Something else a screen shows was changed: a problem was solved, settings were saved, a
 * connection was paired. For the console only.
 */
const changedEventSchema = z.object( {
	event: z.literal( 'changed' ),
	connection: z.string(),
	what: z.enum( [ 'problems', 'settings', 'connection' ] ),
} );

export const flowEventSchema = z.discriminatedUnion( 'event', [
	orderEventSchema,
	stockEventSchema,
	problemEventSchema,
	progressEventSchema,
	changedEventSchema,
] );
export type FlowEvent = z.infer< typeof flowEventSchema >;

/**
 * One page of events (`GET /v1/events?after=CURSOR`, and each message of the event stream).
 * Cursors count within what the asker may see, so that nothing tells how much others do.
 */
export const eventPageSchema = z.object( {
	items: z.array( flowEventSchema ),
	/** Ask after it next time. */
	cursor: z.string(),
	/** The cursor asked after is unknown (a restart) or too old: read everything anew. */
	reset: z.boolean(),
} );
export type EventPage = z.infer< typeof eventPageSchema >;
