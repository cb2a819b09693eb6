/**
 * Reads by id that wait together leave together: the ids of several callers become one GET, and
 * each caller gets only its own. The ids are gathered until there is room in the budget.
 */
import { ok, type Result } from '../../contracts/result.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Lane } from '../api/lanes.ts';
import type { Ask, AskLate, Call, Sent } from '../transport/call.ts';
import { closed } from '../transport/closed.ts';
import { createGather, type Departure, type Waiting } from './gather.ts';
import { ascending, formatIdSet } from '../search/id-set.ts';
import { IDS_PER_SET, LONGEST_TARGET } from '../search/packing.ts';
import { createTurns } from './turns.ts';

export interface ReadGatherOptions< T > {
	readonly clock: Clock;
	/** The transport's. */
	readonly ask: ( lane: Lane, count: () => void ) => Ask;
	readonly askLate: ( lane: Lane, count: () => void ) => AskLate;
	/** The one GET for these ids, ascending and distinct. */
	readonly call: ( ids: readonly number[] ) => Call;
	/** What the answer (or none) says of each id; what it leaves out does not exist. May ask more. */
	readonly read: (
		sent: Exclude< Sent, { kind: 'failed' } >,
		ids: readonly number[],
		ask: Ask
	) => Promise< Result< ReadonlyMap< number, T > > >;
	/** Length of path and query without the ids. */
	readonly overhead: number;
	/** Ids in one GET (200). */
	readonly most?: number;
	/** Longest waits for company, in milliseconds. */
	readonly lone: number;
	readonly busy: number;
	/** As many as are worth the longer wait (10). */
	readonly enough?: number;
	/** How many are under way who will read (0). */
	readonly company?: () => number;
}

export interface ReadGather< T > {
	/** Any number of ids; `count` is called once for a GET, that of its most urgent caller. */
	read(
		ids: readonly number[],
		lane: Lane,
		count: () => void
	): Promise< Result< ReadonlyMap< number, T > > >;
	close(): void;
}

/** One read: what makes several ids one caller's. */
interface Caller {
	readonly count: () => void;
}
interface Item {
	readonly id: number;
	readonly caller: Caller;
}

/** A set need not be full to be worth waiting for. */
const WORTH = 10;

const idsOf = ( items: readonly Item[] ): number[] =>
	ascending( items.map( ( { id } ) => id ) );

/** Somebody's own id or record is wrong: no reason to refuse the others theirs. */
function isOneSided( result: Result< unknown > ): boolean {
	return (
		! result.ok &&
		result.failure.kind === 'hold' &&
		[ 'refused-by-brightpearl', 'defect' ].includes(
			result.failure.problem.code
		)
	);
}

export function createReadGather< T >(
	options: ReadGatherOptions< T >
): ReadGather< T > {
	type Found = Result< ReadonlyMap< number, T > >;
	type Member = Waiting< Item, Found >;
	const { ask, askLate, call, clock, overhead, read } = options;
	const inTurn = createTurns();
	const room = LONGEST_TARGET - 1 - overhead;

	/** Runs only shorten a set, so most often the plain sum tells. */
	function fits( group: readonly Item[], next: Item ): boolean {
		const items = [ ...group, next ];
		const longest = items.reduce(
			( length, { id } ) => length + String( id ).length + 1,
			0
		);
		return longest <= room || formatIdSet( idsOf( items ) ).length <= room;
	}

	async function found(
		sent: Sent,
		ids: readonly number[],
		asking: Ask
	): Promise< Found > {
		return sent.kind === 'failed'
			? { ok: false, failure: sent.failure }
			: read( sent, ids, asking );
	}

	/** Each caller by itself. */
	async function readApart( members: readonly Member[] ): Promise< void > {
		const callers = new Set( members.map( ( { item } ) => item.caller ) );
		for ( const caller of callers ) {
			const own = members.filter(
				( { item } ) => item.caller === caller
			);
			const ids = idsOf( own.map( ( { item } ) => item ) );
			const asking = ask( own[ 0 ]?.lane ?? 'order', caller.count );
			const result = await found(
				await asking( call( ids ) ),
				ids,
				asking
			);
			own.forEach( ( { settle } ) => settle( result ) );
		}
	}

	async function leave(
		departure: Departure< Item, Found >
	): Promise< void > {
		const { lane } = departure;
		let taken: readonly Member[] | null = null;
		const items = (): Item[] => ( taken ?? [] ).map( ( { item } ) => item );
		const count = (): void => items()[ 0 ]?.caller.count();
		const sent = await askLate(
			lane,
			count
		)( () => {
			taken ??= departure.take();
			return taken.length > 0 ? call( idsOf( items() ) ) : null;
		} );
		if ( sent === null ) {
			return;
		}
		const members: readonly Member[] = taken ?? departure.giveUp();
		const ids = idsOf( members.map( ( { item } ) => item ) );
		const result = await found( sent, ids, ask( lane, count ) );
		const callers = new Set( members.map( ( { item } ) => item.caller ) );
		if ( isOneSided( result ) && callers.size > 1 ) {
			await readApart( members );
			return;
		}
		members.forEach( ( { settle } ) => settle( result ) );
	}

	const gather = createGather< Item, Found >( {
		clock,
		pace: () => ( {
			most: options.most ?? IDS_PER_SET,
			lone: options.lone,
			busy: options.busy,
			enough: options.enough ?? WORTH,
			company: options.company?.() ?? 0,
		} ),
		fits,
		leave,
		closed,
	} );

	return {
		async read( ids, lane, count ) {
			const caller: Caller = { count };
			const own = new Map< number, T >();
			const answers = await Promise.all(
				ascending( ids ).map( async ( id ) => ( {
					id,
					result: await gather.add( { id, caller }, lane ),
				} ) )
			);
			if ( answers.length > 0 ) {
				await inTurn( () => {} );
			}
			for ( const { id, result } of answers ) {
				if ( ! result.ok ) {
					return result;
				}
				const value = result.value.get( id );
				if ( value !== undefined ) {
					own.set( id, value );
				}
			}
			return ok( own );
		},
		close: () => gather.close(),
	};
}
