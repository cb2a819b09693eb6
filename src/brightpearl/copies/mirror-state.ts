/** How far a mirror has got, as it is kept, and what its refreshing costs. */
import { z } from 'zod';
import { timeOrNone } from '../answers/fields.ts';
import { PAGE_SIZE } from '../search/search.ts';

/** Every mirrored row tells its times; `updatedOn` may be null until the first change. */
export interface MirrorRow {
	readonly createdOn: string | null;
	readonly updatedOn: string | null;
}

/** The columns a mirror needs beside the row's own, and how they are read. */
export const MIRROR_COLUMNS = [ 'createdOn', 'updatedOn' ] as const;
export const mirrorTimes = z.object( {
	createdOn: timeOrNone,
	updatedOn: timeOrNone,
} );

const filledSchema = z.object( {
	/** Of the last whole read and of the last refresh, by our clock. */
	at: z.number(),
	refreshedAt: z.number(),
	/** Newest time seen in any row, by Brightpearl's; null = no row had one. */
	cursor: z.string().nullable(),
	/** Rows Brightpearl told of at the whole read, less those there were. */
	surplus: z.int(),
} );
export const mirrorStateSchema = z.object( {
	/** Rows, when they were counted last. */
	size: z.int(),
	sizedAt: z.number(),
	/** Null = never read whole. */
	filled: filledSchema.nullable(),
} );

export type Filled = Readonly< z.infer< typeof filledSchema > >;
export type MirrorState = Readonly< z.infer< typeof mirrorStateSchema > >;

export const NEW_MIRROR: MirrorState = {
	size: 0,
	sizedAt: 0,
	filled: null,
};

/** Requests of a refresh where nothing changed: two windows, and the count. */
export const INCREMENT = 3;

/** Requests of a whole read. */
export const pagesOf = ( rows: number ): number =>
	Math.max( 1, Math.ceil( rows / PAGE_SIZE ) );

/** The newest of the times seen; never beyond our now, so that an odd row moves nothing on. */
export function newest(
	before: string | null,
	rows: readonly MirrorRow[],
	now: number
): string | null {
	const limit = new Date( now ).toISOString();
	let latest = before;
	for ( const { createdOn, updatedOn } of rows ) {
		for ( const time of [ createdOn, updatedOn ] ) {
			// All are ISO-8601 in UTC with milliseconds: they compare as text.
			if ( time !== null && time <= limit && ( latest ?? '' ) < time ) {
				latest = time;
			}
		}
	}
	return latest;
}
