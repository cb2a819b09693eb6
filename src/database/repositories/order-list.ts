/**
 * Lists of order links, page by page. Filtering, counting and sorting are done on what an
 * index holds; documents are read by their keys, of the one page that is shown.
 */
import type { ExpressionBuilder } from 'kysely';
import type { OrderFilter, OrderLinks } from '../../contracts/database.ts';
import { chunks, type Sql, type Tables } from '../tables.ts';
import { NOT_PLACED, toLink } from './link-doc.ts';

type Builder = ExpressionBuilder< Tables, 'order_links' >;
type Row = Tables[ 'order_links' ];

/** Where an order stands in the list. */
type Place = Pick< Row, 'placed_at' | 'order_id' >;

/** Sorts after every character a number may have. */
const LAST_CHARACTER = '\u{10FFFF}';

/** So many matches of a number are sorted sooner than met on a walk through time. */
const DENSE = 5000;

export async function listOrders(
	sql: Sql,
	filter: OrderFilter
): ReturnType< OrderLinks[ 'list' ] > {
	const after =
		filter.cursor === undefined ? null : readCursor( filter.cursor );
	if ( filter.cursor !== undefined && after === null ) {
		return null;
	}
	let total = 0;
	const places: Place[] = [];
	for ( const part of searched( filtered( sql, filter ), filter.search ) ) {
		const count = await countOf( part.found );
		total += count;
		const page =
			count > part.dense
				? part.walked.orderBy( 'placed_at', 'desc' )
				: // As a sum, so that no index is walked for the order of it.
					part.found.orderBy(
						( eb ) => eb( 'placed_at', '+', 0 ),
						'desc'
					);
		places.push(
			...( await ( after ? page.where( beyond( after ) ) : page )
				.select( [ 'placed_at', 'order_id' ] )
				.orderBy( 'order_id', 'desc' )
				.limit( filter.limit + 1 )
				.execute() )
		);
	}
	places.sort(
		( a, b ) => b.placed_at - a.placed_at || b.order_id - a.order_id
	);
	const shown = places.slice( 0, filter.limit );
	const last = shown.at( -1 );
	return {
		items: ( await rowsAt( sql, filter.connection, shown ) ).map( toLink ),
		total,
		nextCursor:
			last && places.length > filter.limit ? writeCursor( last ) : null,
	};
}

type Matching = ReturnType< typeof filtered >;

function filtered( sql: Sql, filter: OrderFilter ) {
	let matching = sql
		.selectFrom( 'order_links' )
		.where( 'connection', '=', filter.connection );
	if ( filter.state !== undefined ) {
		matching = matching.where( 'state', '=', filter.state );
	}
	if ( filter.since !== undefined ) {
		matching = matching.where(
			'placed_at',
			'>=',
			Date.parse( filter.since )
		);
	}
	if ( filter.until !== undefined ) {
		matching = matching
			.where( 'placed_at', '<', Date.parse( filter.until ) )
			.where( 'placed_at', '>', NOT_PLACED );
	}
	return matching;
}

/** One way to match: by the index that finds it, and by a walk through the orders by time. */
interface Part {
	readonly found: Matching;
	readonly walked: Matching;
	/** With more matches than this, walking is quicker. */
	readonly dense: number;
}

/**
 * What matches, in parts that share no order: by number and by id, because with an OR of them
 * the engine would use an index for neither.
 */
function searched( matching: Matching, search: string | undefined ): Part[] {
	if ( search === undefined ) {
		return [ { found: matching, walked: matching, dense: 0 } ];
	}
	const end = search + LAST_CHARACTER;
	const byNumber: Part = {
		found: matching
			.where( 'number', '>=', search )
			.where( 'number', '<', end ),
		// What is computed is in no index, so the one by time is left to walk.
		walked: matching
			.where( ( eb ) => eb( computed( eb ), '>=', search ) )
			.where( ( eb ) => eb( computed( eb ), '<', end ) ),
		dense: DENSE,
	};
	if ( ! /^[1-9]\d{0,14}$/.test( search ) ) {
		return [ byNumber ];
	}
	const id = Number( search );
	const others = matching.where( ( eb ) =>
		eb.or( [
			eb( 'number', 'is', null ),
			eb( 'number', '<', search ),
			eb( 'number', '>=', end ),
		] )
	);
	const byId = others.where( 'order_id', '=', id );
	const bySalesOrder = others
		.where( 'sales_order_id', '=', id )
		.where( 'order_id', '<>', id );
	return [
		byNumber,
		{ found: byId, walked: byId, dense: Infinity },
		{ found: bySalesOrder, walked: bySalesOrder, dense: Infinity },
	];
}

const computed = ( eb: Builder ) =>
	eb.fn< string >( 'coalesce', [ 'number', eb.val( '' ) ] );

async function countOf( matching: Matching ): Promise< number > {
	const { count } = await matching
		.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) )
		.executeTakeFirstOrThrow();
	return Number( count );
}

/** The rows of one page, in its order. */
async function rowsAt(
	sql: Sql,
	connection: string,
	places: readonly Place[]
): Promise< Row[] > {
	const found = new Map< number, Row >();
	for ( const piece of chunks( places ) ) {
		const rows = await sql
			.selectFrom( 'order_links' )
			.selectAll()
			.where( 'connection', '=', connection )
			.where(
				'order_id',
				'in',
				piece.map( ( place ) => place.order_id )
			)
			.execute();
		rows.forEach( ( row ) => found.set( row.order_id, row ) );
	}
	// One that was removed since has no row.
	return places.flatMap( ( place ) => found.get( place.order_id ) ?? [] );
}

/** The places after this one: written as a range, which an index begins to read at. */
const beyond = ( after: Place ) => ( eb: Builder ) =>
	eb.and( [
		eb( 'placed_at', '<=', after.placed_at ),
		eb.or( [
			eb( 'placed_at', '<', after.placed_at ),
			eb( 'order_id', '<', after.order_id ),
		] ),
	] );

const writeCursor = ( { placed_at, order_id }: Place ): string =>
	Buffer.from( `${ placed_at }:${ order_id }` ).toString( 'base64url' );

function readCursor( cursor: string ): Place | null {
	const match = /^(-?\d{1,15}):(\d{1,15})$/.exec(
		Buffer.from( cursor, 'base64url' ).toString()
	);
	return match
		? {
				placed_at: Number( match[ 1 ] ),
				order_id: Number( match[ 2 ] ),
			}
		: null;
}
