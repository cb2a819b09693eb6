<?php
/**
 * Plugin Name: WooCommerce
 * Description: Stands in for WooCommerce where it cannot be had: the part of it that Pearlbridge touches, with its names, its hooks and their order.
 * Version:     11.3.0
 * Author:      The Pearlbridge authors
 * License:     GPL-2.0-or-later
 *
 * Not WooCommerce, and no shop can be run with it. Names and parameters are checked against
 * WooCommerce's own by test/stand-in/check.php; the order of hooks is that of the reference
 * (WooCommerce reference 2, §3). The same tests run against the real one when WOOCOMMERCE_DIR names it.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

define( 'WC_VERSION', '11.3.0' );
define( 'WC_PLUGIN_FILE', __FILE__ );
define( 'WC_ABSPATH', __DIR__ . '/' );

foreach (
	array(
		'features',
		'logger',
		'data',
		'data-stores',
		'order-items',
		'orders',
		'order-class',
		'order-store',
		'order-functions',
		'refunds',
		'products',
		'product-store',
		'stock',
		'webhooks',
		'webhook-store',
		'queue',
		'emails',
		'install',
		'core',
	) as $stand_in_part
) {
	require_once __DIR__ . '/includes/' . $stand_in_part . '.php';
}
foreach ( array( 'authentication', 'controller', 'orders', 'order-json', 'refunds', 'notes', 'products', 'lists' ) as $stand_in_part ) {
	require_once __DIR__ . '/rest/' . $stand_in_part . '.php';
}
unset( $stand_in_part );

register_activation_hook( __FILE__, array( 'WC_Install', 'install' ) );

WC();
