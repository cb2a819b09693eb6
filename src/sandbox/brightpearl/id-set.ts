/**
 * Id sets (platform reference, §1.3): `8`, `100-120`, `1,2,7`, `7.1.2`, `1-100,200`.
 */
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';

/** Inclusive. */
export type Range = readonly [ from: number, to: number ];

const PART = /^(\d{1,15})(?:-(\d{1,15}))?$/;

function parseRange( text: string ): Range | null {
	const match = PART.exec( text );
	if ( ! match ) {
		return null;
	}
	const from = Number( match[ 1 ] );
	const to = match[ 2 ] === undefined ? from : Number( match[ 2 ] );
	return from >= 1 && to >= from ? [ from, to ] : null;
}

/**
 * Ranges of a set; null when it is none. A comma list must ascend (400 CMNC-006 there);
 * only the dotted form may come in any order. Doubles count as not ascending: no source.
 */
export function parseRanges( text: string, mustAscend = true ): Range[] | null {
	const dotted = text.includes( '.' );
	if ( dotted && /[,-]/.test( text ) ) {
		return null;
	}
	const ranges: Range[] = [];
	let last = 0;
	for ( const part of text.split( dotted ? '.' : ',' ) ) {
		const range = parseRange( part );
		if ( ! range || ( ! dotted && mustAscend && range[ 0 ] <= last ) ) {
			return null;
		}
		last = range[ 1 ];
		ranges.push( range );
	}
	return ranges;
}

export type IdSet =
	| { readonly ok: true; readonly ids: readonly number[] }
	| {
			readonly ok: false;
			readonly problem: Problem;
			readonly tooLarge: boolean;
	  };

/** The ids of a set, in the order they are answered: ascending, each once. */
export function parseIdSet(
	text: string,
	limit: number,
	mustAscend: boolean
): IdSet {
	const ranges = parseRanges( text, mustAscend );
	if ( ! ranges ) {
		return {
			ok: false,
			tooLarge: false,
			problem: problem(
				DOCUMENTED.idSet,
				`ID set is not in ascending order or cannot be read: ${ text }`
			),
		};
	}
	const size = ranges.reduce(
		( sum, [ from, to ] ) => sum + to - from + 1,
		0
	);
	if ( size > limit ) {
		return {
			ok: false,
			tooLarge: true,
			problem: problem(
				INVENTED.tooManyIds,
				`The ID set holds ${ size } ids; at most ${ limit } are allowed`
			),
		};
	}
	const ids = new Set< number >();
	for ( const [ from, to ] of ranges ) {
		for ( let id = from; id <= to; id++ ) {
			ids.add( id );
		}
	}
	return { ok: true, ids: [ ...ids ].sort( ( a, b ) => a - b ) };
}

/** Existing ids packed into the fewest sets of at most `limit`, as OPTIONS answers them (§1.4). */
export function packIds( ids: readonly number[], limit: number ): string[] {
	const sets: string[] = [];
	for ( let start = 0; start < ids.length; start += limit ) {
		const part = ids.slice( start, start + limit );
		const pieces: string[] = [];
		let from = part[ 0 ] ?? 0;
		let to = from;
		const close = () =>
			pieces.push( from === to ? `${ from }` : `${ from }-${ to }` );
		for ( const id of part.slice( 1 ) ) {
			if ( id !== to + 1 ) {
				close();
				from = id;
			}
			to = id;
		}
		close();
		sets.push( pieces.join( ',' ) );
	}
	return sets;
}
