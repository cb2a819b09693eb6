/**
 * What the sales order's custom fields hold of the shop's order (`orders.customFields`), one line
 * of text each (resources reference, §1.9).
 */
import type { FieldSource, Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { shippingTitle } from '../rows/names.ts';
import { cutAtWord, singleLine } from '../text.ts';

/** Brightpearl names no limit; longer text is no field any more. */
const FIELD_LIMIT = 255;

/** Order meta in which plugins keep the customer's VAT number, the most trusted first. */
const VAT_KEYS = [
	'_billing_vat_number',
	'_vat_number',
	'billing_vat',
	'_billing_vat',
	'_billing_eu_vat_number',
	'vat_number',
	'_billing_vat_id',
	'_billing_vat_code',
	'_shipping_vat_number',
];
/** The checkout block's additional fields: `_wc_billing/acme/vat-number`. */
const VAT_FIELD =
	/^_wc_(?:billing|other|shipping)\/[^/]+\/(?:[^/]*[-_])?(?:vat|tva|ust|iva)(?:[-_]?(?:id|number|no|nr|code))?$/i;
const IN_ORDER = [ '_wc_billing/', '_wc_other/', '_wc_shipping/' ];

/** Every code of the settings, with '' where the order has nothing for it. */
export function customFieldsOf(
	order: StoreOrder,
	customFields: Settings[ 'orders' ][ 'customFields' ]
): Record< string, string > {
	return Object.fromEntries(
		Object.entries( customFields ).map( ( [ code, source ] ) => [
			code,
			cutAtWord( singleLine( textOf( order, source ) ), FIELD_LIMIT ),
		] )
	);
}

function textOf( order: StoreOrder, source: FieldSource ): string {
	switch ( source ) {
		case 'coupons':
			return order.coupons.map( ( { code } ) => code ).join( ', ' );
		case 'shippingMethod':
			return order.shippingLines
				.map( ( line ) => shippingTitle( line ) )
				.join( ', ' );
		case 'vatNumber':
			return vatNumberOf( order );
		case 'number':
		case 'customerNote':
		case 'paymentMethod':
		case 'paymentMethodTitle':
		case 'transactionId':
		case 'createdVia':
			return order[ source ];
		default:
			return metaOf( order, source.slice( 'meta:'.length ) );
	}
}

/** '' where the order has none. */
export function vatNumberOf( order: Pick< StoreOrder, 'meta' > ): string {
	const fields = Object.keys( order.meta ).filter( ( key ) =>
		VAT_FIELD.test( key )
	);
	const keys = [
		...VAT_KEYS,
		...IN_ORDER.flatMap( ( start ) =>
			fields.filter( ( key ) => key.startsWith( start ) )
		),
	];
	return (
		keys
			.map( ( key ) => singleLine( metaOf( order, key ) ) )
			.find( ( value ) => value !== '' ) ?? ''
	);
}

/** A key may be called like a method of every object. */
function metaOf( { meta }: Pick< StoreOrder, 'meta' >, key: string ): string {
	return Object.hasOwn( meta, key ) ? ( meta[ key ] ?? '' ) : '';
}
