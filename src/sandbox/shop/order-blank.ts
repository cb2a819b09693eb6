/**
 * An order as it is before anything is known of it.
 */
import type { Address, BillingAddress, Order } from './model.ts';
import type { Shop } from './shop.ts';
import { WOOCOMMERCE_VERSION } from './shop.ts';

export function emptyAddress(): Address {
	return {
		first_name: '',
		last_name: '',
		company: '',
		address_1: '',
		address_2: '',
		city: '',
		state: '',
		postcode: '',
		country: '',
		phone: '',
	};
}

export function emptyBilling(): BillingAddress {
	const { phone, ...address } = emptyAddress();
	// Recorded key order: e-mail before phone.
	return { ...address, email: '', phone };
}

export function blankOrder( shop: Shop, createdVia: string ): Order {
	const now = shop.now();
	return {
		id: 0,
		parent_id: 0,
		status: 'pending',
		currency: shop.settings.currency,
		version: WOOCOMMERCE_VERSION,
		prices_include_tax: shop.settings.pricesIncludeTax,
		created: now,
		modified: now,
		completed: null,
		paid: null,
		discount_total: '0',
		discount_tax: '0',
		shipping_total: '0',
		shipping_tax: '0',
		cart_tax: '0',
		total: '0',
		total_tax: '0',
		customer_id: 0,
		order_key: `wc_order_${ shop.random.token( 13 ) }`,
		billing: emptyBilling(),
		shipping: emptyAddress(),
		payment_method: '',
		payment_method_title: '',
		transaction_id: '',
		customer_ip_address: '',
		customer_user_agent: '',
		created_via: createdVia,
		customer_note: '',
		cart_hash: '',
		meta_data: [],
		line_items: [],
		tax_lines: [],
		shipping_lines: [],
		fee_lines: [],
		coupon_lines: [],
		refunds: [],
		notes: [],
		stock_reduced: false,
		held_until: null,
		decimals: null,
	};
}
