/**
 * The requests of a mirror: a list whole, what was made or changed since, and its length.
 */
import type { Cache } from '../../contracts/database.ts';
import { HOUR, MINUTE } from '../../contracts/primitives.ts';
import {
	ok,
	retry,
	type Failure,
	type Result,
} from '../../contracts/result.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Ask } from '../transport/call.ts';
import {
	newest,
	pagesOf,
	type Filled,
	type MirrorRow,
	type MirrorState,
} from './mirror-state.ts';
import { formatPeriod } from '../search/period.ts';
import { searchPages, type Search } from '../search/search.ts';

/** How far a window reaches back before what was seen last. */
const OVERLAP = 5 * MINUTE;
/**
 * Where nothing new was seen for long, it reaches back so far before the last look: a catalogue
 * imported in one go would be read whole each time. No clock of ours is off by so much; and where
 * it is, the rows do not add up.
 */
const SKEW = HOUR;
export interface MirrorParts< Row extends MirrorRow > {
	/** Under which its state is kept, such as `contacts`. */
	readonly name: string;
	readonly scope: string;
	readonly cache: Cache;
	readonly clock: Clock;
	readonly logger: Logger;
	/** In a stable order: paging is by offset. */
	readonly search: (
		filters: Readonly< Record< string, string > >
	) => Search< Row >;
	/** Takes in rows that are new or changed. */
	readonly keep: ( rows: readonly Row[] ) => Promise< void >;
	/** Takes in the whole list. */
	readonly fill: (
		pages: AsyncIterable< readonly Row[] >
	) => Promise< void >;
	/** Told of what was made or changed since the last time. */
	readonly changed?: ( rows: readonly Row[] ) => Promise< void >;
	readonly count: () => Promise< number >;
	/** Lists with more rows are not copied. */
	readonly most: number;
	/** Whether a whole read takes out what has vanished there. */
	readonly dropsVanished: boolean;
	/** Whether a list read whole at `at` is to be read whole again. */
	readonly isDue: ( at: number, now: number ) => boolean;
}

export interface Wish {
	/** Good enough when it was brought up to date so many milliseconds ago. */
	readonly age: number;
	/** Whether so many requests may be spent on it; `whole` = to have it whole from then on. */
	readonly affords: ( requests: number, whole: boolean ) => boolean;
	readonly signal?: AbortSignal | undefined;
}

export interface MirrorReader {
	/** All of it, unless there is more than is wanted: then what was filled before stands. */
	whole(
		ask: Ask,
		before: MirrorState,
		wish: Wish
	): Promise< Result< MirrorState > >;
	/** What was made or changed since: by when it was made, and by when it was changed. */
	windows( ask: Ask, filled: Filled ): Promise< Result< Filled > >;
	/** Rows there; null = not told. */
	size( ask: Ask ): Promise< Result< number | null > >;
}

/** Ends a whole read without its taking half a list for the whole. */
class Stopped extends Error {}

export function createMirrorReader< Row extends MirrorRow >(
	parts: MirrorParts< Row >
): MirrorReader {
	const { clock, logger, name } = parts;

	async function whole(
		ask: Ask,
		before: MirrorState,
		{ affords, signal }: Wish
	): Promise< Result< MirrorState > > {
		const begun = clock.now();
		let size = 0;
		const pages = searchPages( ask, parts.search( {} ), ( available ) => {
			size = available;
		} );
		const first = await pages.next();
		const page = first.done ? ok( [] ) : first.value;
		if ( ! page.ok ) {
			return page;
		}
		size = Math.max( size, page.value.length );
		if ( size > parts.most || ! affords( pagesOf( size ), true ) ) {
			await pages.return( undefined );
			logger.info(
				{ rows: size, most: parts.most },
				`Brightpearl's ${ name } are asked for one by one: to copy them would cost more`
			);
			return ok( { size, sizedAt: begun, filled: before.filled } );
		}
		let seen = before.filled?.cursor ?? null;
		const since = sinceOf( before.filled );
		let failure: Failure | null = null;
		async function take( rows: readonly Row[] ): Promise< void > {
			seen = newest( seen, rows, clock.now() );
			await parts.changed?.(
				rows.filter( ( row ) => isSince( row, since ) )
			);
		}
		async function* all(): AsyncIterable< readonly Row[] > {
			let rows: readonly Row[] = page.ok ? page.value : [];
			for (;;) {
				await take( rows );
				yield rows;
				const next = await pages.next();
				if ( next.done ) {
					return;
				}
				if ( ! next.value.ok || signal?.aborted ) {
					failure = next.value.ok
						? retry(
								'service',
								'lost-lease',
								'Reading was stopped; it goes on at the next try.'
							).failure
						: next.value.failure;
					throw new Stopped();
				}
				rows = next.value.value;
			}
		}
		try {
			await parts.fill( all() );
		} catch ( error ) {
			if ( ! ( error instanceof Stopped ) || failure === null ) {
				throw error;
			}
			return { ok: false, failure };
		}
		return ok( {
			size,
			sizedAt: begun,
			filled: {
				at: begun,
				refreshedAt: begun,
				cursor: seen,
				surplus: size - ( await parts.count() ),
			},
		} );
	}

	async function windows(
		ask: Ask,
		filled: Filled
	): Promise< Result< Filled > > {
		const refreshedAt = clock.now();
		const since = sinceOf( filled );
		let { cursor } = filled;
		for ( const column of [ 'createdOn', 'updatedOn' ] ) {
			const window = parts.search( {
				[ column ]: formatPeriod( { from: since } ),
			} );
			for await ( const page of searchPages( ask, window ) ) {
				if ( ! page.ok ) {
					return page;
				}
				await parts.keep( page.value );
				await parts.changed?.( page.value );
				cursor = newest( cursor, page.value, clock.now() );
			}
		}
		return ok( { ...filled, refreshedAt, cursor } );
	}

	async function size( ask: Ask ): Promise< Result< number | null > > {
		let told: number | null = null;
		const one = { ...parts.search( {} ), pageSize: 1 };
		const pages = searchPages( ask, one, ( available ) => {
			told = available;
		} );
		const page = await pages.next();
		await pages.return( undefined );
		return page.done === true || page.value.ok ? ok( told ) : page.value;
	}

	return { whole, windows, size };
}

/** Everything, where nothing was looked at yet. */
function sinceOf( filled: Filled | null ): number {
	return filled === null
		? 0
		: Math.max(
				0,
				filled.refreshedAt - SKEW,
				filled.cursor === null
					? 0
					: Date.parse( filled.cursor ) - OVERLAP
			);
}

function isSince( row: MirrorRow, since: number ): boolean {
	return [ row.createdOn, row.updatedOn ].some(
		( time ) => time !== null && Date.parse( time ) >= since
	);
}
