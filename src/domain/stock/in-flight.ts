/**
 * What is in flight: sold in the shop, not yet allocated in Brightpearl, so still counted in
 * the on hand figure that Brightpearl answers (architecture, *Stock that can be sold*).
 *
 * Every doubt is settled towards "in flight": the shop then shows a piece too few until the
 * next pull, never one too many.
 */
import { CALLED_OFF } from '../orders/statuses.ts';
import type { LinkLine, OrderLink } from '../../contracts/database.ts';
import { itemKey, type ItemKey } from './items.ts';

/**
 * Shop statuses that end an order's claim on stock; several of them leave `_reduced_stock`
 * behind (`woocommerce-2.md`, §2).
 */
export const ENDED_STATUSES: readonly string[] = [ ...CALLED_OFF, 'trash' ];

const ENDED: ReadonlySet< string > = new Set( ENDED_STATUSES );

export interface FlightOrder {
	readonly orderId: number;
	readonly quantity: number;
	/** Why it still counts, as a person reads it. */
	readonly why: string;
}

export interface Flight {
	readonly total: number;
	/** Ascending by order id. */
	readonly orders: readonly FlightOrder[];
}

export const NO_FLIGHT: Flight = { total: 0, orders: [] };

export interface FlightInput {
	readonly links: Iterable< OrderLink >;
	/** Orders placed earlier are taken to be in Brightpearl already; null = none counts. */
	readonly goLive: string | null;
	/** When the availability request was sent, ISO-8601 UTC. */
	readonly askedAt: string;
	/** The variation manages its own stock; otherwise it follows its product. */
	readonly keepsOwnStock: ( variationId: number ) => boolean;
}

/** An order counts by its date, or because a person pushed it. */
export function countsAtAll(
	link: Pick< OrderLink, 'forced' | 'placedAt' >,
	goLive: string | null
): boolean {
	if ( link.forced ) {
		return true;
	}
	if ( goLive === null ) {
		return false;
	}
	return (
		link.placedAt === null ||
		Date.parse( link.placedAt ) >= Date.parse( goLive )
	);
}

function hasEnded( link: OrderLink, askedAt: string ): boolean {
	if ( link.gone !== null || ENDED.has( link.storeStatus ?? '' ) ) {
		return true;
	}
	if ( link.decision === 'ignored' && link.storeStatus === 'completed' ) {
		return true;
	}
	return (
		link.allocation?.shipped === true && confirmedBefore( link, askedAt )
	);
}

/**
 * Strictly before: an allocation confirmed in the very millisecond in which availability was
 * asked may have come too late for the answer.
 */
function confirmedBefore( link: OrderLink, askedAt: string ): boolean {
	return (
		link.allocation !== null &&
		Date.parse( link.allocation.confirmedAt ) < Date.parse( askedAt )
	);
}

/** How much of a line Brightpearl had surely set aside when availability was asked. */
function allocatedOf(
	link: OrderLink,
	line: LinkLine,
	askedAt: string
): number {
	const { allocation } = link;
	if ( allocation === null || ! confirmedBefore( link, askedAt ) ) {
		return 0;
	}
	const byLine = allocation.byLine[ line.lineId ];
	switch ( allocation.state ) {
		case 'none':
			return 0;
		case 'part':
			return byLine ?? 0;
		case 'all':
		case 'not-needed':
			// Where the quantities are known, a line that was edited or added since the push
			// has only what Brightpearl's order says.
			return Object.keys( allocation.byLine ).length === 0
				? line.reduced
				: ( byLine ?? 0 );
	}
}

/** What is in flight of every stock item, with the orders that cause it. */
export function inFlight( input: FlightInput ): Map< ItemKey, Flight > {
	const flights = new Map<
		ItemKey,
		{ total: number; orders: FlightOrder[] }
	>();
	for ( const link of input.links ) {
		if (
			! countsAtAll( link, input.goLive ) ||
			hasEnded( link, input.askedAt )
		) {
			continue;
		}
		for ( const [ key, { taken, open } ] of openByItem( link, input ) ) {
			const flight = flights.get( key ) ?? { total: 0, orders: [] };
			flight.total += open;
			flight.orders.push( {
				orderId: link.orderId,
				quantity: open,
				why: whyOf( link, taken, open, input.askedAt ),
			} );
			flights.set( key, flight );
		}
	}
	for ( const { orders } of flights.values() ) {
		orders.sort( ( a, b ) => a.orderId - b.orderId );
	}
	return flights;
}

function openByItem(
	link: OrderLink,
	{ askedAt, keepsOwnStock }: FlightInput
): Map< ItemKey, { taken: number; open: number } > {
	const items = new Map< ItemKey, { taken: number; open: number } >();
	for ( const line of link.lines ) {
		// What the shop took off a product that is gone counts for nothing any more.
		if ( line.reduced <= 0 || line.productId <= 0 ) {
			continue;
		}
		const open = line.reduced - allocatedOf( link, line, askedAt );
		const own = line.variationId > 0 && keepsOwnStock( line.variationId );
		const key = itemKey( line.productId, own ? line.variationId : null );
		const sum = items.get( key ) ?? { taken: 0, open: 0 };
		items.set( key, {
			taken: sum.taken + line.reduced,
			open: sum.open + Math.max( 0, open ),
		} );
	}
	for ( const [ key, { taken, open } ] of items ) {
		if ( open <= 0 ) {
			items.delete( key );
		} else {
			// Part of a piece cannot be sold: the whole piece is in flight.
			items.set( key, { taken, open: Math.ceil( open ) } );
		}
	}
	return items;
}

function whyOf(
	link: OrderLink,
	taken: number,
	open: number,
	askedAt: string
): string {
	const { allocation, salesOrderId } = link;
	if ( link.decision === 'ignored' ) {
		return 'ignored here, counts until it is completed in the shop';
	}
	if ( salesOrderId === null ) {
		return link.decision === 'held'
			? 'held here, not in Brightpearl yet'
			: 'not in Brightpearl yet';
	}
	const order = `in Brightpearl as ${ salesOrderId }`;
	if ( allocation === null || allocation.state === 'none' ) {
		return `${ order }, not allocated`;
	}
	if ( ! confirmedBefore( link, askedAt ) ) {
		return `${ order }, allocation known only from ${ allocation.confirmedAt }, after the stock was read`;
	}
	return `${ order }, ${ taken - open } of ${ taken } allocated`;
}
