/**
 * The shop's order statuses that mean something to every part of the product.
 */

/** The shop no longer wants these goods sent; it gives their stock back, but for `refunded`. */
export const CALLED_OFF = [ 'cancelled', 'refunded', 'failed' ] as const;

/** These are no orders (yet, or any more), whoever asks. */
const NO_ORDER: readonly string[] = [ 'trash', 'checkout-draft', 'auto-draft' ];

export function isCalledOff( status: string ): boolean {
	return ( CALLED_OFF as readonly string[] ).includes( status );
}

export function isNoOrder( status: string ): boolean {
	return NO_ORDER.includes( status );
}
