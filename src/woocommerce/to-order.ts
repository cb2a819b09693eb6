/**
 * An order as WooCommerce prints it, as the store port has it.
 *
 * Amounts stay the shop's strings. HTML entities in addresses stay too: the block checkout
 * stores them encoded, REST does not, and planning decodes in one place.
 */
import { Big } from 'big.js';
import { z } from 'zod';
import type {
	StoreAddress,
	StoreLine,
	StoreOrder,
	StoreTaxRate,
} from '../contracts/store.ts';
import { orderSchema, whyRefused } from './schemas.ts';
import type { OrderJson } from './schemas.ts';

export type ReadOrder =
	| { readonly ok: true; readonly order: StoreOrder }
	| { readonly ok: false; readonly id: number | null; readonly why: string };

const errorDocument = z.object( {
	code: z.string(),
	message: z.string().catch( '' ),
} );
const identified = z.object( { id: z.int().positive() } );

export function toOrder( json: unknown ): ReadOrder {
	const parsed = orderSchema.safeParse( json );
	if ( parsed.success ) {
		return mapOrder( parsed.data );
	}
	const known = identified.safeParse( json );
	if ( known.success ) {
		return {
			ok: false,
			id: known.data.id,
			why: whyRefused( parsed.error ),
		};
	}
	const error = errorDocument.safeParse( json );
	return {
		ok: false,
		id: null,
		why: error.success
			? `${ error.data.code } ${ error.data.message }`.trim()
			: whyRefused( parsed.error ),
	};
}

type Rates = ReadonlyMap< string, StoreTaxRate | null >;

function mapOrder( json: OrderJson ): ReadOrder {
	const rates = ratesOf( json );
	const unknown = rowsOf( json )
		.flatMap( ( row ) => row.taxes )
		.find( ( tax ) => rates.get( tax.id ) === null );
	if ( unknown !== undefined ) {
		return {
			ok: false,
			id: json.id,
			why: `tax_lines: rate ${ unknown.id } has no rate_percent`,
		};
	}
	return {
		ok: true,
		order: {
			id: json.id,
			number: json.number,
			status: json.status,
			currency: json.currency,
			pricesIncludeTax: json.prices_include_tax,
			placedAt: json.date_created_gmt,
			modifiedAt: json.date_modified_gmt ?? json.date_created_gmt,
			paidAt: json.date_paid_gmt ?? null,
			completedAt: json.date_completed_gmt ?? null,
			total: json.total,
			totalTax: json.total_tax,
			paymentMethod: json.payment_method,
			paymentMethodTitle: json.payment_method_title,
			transactionId: json.transaction_id,
			customerNote: json.customer_note,
			createdVia: json.created_via,
			customerId: json.customer_id,
			billing: toAddress( json.billing ),
			shipping: toAddress( json.shipping ),
			lines: json.line_items.map( ( line ) => toLine( line, rates ) ),
			shippingLines: json.shipping_lines.map( ( line ) => ( {
				id: line.id,
				name: line.method_title,
				total: line.total,
				totalTax: line.total_tax,
				// A shipping line has no class of its own.
				taxClass: '',
				taxStatus: line.tax_status,
				rates: ratesOfRow( line.taxes, rates ),
				methodId: line.method_id,
				instanceId: line.instance_id,
			} ) ),
			fees: json.fee_lines.map( ( fee ) => ( {
				id: fee.id,
				name: fee.name,
				total: fee.total,
				totalTax: fee.total_tax,
				taxClass: fee.tax_class,
				taxStatus: fee.tax_status,
				rates: ratesOfRow( fee.taxes, rates ),
			} ) ),
			coupons: json.coupon_lines.map( ( coupon ) => ( {
				id: coupon.id,
				code: coupon.code,
				discount: coupon.discount,
				discountTax: coupon.discount_tax,
			} ) ),
			refunds: json.refunds.map( ( refund ) => ( {
				id: refund.id,
				reason: refund.reason,
				total: refund.total,
			} ) ),
			meta: orderMeta( json.meta_data ),
		},
	};
}

