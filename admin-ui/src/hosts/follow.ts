/**
 * Where in the stream of events we are. Pure: the hosts bring pages and failures, this says what
 * they mean.
 */
import { z } from 'zod';
import { flowEventSchema } from '../../../src/contracts/events.ts';
import type { FlowEvent } from '../../../src/contracts/events.ts';
import type { LivePage } from '../host.ts';

/** Looser than `eventPageSchema`: an event of a kind we do not know yet must not stop the others. */
const pageSchema = z.object( {
	items: z.array( z.unknown() ),
	cursor: z.string(),
	reset: z.boolean(),
} );

export interface Follower {
	/** Ask after it next; null = from now on. */
	cursor(): string | null;
	/** Null = this is no page of events. */
	take( raw: unknown ): LivePage | null;
	/** Another failure in a row; how long to wait before the next try. */
	failed(): number;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export function createFollower( random: () => number ): Follower {
	let cursor: string | null = null;
	let failures = 0;
	return {
		cursor: () => cursor,
		take( raw ) {
			const page = pageSchema.safeParse( raw );
			if ( ! page.success ) {
				return null;
			}
			failures = 0;
			// What happened between the first answers and the first page is in neither.
			const reset = page.data.reset || cursor === null;
			cursor = page.data.cursor;
			const items: FlowEvent[] = [];
			for ( const item of page.data.items ) {
				const event = flowEventSchema.safeParse( item );
				if ( event.success ) {
					items.push( event.data );
				}
			}
			return { items, reset };
		},
		failed() {
			const wait = Math.min( FIRST_WAIT * 2 ** failures, LONGEST_WAIT );
			failures += 1;
			// Many tabs that lost the same service must not come back in one moment.
			return wait * ( 0.75 + random() / 2 );
		},
	};
}
