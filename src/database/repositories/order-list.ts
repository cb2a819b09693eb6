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

/** Begins the subject of an order's problem. */
const ORDER_SUBJECT = 'order:';

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
	for ( const part of await parts( sql, filter ) ) {
		const count = await countOf( part.found );
		total += count;
		const page =
			count > part.dense
				? part.walked.orderBy( 'placed_at', 'desc' )
				: // As a sum, so that no index is walked for the order of it.
					part.found.orderBy(
						( eb ) => plus0( eb, 'placed_at' ),
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

type Matching = ReturnType< typeof matching >;

/**
 * @param ranged Whether an index by state or time may be used: not where another one finds
 *               fewer, because without statistics the engine cannot tell.
 */
function matching( sql: Sql, filter: OrderFilter, ranged: boolean ) {
	let found = sql
		.selectFrom( 'order_links' )
		.where( 'connection', '=', filter.connection );
	const { state } = filter;
	if ( state !== undefined ) {
		found = found.where( ( eb ) =>
			ranged
				? eb( 'state', '=', state )
				: eb( eb.fn.coalesce( 'state', eb.val( '' ) ), '=', state )
		);
	}
	const time = ( eb: Builder ) =>
		ranged ? eb.ref( 'placed_at' ) : plus0( eb, 'placed_at' );
	const { since, until } = filter;
	if ( since !== undefined ) {
		found = found.where( ( eb ) =>
			eb( time( eb ), '>=', Date.parse( since ) )
		);
	}
	if ( until !== undefined ) {
		found = found
			.where( ( eb ) => eb( time( eb ), '<', Date.parse( until ) ) )
			.where( ( eb ) => eb( time( eb ), '>', NOT_PLACED ) );
	}
	return filter.customerKey === undefined
		? found
		: found.where( 'customer_key', '=', filter.customerKey );
}

/** The ways that together find what the filter asks for; no order is found by two of them. */
async function parts( sql: Sql, filter: OrderFilter ): Promise< Part[] > {
	const { connection, customerKey, problem, search } = filter;
	const ranged = customerKey === undefined;
	let all = matching( sql, filter, ranged );
	if ( problem !== undefined ) {
		const orders = withProblem( sql, connection, problem );
		if ( ranged && search === undefined ) {
			const { count } = await orders
				.clearSelect()
				.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) )
				.executeTakeFirstOrThrow();
			if ( Number( count ) <= DENSE ) {
				return [
					only(
						matching( sql, filter, false ).where(
							'order_id',
							'in',
							orders
						)
					),
				];
			}
		}
		// As a sum, so that the orders are not looked up one by one but met.
		all = all.where( ( eb ) =>
			eb( plus0( eb, 'order_id' ), 'in', orders )
		);
	}
	if ( search === undefined ) {
		return [ ranged ? { found: all, walked: all, dense: 0 } : only( all ) ];
	}
	return ranged ? searched( all, search ) : [ only( among( all, search ) ) ];
}

/** Found in one way, however many there are. */
const only = ( found: Matching ): Part => ( {
	found,
	walked: found,
	dense: Infinity,
} );

/** Ids of the orders with an open problem of this code. */
const withProblem = ( sql: Sql, connection: string, code: string ) =>
	sql
		.selectFrom( 'problems' )
		.select( ( eb ) =>
			eb
				.cast< number >(
					eb.fn( 'substr', [
						'subject',
						eb.lit( ORDER_SUBJECT.length + 1 ),
					] ),
					'integer'
				)
				.as( 'order_id' )
		)
		.where( 'problems.connection', '=', connection )
		.where( 'code', '=', code )
		.where( 'subject', '>', ORDER_SUBJECT )
		.where( 'subject', '<', ORDER_SUBJECT + LAST_CHARACTER );

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
function searched( all: Matching, search: string ): Part[] {
	const end = search + LAST_CHARACTER;
	const byNumber: Part = {
		found: all.where( 'number', '>=', search ).where( 'number', '<', end ),
		// What is computed is in no index, so the one by time is left to walk.
		walked: all.where( begins( search ) ),
		dense: DENSE,
	};
	const id = idIn( search );
	if ( id === null ) {
		return [ byNumber ];
	}
	const others = all.where( ( eb ) =>
		eb.or( [
			eb( 'number', 'is', null ),
			eb( 'number', '<', search ),
			eb( 'number', '>=', end ),
		] )
	);
	return [
		byNumber,
		only( others.where( 'order_id', '=', id ) ),
		only(
			others
				.where( 'sales_order_id', '=', id )
				.where( 'order_id', '<>', id )
		),
	];
}

/** The same of few orders: they are looked through, by no index of their own. */
function among( few: Matching, search: string ): Matching {
	const id = idIn( search );
	return few.where( ( eb ) =>
		eb.or( [
			begins( search )( eb ),
			...( id === null
				? []
				: ( [ 'order_id', 'sales_order_id' ] as const ).map(
						( column ) => eb( plus0( eb, column ), '=', id )
					) ),
		] )
	);
}

const idIn = ( search: string ): number | null =>
	/^[1-9]\d{0,14}$/.test( search ) ? Number( search ) : null;

const begins = ( search: string ) => ( eb: Builder ) => {
	const number = eb.fn.coalesce( 'number', eb.val( '' ) );
	return eb.and( [
		eb( number, '>=', search ),
		eb( number, '<', search + LAST_CHARACTER ),
	] );
};

/** As a sum, which is in no index. */
const plus0 = (
	eb: Builder,
	column: 'order_id' | 'sales_order_id' | 'placed_at'
) => eb( column, '+', 0 );

async function countOf( found: Matching ): Promise< number > {
	const { count } = await found
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
