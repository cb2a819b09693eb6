/** What one may ask of the checkout, and why it refuses. */
import { z } from 'zod';
import { STATUSES } from './order-status.ts';

export const METHODS = {
	stripe: 'Credit / Debit Card',
	paypal: 'PayPal',
	bacs: 'Bank transfer',
	cod: 'Cash on delivery',
} as const;

export type Method = keyof typeof METHODS;

const quantity = z.int().min( 1 ).max( 100_000 );

export const sellSchema = z.strictObject( {
	count: z.int().min( 1 ).max( 10_000 ).default( 1 ),
	/** One line of this SKU instead of a random basket. */
	sku: z.string().optional(),
	quantity: quantity.optional(),
	/** The whole basket. */
	items: z
		.array(
			z.strictObject( {
				sku: z.string(),
				quantity: quantity.default( 1 ),
			} )
		)
		.min( 1 )
		.optional(),
	guest: z.boolean().optional(),
	email: z.string().optional(),
	country: z.string().length( 2 ).optional(),
	/** `pending` = the card was not paid: nothing taken, only held. */
	status: z.enum( STATUSES ).optional(),
	paymentMethod: z.enum( [ 'stripe', 'paypal', 'bacs', 'cod' ] ).optional(),
	/** A coupon's code; false = none. */
	coupon: z.union( [ z.string(), z.literal( false ) ] ).optional(),
	/** False = none. */
	fee: z
		.union( [
			z.strictObject( {
				name: z.string(),
				amount: z.string().regex( /^-?\d+(\.\d+)?$/ ),
				taxable: z.boolean().default( true ),
			} ),
			z.literal( false ),
		] )
		.optional(),
	customerNote: z.string().optional(),
} );

export type SellOptions = z.input< typeof sellSchema >;
export type Wish = z.output< typeof sellSchema >;

export type Refusal = {
	readonly code:
		| 'no-such-sku'
		| 'not-purchasable'
		| 'not-enough-stock'
		| 'no-such-coupon'
		| 'sold-out';
	readonly message: string;
};
