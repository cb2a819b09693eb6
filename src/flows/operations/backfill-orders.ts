/**
 * Which orders a backfill would push: those of its days, in the shop's zone, that are due once
 * go-live and delay are left aside, and that our ledger does not know to be in Brightpearl.
 */
import type { Finding } from '../../contracts/answers.ts';
import { DAY } from '../../contracts/primitives.ts';
import { problemCodeSchema } from '../../contracts/problem.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isDue } from '../../domain/orders/due.ts';
import { dayBounds } from '../../domain/time.ts';
import type { Connected } from '../connected.ts';
import { isMade } from '../orders/observe.ts';
import { exitOfProblem, failure, ofFailure } from './context.ts';

export type OrdersBetween =
	| {
			readonly ok: true;
			/** Ids of those to be pushed. */
			readonly due: readonly number[];
			/** How many are in Brightpearl already. */
			readonly there: number;
	  }
	| { readonly ok: false; readonly outcome: ReturnType< typeof failure > };

export async function ordersBetween(
	connected: Connected,
	from: string,
	to: string
): Promise< OrdersBetween > {
	const { store } = connected;
	const { site, findings } = await store.check();
	if ( site.timeZone === null ) {
		return { ok: false, outcome: zoneUnknown( findings ) };
	}
	const first = dayBounds( from, site.timeZone ).start;
	const last = dayBounds( to, site.timeZone ).end;
	const due: number[] = [];
	let there = 0;
	for ( let page = 1; ; page++ ) {
		const answer = await store.orders( {
			// The shop's bounds are read differently from version to version: ask wider, keep exactly.
			placedAfter: new Date( first - DAY ).toISOString(),
			placedBefore: new Date( last + DAY ).toISOString(),
			status: 'any',
			orderBy: 'id',
			page,
		} );
		if ( ! answer.ok ) {
			return { ok: false, outcome: ofFailure( answer.failure ) };
		}
		const sorted = await sortOut(
			connected,
			answer.value.orders.filter( ( { placedAt } ) => {
				const placed = Date.parse( placedAt );
				return placed >= first && placed < last;
			} )
		);
		due.push( ...sorted.due );
		there += sorted.there;
		if ( ! answer.value.more ) {
			return { ok: true, due, there };
		}
	}
}

async function sortOut(
	{ database, name, settings, world }: Connected,
	orders: readonly StoreOrder[]
): Promise< { due: number[]; there: number } > {
	const links = new Map(
		(
			await database.orderLinks.findMany(
				name,
				orders.map( ( { id } ) => id )
			)
		).map( ( link ) => [ link.orderId, link ] )
	);
	const due: number[] = [];
	let there = 0;
	for ( const order of orders ) {
		const link = links.get( order.id ) ?? null;
		if ( isMade( link ) ) {
			there += 1;
		} else if (
			isDue( {
				order,
				settings,
				link,
				now: world.clock.now(),
				pastDates: true,
			} ).due
		) {
			due.push( order.id );
		}
	}
	return { due, there };
}

/** Days of another zone would be other orders: better none than those. */
function zoneUnknown(
	findings: readonly Finding[]
): ReturnType< typeof failure > {
	const fault = findings.find( ( { level } ) => level === 'error' );
	if ( fault === undefined ) {
		return failure(
			3,
			'time-zone-unknown',
			'The shop does not tell its time zone, so nobody knows when its days begin.',
			'Let its address /wp-json/ be read again (a security plugin may hide it), then try again.'
		);
	}
	const code = problemCodeSchema.safeParse( fault.code );
	return failure(
		code.success ? exitOfProblem( code.data ) : 3,
		fault.code,
		fault.message,
		fault.fix
	);
}
