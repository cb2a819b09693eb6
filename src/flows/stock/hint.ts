/**
 * The pull that a word of Brightpearl's asks for: soon, of what changed, and as the same task
 * that the schedule makes, so that both become one run.
 */
import { SECOND } from '../../contracts/primitives.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';

/** More than these are not looked up one by one: everything is read. */
export const MOST_HINTED = 200;
/** From the first word: what comes meanwhile goes with it, however long the burst. */
const GATHERED_FOR = 5 * SECOND;

/** @param skus Null = everything. */
export function hintedPull(
	connection: string,
	skus: readonly string[] | null,
	now: number
): TaskRequest {
	return {
		key: taskKey( connection, 'stock', 'pull' ),
		kind: 'stock',
		connection,
		priority: PRIORITY.stock,
		notBefore: now + GATHERED_FOR,
		...( skus === null ? {} : { payload: { skus } } ),
	};
}
