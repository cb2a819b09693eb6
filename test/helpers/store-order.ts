/**
 * Recorded orders of test/data/woocommerce as the store port gives them.
 *
 * The mapping is the smallest that planning needs; what the shop's client makes of broken or
 * odd answers is tested where the client is.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type {
	StoreAddress,
	StoreCharge,
	StoreOrder,
	StoreTaxRate,
} from '../../src/contracts/store.ts';

const root = new URL( '../data/woocommerce/', import.meta.url );

interface RawTax {
	id: number;
}
interface RawMeta {
	key: string;
	value: unknown;
	display_key: string;
	display_value: unknown;
}
interface RawCharge {
	id: number;
	total: string;
	total_tax: string;
	tax_class?: string;
	tax_status?: string;
	taxes: RawTax[];
	meta_data: RawMeta[];
}
interface RawAddress {
	first_name: string;
	last_name: string;
	company: string;
	address_1: string;
	address_2: string;
	city: string;
	state: string;
	postcode: string;
	country: string;
	email?: string;
	phone?: string;
}
export interface RawOrder {
	id: number;
	number: string;
	status: string;
	currency: string;
	prices_include_tax: boolean;
	date_created_gmt: string;
	date_modified_gmt: string;
	date_paid_gmt: string | null;
	date_completed_gmt: string | null;
	total: string;
	total_tax: string;
	payment_method: string;
	payment_method_title: string;
	transaction_id: string;
	customer_note: string;
	created_via: string;
	customer_id: number;
	billing: RawAddress;
	shipping: RawAddress;
	line_items: ( RawCharge & {
		name: string;
		product_id: number;
		variation_id: number;
		sku: string | null;
		quantity: number;
		subtotal: string;
		subtotal_tax: string;
	} )[];
	shipping_lines: ( RawCharge & {
		method_title: string;
		method_id: string;
		instance_id: string;
	} )[];
	fee_lines: ( RawCharge & { name: string } )[];
	coupon_lines: {
		id: number;
		code: string;
		discount: string;
		discount_tax: string;
	}[];
	tax_lines: {
		rate_id: number;
		label: string;
		compound: boolean;
		rate_percent: number;
	}[];
	refunds: { id: number; reason: string; total: string }[];
}

export interface Recorded {
	/** `031-coupon-percent-in-sub` */
	readonly name: string;
	readonly order: StoreOrder;
	/** From its `.dp6.json`, where one was recorded. */
	readonly exact: StoreOrder | null;
}

export function toStoreOrder( raw: RawOrder ): StoreOrder {
	const utc = ( gmt: string ): string => `${ gmt }Z`;
	const utcOrNull = ( gmt: string | null ): string | null =>
		gmt === null ? null : utc( gmt );
	const rates = ( taxes: readonly RawTax[] ): StoreTaxRate[] =>
		raw.tax_lines
			.filter( ( { rate_id } ) =>
				taxes.some( ( { id } ) => id === rate_id )
			)
			.map( ( line ) => ( {
				percent: String( line.rate_percent ),
				label: line.label,
				compound: line.compound,
			} ) );
	const charge = ( item: RawCharge, name: string ): StoreCharge => ( {
		id: item.id,
		name,
		total: item.total,
		totalTax: item.total_tax,
		taxClass: item.tax_class ?? '',
		taxStatus: item.tax_status ?? 'taxable',
		rates: rates( item.taxes ),
	} );
	return {
		id: raw.id,
		number: raw.number,
		status: raw.status,
		currency: raw.currency,
		pricesIncludeTax: raw.prices_include_tax,
		placedAt: utc( raw.date_created_gmt ),
		modifiedAt: utc( raw.date_modified_gmt ),
		paidAt: utcOrNull( raw.date_paid_gmt ),
		completedAt: utcOrNull( raw.date_completed_gmt ),
		total: raw.total,
		totalTax: raw.total_tax,
		paymentMethod: raw.payment_method,
		paymentMethodTitle: raw.payment_method_title,
		transactionId: raw.transaction_id,
		customerNote: raw.customer_note,
		createdVia: raw.created_via,
		customerId: raw.customer_id,
		billing: toAddress( raw.billing ),
		shipping: toAddress( raw.shipping ),
		lines: raw.line_items.map( ( line ) => ( {
			id: line.id,
			name: line.name,
			productId: line.product_id,
			variationId: line.variation_id,
			sku: line.sku ?? '',
			quantity: String( line.quantity ),
			taxClass: line.tax_class ?? '',
			subtotal: line.subtotal,
			subtotalTax: line.subtotal_tax,
			total: line.total,
			totalTax: line.total_tax,
			rates: rates( line.taxes ),
			reducedStock: Number(
				line.meta_data.find( ( { key } ) => key === '_reduced_stock' )
					?.value ?? 0
			),
			meta: line.meta_data
				.filter( ( { key } ) => ! key.startsWith( '_' ) )
				.map( ( meta ) => ( {
					key: meta.display_key,
					value: String( meta.display_value ),
				} ) ),
		} ) ),
		shippingLines: raw.shipping_lines.map( ( line ) => ( {
			...charge( line, line.method_title ),
			methodId: line.method_id,
			instanceId: line.instance_id,
		} ) ),
		fees: raw.fee_lines.map( ( fee ) => charge( fee, fee.name ) ),
		coupons: raw.coupon_lines.map( ( coupon ) => ( {
			id: coupon.id,
			code: coupon.code,
			discount: coupon.discount,
			discountTax: coupon.discount_tax,
		} ) ),
		refunds: raw.refunds.map( ( { id, reason, total } ) => ( {
			id,
			reason,
			total,
		} ) ),
	};
}

function toAddress( raw: RawAddress ): StoreAddress {
	return {
		firstName: raw.first_name,
		lastName: raw.last_name,
		company: raw.company,
		address1: raw.address_1,
		address2: raw.address_2,
		city: raw.city,
		state: raw.state,
		postcode: raw.postcode,
		country: raw.country,
		email: raw.email ?? '',
		phone: raw.phone ?? '',
	};
}

function read( file: string ): StoreOrder {
	const text = readFileSync( new URL( `orders/${ file }`, root ), 'utf8' );
	return toStoreOrder( JSON.parse( text ) as RawOrder );
}

export function recordedOrders(): Recorded[] {
	return readdirSync( new URL( 'orders/', root ) )
		.filter( ( file ) => /^\d{3}-[a-z0-9-]+\.json$/.test( file ) )
		.sort()
		.map( ( file ) => {
			const name = file.replace( '.json', '' );
			const six = `${ name }.dp6.json`;
			return {
				name,
				order: read( file ),
				exact: existsSync( new URL( `orders/${ six }`, root ) )
					? read( six )
					: null,
			};
		} );
}

export function recordedOrder( number: string ): Recorded {
	const found = recordedOrders().find( ( { name } ) =>
		name.startsWith( number )
	);
	if ( found === undefined ) {
		throw new Error( `No recorded order ${ number }` );
	}
	return found;
}
