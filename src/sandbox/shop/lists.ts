/**
 * Lists: parameters, paging, totals and the `Link` header (platform notes, "Lists").
 */
import { parseDateParam } from './dates.ts';
import type { Reply, RestRequest } from './rest.ts';
import { flagOf, invalidParam } from './rest.ts';
import type { Shop } from './shop.ts';

export const LIMIT = 100;

/** What orders can be sorted by. */
export const ORDER_BY = [
	'date',
	'id',
	'include',
	'title',
	'slug',
	'modified',
];

function checkInteger(
	request: RestRequest,
	name: string,
	minimum: number,
	maximum: number | null
): Reply | null {
	const text = request.query[ name ];
	if ( text === undefined ) {
		return null;
	}
	if ( ! /^-?\d+$/.test( text ) ) {
		return invalidParam(
			name,
			`${ name } is not of type integer.`,
			'rest_invalid_type',
			{ param: name }
		);
	}
	const value = Number( text );
	if ( value < minimum || ( maximum !== null && value > maximum ) ) {
		const message =
			maximum === null
				? `${ name } must be greater than or equal to ${ minimum }`
				: `${ name } must be between ${ minimum } (inclusive) and ${ maximum } (inclusive)`;
		return invalidParam( name, message, 'rest_out_of_bounds' );
	}
	return null;
}

function checkEnum(
	request: RestRequest,
	name: string,
	allowed: readonly string[]
): Reply | null {
	const value = request.query[ name ];
	return value === undefined || allowed.includes( value )
		? null
		: invalidParam(
				name,
				`${ name } is not one of ${ enumeration( allowed ) }.`,
				'rest_not_in_enum'
			);
}

/** `a, b, and c`, as WordPress joins. */
export function enumeration( names: readonly string[] ): string {
	return names.length < 2
		? names.join( '' )
		: `${ names.slice( 0, -1 ).join( ', ' ) }, and ${ names.at( -1 ) ?? '' }`;
}

const DATES = [ 'after', 'before', 'modified_after', 'modified_before' ];

/** What every list checks before it looks at credentials. */
export function checkList(
	shop: Shop,
	request: RestRequest,
	orderBy: readonly string[]
): Reply | null {
	for ( const name of DATES ) {
		const text = request.query[ name ];
		if (
			text !== undefined &&
			parseDateParam( text, shop.settings.timeZone, false ) === null
		) {
			return invalidParam( name, 'Invalid date.', 'rest_invalid_date' );
		}
	}
	return (
		checkInteger( request, 'page', 1, null ) ??
		checkInteger( request, 'per_page', 1, LIMIT ) ??
		checkInteger( request, 'offset', 0, null ) ??
		checkEnum( request, 'order', [ 'asc', 'desc' ] ) ??
		checkEnum( request, 'orderby', orderBy )
	);
}

export interface Dated {
	readonly id: number;
	readonly created: number;
	readonly modified: number;
}

/** The ids of `include=1,2`; null when the parameter is absent or empty. */
export function idsOf( text: string | undefined ): Set< number > | null {
	const ids = ( text ?? '' )
		.split( /[\s,]+/ )
		.filter( ( part ) => part !== '' )
		.map( Number );
	return ids.length === 0 ? null : new Set( ids );
}

/** `include`, `exclude` and the four dates; the bounds themselves are left out (measured). */
export function datedFilter(
	shop: Shop,
	query: RestRequest[ 'query' ]
): ( item: Dated ) => boolean {
	const gmt = flagOf( query[ 'dates_are_gmt' ] );
	const bound = ( name: string ): number | null => {
		const text = query[ name ];
		return text === undefined
			? null
			: parseDateParam( text, shop.settings.timeZone, gmt );
	};
	const include = idsOf( query[ 'include' ] );
	const exclude = idsOf( query[ 'exclude' ] );
	const after = bound( 'after' );
	const before = bound( 'before' );
	const modifiedAfter = bound( 'modified_after' );
	const modifiedBefore = bound( 'modified_before' );
	return ( item ) =>
		( include === null || include.has( item.id ) ) &&
		( exclude === null || ! exclude.has( item.id ) ) &&
		( after === null || item.created > after ) &&
		( before === null || item.created < before ) &&
		( modifiedAfter === null || item.modified > modifiedAfter ) &&
		( modifiedBefore === null || item.modified < modifiedBefore );
}

