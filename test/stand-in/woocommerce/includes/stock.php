<?php
/**
 * Stock, and orders that hold it.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

function wc_update_product_stock( $product, $stock_quantity = null, $operation = 'set', $updating = false ) {
	$product = wc_get_product( $product );
	if ( ! $product ) {
		return false;
	}
	if ( null === $stock_quantity || ! $product->managing_stock() ) {
		return $product->get_stock_quantity();
	}
	$id         = $product->get_stock_managed_by_id();
	$with_stock = $id === $product->get_id() ? $product : wc_get_product( $id );
	$store      = WC_Data_Store::load( 'product' );
	do_action( WC_Product_Data_Store_CPT::stand_in_hook( $with_stock, 'before_set_stock' ), $with_stock );
	$new = $store->update_product_stock( $id, $stock_quantity, $operation );
	( new WC_Product_Data_Store_CPT() )->read_stock_quantity( $with_stock, $new );
	if ( ! $updating ) {
		$with_stock->save();
	}
	do_action( WC_Product_Data_Store_CPT::stand_in_hook( $with_stock, 'set_stock' ), $with_stock );
	return $with_stock->get_stock_quantity();
}

function wc_reduce_stock_levels( $order_id ) {
	$order = wc_get_order( $order_id );
	foreach ( $order->get_items() as $item ) {
		$product = $item->get_product();
		if ( ! $product || ! $product->managing_stock() || $item->get_meta( '_reduced_stock' ) ) {
			continue;
		}
		wc_update_product_stock( $product, $item->get_quantity(), 'decrease' );
		$item->update_meta_data( '_reduced_stock', $item->get_quantity() );
		$item->save();
	}
	do_action( 'woocommerce_reduce_order_stock', $order );
}

function wc_increase_stock_levels( $order_id ) {
	$order = wc_get_order( $order_id );
	foreach ( $order->get_items() as $item ) {
		$product = $item->get_product();
		$reduced = (int) $item->get_meta( '_reduced_stock' );
		if ( ! $product || ! $product->managing_stock() || $reduced < 1 ) {
			continue;
		}
		wc_update_product_stock( $product, $reduced, 'increase' );
		$item->delete_meta_data( '_reduced_stock' );
		$item->save();
	}
	do_action( 'woocommerce_restore_order_stock', $order );
}

function wc_maybe_reduce_stock_levels( $order_id ) {
	wc_reduce_stock_levels( $order_id instanceof WC_Order ? $order_id->get_id() : $order_id );
}

function wc_maybe_increase_stock_levels( $order_id ) {
	wc_increase_stock_levels( $order_id instanceof WC_Order ? $order_id->get_id() : $order_id );
}

foreach ( array( 'processing', 'completed', 'on-hold' ) as $stand_in_status ) {
	add_action( 'woocommerce_order_status_' . $stand_in_status, 'wc_maybe_reduce_stock_levels' );
}
foreach ( array( 'cancelled', 'pending', 'failed' ) as $stand_in_status ) {
	add_action( 'woocommerce_order_status_' . $stand_in_status, 'wc_maybe_increase_stock_levels' );
}
unset( $stand_in_status );
