/** Orders on their way and how long the others took, for the alarm on silence. */
import { sql as raw } from 'kysely';
import type { OrderState } from '../../contracts/answers.ts';
import type { OrderLinks } from '../../contracts/database.ts';
import { NOT_PLACED, toLink } from './link-doc.ts';
import type { Sql } from '../tables.ts';

const ON_THEIR_WAY = [
	'queued',
	'working',
	'retrying',
] as const satisfies OrderState[];

/** Placed first: those that wait longest are among them. */
const LOOKED_AT = 200;
/** The newest; they say well enough what is usual. */
const SAMPLE = 2000;

export async function pushTimes(
	sql: Sql,
	connection: string,
	since: number
): Promise< number[] > {
	const rows = await sql
		.selectFrom( 'order_links' )
		.select( [ 'placed_at', 'pushed_time' ] )
		.where( 'connection', '=', connection )
		.where( 'pushed_time', '>=', since )
		.where( 'placed_at', '>=', since )
		.orderBy( 'pushed_time', 'desc' )
		.limit( SAMPLE )
		.execute();
	return rows.map( ( row ) =>
		// The shop's clock may be ahead of ours.
		Math.max( 0, Number( row.pushed_time ) - Number( row.placed_at ) )
	);
}

export async function waitingOrders(
	sql: Sql,
	connection: string,
	since: number,
	withStopped: boolean
): ReturnType< OrderLinks[ 'waiting' ] > {
	const of = ( state: OrderState ) => {
		const found = sql
			.selectFrom( 'order_links' )
			.where( 'connection', '=', connection )
			.where( 'state', '=', state )
			.where( 'placed_at', '>', Math.max( since, NOT_PLACED ) )
			.where( 'pushed_at', 'is', null )
			.where( 'gone', 'is', null )
			.where( 'order_id', 'not in', ( eb ) =>
				eb
					.selectFrom( 'backfill_orders' )
					.innerJoin(
						'backfills',
						'backfills.id',
						'backfill_orders.backfill_id'
					)
					.select( 'backfill_orders.order_id' )
					.where( 'backfills.connection', '=', connection )
					.where( 'backfills.state', '=', 'paused' )
			);
		return state === 'problem'
			? found.where( ( { exists, not, selectFrom } ) =>
					not(
						exists(
							selectFrom( 'problems' )
								.select( 'problems.id' )
								.where( 'problems.connection', '=', connection )
								.where(
									'problems.subject',
									'=',
									raw< string >`'order:' || order_links.order_id`
								)
						)
					)
				)
			: found;
	};

	let count = 0;
	let oldest: Awaited< ReturnType< OrderLinks[ 'waiting' ] > >[ 'oldest' ] =
		null;
	for ( const state of [
		...ON_THEIR_WAY,
		...( withStopped ? ( [ 'problem' ] as const ) : [] ),
	] ) {
		const all = await of( state )
			.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) )
			.executeTakeFirstOrThrow();
		count += Number( all.count );
		const rows = await of( state )
			.selectAll( 'order_links' )
			.orderBy( 'placed_at' )
			.limit( LOOKED_AT )
			.execute();
		for ( const link of rows.map( toLink ) ) {
			// One that was paid days after it was placed has waited since then.
			const from = Math.max(
				...[ link.placedAt, link.modifiedAt ]
					.filter( ( time ) => time !== null )
					.map( ( time ) => Date.parse( time ) )
			);
			if ( oldest === null || from < oldest.since ) {
				oldest = {
					orderId: link.orderId,
					number: link.number,
					since: from,
				};
			}
		}
	}
	return { count, oldest };
}
