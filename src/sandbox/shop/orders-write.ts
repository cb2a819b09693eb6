/**
 * Creating and changing orders through REST (platform notes, "Writes"; part 2, §5).
 */
import { findCoupon } from './coupons.ts';
import { applyCoupons } from './discounting.ts';
import type { Order } from './model.ts';
import { blankOrder } from './order-blank.ts';
import { ITEM_LISTS, checkReferences } from './order-check.ts';
import {
	applyMeta,
	newFee,
	newLine,
	newShipping,
	setFee,
	setLine,
	setShipping,
} from './order-items.ts';
import {
	STATUSES,
	addNote,
	changeStatus,
	orderChanged,
	paymentComplete,
	tellOrder,
} from './order-status.ts';
import type { Outcome } from './rest.ts';
import { flagOf, good, intOf, isRecord, recordsOf, textOf } from './rest.ts';
import type { Shop } from './shop.ts';
import { stockFollowsLine, stockOfRemovedLine } from './stock.ts';
import { recalculate } from './totals.ts';

type Input = Readonly< Record< string, unknown > >;

const TEXTS = [
	'payment_method',
	'payment_method_title',
	'transaction_id',
	'customer_note',
	'currency',
	'created_via',
] as const;

function fillAddress( address: object, input: unknown ): void {
	if ( isRecord( input ) ) {
		for ( const key of Object.keys( address ) ) {
			if ( input[ key ] !== undefined ) {
				Object.assign( address, { [ key ]: textOf( input[ key ] ) } );
			}
		}
	}
}

function setHeader( shop: Shop, order: Order, input: Input ): void {
	if ( input[ 'customer_id' ] !== undefined ) {
		order.customer_id = intOf( input[ 'customer_id' ] );
	}
	for ( const name of TEXTS ) {
		if ( input[ name ] !== undefined ) {
			order[ name ] = textOf( input[ name ] );
		}
	}
	fillAddress( order.billing, input[ 'billing' ] );
	fillAddress( order.shipping, input[ 'shipping' ] );
	order.meta_data = applyMeta( shop, order.meta_data, input[ 'meta_data' ] );
}

/** Removed by quantity 0, or by null as product, method or name. */
function isRemoval( input: Input ): boolean {
	return (
		input[ 'quantity' ] === 0 ||
		[ 'product_id', 'method_id', 'name' ].some(
			( name ) => input[ name ] === null
		)
	);
}

function setLineItems( shop: Shop, order: Order, input: unknown ): void {
	for ( const entry of recordsOf( input ) ) {
		const line = order.line_items.find(
			( { id } ) => id === intOf( entry[ 'id' ] )
		);
		let note: string | null;
		if ( ! line ) {
			const made = newLine( shop, entry );
			order.line_items.push( made );
			note = stockFollowsLine( shop, order, made );
		} else if ( isRemoval( entry ) ) {
			order.line_items = order.line_items.filter(
				( one ) => one !== line
			);
			note = stockOfRemovedLine( shop, line );
		} else {
			setLine( shop, line, entry );
			note = stockFollowsLine( shop, order, line );
		}
		if ( note !== null ) {
			addNote( shop, order, note, { author: 'admin' } );
		}
	}
}

function setCharges< T extends { id: number } >(
	lines: readonly T[],
	input: unknown,
	make: ( entry: Input ) => T,
	change: ( line: T, entry: Input ) => void
): T[] {
	let result = [ ...lines ];
	for ( const entry of recordsOf( input ) ) {
		const line = result.find( ( { id } ) => id === intOf( entry[ 'id' ] ) );
		if ( ! line ) {
			result.push( make( entry ) );
		} else if ( isRemoval( entry ) ) {
			result = result.filter( ( one ) => one !== line );
		} else {
			change( line, entry );
		}
	}
	return result;
}

/** Everything but the status; totals follow whenever addresses or items were sent. */
function setBody( shop: Shop, order: Order, input: Input ): void {
	setHeader( shop, order, input );
	setLineItems( shop, order, input[ 'line_items' ] );
	order.shipping_lines = setCharges(
		order.shipping_lines,
		input[ 'shipping_lines' ],
		( entry ) => newShipping( shop, entry ),
		( line, entry ) => setShipping( shop, line, entry )
	);
	order.fee_lines = setCharges(
		order.fee_lines,
		input[ 'fee_lines' ],
		( entry ) => newFee( shop, entry ),
		( line, entry ) => setFee( shop, line, entry )
	);
	const coupons = recordsOf( input[ 'coupon_lines' ] )
		.map( ( entry ) => findCoupon( textOf( entry[ 'code' ] ) ) )
		.filter( ( coupon ) => coupon !== undefined )
		.filter(
			( { code } ) =>
				! order.coupon_lines.some( ( line ) => line.code === code )
		);
	if ( coupons.length > 0 ) {
		applyCoupons( shop, order, coupons );
	}
	if (
		[ 'billing', 'shipping', ...ITEM_LISTS ].some(
			( name ) => input[ name ] !== undefined
		)
	) {
		recalculate( shop, order );
	}
}

/** Inside a batch nobody checks the status: an unknown one means pending (measured). */
function statusOf( input: Input ): string | null {
	const status = textOf( input[ 'status' ] );
	if ( status === '' ) {
		return null;
	}
	return ( STATUSES as readonly string[] ).includes( status )
		? status
		: 'pending';
}

/** No idempotency key, and no look at the stock: REST oversells without complaint. */
export function createOrder( shop: Shop, input: Input ): Outcome< Order > {
	const order = blankOrder( shop, 'rest-api' );
	const error = checkReferences( shop, order, input );
	if ( error ) {
		return { ok: false, error };
	}
	order.id = shop.nextId( 'post' );
	setBody( shop, order, input );
	recalculate( shop, order );
	shop.orders.set( order.id, order );
	shop.fire( 'order.created', order.id );
	shop.fire( 'order.updated', order.id );
	changeStatus( shop, order, statusOf( input ) ?? 'pending' );
	if ( flagOf( input[ 'set_paid' ] ) ) {
		paymentComplete( shop, order, textOf( input[ 'transaction_id' ] ) );
	}
	tellOrder( shop, order );
	shop.touch();
	return good( order );
}

export function updateOrder(
	shop: Shop,
	order: Order,
	input: Input
): Outcome< Order > {
	const error = checkReferences( shop, order, input );
	if ( error ) {
		return { ok: false, error };
	}
	const from = order.status;
	setBody( shop, order, input );
	changeStatus( shop, order, statusOf( input ) ?? from );
	if (
		flagOf( input[ 'set_paid' ] ) &&
		[ 'pending', 'failed' ].includes( order.status )
	) {
		paymentComplete( shop, order, textOf( input[ 'transaction_id' ] ) );
	}
	if ( from === 'trash' && order.status !== 'trash' ) {
		// Recorded: a trashed order given a status through REST tells nobody.
		order.modified = shop.now();
		shop.touch();
	} else {
		orderChanged( shop, order );
	}
	if ( order.status !== from ) {
		tellOrder( shop, order );
	}
	return good( order );
}
