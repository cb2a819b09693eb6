/**
 * What a request for an order may not say; checked as a whole before anything is changed.
 */
import { findCoupon } from './coupons.ts';
import { enumeration } from './lists.ts';
import type { Order } from './model.ts';
import { STATUSES } from './order-status.ts';
import type { Reply } from './rest.ts';
import {
	intOf,
	invalidParam,
	isRecord,
	recordsOf,
	restError,
	textOf,
} from './rest.ts';
import type { Shop } from './shop.ts';

type Input = Readonly< Record< string, unknown > >;

export const ITEM_LISTS = [
	'line_items',
	'shipping_lines',
	'fee_lines',
	'coupon_lines',
] as const;

/** What the schema refuses; inside a batch nothing of this is checked (measured). */
export function checkOrderBody( body: Input ): Reply | null {
	const status = body[ 'status' ];
	if (
		status !== undefined &&
		! ( STATUSES as readonly unknown[] ).includes( status )
	) {
		return invalidParam(
			'status',
			`status is not one of ${ enumeration( STATUSES ) }.`,
			'rest_not_in_enum'
		);
	}
	const billing = body[ 'billing' ];
	if ( isRecord( billing ) ) {
		const email = textOf( billing[ 'email' ] );
		if ( email !== '' && ! /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test( email ) ) {
			return invalidParam(
				'billing',
				'Invalid email address.',
				'rest_invalid_email'
			);
		}
	}
	for ( const name of ITEM_LISTS ) {
		const list = body[ name ];
		if ( list === undefined ) {
			continue;
		}
		const items: readonly unknown[] = Array.isArray( list )
			? list
			: [ list ];
		const at = items.findIndex( ( item ) => ! isRecord( item ) );
		if ( at !== -1 ) {
			const param = `${ name }[${ at }]`;
			return invalidParam(
				name,
				`${ param } is not of type object.`,
				'rest_invalid_type',
				{ param }
			);
		}
	}
	return null;
}

/** Lines, coupons and customers that are named must exist; an unknown product need not. */
export function checkReferences(
	shop: Shop,
	order: Order,
	input: Input
): Reply | null {
	for ( const name of [
		'line_items',
		'shipping_lines',
		'fee_lines',
	] as const ) {
		const known = new Set( order[ name ].map( ( { id } ) => id ) );
		for ( const entry of recordsOf( input[ name ] ) ) {
			const id = intOf( entry[ 'id' ] );
			if ( id !== 0 && ! known.has( id ) ) {
				return restError(
					400,
					'woocommerce_rest_invalid_item_id',
					'Order item ID provided is not associated with order.'
				);
			}
			if (
				id === 0 &&
				name === 'line_items' &&
				textOf( entry[ 'sku' ] ) === '' &&
				intOf( entry[ 'variation_id' ] ) === 0 &&
				intOf( entry[ 'product_id' ] ) === 0
			) {
				return restError(
					400,
					'woocommerce_rest_required_product_reference',
					'Product ID or SKU is required.'
				);
			}
		}
	}
	for ( const entry of recordsOf( input[ 'coupon_lines' ] ) ) {
		const code = textOf( entry[ 'code' ] );
		const isThere = order.coupon_lines.some(
			( line ) => line.code === code || line.id === intOf( entry[ 'id' ] )
		);
		if ( ! isThere && ! findCoupon( code ) ) {
			return restError(
				400,
				'woocommerce_rest_invalid_coupon',
				`Coupon &quot;${ code }&quot; cannot be applied because it does not exist.`
			);
		}
	}
	const customer = intOf( input[ 'customer_id' ] );
	return customer === 0 || [ ...shop.customers.values() ].includes( customer )
		? null
		: restError(
				400,
				'woocommerce_rest_invalid_customer_id',
				'Customer ID is invalid.'
			);
}
