/**
 * A copy of one of Brightpearl's lists (contacts, products) in our database, for what would
 * otherwise be asked one by one.
 *
 * It is read whole once, and from then on only what was made or changed since: two windows,
 * because `updatedOn` may be null until the first change (resources reference, §1.10, §2.3). The
 * windows begin before the newest time that Brightpearl itself told, so that neither its clock
 * nor ours need be right and what its index tells late is seen again.
 */
import type { Cache } from '../contracts/database.ts';
import { HOUR, MINUTE } from '../contracts/primitives.ts';
import { ok, retry, type Failure, type Result } from '../contracts/result.ts';
import type { Clock, Logger } from '../contracts/world.ts';
import type { Lane } from './api.ts';
import type { Ask } from './call.ts';
import {
	INCREMENT,
	mirrorStateSchema,
	NEW_MIRROR,
	newest,
	pagesOf,
	type Filled,
	type MirrorRow,
	type MirrorState,
} from './mirror-state.ts';
import { formatPeriod } from './period.ts';
import { searchPages, type Search } from './search.ts';

/** How far a window reaches back before what was seen last. */
const OVERLAP = 5 * MINUTE;
/** Rows that do not add up bring a whole read, this often at most. */
const RECOUNT = HOUR;

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
	/** Whether rows that vanished there are looked for, at one request more. */
	readonly recounts: boolean;
	/** Whether a list read whole at `at` is to be read whole again. */
	readonly isDue: ( at: number, now: number ) => boolean;
}

export interface Wish {
	/** Good enough when it was brought up to date so many milliseconds ago. */
	readonly age: number;
	/** Whether so many requests may be spent on it. */
	readonly affords: ( requests: number ) => boolean;
	readonly signal?: AbortSignal | undefined;
}

export interface Mirror {
	/** Brings it up to date; false = that would cost more than it is worth. One at a time in each lane. */
	refresh( ask: Ask, lane: Lane, wish: Wish ): Promise< Result< boolean > >;
	/** It was brought up to date at most so many milliseconds ago. */
	isFresh( age: number ): Promise< boolean >;
}

/** Ends a whole read without its taking half a list for the whole. */
class Stopped extends Error {}

export function createMirror< Row extends MirrorRow >(
	parts: MirrorParts< Row >
): Mirror {
	const { cache, clock, logger, name, scope } = parts;
	const running = new Map< Lane, Promise< Result< boolean > > >();

	async function load(): Promise< MirrorState > {
		const kept = mirrorStateSchema.safeParse(
			await cache.get( scope, name )
		);
		return kept.success ? kept.data : NEW_MIRROR;
	}
	const save = ( state: MirrorState ) =>
		cache.put( scope, name, state, null );

	function ageOf( filled: Filled ): number {
		const age = clock.now() - filled.refreshedAt;
		// The clock was set back since: nobody knows how long ago that was.
		return age >= 0 ? age : Infinity;
	}

	/** Every page there is; the newest time seen, and how many rows there are. */
	async function readWhole(
		ask: Ask,
		before: MirrorState,
		{ affords, signal }: Wish
	): Promise< Result< boolean > > {
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
		if ( size > parts.most || ! affords( pagesOf( size ) ) ) {
			await pages.return( undefined );
			logger.info(
				{ rows: size, most: parts.most },
				`Brightpearl's ${ name } are asked for one by one: to copy them would cost more`
			);
			await save( { size, sizedAt: begun, filled: before.filled } );
			return ok( false );
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
		await save( {
			size,
			sizedAt: begun,
			filled: {
				at: begun,
				refreshedAt: begun,
				cursor: seen,
				surplus: size - ( await parts.count() ),
			},
		} );
		return ok( true );
	}

	/** What was made or changed since, twice: by when it was made and by when it was changed. */
	async function readWindows(
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

	/** Rows there that are not here, beyond those at the last whole read. */
	async function missing(
		ask: Ask,
		filled: Filled
	): Promise< Result< number > > {
		let size: number | null = null;
		const one = { ...parts.search( {} ), pageSize: 1 };
		const pages = searchPages( ask, one, ( available ) => {
			size = available;
		} );
		const page = await pages.next();
		await pages.return( undefined );
		if ( page.done !== true && ! page.value.ok ) {
			return page.value;
		}
		return ok(
			size === null ? 0 : size - ( await parts.count() ) - filled.surplus
		);
	}

	async function catchUp(
		ask: Ask,
		state: MirrorState,
		filled: Filled,
		wish: Wish
	): Promise< Result< boolean > > {
		let now = await readWindows( ask, filled );
		let off = ok( 0 ) as Result< number >;
		if ( now.ok && parts.recounts ) {
			off = await missing( ask, now.value );
			if ( off.ok && off.value !== 0 ) {
				// One may have been made between the two.
				now = await readWindows( ask, now.value );
				off = now.ok ? await missing( ask, now.value ) : off;
			}
		}
		if ( ! now.ok ) {
			return now;
		}
		if ( ! off.ok ) {
			return off;
		}
		const next = { ...state, filled: now.value };
		await save( next );
		return off.value !== 0 &&
			clock.now() - filled.at >= RECOUNT &&
			wish.affords( pagesOf( state.size ) )
			? readWhole( ask, next, wish )
			: ok( true );
	}

	async function bringUp(
		ask: Ask,
		wish: Wish
	): Promise< Result< boolean > > {
		const state = await load();
		const { filled } = state;
		const now = clock.now();
		if ( filled === null || parts.isDue( filled.at, now ) ) {
			const isSized = now - state.sizedAt < 24 * HOUR;
			if ( wish.affords( isSized ? pagesOf( state.size ) : 1 ) ) {
				const read = await readWhole( ask, state, wish );
				if ( ! read.ok || read.value || filled === null ) {
					return read;
				}
			} else if ( filled === null ) {
				return ok( false );
			}
		}
		if ( filled === null ) {
			return ok( false );
		}
		if ( ageOf( filled ) <= wish.age ) {
			return ok( true );
		}
		return wish.affords( INCREMENT + ( parts.recounts ? 1 : 0 ) )
			? catchUp( ask, state, filled, wish )
			: ok( false );
	}

	return {
		async refresh( ask, lane, wish ) {
			const under = running.get( lane );
			if ( under ) {
				return under;
			}
			const work = bringUp( ask, wish ).finally( () =>
				running.delete( lane )
			);
			running.set( lane, work );
			return work;
		},
		async isFresh( age ) {
			const { filled } = await load();
			return filled !== null && ageOf( filled ) <= age;
		},
	};
}

/** Everything, where nothing was seen yet. */
function sinceOf( filled: Filled | null ): number {
	return filled?.cursor
		? Math.max( 0, Date.parse( filled.cursor ) - OVERLAP )
		: 0;
}

function isSince( row: MirrorRow, since: number ): boolean {
	return [ row.createdOn, row.updatedOn ].some(
		( time ) => time !== null && Date.parse( time ) >= since
	);
}
