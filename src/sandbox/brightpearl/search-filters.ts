/**
 * Filter values by column type (platform reference, §5.3; resources reference, §0.2).
 */
import { parseRanges } from './id-set.ts';
import { parseTime } from './zone.ts';

export type DataType =
	| 'IDSET'
	| 'INTEGER'
	| 'STRING'
	| 'SEARCH_STRING'
	| 'BOOLEAN'
	| 'PERIOD'
	| 'STRING_SET';

/** A cell before it is written: PERIOD cells are milliseconds. A list matches by any of its ids. */
export type Cell = number | string | boolean | null | readonly number[];

type Test = ( cell: Cell ) => boolean;

/** No source says how long a list of ids in a filter may be; clients send up to 200. */
const LONGEST_LIST = 200;

function idSetTest( value: string ): Test | null {
	const ranges = parseRanges( value );
	if ( ! ranges || ranges.length > LONGEST_LIST ) {
		return null;
	}
	const within = ( id: number ): boolean =>
		ranges.some( ( [ from, to ] ) => id >= from && id <= to );
	return ( cell ) =>
		typeof cell === 'number'
			? within( cell )
			: Array.isArray( cell ) && ( cell as number[] ).some( within );
}

type Bound = 'inclusive' | 'exclusive';

/** Whether the bounds of a period belong to it: no source says. */
export interface PeriodBounds {
	readonly periodStart: Bound;
	readonly periodEnd: Bound;
}

/** `from/to`, `from/`, `/to` or one instant. */
function periodTest( value: string, bounds: PeriodBounds ): Test | null {
	const parts = value.split( '/' );
	const [ first = '', second ] = parts;
	if ( parts.length > 2 || ( first === '' && ( second ?? '' ) === '' ) ) {
		return null;
	}
	const from = first === '' ? -Infinity : parseTime( first, true );
	const to =
		second === undefined
			? from
			: second === ''
				? Infinity
				: parseTime( second, true );
	if ( from === null || to === null ) {
		return null;
	}
	// A single instant is its own bound.
	const open = ( bound: Bound ): boolean =>
		bound === 'exclusive' && second !== undefined;
	const after = open( bounds.periodStart );
	const before = open( bounds.periodEnd );
	return ( cell ) =>
		typeof cell === 'number' &&
		( after ? cell > from : cell >= from ) &&
		( before ? cell < to : cell <= to );
}

/** Whether a cell passes; null = the value cannot be parsed as that type. */
export function createTest(
	type: DataType,
	value: string,
	bounds: PeriodBounds = { periodStart: 'inclusive', periodEnd: 'inclusive' }
): Test | null {
	switch ( type ) {
		case 'IDSET':
			return idSetTest( value );
		case 'INTEGER':
			return /^-?\d{1,15}$/.test( value )
				? ( cell ) => cell === Number( value )
				: null;
		case 'BOOLEAN':
			return value === 'true' || value === 'false'
				? ( cell ) => cell === ( value === 'true' )
				: null;
		case 'PERIOD':
			return periodTest( value, bounds );
		case 'STRING':
			return ( cell ) => cell === value;
		case 'STRING_SET': {
			const wanted = new Set( value.split( ',' ) );
			return ( cell ) => typeof cell === 'string' && wanted.has( cell );
		}
		case 'SEARCH_STRING': {
			const part = value.toLowerCase();
			return ( cell ) =>
				typeof cell === 'string' && cell.toLowerCase().includes( part );
		}
	}
}
