<?php
/**
 * The shop as a whole: WC(), its start and its menu.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * The shop.
 */
final class WooCommerce {
	/**
	 * WooCommerce's version.
	 *
	 * @var string
	 */
	public $version = WC_VERSION;

	/**
	 * The one instance.
	 *
	 * @var WooCommerce|null
	 */
	protected static $_instance = null; // phpcs:ignore PSR2.Classes.PropertyDeclaration.Underscore

	public static function instance() {
		if ( null === self::$_instance ) {
			self::$_instance = new self();
		}
		return self::$_instance;
	}

	public function __construct() {
		add_action( 'plugins_loaded', array( $this, 'on_plugins_loaded' ), -1 );
		add_action( 'init', array( $this, 'init' ), 0 );
		add_action( 'rest_api_init', 'Pearlbridge_Stand_In\\register_rest_routes' );
		add_action( 'admin_menu', 'Pearlbridge_Stand_In\\register_menu', 9 );
		add_action( 'shutdown', 'wc_webhook_execute_queue' );
		add_action( 'woocommerce_deliver_webhook_async', 'wc_deliver_webhook_async', 10, 2 );
		add_action( 'woocommerce_webhook_process_delivery', 'wc_webhook_process_delivery', 10, 2 );
	}

	public function on_plugins_loaded() {
		do_action( 'woocommerce_loaded' );
	}

	public function init() {
		do_action( 'before_woocommerce_init' );
		Pearlbridge_Stand_In\register_post_types();
		wc_load_webhooks( 'active' );
		do_action( 'woocommerce_init' );
	}

	public function queue() {
		return new Pearlbridge_Stand_In\Queue();
	}

	public function mailer() {
		return WC_Emails::instance();
	}

	public function api_request_url( $request, $ssl = null ) {
		return home_url( '/wc-api/' . $request . '/', null === $ssl ? null : ( $ssl ? 'https' : 'http' ) );
	}
}

function WC() { // phpcs:ignore WordPress.NamingConventions.ValidFunctionName
	return WooCommerce::instance();
}

function wc_clean( $var ) {
	return is_array( $var ) ? array_map( 'wc_clean', $var ) : ( is_scalar( $var ) ? sanitize_text_field( (string) $var ) : $var );
}

function wc_string_to_bool( $string ) {
	return is_bool( $string ) ? $string : in_array( strtolower( (string) $string ), array( 'yes', '1', 'true' ), true );
}

function wc_bool_to_string( $bool ) {
	return wc_string_to_bool( $bool ) ? 'yes' : 'no';
}

function wc_rand_hash( $prefix = '', $max_length = null ) {
	$hash = $prefix . bin2hex( random_bytes( 20 ) );
	return null === $max_length ? $hash : substr( $hash, 0, $max_length );
}

function wc_api_hash( $data ) {
	return hash_hmac( 'sha256', $data, 'wc-api' );
}

function wc_get_price_decimals() {
	return (int) get_option( 'woocommerce_price_num_decimals', 2 );
}

function get_woocommerce_currency() {
	return (string) get_option( 'woocommerce_currency', 'GBP' );
}

function wc_get_page_screen_id( $for ) {
	if ( 'shop-order' !== $for && 'shop_order' !== $for ) {
		return '';
	}
	return 'yes' === get_option( 'woocommerce_custom_orders_table_enabled' ) ? 'woocommerce_page_wc-orders' : 'shop_order';
}

function wc_admin_connect_page( $options ) {
	unset( $options );
}
