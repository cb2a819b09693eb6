/** WooCommerce's own order statuses as its people see them; a shop may have more. */
import { __ } from '@wordpress/i18n';

const NAMES: Readonly< Record< string, () => string > > = {
	pending: () => __( 'Pending payment', 'pearlbridge' ),
	processing: () => __( 'Processing', 'pearlbridge' ),
	'on-hold': () => __( 'On hold', 'pearlbridge' ),
	completed: () => __( 'Completed', 'pearlbridge' ),
	cancelled: () => __( 'Cancelled', 'pearlbridge' ),
	refunded: () => __( 'Refunded', 'pearlbridge' ),
	failed: () => __( 'Failed', 'pearlbridge' ),
	trash: () => __( 'Trash', 'pearlbridge' ),
	'checkout-draft': () => __( 'Draft', 'pearlbridge' ),
};

export function storeStatusText( slug: string ): string {
	return Object.hasOwn( NAMES, slug ) ? ( NAMES[ slug ]?.() ?? slug ) : slug;
}
