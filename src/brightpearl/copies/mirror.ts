/**
 * A copy of one of Brightpearl's lists (contacts, products) in our database, for what would
 * otherwise be asked one by one.
 *
 * It is read whole once, and from then on only what was made or changed since: two windows,
 * because `updatedOn` may be null until the first change (resources reference, §1.10, §2.3). The
 * windows begin before the newest time that Brightpearl itself told, so that what its index tells
 * late is seen again; and the rows are counted, so that nothing is missed for good.
 */
import { DAY, HOUR } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Lane } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import {
	createMirrorReader,
	type MirrorParts,
	type Wish,
} from './mirror-read.ts';
import {
	INCREMENT,
	mirrorStateSchema,
	NEW_MIRROR,
	pagesOf,
	type Filled,
	type MirrorRow,
	type MirrorState,
} from './mirror-state.ts';

/** How long a list's length is believed, before it is asked for again to weigh a whole read. */
const SIZED = DAY;
/** Rows that vanished there bring a whole read; one of more pages than this, so often at most. */
const CHEAP = 10;
const RECOUNT = HOUR;

export interface Mirror {
	/** Brings it up to date; false = that would cost more than it is worth. One at a time in each lane. */
	refresh( ask: Ask, lane: Lane, wish: Wish ): Promise< Result< boolean > >;
	/** It was brought up to date at most so many milliseconds ago. */
	isFresh( age: number ): Promise< boolean >;
}

export function createMirror< Row extends MirrorRow >(
	parts: MirrorParts< Row >
): Mirror {
	const { cache, clock, logger, name, scope } = parts;
	const reader = createMirrorReader( parts );
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

	/** True when it was read whole; false where that would cost too much. */
	async function readWhole(
		ask: Ask,
		before: MirrorState,
		wish: Wish
	): Promise< Result< boolean > > {
		const read = await reader.whole( ask, before, wish );
		if ( ! read.ok ) {
			return read;
		}
		await save( read.value );
		return ok(
			read.value.filled !== null && read.value.filled !== before.filled
		);
	}

	async function catchUp(
		ask: Ask,
		state: MirrorState,
		filled: Filled,
		wish: Wish
	): Promise< Result< boolean > > {
		/** Rows there that are not here, beyond those at the last whole read. */
		let missing = 0;
		let next: MirrorState & { readonly filled: Filled } = {
			...state,
			filled,
		};
		// Twice where they do not add up: one may have been made between looking and counting.
		for (
			let look = 0;
			look === 0 || ( look === 1 && missing !== 0 );
			look += 1
		) {
			const read = await reader.windows( ask, next.filled );
			if ( ! read.ok ) {
				return read;
			}
			const told = await reader.size( ask );
			if ( ! told.ok ) {
				return told;
			}
			const here = ( await parts.count() ) + filled.surplus;
			const size = told.value ?? here;
			next = { size, sizedAt: clock.now(), filled: read.value };
			missing = parts.dropsVanished
				? size - here
				: Math.max( 0, size - here );
		}
		if ( next.size > parts.most ) {
			logger.info(
				{ rows: next.size, most: parts.most },
				`Brightpearl has too many ${ name } to be copied; each is asked for`
			);
			await save( { ...next, filled: null } );
			return ok( false );
		}
		if (
			( missing > 0 ||
				( missing < 0 &&
					( pagesOf( next.size ) <= CHEAP ||
						clock.now() - filled.at >= RECOUNT ) ) ) &&
			wish.affords( pagesOf( next.size ), true )
		) {
			return readWhole( ask, next, wish );
		}
		if ( missing > 0 ) {
			// What is not known here must not be taken for absent there.
			return ok( false );
		}
		await save( next );
		return ok( true );
	}

	async function bringUp(
		ask: Ask,
		wish: Wish
	): Promise< Result< boolean > > {
		const state = await load();
		const { filled } = state;
		const now = clock.now();
		if ( filled === null || parts.isDue( filled.at, now ) ) {
			const isSized = now - state.sizedAt < SIZED;
			if ( wish.affords( isSized ? pagesOf( state.size ) : 1, true ) ) {
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
		return wish.affords( INCREMENT, false )
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