function rowsOf( json: OrderJson ): readonly { taxes: RowTaxes }[] {
	return [ ...json.line_items, ...json.shipping_lines, ...json.fee_lines ];
}
type RowTaxes = OrderJson[ 'line_items' ][ number ][ 'taxes' ];

/** Null = the percentage is not known: taking it for 0 would book taxed rows as untaxed. */
function ratesOf( json: OrderJson ): Rates {
	return new Map(
		json.tax_lines.map( ( line ) => [
			line.rate_id,
			line.rate_percent == null
				? null
				: {
						percent: decimal( line.rate_percent ),
						label: line.label,
						compound: line.compound,
					},
		] )
	);
}

/** Every entry counts, also one with total 0; an id without a tax line is ignored. */
function ratesOfRow( taxes: RowTaxes, rates: Rates ): readonly StoreTaxRate[] {
	return taxes.flatMap( ( tax ) => rates.get( tax.id ) ?? [] );
}

/** `String( 1e-7 )` is no decimal; big.js prints every digit and no exponent. */
function decimal( value: number | string ): string {
	return new Big( value ).toFixed();
}

function toAddress( json: OrderJson[ 'billing' ] ): StoreAddress {
	return {
		firstName: json.first_name,
		lastName: json.last_name,
		company: json.company,
		address1: json.address_1,
		address2: json.address_2,
		city: json.city,
		state: json.state,
		postcode: json.postcode,
		country: json.country,
		email: json.email,
		phone: json.phone,
	};
}

type LineJson = OrderJson[ 'line_items' ][ number ];

function toLine( json: LineJson, rates: Rates ): StoreLine {
	return {
		id: json.id,
		name: json.name,
		productId: json.product_id,
		variationId: json.variation_id,
		sku: json.sku,
		quantity: decimal( json.quantity ),
		taxClass: json.tax_class,
		subtotal: json.subtotal,
		subtotalTax: json.subtotal_tax,
		total: json.total,
		totalTax: json.total_tax,
		rates: ratesOfRow( json.taxes, rates ),
		reducedStock: reducedStock( json.meta_data ),
		meta: visibleMeta( json.meta_data ),
	};
}

function reducedStock( meta: LineJson[ 'meta_data' ] ): number {
	const entry = meta.find( ( { key } ) => key === '_reduced_stock' );
	const quantity = Number( scalar( entry?.value ) ?? 0 );
	return Number.isFinite( quantity ) && quantity > 0 ? quantity : 0;
}

/** Personalisation as the customer sees it; a leading underscore hides, structures have no text. */
function visibleMeta( meta: LineJson[ 'meta_data' ] ): StoreLine[ 'meta' ] {
	return meta.flatMap( ( entry ) => {
		const value = scalar( entry.display_value ?? entry.value );
		return entry.key === '' || entry.key.startsWith( '_' ) || value === null
			? []
			: [ { key: scalar( entry.display_key ) ?? entry.key, value } ];
	} );
}

/** The visitor's browser is nobody's business but the shop's. */
const BROWSER = /_user_agent$/;

/** Structures have no text. Where a plugin left a key twice, what it said last counts. */
function orderMeta( meta: OrderJson[ 'meta_data' ] ): StoreOrder[ 'meta' ] {
	const texts = new Map< string, string >();
	for ( const { key, value } of meta ) {
		const text = scalar( value );
		if ( key !== '' && text !== null && ! BROWSER.test( key ) ) {
			texts.set( key, text );
		}
	}
	return Object.fromEntries( texts );
}

function scalar( value: unknown ): string | null {
	if ( typeof value === 'string' ) {
		return value;
	}
	return typeof value === 'number' || typeof value === 'boolean'
		? String( value )
		: null;
}
