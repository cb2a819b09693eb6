/** What happened in each step of time, for the charts of the overview. */
import { sql as raw } from 'kysely';
import type { Activity } from '../../contracts/answers.ts';
import type { Sql } from '../tables.ts';

interface Step {
	readonly at: string;
	/** Milliseconds since the epoch: from, inclusive, and up to, exclusive. */
	readonly from: number;
	readonly to: number;
}

/**
 * Step by step: each is a few looks into an index, so that nothing else waits long for the
 * one connection however much happened in all.
 */
async function eachStep< T >(
	from: number,
	to: number,
	step: number,
	read: ( step: Step ) => Promise< T >
): Promise< T[] > {
	const found: T[] = [];
	for ( let start = from; start < to; start += step ) {
		if ( found.length > 0 ) {
			await new Promise< void >( ( resolve ) => setImmediate( resolve ) );
		}
		found.push(
			await read( {
				at: new Date( start ).toISOString(),
				from: start,
				to: Math.min( start + step, to ),
			} )
		);
	}
	return found;
}

/** The connections counted; naming all of them lets the indexes that begin with one serve. */
const scope = ( connection: string | null ) =>
	connection === null
		? raw`(select name from connections)`
		: raw`(${ connection })`;

export const orderActivity = (
	sql: Sql,
	connection: string | null,
	from: number,
	to: number,
	step: number
): Promise< Activity[ 'orders' ] > =>
	eachStep( from, to, step, async ( { at, ...span } ) => {
		const pushed = raw`
			from order_links
			where connection in ${ scope( connection ) }
				and pushed_time >= ${ span.from } and pushed_time < ${ span.to }`;
		const { rows } = await raw< {
			placed: number;
			pushed: number;
			timed: number;
		} >`
			select
				(select count(*) from order_links
				where connection in ${ scope( connection ) }
					and placed_at >= ${ span.from } and placed_at < ${ span.to }) as placed,
				(select count(*) ${ pushed }) as pushed,
				(select count(*) ${ pushed } and placed_at >= 0) as timed
		`.execute( sql );
		const counts = rows[ 0 ] ?? { placed: 0, pushed: 0, timed: 0 };
		const timed = Number( counts.timed );
		return {
			at,
			placed: Number( counts.placed ),
			pushed: Number( counts.pushed ),
			latency: timed === 0 ? null : await median(),
		};

		async function median(): Promise< number > {
			// One in the middle, or two.
			const middle = await raw< { latency: number } >`
				select pushed_time - placed_at as latency ${ pushed } and placed_at >= 0
				order by latency
				limit ${ 2 - ( timed % 2 ) } offset ${ Math.floor( ( timed - 1 ) / 2 ) }
			`.execute( sql );
			const sum = middle.rows.reduce(
				( total, row ) => total + Number( row.latency ),
				0
			);
			// The shop's clock may be ahead of ours.
			return Math.max( 0, sum / middle.rows.length / 1000 );
		}
	} );

export const stockActivity = (
	sql: Sql,
	connection: string | null,
	from: number,
	to: number,
	step: number
): Promise< Activity[ 'stock' ] > =>
	eachStep( from, to, step, async ( { at, ...span } ) => {
		const { rows } = await raw< {
			runs: number;
			changed: number | null;
			failed: number | null;
		} >`
			select count(*) as runs, sum(changed) as changed, sum(failed) as failed
			from stock_runs
			where connection in ${ scope( connection ) } and dry_run = 0
				and started_at >= ${ new Date( span.from ).toISOString() }
				and started_at < ${ new Date( span.to ).toISOString() }
		`.execute( sql );
		return {
			at,
			runs: Number( rows[ 0 ]?.runs ?? 0 ),
			changed: Number( rows[ 0 ]?.changed ?? 0 ),
			failed: Number( rows[ 0 ]?.failed ?? 0 ),
		};
	} );
