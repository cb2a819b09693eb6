<?php
/**
 * Making refunds.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

function wc_create_refund( $args = array() ) {
	$args  = array_merge(
		array(
			'amount'        => 0,
			'reason'        => null,
			'order_id'      => 0,
			'restock_items' => false,
			'line_items'    => array(),
		),
		$args
	);
	$order = wc_get_order( $args['order_id'] );
	if ( ! $order instanceof WC_Order ) {
		return new WP_Error( 'error', 'Invalid order ID.' );
	}
	$refund = new WC_Order_Refund();
	$refund->set_amount( $args['amount'] );
	$refund->set_reason( (string) $args['reason'] );
	$refund->set_parent_id( $order->get_id() );
	$refund->set_currency( $order->get_currency() );
	$refund->set_total( '-' . $args['amount'] );
	do_action( 'woocommerce_create_refund', $refund, $args );
	$refund->save();
	if ( $args['restock_items'] ) {
		wc_restock_refunded_items( $order, $args['line_items'] );
	}
	$refunded = 0.0;
	foreach ( $order->get_refunds() as $one ) {
		$refunded += (float) $one->get_amount( 'edit' );
	}
	if ( $refunded >= (float) $order->get_total( 'edit' ) ) {
		do_action( 'woocommerce_order_fully_refunded', $order->get_id(), $refund->get_id() );
		$order->update_status( 'refunded' );
	} else {
		do_action( 'woocommerce_order_partially_refunded', $order->get_id(), $refund->get_id() );
	}
	$order->set_date_modified( time() );
	$order->save();
	do_action( 'woocommerce_refund_created', $refund->get_id(), $args );
	do_action( 'woocommerce_order_refunded', $order->get_id(), $refund->get_id() );
	return $refund;
}

function wc_restock_refunded_items( $order, $refunded_line_items ) {
	foreach ( $order->get_items() as $item_id => $item ) {
		$quantity = (int) ( $refunded_line_items[ $item_id ]['qty'] ?? 0 );
		$product  = $item->get_product();
		$reduced  = (int) $item->get_meta( '_reduced_stock' );
		if ( $quantity < 1 || ! $product || ! $product->managing_stock() || $reduced < 1 ) {
			continue;
		}
		$old = $product->get_stock_quantity();
		$new = wc_update_product_stock( $product, $quantity, 'increase' );
		$item->update_meta_data( '_reduced_stock', $reduced - $quantity );
		$item->update_meta_data( '_restock_refunded_items', $quantity );
		$item->save();
		do_action( 'woocommerce_restock_refunded_item', $product->get_id(), $old, $new, $order, $product );
	}
}
