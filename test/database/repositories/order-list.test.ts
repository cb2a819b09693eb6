/** The list finds many matches another way than few: both find what a plain filter finds. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database, OrderFilter } from '../../../src/contracts/database.ts';
import type { ProblemCode } from '../../../src/contracts/problem.ts';
import { openSqlite } from '../../../src/database/sqlite/driver.ts';
import {
	openSqliteBench,
	type SqliteBench,
} from '../../battery/sqlite-bench.ts';

const ORDERS = 24_000;
const START = Date.UTC( 2026, 0, 1 );
const iso = ( time: number ) => new Date( time ).toISOString();

interface Seeded {
	readonly orderId: number;
	readonly number: string | null;
	readonly placedAt: number;
	readonly state: string;
	readonly salesOrderId: number;
	readonly customerKey: string | null;
	readonly problem: ProblemCode | null;
}

/** Numbers do not rise with time, times repeat, and one number in ten is unknown. */
const seeded = Array.from( { length: ORDERS }, ( _, n ): Seeded => ( {
	orderId: n + 1,
	number: n % 10 === 0 ? null : String( ( n * 7919 ) % ORDERS ),
	placedAt: START + Math.floor( n / 3 ) * 60_000,
	state: n % 4 === 0 ? 'held' : 'synced',
	salesOrderId: ORDERS - n,
	customerKey: n % 7 === 0 ? null : `customer ${ n % 400 }`,
	problem: problemOf( n ),
} ) );

/** One kind is more than half of the orders, another a handful. */
function problemOf( n: number ): ProblemCode | null {
	if ( n % 501 === 0 ) {
		return 'total-mismatch';
	}
	return n % 5 < 3 ? 'sku-unknown' : null;
}

let bench: SqliteBench;
let database: Database;

beforeAll( async () => {
	bench = await openSqliteBench();
	database = await bench.open();
	await database.orderLinks.save( 'main', 1, {} );
	const doc = "(select doc from order_links where connection = 'main')";
	const sqlite = openSqlite( bench.path );
	sqlite.transaction( () => {
		sqlite.exec( `create temp table doc as select ${ doc } as doc` );
		sqlite.exec( 'delete from order_links' );
		for ( const connection of [ 'main', 'other' ] ) {
			for ( const one of seeded ) {
				sqlite.query(
					`insert into order_links (connection, order_id, number, state, placed_at, has_stock, shipped, sales_order_id, customer_key, updated_at, doc)
					values (?, ?, ?, ?, ?, 0, 0, ?, ?, '', (select doc from temp.doc))`,
					[
						connection,
						one.orderId,
						one.number,
						one.state,
						one.placedAt,
						one.salesOrderId,
						one.customerKey,
					]
				);
				if ( one.problem !== null ) {
					sqlite.query(
						"insert into problems (connection, subject, code, message, since, retryable) values (?, ?, ?, '', '', 1)",
						[ connection, `order:${ one.orderId }`, one.problem ]
					);
				}
			}
		}
		// Of other subjects.
		sqlite.exec(
			"insert into problems (connection, subject, code, message, since, retryable) values ('main', 'sku:7', 'total-mismatch', '', '', 1), ('main', 'connection:main', 'total-mismatch', '', '', 1)"
		);
	} );
	sqlite.close();
} );
afterAll( () => bench.destroy() );

function expected( filter: Partial< OrderFilter > ): number[] {
	const { search } = filter;
	return seeded
		.filter(
			( one ) =>
				( search === undefined ||
					one.number?.startsWith( search ) ||
					String( one.orderId ) === search ||
					String( one.salesOrderId ) === search ) &&
				( filter.customerKey === undefined ||
					one.customerKey === filter.customerKey ) &&
				( filter.problem === undefined ||
					one.problem === filter.problem ) &&
				( filter.state === undefined || one.state === filter.state ) &&
				( filter.since === undefined ||
					one.placedAt >= Date.parse( filter.since ) ) &&
				( filter.until === undefined ||
					one.placedAt < Date.parse( filter.until ) )
		)
		.toSorted(
			( a, b ) => b.placedAt - a.placedAt || b.orderId - a.orderId
		)
		.map( ( one ) => one.orderId );
}

const MIDDLE = iso( START + 1000 * 60_000 );

test.each< Partial< OrderFilter > >( [
	{},
	{ state: 'held' },
	{ search: '1' },
	{ search: '11' },
	{ search: '1', state: 'held' },
	{ search: '1', state: 'synced', until: MIDDLE },
	{ search: '1', since: MIDDLE },
	{ search: '4711' },
	{ since: MIDDLE, state: 'synced' },
	{ customerKey: 'customer 5' },
	{ customerKey: 'customer 8', state: 'held', since: MIDDLE },
	{ customerKey: 'customer 8', search: '1', until: MIDDLE },
	{ customerKey: 'customer 6', problem: 'sku-unknown' },
	{ problem: 'sku-unknown' },
	{ problem: 'sku-unknown', state: 'held', until: MIDDLE },
	{ problem: 'sku-unknown', search: '1' },
	{ problem: 'total-mismatch' },
	{ problem: 'total-mismatch', state: 'held', since: MIDDLE },
	{ problem: 'total-mismatch', search: '2' },
] )( '%j: page by page, each once, and counted', async ( filter ) => {
	const ids = expected( filter );
	const found: number[] = [];
	let cursor: string | null = null;
	do {
		const page: Awaited<
			ReturnType< Database[ 'orderLinks' ][ 'list' ] >
		> = await database.orderLinks.list( {
			connection: 'main',
			limit: 997,
			...filter,
			...( cursor === null ? {} : { cursor } ),
		} );
		expect( page?.total ).toBe( ids.length );
		found.push( ...( page?.items.map( ( item ) => item.orderId ) ?? [] ) );
		cursor = page?.nextCursor ?? null;
	} while ( cursor !== null );
	expect( found ).toEqual( ids );
	expect( ids.length ).toBeGreaterThan( 0 );
} );
