/**
 * How many pieces of which rows are to be allocated in Brightpearl, and what of that is still to
 * be asked for.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreOrder, StoreRefundDetail } from '../../contracts/store.ts';
import { decimal, floorTo, money, MOST_DECIMALS, sum } from '../money.ts';
import { refundedPieces } from './credits/credits.ts';
import type { FoundOrder } from './found.ts';
import { isNoSale } from './statuses.ts';

/** Row reference → whole pieces; what is not named is 0. */
export type Pieces = Readonly< Record< string, number > >;

/** A row as it is going to be in Brightpearl. */
export interface RowPieces {
	readonly ref: string;
	readonly productId: number | null;
	readonly quantity: string;
}

/** The money of all of it went back, or there is no sale: nothing is to be sent. */
export function isGivenBack(
	order: Pick< StoreOrder, 'status' | 'total' | 'refunds' >
): boolean {
	return (
		isNoSale( order.status ) ||
		order.status === 'refunded' ||
		isAllRefunded( order )
	);
}

export function isAllRefunded( {
	total,
	refunds,
}: Pick< StoreOrder, 'total' | 'refunds' > ): boolean {
	const given = decimal( givenBackOf( { refunds } ) );
	return given.gt( 0 ) && given.gte( total );
}

/** What the refunds of the shop come to. */
export function givenBackOf( {
	refunds,
}: Pick< StoreOrder, 'refunds' > ): string {
	return money(
		sum( refunds.map( ( refund ) => decimal( refund.total ).abs() ) ),
		MOST_DECIMALS
	);
}

/**
 * Any product row may need stock: one that is not tracked itself may be a bundle of products that
 * are, which only Brightpearl knows.
 */
export function wantedPieces(
	rows: readonly RowPieces[],
	refunds: readonly StoreRefundDetail[],
	order: Pick< StoreOrder, 'status' | 'total' | 'refunds' >
): Pieces {
	if ( isGivenBack( order ) ) {
		return {};
	}
	const given = refundedPieces( refunds );
	return named(
		rows
			.filter( ( { productId } ) => productId !== null )
			.map( ( { ref, quantity } ) => [
				ref,
				floorTo(
					decimal( quantity ).minus( given.get( ref ) ?? 0 ),
					0
				).toNumber(),
			] )
	);
}

/** What is wanted, where it is less than the rows have; null = all of it is. */
export function lessToSend(
	rows: readonly RowPieces[],
	wanted: Pieces
): Pieces | null {
	return isSamePieces( wanted, orderedPieces( rows ) ) ? null : wanted;
}

function orderedPieces( rows: readonly RowPieces[] ): Pieces {
	return named(
		rows
			.filter( ( { productId } ) => productId !== null )
			.map( ( { ref, quantity } ) => [
				ref,
				floorTo( decimal( quantity ), 0 ).toNumber(),
			] )
	);
}

function named( entries: readonly ( readonly [ string, number ] )[] ): Pieces {
	return Object.fromEntries( entries.filter( ( [ , count ] ) => count > 0 ) );
}

export interface Reservations {
	/** Before the order is changed: what is to be let go of; null = nothing. */
	readonly lower: Pieces | null;
	/** Once it is changed; null = nothing more is wanted. */
	readonly raise: Pieces | null;
}

export function reservationsOf( input: {
	readonly wanted: Pieces;
	readonly link: OrderLink | null;
	readonly found: FoundOrder | null;
	readonly settings: Settings;
	/** All rows as they were agreed on: what an earlier version asked for without keeping it. */
	readonly before: readonly RowPieces[];
	/** It was cancelled, which let go of everything. */
	readonly revives: boolean;
} ): Reservations {
	const { wanted, link, found, settings, before, revives } = input;
	if ( needsNone( link, found ) ) {
		return { lower: null, raise: null };
	}
	const reserved = revives ? {} : reservedPieces( link, before );
	const kept = named(
		Object.entries( reserved ).map( ( [ ref, count ] ) => [
			ref,
			Math.min( count, wanted[ ref ] ?? 0 ),
		] )
	);
	const mayRaise =
		settings.orders.allocate &&
		( found === null || ! found.cancelled || revives );
	return {
		lower: isSamePieces( kept, reserved ) ? null : kept,
		raise: mayRaise && ! isSamePieces( wanted, kept ) ? wanted : null,
	};
}

function needsNone(
	link: OrderLink | null,
	found: FoundOrder | null
): boolean {
	return found === null
		? link?.allocation?.state === 'not-needed' ||
				link?.allocation?.shipped === true
		: found.allocation === 'not-needed' || found.shipping === 'all';
}

function reservedPieces(
	link: OrderLink | null,
	before: readonly RowPieces[]
): Pieces {
	if ( link === null || ( link.reserved ?? link.allocation ) === null ) {
		return {};
	}
	return link.reserved ?? orderedPieces( before );
}

function isSamePieces( a: Pieces, b: Pieces ): boolean {
	const refs = new Set( [ ...Object.keys( a ), ...Object.keys( b ) ] );
	return [ ...refs ].every(
		( ref ) => ( a[ ref ] ?? 0 ) === ( b[ ref ] ?? 0 )
	);
}
