/**
 * The three sweeps that make events optional (architecture, *What events cannot tell*):
 * changed orders, trashed orders, and the daily deep one for orders that vanished and refunds
 * that were deleted, neither of which moves the shop's modification time.
 */
import type { SweepAnswer } from '../../contracts/answers.ts';
import { PRIORITY, taskKey, type TaskRequest } from '../../contracts/queue.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isLive, type Connected } from '../connected.ts';
import { recovered } from '../connection-problems.ts';
import { enter, sinceOf, walkModified } from './scan.ts';
import { lostRefund } from './seen.ts';

/** Everything but the trash and drafts that never became orders. */
const ANY = 'any';

/**
 * Changed and trashed orders. Not live: nothing is queued.
 *
 * @param from Begins there instead of at the cursor, which then does not move back.
 */
export async function sweep(
	connected: Connected,
	from: string | null = null
): Promise< Result< SweepAnswer > > {
	const { world } = connected;
	if ( ! isLive( connected.settings, world.clock.now() ) ) {
		return ok( { scanned: 0, queued: 0, since: from, cursor: null } );
	}
	const usual = await sinceOf( connected, 'orders' );
	const since = from ?? usual;
	if ( since === null ) {
		return ok( { scanned: 0, queued: 0, since: null, cursor: null } );
	}
	let queued = 0;
	const walked = await walkModified(
		connected,
		since,
		ANY,
		async ( page ) => {
			queued += await enter( connected, page );
		}
	);
	if ( ! walked.ok ) {
		return walked;
	}
	// A walk that began later has not seen what lies between.
	const reaches = ( begin: string | null, start: string ): boolean =>
		begin === null || Date.parse( start ) <= Date.parse( begin );
	const cursor = await advance(
		connected,
		'orders',
		reaches( usual, since ) ? walked.value.newest : null
	);

	const usualTrash = await sinceOf( connected, 'trash' );
	const trashSince = from ?? usualTrash ?? since;
	const trash = await walkModified(
		connected,
		trashSince,
		'trash',
		async ( { orders } ) => {
			queued += await enterTrashed( connected, orders );
		}
	);
	if ( ! trash.ok ) {
		return trash;
	}
	await advance(
		connected,
		'trash',
		reaches( usualTrash, trashSince ) ? trash.value.newest : null
	);
	await recovered( connected, 'store' );
	return ok( {
		scanned: walked.value.scanned + trash.value.scanned,
		queued,
		since,
		cursor,
	} );
}

/** Moves a cursor forward, never back; it is the store's own time. */
async function advance(
	connected: Connected,
	cursorName: string,
	newest: string | null
): Promise< string | null > {
	const { database, name } = connected;
	const stored =
		( await database.cursors.get( name, cursorName ) )?.cursor ?? null;
	const cursor =
		newest !== null &&
		( stored === null || Date.parse( newest ) > Date.parse( stored ) )
			? newest
			: stored;
	await database.cursors.set( name, cursorName, cursor );
	return cursor;
}

/** Only orders we know matter in the trash. */
async function enterTrashed(
	connected: Connected,
	orders: readonly StoreOrder[]
): Promise< number > {
	const { database, name } = connected;
	const links = await database.orderLinks.findMany(
		name,
		orders.map( ( { id } ) => id )
	);
	const news = links.filter( ( link ) => link.gone !== 'trashed' );
	await enqueue( connected, news );
	return news.length;
}

async function enqueue(
	connected: Connected,
	links: readonly OrderLink[]
): Promise< void > {
	const { database, name } = connected;
	await database.queue.enqueue(
		links.map( ( link ): TaskRequest => ( {
			key: taskKey( name, 'order', link.orderId ),
			kind: 'order',
			connection: name,
			priority: PRIORITY.sweep,
		} ) )
	);
}

const DEEP_PAGE = 100;
/** Nothing more is expected of an order that the shop called off before it was pushed. */
const ENDED: readonly string[] = [ 'cancelled', 'failed' ];

/** Re-reads linked open orders by id and queues those that vanished, changed or lost a refund. */
export async function deepSweep(
	connected: Connected
): Promise< Result< SweepAnswer > > {
	const { database, name, store, world } = connected;
	if ( ! isLive( connected.settings, world.clock.now() ) ) {
		return ok( { scanned: 0, queued: 0, since: null, cursor: null } );
	}
	let scanned = 0;
	let queued = 0;
	let afterId = 0;
	for (;;) {
		const links = await database.orderLinks.watched(
			name,
			ENDED,
			afterId,
			DEEP_PAGE
		);
		if ( links.length === 0 ) {
			break;
		}
		afterId = links.at( -1 )?.orderId ?? afterId;
		const answer = await store.orders( {
			include: links.map( ( link ) => link.orderId ),
			status: ANY,
			orderBy: 'id',
			page: 1,
		} );
		if ( ! answer.ok ) {
			return answer;
		}
		const { orders, unreadable } = answer.value;
		const news = links.filter( ( link ) => {
			const order = orders.find( ( { id } ) => id === link.orderId );
			return order === undefined
				? ! unreadable.some( ( { id } ) => id === link.orderId )
				: order.modifiedAt !== link.modifiedAt ||
						lostRefund( order, link );
		} );
		await enqueue( connected, news );
		scanned += links.length;
		queued += news.length;
	}
	await database.cursors.set( name, 'deep', null );
	const cursor =
		( await database.cursors.get( name, 'orders' ) )?.cursor ?? null;
	return ok( { scanned, queued, since: null, cursor } );
}
