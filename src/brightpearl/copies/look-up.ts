/**
 * Questions about single things (whose e-mail is this, which product has this SKU), answered by
 * Brightpearl or by our copy of its list.
 *
 * One that comes alone is a live order's or a person's: Brightpearl is asked, because nothing is
 * newer. Several that come together are a backlog: they are answered from the copy, brought up to
 * date, where that costs no more than to ask for each.
 */
import { SECOND } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Lane } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { closed } from '../transport/closed.ts';
import { createGather, type Waiting } from '../batching/gather.ts';
import type { Mirror } from './mirror.ts';

const PACE = { most: 50, lone: 15, busy: 300, enough: 10 };
/**
 * So many questions in so long are a backlog, also where each comes by itself. That the copy may
 * be a minute old then matters less than what the questions cost.
 */
const CROWD = 5;
const LATELY = 10 * SECOND;

export interface LookUpParts< Value > {
	readonly clock: Clock;
	readonly logger: Logger;
	readonly mirror: Mirror;
	/** Requests nobody's run is charged with. */
	readonly askIn: ( lane: Lane ) => Ask;
	/** Asks Brightpearl, and keeps what it says. */
	readonly live: ( ask: Ask, key: string ) => Promise< Result< Value > >;
	/** What our copy says. */
	readonly copied: (
		keys: readonly string[]
	) => Promise< ( key: string ) => Value >;
	/** How old the copy may be, milliseconds; 0 = it is brought up to date for every group. */
	readonly age: number;
	/** Requests a minute. */
	readonly limit: () => number;
	/** Orders that are worked on. */
	readonly company: () => number;
	readonly counted: ( result: 'hit' | 'miss', by: number ) => void;
}

export interface LookUp< Value > {
	find( key: string, lane: Lane ): Promise< Result< Value > >;
	/** Sends those who wait for company away. */
	close(): void;
}

export function createLookUp< Value >(
	parts: LookUpParts< Value >
): LookUp< Value > {
	const { askIn, clock, logger, mirror } = parts;
	let arrivals: number[] = [];
	type Asked = Waiting< string, Result< Value > >;

	const gather = createGather< string, Result< Value > >( {
		clock,
		pace: () => ( { ...PACE, company: parts.company() } ),
		leave: ( { lane, take } ) => answer( lane, take() ),
		closed,
	} );

	async function answer(
		lane: Lane,
		group: readonly Asked[]
	): Promise< void > {
		const keys = [ ...new Set( group.map( ( { item } ) => item ) ) ];
		if ( keys.length === 0 ) {
			return;
		}
		const isCrowd = arrivals.length >= CROWD;
		if ( keys.length > 1 || isCrowd ) {
			const asking = keys.length + gather.size();
			const fresh = await mirror.refresh( askIn( lane ), lane, {
				age: parts.age,
				affords: ( requests, whole ) =>
					requests <= asking ||
					( isCrowd &&
						( whole || parts.age > 0 ) &&
						requests <= parts.limit() / 3 ),
			} );
			if ( fresh.ok && fresh.value ) {
				const valueOf = await parts.copied( keys );
				parts.counted( 'hit', group.length );
				for ( const one of group ) {
					one.settle( ok( valueOf( one.item ) ) );
				}
				return;
			}
			if ( ! fresh.ok && fresh.failure.kind === 'retry' ) {
				for ( const one of group ) {
					one.settle( fresh );
				}
				return;
			}
			if ( ! fresh.ok ) {
				logger.warn(
					{ why: fresh.failure },
					'Brightpearl refused to be copied; each is asked for'
				);
			}
		}
		await askEach( group, keys );
	}

	async function askEach(
		group: readonly Asked[],
		keys: readonly string[]
	): Promise< void > {
		parts.counted( 'miss', keys.length );
		// Whoever asked for the same shares the answer.
		parts.counted( 'hit', group.length - keys.length );
		await Promise.all(
			keys.map( async ( key ) => {
				const asked = group.filter( ( { item } ) => item === key );
				const result = await parts.live(
					askIn( asked[ 0 ]?.lane ?? 'order' ),
					key
				);
				for ( const one of asked ) {
					one.settle( result );
				}
			} )
		);
	}

	return {
		find( key, lane ) {
			const now = clock.now();
			arrivals = arrivals.filter( ( at ) => at > now - LATELY );
			arrivals.push( now );
			return gather.add( key, lane );
		},
		close: () => gather.close(),
	};
}
