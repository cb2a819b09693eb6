<?php
/**
 * Plugin Name:          Pearlbridge
 * Description:          Keeps WooCommerce and Brightpearl in agreement: every order exactly once, only stock that can be sold.
 * Version:              0.1.0
 * Requires at least:    7.0
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 10.0
 * WC tested up to:      11.2
 * Author:               The Pearlbridge authors
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          pearlbridge
 * Domain Path:          /languages
 * Update URI:           false
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

define( 'PEARLBRIDGE_VERSION', '0.1.0' );
define( 'PEARLBRIDGE_FILE', __FILE__ );

require_once __DIR__ . '/src/autoload.php';

register_activation_hook( __FILE__, array( Pearlbridge\Installation::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Pearlbridge\Installation::class, 'deactivate' ) );

add_action(
	'before_woocommerce_init',
	static function () {
		if ( class_exists( Automattic\WooCommerce\Utilities\FeaturesUtil::class ) ) {
			Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
			Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', __FILE__, true );
		}
	}
);

add_action( 'plugins_loaded', array( Pearlbridge\Plugin::class, 'boot' ) );