/** Sorts in place; equal keys go by id in the same direction, so that pages are stable. */
export function sortDated< T extends Dated >(
	items: T[],
	query: RestRequest[ 'query' ]
): T[] {
	const direction = query[ 'order' ] === 'asc' ? 1 : -1;
	const key = {
		id: ( item: T ) => item.id,
		modified: ( item: T ) => item.modified,
		include: null,
	}[ query[ 'orderby' ] ?? 'date' ];
	if ( key === null ) {
		const place = new Map(
			[ ...( idsOf( query[ 'include' ] ) ?? [] ) ].map( ( id, at ) => [
				id,
				at,
			] )
		);
		return items.sort(
			( a, b ) => ( place.get( a.id ) ?? 0 ) - ( place.get( b.id ) ?? 0 )
		);
	}
	const of = key ?? ( ( item: T ) => item.created );
	return items.sort(
		( a, b ) => direction * ( of( a ) - of( b ) || a.id - b.id )
	);
}

/** One page with its headers; an orders page past the end reports no total at all. */
export function pageOf< T >(
	shop: Shop,
	request: RestRequest,
	items: readonly T[],
	render: ( item: T ) => unknown,
	options: { readonly forgetsTotal?: boolean } = {}
): Reply {
	const perPage = Number( request.query[ 'per_page' ] ?? 10 );
	const page = Number( request.query[ 'page' ] ?? 1 );
	const offset = Number(
		request.query[ 'offset' ] ?? ( page - 1 ) * perPage
	);
	const shown = items.slice( offset, offset + perPage );
	const total = options.forgetsTotal && shown.length === 0 ? 0 : items.length;
	const pages = Math.ceil( total / perPage );
	const link = linkHeader( shop, request, page, pages );
	return {
		status: 200,
		headers: {
			'x-wp-total': String( total ),
			'x-wp-totalpages': String( pages ),
			...( link === '' ? {} : { link } ),
		},
		body: shown.map( render ),
	};
}

/** Echoes the whole query, OAuth parameters included: as measured, and why it is never logged. */
function linkHeader(
	shop: Shop,
	request: RestRequest,
	page: number,
	pages: number
): string {
	const at = ( number: number ): string => {
		const query = new URLSearchParams( request.rawQuery );
		query.set( 'page', String( number ) );
		return `<${ shop.home }${ request.pathname }?${ query.toString() }>`;
	};
	return [
		page > 1 ? `${ at( Math.min( page - 1, pages ) ) }; rel="prev"` : '',
		page < pages ? `${ at( page + 1 ) }; rel="next"` : '',
	]
		.filter( ( part ) => part !== '' )
		.join( ', ' );
}

/** `_fields=id,line_items.sku`: nested names cut records and the records of lists. */
export function pickFields(
	value: unknown,
	fields: readonly string[]
): unknown {
	if ( Array.isArray( value ) ) {
		return value.map( ( item: unknown ) => pickFields( item, fields ) );
	}
	if ( typeof value !== 'object' || value === null ) {
		return value;
	}
	const inner = new Map< string, string[] | null >();
	for ( const field of fields ) {
		const [ head = '', ...rest ] = field.trim().split( '.' );
		if ( rest.length === 0 ) {
			inner.set( head, null );
		} else if ( inner.get( head ) !== null ) {
			inner.set( head, [
				...( inner.get( head ) ?? [] ),
				rest.join( '.' ),
			] );
		}
	}
	return Object.fromEntries(
		Object.entries( value )
			.filter( ( [ key ] ) => inner.has( key ) )
			.map( ( [ key, item ]: [ string, unknown ] ) => {
				const deeper = inner.get( key );
				return [ key, deeper ? pickFields( item, deeper ) : item ];
			} )
	);
}
