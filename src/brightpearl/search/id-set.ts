/**
 * Brightpearl's id sets: `8`, `100-120`, `1,2,7`, `1-100,200`, and the unordered `7.1.2`
 * (platform reference, §1.3).
 */

/** Distinct ids, ascending: a comma list that does not ascend is refused with CMNC-006. */
export function ascending( ids: Iterable< number > ): number[] {
	return [ ...new Set( ids ) ].sort( ( a, b ) => a - b );
}

/** The set of exactly these ids, runs collapsed to ranges. */
export function formatIdSet( ids: Iterable< number > ): string {
	const parts: string[] = [];
	let first: number | null = null;
	let last = 0;
	const close = () => {
		if ( first !== null ) {
			parts.push(
				first === last ? `${ first }` : `${ first }-${ last }`
			);
		}
	};
	for ( const id of ascending( ids ) ) {
		if ( first === null || id !== last + 1 ) {
			close();
			first = id;
		}
		last = id;
	}
	close();
	return parts.join( ',' );
}

/** A range in a hostile or mistaken text must not exhaust memory. */
const MOST_IDS = 100_000;

/** The ids of a set in its own order; null when the text is no id set. */
export function parseIdSet( text: string ): number[] | null {
	const trimmed = text.trim();
	const ids: number[] = [];
	const separator = trimmed.includes( '.' ) ? '.' : ',';
	for ( const part of trimmed.split( separator ) ) {
		const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec( part.trim() );
		if ( ! match ) {
			return null;
		}
		const from = Number( match[ 1 ] );
		const to = match[ 2 ] === undefined ? from : Number( match[ 2 ] );
		if ( from < 1 || to < from || ids.length + to - from >= MOST_IDS ) {
			return null;
		}
		for ( let id = from; id <= to; id++ ) {
			ids.push( id );
		}
	}
	return ids;
}
