<?php
/**
 * The ways in which orders come about and change, hook by hook.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use WC_Order;
use WC_Product_Simple;
use WP_REST_Request;

/**
 * Drives WooCommerce's own functions; what only a browser could start (a checkout, the order screen) fires its hooks
 * in the measured order around them (WooCommerce reference 2, §3). Runs against the stand-in and the real one alike.
 */
final class Ways {

	/**
	 * A product to sell.
	 *
	 * @param int $stock How many there are.
	 */
	public static function product( int $stock = 100 ): WC_Product_Simple {
		$product = new WC_Product_Simple();
		$product->set_name( 'Mug' );
		$product->set_sku( 'MUG-' . wp_generate_password( 8, false ) );
		$product->set_regular_price( '10.00' );
		$product->set_manage_stock( true );
		$product->set_stock_quantity( $stock );
		$product->save();
		return $product;
	}

	/**
	 * An order that lies in the shop already.
	 *
	 * @param string $status Status.
	 */
	public static function order( string $status = 'processing' ): WC_Order {
		$order = wc_create_order();
		$order->add_product( self::product(), 2 );
		$order->set_billing_email( 'customer@example.test' );
		$order->calculate_totals();
		$order->update_status( $status );
		return wc_get_order( $order->get_id() );
	}

	/**
	 * Classic checkout, paid by card.
	 *
	 * @return int Order.
	 */
	public static function classic_checkout(): int {
		$product = self::product();
		$posted  = array( 'billing_email' => 'customer@example.test' );
		$order   = new WC_Order();
		$order->set_created_via( 'checkout' );
		$order->set_billing_email( 'customer@example.test' );
		$order->set_payment_method( 'card' );
		$order->set_total( '10.00' );
		do_action( 'woocommerce_checkout_create_order', $order, $posted );
		$order->save();
		$order->add_product( $product );
		do_action( 'woocommerce_checkout_update_order_meta', $order->get_id(), $posted );
		do_action( 'woocommerce_checkout_order_created', $order );
		$order->calculate_totals();
		do_action( 'woocommerce_checkout_order_processed', $order->get_id(), $posted, $order );
		$order->payment_complete( 'tx_1' );
		return $order->get_id();
	}

	/**
	 * Classic checkout whose card is not paid: no hook of a status ever fires.
	 *
	 * @return int Order.
	 */
	public static function classic_checkout_unpaid(): int {
		$order = new WC_Order();
		$order->set_created_via( 'checkout' );
		$order->set_payment_method( 'card' );
		$order->set_total( '10.00' );
		$order->save();
		$order->add_product( self::product() );
		do_action( 'woocommerce_checkout_order_processed', $order->get_id(), array(), $order );
		$order->save();
		return $order->get_id();
	}

	/**
	 * Block checkout: a draft that becomes an order.
	 *
	 * @return int Order.
	 */
	public static function block_checkout(): int {
		$order = self::draft();
		$order->set_status( 'pending' );
		$order->save();
		do_action( 'woocommerce_store_api_checkout_order_processed', $order );
		$order->update_status( 'processing' );
		$order->save();
		$order->save();
		return $order->get_id();
	}

	/**
	 * Block checkout that was opened and left.
	 */
	public static function draft(): WC_Order {
		$order = new WC_Order();
		$order->set_created_via( 'store-api' );
		$order->set_status( 'checkout-draft' );
		$order->save();
		$order->add_product( self::product() );
		do_action( 'woocommerce_store_api_checkout_order_created', $order );
		for ( $save = 0; $save < 3; $save++ ) {
			$order->set_billing_email( "customer$save@example.test" );
			$order->save();
		}
		return $order;
	}

	/**
	 * The order screen's "new order": an empty form first.
	 *
	 * @return int Order.
	 */
	public static function admin_create(): int {
		$order = new WC_Order();
		$order->set_status( 'auto-draft' );
		$order->save();
		$order->add_product( self::product() );
		do_action( 'woocommerce_ajax_order_items_added', $order->get_items(), $order );
		do_action( 'woocommerce_process_shop_order_meta', $order->get_id(), $order );
		do_action( 'woocommerce_saved_order_items', $order->get_id(), array() );
		$order->set_status( 'processing' );
		$order->save();
		return $order->get_id();
	}

	/**
	 * POST wc/v3/orders.
	 *
	 * @return int Order.
	 */
	public static function rest_create(): int {
		return self::rest(
			'POST',
			'/wc/v3/orders',
			array(
				'status'     => 'processing',
				'line_items' => array(
					array(
						'product_id' => self::product()->get_id(),
						'quantity'   => 2,
					),
				),
			)
		)['id'];
	}

	/**
	 * A REST request as somebody who may.
	 *
	 * @param string               $method Method.
	 * @param string               $route  Route.
	 * @param array<string, mixed> $body   Body.
	 * @return array<string, mixed>
	 */
	public static function rest( string $method, string $route, array $body = array() ): array {
		$request = new WP_REST_Request( $method, $route );
		$request->set_body_params( $body );
		$response = rest_do_request( $request );
		if ( $response->is_error() ) {
			throw new \RuntimeException( "$method $route: " . wp_json_encode( $response->get_data() ) );
		}
		return $response->get_data();
	}
}
