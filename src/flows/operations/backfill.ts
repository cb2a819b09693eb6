/**
 * orders backfill: orders of earlier days, each its own task in the backfill's lane.
 */
import type { Backfill } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import { DAY } from '../../contracts/primitives.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import { dayBounds } from '../../domain/time.ts';
import type { Connected } from '../connected.ts';
import {
	done,
	failure,
	isIdle,
	ofFailure,
	until,
	type OperationContext,
} from './context.ts';
import { findConnection, usableConnection } from './scope.ts';

export async function ordersBackfill(
	context: OperationContext,
	input: OperationInput< 'ordersBackfill' >,
	call: OperationCall
): Promise< Outcome< Backfill > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const orders = await ordersBetween( connected, input.from, input.to );
	if ( ! orders.ok ) {
		return ofFailure( orders.failure );
	}
	const orderIds = orders.value;
	if ( input.dryRun ) {
		return done( {
			id: 0,
			state: 'done',
			total: orderIds.length,
			synced: 0,
			problems: 0,
			remaining: orderIds.length,
		} );
	}
	const id = await begin( connected, orderIds );
	const finished =
		! input.wait ||
		( await context.whileWorking( { kinds: [ 'order' ] }, () =>
			until(
				context,
				call,
				async () => ( await isIdle( connected ) ) || null
			)
		) ) !== null;
	const shown = await current( connected, id );
	return shown === null
		? unknownBackfill( id )
		: {
				exit: ! finished ? 7 : input.wait && shown.problems > 0 ? 3 : 0,
				body: shown,
			};
}

/** Tasks first: an order that looks queued must have one. */
async function begin(
	{ database, name }: Connected,
	orderIds: readonly number[]
): Promise< number > {
	const { backfills, orderLinks, queue } = database;
	const id = await backfills.start( name, orderIds );
	await queue.enqueue(
		orderIds.map( ( orderId ): TaskRequest => ( {
			key: taskKey( name, 'order', orderId ),
			kind: 'order',
			connection: name,
			priority: PRIORITY.backfill,
			payload: { backfillId: id },
		} ) )
	);
	for ( const link of await orderLinks.findMany( name, orderIds ) ) {
		await orderLinks.save( name, link.orderId, ( now ) =>
			now?.state === 'not-due' ? { state: 'queued' } : {}
		);
	}
	return id;
}

/** Ids of the orders placed on these days of the shop's zone, in a status that pushes. */
async function ordersBetween(
	{ settings, store }: Connected,
	from: string,
	to: string
): Promise< Result< number[] > > {
	const { site } = await store.check();
	const zone = site.timeZone ?? 'UTC';
	const first = dayBounds( from, zone ).start;
	const last = dayBounds( to, zone ).end;
	const ids: number[] = [];
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
			return answer;
		}
		for ( const { id, placedAt, status } of answer.value.orders ) {
			const placed = Date.parse( placedAt );
			if (
				placed >= first &&
				placed < last &&
				Object.hasOwn( settings.orders.status, status )
			) {
				ids.push( id );
			}
		}
		if ( ! answer.value.more ) {
			return ok( ids );
		}
	}
}

export async function backfillShow(
	context: OperationContext,
	input: OperationInput< 'backfillShow' >
): Promise< Outcome< Backfill > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const shown = await current( found.connected, input.id );
	return shown === null ? unknownBackfill( input.id ) : done( shown );
}

export async function backfillCancel(
	context: OperationContext,
	input: OperationInput< 'backfillCancel' >
): Promise< Outcome< Backfill > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { database, name } = found.connected;
	const shown = await current( found.connected, input.id );
	if ( shown === null ) {
		return unknownBackfill( input.id );
	}
	if ( shown.state === 'running' ) {
		await database.backfills.setState( name, input.id, 'cancelled' );
	}
	return done( ( await current( found.connected, input.id ) ) ?? shown );
}

/** A running backfill with nothing left is done; noted when somebody looks. */
async function current(
	connected: Connected,
	id: number
): Promise< Backfill | null > {
	const { backfills } = connected.database;
	const shown = await backfills.find( connected.name, id );
	if ( shown?.state === 'running' && shown.remaining === 0 ) {
		await backfills.setState( connected.name, id, 'done' );
		return { ...shown, state: 'done' };
	}
	return shown;
}

function unknownBackfill( id: number ) {
	return failure( 6, 'unknown-backfill', `There is no backfill ${ id }.` );
}
