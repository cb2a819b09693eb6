/** What a task was told beside its key: read back checked, and merged without losing a wish. */
import { z } from 'zod';
import type { TaskPayload } from '../../contracts/queue.ts';

/** Loose: what a later version told a task survives an earlier one. */
const payloadSchema: z.ZodType< TaskPayload > = z.looseObject( {
	forced: z.boolean().exactOptional(),
	acknowledged: z.boolean().exactOptional(),
	lookAtBrightpearl: z.boolean().exactOptional(),
	skus: z.array( z.string() ).exactOptional(),
	runId: z.int().exactOptional(),
	backfillId: z.int().exactOptional(),
} );

export function readPayload( text: string ): TaskPayload {
	return payloadSchema.parse( JSON.parse( text ) );
}

/** It carries a person's word. */
export function isPersons( { forced, acknowledged }: TaskPayload ): boolean {
	return forced === true || acknowledged === true;
}

/**
 * Shallow, the newer wins, but nothing asked for is lost: a person's word (`forced`,
 * `acknowledged`) stays, and so does that Brightpearl is to be looked at; of two lists of SKUs the
 * union is left, which is *all* as soon as one of them asked for all.
 */
export function mergePayload(
	older: TaskPayload,
	newer: TaskPayload
): TaskPayload {
	const merged: {
		-readonly [ Key in keyof TaskPayload ]: TaskPayload[ Key ];
	} = {
		...older,
		...newer,
	};
	if ( older.forced ) {
		merged.forced = true;
	}
	if ( older.acknowledged ) {
		merged.acknowledged = true;
	}
	if ( older.lookAtBrightpearl ) {
		merged.lookAtBrightpearl = true;
	}
	if ( older.skus && newer.skus ) {
		merged.skus = [ ...new Set( [ ...older.skus, ...newer.skus ] ) ];
	} else {
		delete merged.skus;
	}
	return merged;
}
