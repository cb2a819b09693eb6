<?php
/**
 * Orders as REST and webhooks show them.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

defined( 'ABSPATH' ) || exit;

function order_json( \WC_Order $order ): array {
	$lines = array();
	foreach ( $order->get_items() as $item ) {
		$product = $item->get_product();
		$lines[] = array(
			'id'           => $item->get_id(),
			'name'         => $item->get_name(),
			'product_id'   => $item->get_product_id(),
			'variation_id' => $item->get_variation_id(),
			'quantity'     => $item->get_quantity(),
			'tax_class'    => '',
			'subtotal'     => $item->get_subtotal(),
			'subtotal_tax' => '0.00',
			'total'        => $item->get_total(),
			'total_tax'    => '0.00',
			'taxes'        => array(),
			'meta_data'    => $item->get_meta_data(),
			'sku'          => $product ? $product->get_sku() : null,
		);
	}
	$refunds = array();
	foreach ( $order->get_refunds() as $refund ) {
		$refunds[] = array(
			'id'     => $refund->get_id(),
			'reason' => $refund->get_reason(),
			'total'  => $refund->get_total(),
		);
	}
	return array(
		'id'                   => $order->get_id(),
		'parent_id'            => 0,
		'number'               => $order->get_order_number(),
		'order_key'            => $order->get_order_key(),
		'created_via'          => $order->get_created_via(),
		'version'              => WC_VERSION,
		'status'               => $order->get_status(),
		'currency'             => $order->get_currency(),
		'prices_include_tax'   => $order->get_prices_include_tax(),
		'date_created'         => rest_gmt( $order->get_date_created() ),
		'date_created_gmt'     => rest_gmt( $order->get_date_created() ),
		'date_modified'        => rest_gmt( $order->get_date_modified() ),
		'date_modified_gmt'    => rest_gmt( $order->get_date_modified() ),
		'date_paid_gmt'        => rest_gmt( $order->get_date_paid() ),
		'date_completed_gmt'   => rest_gmt( $order->get_date_completed() ),
		'discount_total'       => '0.00',
		'discount_tax'         => '0.00',
		'shipping_total'       => '0.00',
		'shipping_tax'         => '0.00',
		'total'                => $order->get_total(),
		'total_tax'            => '0.00',
		'customer_id'          => $order->get_customer_id(),
		'customer_note'        => $order->get_customer_note(),
		'billing'              => (object) $order->get_address( 'billing' ),
		'shipping'             => (object) $order->get_address( 'shipping' ),
		'payment_method'       => $order->get_payment_method(),
		'payment_method_title' => $order->get_payment_method_title(),
		'transaction_id'       => $order->get_transaction_id(),
		'meta_data'            => $order->get_meta_data(),
		'line_items'           => $lines,
		'tax_lines'            => array(),
		'shipping_lines'       => array(),
		'fee_lines'            => array(),
		'coupon_lines'         => array(),
		'refunds'              => $refunds,
	);
}
