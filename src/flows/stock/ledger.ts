/**
 * The ledger as stock sees it: which orders are open, what of them Brightpearl has allocated,
 * and so what is in flight.
 */
import type { LinkAllocation, OrderLink } from '../../contracts/database.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import {
	countsAtAll,
	ENDED_STATUSES,
	inFlight,
	type Flight,
} from '../../domain/stock/in-flight.ts';
import type { ItemKey } from '../../domain/stock/items.ts';
import { allocationOf, sameAllocation } from './allocation.ts';
import { slices, type StockParts } from './parts.ts';

/** Ids in one request (resources reference, §1.3). */
const ID_SET = 200;
/** Staff may undo an allocation at any time, so an older reading is not trusted. */
const FRESH_FOR = MINUTE;

export interface StockLedger {
	/** Orders that may hold stock in flight, in their newest state. */
	open(): Promise< OrderLink[] >;
	/**
	 * Reads again what Brightpearl has allocated of them, unless that was done just now. On
	 * return the clock has passed every confirmation: availability may be asked.
	 */
	confirmAllocations(): Promise< Result< void > >;
	/** @param askedAt When the availability request was sent. */
	inFlight( askedAt: string ): Promise< Map< ItemKey, Flight > >;
}

export function createStockLedger(
	parts: StockParts,
	keepsOwnStock: ( variationId: number ) => boolean
): StockLedger {
	const { brightpearl, connection, database, settings, world } = parts;
	const { clock } = world;
	const known = new Set< number >();
	let confirmed: number | null = null;

	const now = (): string => new Date( clock.now() ).toISOString();

	/**
	 * An order that shipped after availability was asked leaves the open ones, though the
	 * answer may still hold its pieces: orders once met are looked up until the run ends.
	 */
	async function open(): Promise< OrderLink[] > {
		const links = (
			await database.orderLinks.open( connection, ENDED_STATUSES )
		).filter( ( link ) => countsAtAll( link, settings.goLive ) );
		const here = new Set( links.map( ( { orderId } ) => orderId ) );
		const left = [ ...known ].filter(
			( orderId ) => ! here.has( orderId )
		);
		for ( const orderIds of slices( left, ID_SET ) ) {
			links.push(
				...( await database.orderLinks.findMany(
					connection,
					orderIds
				) )
			);
		}
		for ( const orderId of here ) {
			known.add( orderId );
		}
		return links;
	}

	async function confirmAllocations(): Promise< Result< void > > {
		const startedAt = clock.now();
		if (
			confirmed === null ||
			startedAt - confirmed >= FRESH_FOR ||
			startedAt < confirmed
		) {
			const pushed = ( await open() ).filter(
				( { salesOrderId } ) => salesOrderId !== null
			);
			for ( const links of slices( pushed, ID_SET ) ) {
				const read = await confirmSome( links );
				if ( ! read.ok ) {
					return read;
				}
			}
			confirmed = startedAt;
		}
		await passMillisecond();
		return ok( undefined );
	}

	async function confirmSome(
		links: readonly OrderLink[]
	): Promise< Result< void > > {
		const answer = await brightpearl.salesOrders(
			links.map( ( { salesOrderId } ) => salesOrderId ?? 0 )
		);
		if ( ! answer.ok ) {
			return answer;
		}
		const salesOrders = new Map(
			answer.value.map( ( order ) => [ order.id, order ] )
		);
		for ( const link of links ) {
			const salesOrder = salesOrders.get( link.salesOrderId ?? 0 );
			const allocation =
				salesOrder === undefined
					? ok( goneAllocation() )
					: await allocationOf( brightpearl, salesOrder, now );
			if ( ! allocation.ok ) {
				return allocation;
			}
			await note( link, allocation.value );
		}
		return ok( undefined );
	}

	/** Brightpearl has the order no longer, and with it nothing set aside. */
	function goneAllocation(): LinkAllocation {
		return {
			state: 'none',
			byLine: {},
			shipped: false,
			confirmedAt: now(),
		};
	}

	async function note(
		seen: OrderLink,
		allocation: LinkAllocation
	): Promise< void > {
		const { allocation: before } = seen;
		if (
			before === null &&
			allocation.state === 'none' &&
			! allocation.shipped
		) {
			// The order's own task has yet to allocate; a record here would say that it has.
			return;
		}
		if (
			before !== null &&
			sameAllocation( before, allocation ) &&
			Date.parse( before.confirmedAt ) <= clock.now()
		) {
			// The earlier confirmation still holds.
			return;
		}
		const link = await database.orderLinks.find( connection, seen.orderId );
		if ( link === null || link.salesOrderId !== seen.salesOrderId ) {
			return;
		}
		if ( link.allocation?.confirmedAt !== before?.confirmedAt ) {
			// The order's own task allocated meanwhile: its answer is the newer one.
			return;
		}
		await database.orderLinks.save( connection, seen.orderId, {
			allocation,
		} );
	}

	/** Confirmations count only when they are older than the request, to the millisecond. */
	async function passMillisecond(): Promise< void > {
		const from = clock.now();
		// A clock that stands still only makes the figures more careful.
		for ( let tries = 0; clock.now() <= from && tries < 5; tries++ ) {
			await clock.sleep( 1 );
		}
	}

	return {
		open,
		confirmAllocations,
		async inFlight( askedAt ) {
			return inFlight( {
				links: await open(),
				goLive: settings.goLive,
				askedAt,
				keepsOwnStock,
			} );
		},
	};
}
