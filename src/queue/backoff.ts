/** How long a failed try waits for the next. */
import { MINUTE, SECOND } from '../contracts/primitives.ts';
import type { Random } from '../contracts/world.ts';

const BASE = SECOND;
const CAP = 5 * MINUTE;

/**
 * Milliseconds: 1 s, doubled with every try up to 5 min, of which the upper half is left to
 * chance, so that what failed together does not come back together. `attempt` is from 1.
 */
export function backoffMs(
	attempt: number,
	random: Pick< Random, 'next' >
): number {
	// Beyond 2^30 nothing but the cap is left anyway.
	const doublings = Math.min( Math.max( attempt - 1, 0 ), 30 );
	const most = Math.min( CAP, BASE * 2 ** doublings );
	return Math.round( most / 2 + ( most / 2 ) * random.next() );
}
