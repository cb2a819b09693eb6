<?php
/**
 * Plugin Name: Ways to order
 * Description: What a shopper's browser does at the checkout, behind one address, so that a test needs no theme and no payment gateway.
 *
 * `POST /?pearlbridge_way=classic|block&product=ID&quantity=N` sells; the hooks come in the order that was
 * measured (WooCommerce reference 2, §3), inside a request of a visitor, with its real shutdown.
 * `POST /?pearlbridge_way=run` runs the PHP in its body; the site lives as long as a test and answers to this
 * machine alone.
 *
 * @package Pearlbridge
 */

add_action(
	'wp_loaded',
	static function () {
		$way = isset( $_GET['pearlbridge_way'] ) ? sanitize_key( $_GET['pearlbridge_way'] ) : '';
		if ( 'run' === $way ) {
			eval( file_get_contents( 'php://input' ) );
			exit;
		}
		if ( ! in_array( $way, array( 'classic', 'block' ), true ) ) {
			return;
		}
		$address = array(
			'first_name' => 'Ada',
			'last_name'  => 'Byron',
			'address_1'  => '1 Harbour Street',
			'city'       => 'Bristol',
			'postcode'   => 'BS1 5TX',
			'country'    => 'GB',
		);
		$product = wc_get_product( absint( $_GET['product'] ) );
		$order   = new WC_Order();
		$order->set_created_via( 'classic' === $way ? 'checkout' : 'store-api' );
		$order->set_currency( 'GBP' );
		$order->set_payment_method( 'stripe' );
		$order->set_payment_method_title( 'Card' );
		foreach ( array( 'billing', 'shipping' ) as $which ) {
			foreach ( $address as $name => $value ) {
				if ( method_exists( $order, "set_{$which}_{$name}" ) ) {
					$order->{"set_{$which}_{$name}"}( $value );
				} else {
					$order->{"set_$which"}( array( $name => $value ) );
				}
			}
		}
		$order->set_billing_email( 'ada@example.test' );
		$quantity = max( 1, absint( $_GET['quantity'] ?? 1 ) );
		if ( 'classic' === $way ) {
			do_action( 'woocommerce_checkout_create_order', $order, array() );
			$order->save();
			$order->add_product( $product, $quantity );
			do_action( 'woocommerce_checkout_update_order_meta', $order->get_id(), array() );
			do_action( 'woocommerce_checkout_order_created', $order );
			$order->calculate_totals();
			do_action( 'woocommerce_checkout_order_processed', $order->get_id(), array(), $order );
		} else {
			$order->set_status( 'checkout-draft' );
			$order->save();
			$order->add_product( $product, $quantity );
			do_action( 'woocommerce_store_api_checkout_order_created', $order );
			$order->calculate_totals();
			$order->set_status( 'pending' );
			$order->save();
			do_action( 'woocommerce_store_api_checkout_order_processed', $order );
		}
		$order->payment_complete( 'tx_' . $order->get_id() );
		wp_send_json( array( 'id' => $order->get_id() ) );
	}
);
