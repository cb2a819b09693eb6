/**
 * The shop's order statuses that mean something to every part of the product.
 */

/** The shop no longer wants these goods sent; it gives their stock back, but for `refunded`. */
export const CALLED_OFF = [ 'cancelled', 'refunded', 'failed' ] as const;

/** There is no sale. A refunded order was one: its refunds are credited, and it stands. */
const NO_SALE: readonly string[] = [ 'cancelled', 'failed' ];

/** These are no orders (yet, or any more), whoever asks. */
const NO_ORDER: readonly string[] = [ 'trash', 'checkout-draft', 'auto-draft' ];

export function isCalledOff( status: string ): boolean {
	return ( CALLED_OFF as readonly string[] ).includes( status );
}

export function isNoSale( status: string ): boolean {
	return NO_SALE.includes( status );
}

export function isNoOrder( status: string ): boolean {
	return NO_ORDER.includes( status );
}
