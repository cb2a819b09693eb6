<?php
/**
 * Text for the shop's privacy policy.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * The plugin itself keeps no personal data; the sidecar, which the shop's owner runs, reads orders.
 */
final class Privacy {

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'admin_init', array( $this, 'add' ) );
	}

	/**
	 * Suggests the text.
	 */
	public function add(): void {
		if ( ! function_exists( 'wp_add_privacy_policy_content' ) ) {
			return;
		}
		$paragraphs = array(
			__( 'When you place an order, we pass what we need to fulfil it (your name, addresses, e-mail address, telephone number, what you ordered and how you paid, but no card data) to our own Pearlbridge service and from there to Brightpearl, the system in which we keep stock and accounts.', 'pearlbridge' ),
			__( 'Brightpearl is a service of Sage. Its privacy policy says how it handles these data.', 'pearlbridge' ),
		);
		wp_add_privacy_policy_content(
			__( 'Pearlbridge', 'pearlbridge' ),
			wp_kses_post( '<p class="privacy-policy-tutorial">' . __( 'Pearlbridge keeps no personal data in WordPress beyond the numbers of orders that changed. The service it is paired with reads orders and sends them to Brightpearl.', 'pearlbridge' ) . '</p><p>' . implode( '</p><p>', $paragraphs ) . '</p>' )
		);
	}
}
