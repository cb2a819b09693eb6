<?php
/**
 * Declaring what a plugin is compatible with.
 *
 * @package Pearlbridge
 */

namespace Automattic\WooCommerce\Utilities;

defined( 'ABSPATH' ) || exit;

/**
 * Features.
 */
class FeaturesUtil {
	/**
	 * By plugin: what it said.
	 *
	 * @var array<string, array{compatible: string[], incompatible: string[]}>
	 */
	private static $declared = array();

	public static function declare_compatibility( string $feature_id, string $plugin_file, bool $positive_compatibility = true ): bool {
		if ( ! doing_action( 'before_woocommerce_init' ) || ! in_array( $feature_id, array( 'custom_order_tables', 'cart_checkout_blocks', 'fulfillments' ), true ) ) {
			return false;
		}
		$side = $positive_compatibility ? 'compatible' : 'incompatible';
		self::$declared[ plugin_basename( $plugin_file ) ][ $side ][] = $feature_id;
		return true;
	}

	public static function get_compatible_features_for_plugin( string $plugin_name ): array {
		return array_merge(
			array(
				'compatible'   => array(),
				'incompatible' => array(),
				'uncertain'    => array(),
			),
			self::$declared[ $plugin_name ] ?? array()
		);
	}

	public static function feature_is_enabled( string $feature_id ): bool {
		return 'custom_order_tables' === $feature_id;
	}
}

/**
 * Orders, whatever keeps them.
 */
class OrderUtil {
	public static function custom_orders_table_usage_is_enabled(): bool {
		return true;
	}

	public static function get_order_type( $order_id ) {
		$order = $order_id instanceof \WC_Abstract_Order ? $order_id : wc_get_order( $order_id );
		return $order ? $order->get_type() : null;
	}

	public static function is_order( $order_id, $types = array( 'shop_order' ) ) {
		return in_array( self::get_order_type( $order_id ), $types, true );
	}
}
