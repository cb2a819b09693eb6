/**
 * Reading a stretch of the shop's orders into the ledger: what the changed-orders sweep and a
 * stock run share.
 *
 * Pages are walked by the orders' own modification time, not by page number: an order changed
 * during the walk moves to the end, and page numbers would skip the one that took its place.
 */
import type { OrderLink } from '../../contracts/database.ts';
import { DAY, parseDuration, SECOND } from '../../contracts/primitives.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isDue } from '../../domain/orders/due.ts';
import type { Connected } from '../connected.ts';
import { enteredChange, isNews } from './seen.ts';

export interface Walk {
	readonly scanned: number;
	/** Newest modification time met; null when nothing was. */
	readonly newest: string | null;
}

export interface SeenPage {
	readonly orders: readonly StoreOrder[];
	/** Ids of orders that could not be read: looked at one by one, each then says why. */
	readonly unreadable: readonly number[];
}

/**
 * Calls `each` for every order modified after `since`, at least once, oldest first.
 *
 * @param since ISO-8601 UTC; strictly greater, one-second resolution.
 */
export async function walkModified(
	connected: Pick< Connected, 'store' >,
	since: string,
	status: string,
	each: ( page: SeenPage ) => Promise< void >
): Promise< Result< Walk > > {
	let after = since;
	let page = 1;
	let newest: string | null = null;
	const seen = new Map< number, string >();
	for (;;) {
		const answer = await connected.store.orders( {
			modifiedAfter: after,
			status,
			orderBy: 'modified',
			page,
		} );
		if ( ! answer.ok ) {
			return answer;
		}
		const { orders, unreadable, more } = answer.value;
		const fresh = orders.filter(
			( order ) => seen.get( order.id ) !== order.modifiedAt
		);
		for ( const order of fresh ) {
			seen.set( order.id, order.modifiedAt );
		}
		await each( {
			orders: fresh,
			unreadable: unreadable.flatMap( ( { id } ) => id ?? [] ),
		} );
		const last = orders.at( -1 )?.modifiedAt ?? null;
		if (
			last !== null &&
			( newest === null || Date.parse( last ) > Date.parse( newest ) )
		) {
			newest = last;
		}
		if ( ! more || last === null ) {
			return ok( { scanned: seen.size, newest } );
		}
		const next = Date.parse( last ) - SECOND;
		// A whole page of one second cannot be passed by time: then by number.
		const forward = next > Date.parse( after );
		page = forward ? 1 : page + 1;
		after = forward ? new Date( next ).toISOString() : after;
	}
}

/** States in which a task would change nothing unless the shop's order did. */
const SETTLED: ReadonlySet< OrderLink[ 'state' ] > = new Set( [
	'synced',
	'problem',
	'held',
	'ignored',
	'not-due',
] );

function needsLook(
	order: StoreOrder,
	link: OrderLink | undefined,
	{ settings, world }: Connected
): boolean {
	return (
		link === undefined ||
		// Go-live, a status or a delay may say yes by now, though the order is the same.
		( link.state === 'not-due' &&
			isDue( { order, settings, link, now: world.clock.now() } ).due ) ||
		! SETTLED.has( link.state ) ||
		isNews( order, link )
	);
}

/**
 * Enters orders in the ledger and makes tasks for those that are new or changed. Tasks come
 * first: a crash between the two must leave a task too many, never one too few.
 */
export async function enter(
	connected: Connected,
	{ orders, unreadable }: SeenPage
): Promise< number > {
	const { database, name, settings } = connected;
	const links = new Map(
		(
			await database.orderLinks.findMany(
				name,
				orders.map( ( { id } ) => id )
			)
		).map( ( link ) => [ link.orderId, link ] )
	);
	const changed = orders.filter(
		( order ) =>
			needsLook( order, links.get( order.id ), connected ) &&
			isOurs( order, links.get( order.id ) )
	);
	const ids = [ ...changed.map( ( { id } ) => id ), ...unreadable ];
	const known = new Set(
		changed
			.filter( ( order ) => {
				const link = links.get( order.id );
				return link !== undefined && ! isNews( order, link );
			} )
			.map( ( { id } ) => id )
	);
	await database.queue.enqueue(
		ids.map( ( id ): TaskRequest => ( {
			key: taskKey( name, 'order', id ),
			kind: 'order',
			connection: name,
			priority: PRIORITY.order,
			unlessRunning: known.has( id ),
		} ) )
	);
	for ( const order of changed ) {
		// The task itself notes the rest; stock must know the lines before it has run.
		await database.orderLinks.save( name, order.id, ( link ) =>
			enteredChange( order, link )
		);
	}
	return ids.length;

	/** Orders from before go-live are taken to be in Brightpearl already. */
	function isOurs( order: StoreOrder, link: OrderLink | undefined ): boolean {
		return (
			link !== undefined ||
			( settings.goLive !== null &&
				Date.parse( order.placedAt ) >= Date.parse( settings.goLive ) )
		);
	}
}

/** Where the changed-orders sweep begins; null before there is a go-live date. */
export async function sinceOf(
	connected: Connected,
	cursorName: string
): Promise< string | null > {
	const { database, name, settings } = connected;
	const stored = await database.cursors.get( name, cursorName );
	const from = stored?.cursor ?? settings.goLive;
	if ( from === null ) {
		return null;
	}
	const overlap = Math.min( overlapMs( settings.sweep.overlap ), DAY );
	return new Date( Date.parse( from ) - overlap ).toISOString();
}

function overlapMs( duration: string ): number {
	return parseDuration( duration ) ?? 0;
}
