/**
 * Orders whose status changed in Brightpearl: where the shop is to follow it, their tasks are made.
 * Brightpearl tells nobody of it by itself, so it is asked for the sales orders that changed
 * (resources reference, §1.10).
 *
 * It begins with the moment it is switched on: the statuses of all that was shipped before are not
 * brought to the shop at once, each with a mail to its customer.
 */
import type { ChangedOrder } from '../../brightpearl/api.ts';
import type { OrderLink } from '../../contracts/database.ts';
import { DAY, parseDuration } from '../../contracts/primitives.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import {
	followsStatus,
	statusToWrite,
} from '../../domain/orders/write-back.ts';
import { isLive, type Connected } from '../connected.ts';
import { recovered } from '../connection-problems.ts';
import { areStatusesStopped, endRefusal, REFUSED } from './write-back.ts';

/** In Brightpearl's own time. */
const CURSOR = 'statuses';
const PAGE = 100;

export interface StatusSweepAnswer {
	readonly scanned: number;
	readonly queued: number;
}

export async function statusSweep(
	connected: Connected
): Promise< Result< StatusSweepAnswer > > {
	const { brightpearl, database, name, settings, world } = connected;
	const now = world.clock.now();
	if ( ! isLive( settings, now ) || ! followsStatus( settings.writeBack ) ) {
		return ok( { scanned: 0, queued: 0 } );
	}
	const stored = await database.cursors.get( name, CURSOR );
	let newest = stored?.cursor ?? new Date( now ).toISOString();
	let scanned = 0;
	let queued = await bringRefused( connected );
	for await ( const page of brightpearl.changedSalesOrders(
		before( newest, settings.sweep.overlap )
	) ) {
		if ( ! page.ok ) {
			return page;
		}
		const links = await changedLinks( connected, page.value );
		await enqueue( connected, links );
		scanned += page.value.length;
		queued += links.length;
		newest = latest( newest, page.value );
	}
	await database.cursors.set( name, CURSOR, newest );
	await recovered( connected, 'brightpearl' );
	return ok( { scanned, queued } );
}

function before( time: string, overlap: string ): string {
	const back = Math.min( parseDuration( overlap ) ?? 0, DAY );
	return new Date( Date.parse( time ) - back ).toISOString();
}

function latest( known: string, orders: readonly ChangedOrder[] ): string {
	return orders.reduce( ( newest, { updatedOn, createdOn } ) => {
		const at = updatedOn ?? createdOn;
		return at !== null && Date.parse( at ) > Date.parse( newest )
			? at
			: newest;
	}, known );
}

/** Those that show another status than we know of. */
async function changedLinks(
	{ database, name }: Connected,
	orders: readonly ChangedOrder[]
): Promise< OrderLink[] > {
	const statuses = new Map(
		orders.map( ( order ) => [ order.salesOrderId, order.statusId ] )
	);
	const links = await database.orderLinks.bySalesOrder( name, [
		...statuses.keys(),
	] );
	return links.filter( ( link ) => {
		const statusId = statuses.get( link.salesOrderId ?? 0 ) ?? null;
		return (
			isFollowed( link ) &&
			statusId !== null &&
			statusId !== link.brightpearl?.statusId
		);
	} );
}

/** A person's decision keeps an order as it is, and one that is gone has no status. */
function isFollowed( { decision, gone }: OrderLink ): boolean {
	return decision === null && gone === null;
}

/**
 * Orders whose status was refused. While the problem stands, one of them stands for all: it may
 * have been solved in the shop. Once it does not, whoever solved it, all of them.
 */
async function bringRefused( connected: Connected ): Promise< number > {
	const { database, name } = connected;
	const held = ( await database.cursors.get( name, REFUSED ) )?.cursor;
	if ( held === undefined || held === null ) {
		return 0;
	}
	const stands = await areStatusesStopped( connected );
	const last = await database.orderLinks.find( name, Number( held ) );
	if ( stands && last !== null && isWaiting( connected, last ) ) {
		await enqueue( connected, [ last ] );
		return 1;
	}
	let queued = 0;
	for await ( const waiting of waitingLinks( connected ) ) {
		if ( stands ) {
			await enqueue( connected, waiting.slice( 0, 1 ) );
			return 1;
		}
		await enqueue( connected, waiting );
		queued += waiting.length;
	}
	if ( stands ) {
		// None is left that it would stop.
		await endRefusal( connected );
	}
	// One of those queued may have been refused by now, and stands for the others again.
	if ( ! ( await areStatusesStopped( connected ) ) ) {
		await database.cursors.set( name, REFUSED, null );
	}
	return queued;
}

async function* waitingLinks(
	connected: Connected
): AsyncGenerator< OrderLink[] > {
	const { database, name } = connected;
	let afterId = 0;
	for (;;) {
		const links = await database.orderLinks.watched(
			name,
			[],
			afterId,
			PAGE
		);
		const last = links.at( -1 );
		if ( last === undefined ) {
			return;
		}
		afterId = last.orderId;
		const waiting = links.filter( ( link ) =>
			isWaiting( connected, link )
		);
		if ( waiting.length > 0 ) {
			yield waiting;
		}
	}
}

function isWaiting( { settings }: Connected, link: OrderLink ): boolean {
	return (
		isFollowed( link ) &&
		statusToWrite(
			settings.writeBack,
			link,
			link.brightpearl?.statusId ?? null,
			link.storeStatus ?? ''
		) !== null
	);
}

async function enqueue(
	{ database, name }: Connected,
	links: readonly OrderLink[]
): Promise< void > {
	await database.queue.enqueue(
		links.map( ( { orderId } ): TaskRequest => ( {
			key: taskKey( name, 'order', orderId ),
			kind: 'order',
			connection: name,
			priority: PRIORITY.sweep,
			payload: { lookAtBrightpearl: true },
		} ) )
	);
}
