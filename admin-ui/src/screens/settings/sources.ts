/** What of the shop's order a custom field can hold, in words. */
import { __, sprintf } from '@wordpress/i18n';
import type { FieldSource } from '../../../../src/contracts/settings.ts';

export const META = 'meta:';

/** Translated late: the texts are loaded after this module. */
export const SOURCES: Readonly<
	Record< Exclude< FieldSource, `meta:${ string }` >, () => string >
> = {
	number: () => __( 'Order number', 'pearlbridge' ),
	customerNote: () => __( 'What the customer wrote', 'pearlbridge' ),
	paymentMethod: () => __( 'Payment method (id)', 'pearlbridge' ),
	paymentMethodTitle: () => __( 'Payment method (title)', 'pearlbridge' ),
	transactionId: () => __( 'Transaction id of the payment', 'pearlbridge' ),
	createdVia: () => __( 'Where it was placed', 'pearlbridge' ),
	coupons: () => __( 'Coupons', 'pearlbridge' ),
	shippingMethod: () => __( 'Shipping method', 'pearlbridge' ),
	vatNumber: () => __( 'VAT number', 'pearlbridge' ),
};

/** Null for what is no source. */
export function sourceName( source: string ): string | null {
	return source.startsWith( META )
		? sprintf(
				/* translators: %s: key of the order meta */
				__( 'order meta %s', 'pearlbridge' ),
				source.slice( META.length )
			)
		: Object.hasOwn( SOURCES, source )
			? SOURCES[ source as keyof typeof SOURCES ]()
			: null;
}
