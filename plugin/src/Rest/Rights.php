<?php
/**
 * Who may use the console's routes.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Whoever manages the shop. The namespace does not begin with `wc-`, so that WooCommerce's API
 * keys, which people give to many programs, open none of these routes.
 */
final class Rights {

	const CAPABILITY = 'manage_woocommerce';

	const NAMESPACE_V1 = 'pearlbridge/v1';

	/**
	 * A permission callback.
	 *
	 * @return true|WP_Error
	 */
	public static function check() {
		if ( current_user_can( self::CAPABILITY ) ) {
			return true;
		}
		return is_user_logged_in()
			? new WP_Error( 'rest_forbidden', __( 'Your user may not manage WooCommerce.', 'pearlbridge' ), array( 'status' => 403 ) )
			: new WP_Error( 'rest_not_logged_in', __( 'You are not signed in.', 'pearlbridge' ), array( 'status' => 401 ) );
	}
}
