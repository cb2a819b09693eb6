/**
 * Those who wait, in lane order and then in order of arrival. What concerns one thing (its key)
 * keeps its order over lanes and groups: nobody overtakes an earlier one of the same key.
 */
import { LANES, type Lane } from '../api/lanes.ts';

export interface InLine< Item > {
	readonly item: Item;
	readonly key: string | null;
	readonly since: number;
	/** Of an item that an urgent one of its key waits behind: the more urgent lane. */
	lane: Lane;
}

export interface LineOptions< Item > {
	/** Whether one group may hold several of one key (yes). */
	readonly together?: ( () => boolean ) | undefined;
	/** Whether `next` may join the group (always). */
	readonly fits?:
		( ( group: readonly Item[], next: Item ) => boolean ) | undefined;
}

export const rankOf = ( lane: Lane ): number => LANES.indexOf( lane );

export function createLine< Item, One extends InLine< Item > >(
	options: LineOptions< Item >
) {
	let waiting: One[] = [];
	/** Keys of what was taken and is not done, with how many. */
	const away = new Map< string, number >();

	function insert( one: One ): void {
		const rank = rankOf( one.lane );
		const before = waiting.findLastIndex(
			( other ) => rankOf( other.lane ) <= rank
		);
		waiting.splice( before + 1, 0, one );
	}

	/** An earlier one of the same key must not keep an urgent one waiting. */
	function hurry( key: string, lane: Lane ): void {
		const slow = waiting.filter(
			( other ) =>
				other.key === key && rankOf( other.lane ) > rankOf( lane )
		);
		waiting = waiting.filter( ( other ) => ! slow.includes( other ) );
		for ( const other of slow ) {
			other.lane = lane;
			insert( other );
		}
	}

	/** Those that may leave now. */
	function ready(): One[] {
		const together = options.together?.() ?? true;
		const seen = new Set< string >();
		return waiting.filter( ( { key } ) => {
			if ( key === null ) {
				return true;
			}
			const free = ! away.has( key ) && ( together || ! seen.has( key ) );
			seen.add( key );
			return free;
		} );
	}

	return {
		ready,
		size: () => waiting.length,
		add( one: One ): void {
			if ( one.key !== null ) {
				hurry( one.key, one.lane );
			}
			insert( one );
		},
		/** One group of those that are ready, the most urgent first. */
		pick( most: number ): One[] {
			const group: One[] = [];
			const left = new Set< string >();
			for ( const one of ready() ) {
				if ( group.length >= most ) {
					break;
				}
				const items = group.map( ( { item } ) => item );
				if (
					( one.key === null || ! left.has( one.key ) ) &&
					( group.length === 0 ||
						( options.fits?.( items, one.item ) ?? true ) )
				) {
					group.push( one );
				} else if ( one.key !== null ) {
					left.add( one.key );
				}
			}
			return group;
		},
		take( group: readonly One[] ): void {
			const gone = new Set( group );
			waiting = waiting.filter( ( one ) => ! gone.has( one ) );
			for ( const { key } of group ) {
				if ( key !== null ) {
					away.set( key, ( away.get( key ) ?? 0 ) + 1 );
				}
			}
		},
		/** One that was taken is done: the next of its key may go. */
		done( { key }: One ): void {
			const left = key === null ? 0 : ( away.get( key ) ?? 1 ) - 1;
			if ( key !== null && left > 0 ) {
				away.set( key, left );
			} else if ( key !== null ) {
				away.delete( key );
			}
		},
		empty: (): One[] => waiting.splice( 0 ),
	};
}
