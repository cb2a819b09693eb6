/**
 * Splits ids over as few requests as the limits allow: at most 200 ids a set (platform
 * reference, §1.3), path and query together under 2 000 characters.
 */
import { ascending, formatIdSet } from './id-set.ts';

export const IDS_PER_SET = 200;
/** No source states a longest URI; 2 000 characters work everywhere. */
export const LONGEST_TARGET = 2000;

/**
 * Ascending sets; `overhead` is the length of everything else in path and query.
 */
export function packIds(
	ids: Iterable< number >,
	overhead: number,
	most: number = IDS_PER_SET
): number[][] {
	const room = LONGEST_TARGET - 1 - overhead;
	const sets: number[][] = [];
	let set: number[] = [];
	let length = 0;
	for ( const id of ascending( ids ) ) {
		// An upper bound (ranges only shorten it), exact enough and linear.
		const added = String( id ).length + ( set.length > 0 ? 1 : 0 );
		const full =
			set.length >= most ||
			( length + added > room &&
				formatIdSet( [ ...set, id ] ).length > room );
		if ( full && set.length > 0 ) {
			sets.push( set );
			set = [];
			length = 0;
		}
		set.push( id );
		length += added;
	}
	return set.length > 0 ? [ ...sets, set ] : sets;
}
