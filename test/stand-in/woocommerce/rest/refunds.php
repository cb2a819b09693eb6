<?php
/**
 * Refunds over REST.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

use WC_Order;
use WC_Order_Refund;

defined( 'ABSPATH' ) || exit;

function refund_json( WC_Order_Refund $refund ): array {
	return array(
		'id'               => $refund->get_id(),
		'date_created_gmt' => rest_gmt( $refund->get_date_created() ),
		'amount'           => $refund->get_amount(),
		'reason'           => $refund->get_reason(),
		'line_items'       => array(),
		'meta_data'        => $refund->get_meta_data(),
	);
}

function rest_refunds( $request ) {
	$order = wc_get_order( $request['order_id'] );
	return $order instanceof WC_Order ? array_map( __NAMESPACE__ . '\\refund_json', $order->get_refunds() ) : rest_unknown( 'shop_order' );
}

function rest_refund_create( $request ) {
	$order = wc_get_order( $request['order_id'] );
	if ( ! $order instanceof WC_Order ) {
		return rest_unknown( 'shop_order' );
	}
	$lines = array();
	foreach ( (array) $request['line_items'] as $line ) {
		$lines[ $line['id'] ] = array( 'qty' => (int) ( $line['quantity'] ?? 0 ) );
	}
	$refund = wc_create_refund(
		array(
			'order_id'      => $order->get_id(),
			'amount'        => $request['amount'],
			'reason'        => $request['reason'],
			'line_items'    => $lines,
			'restock_items' => false !== $request['api_restock'],
		)
	);
	do_action( 'woocommerce_rest_insert_shop_order_refund_object', $refund, $request, true );
	$response = rest_ensure_response( refund_json( $refund ) );
	$response->set_status( 201 );
	return $response;
}

function rest_refund_delete( $request ) {
	$refund = wc_get_order( $request['id'] );
	if ( ! $refund instanceof WC_Order_Refund || $refund->get_parent_id() !== (int) $request['order_id'] ) {
		return rest_unknown( 'shop_order_refund' );
	}
	$response = rest_ensure_response( refund_json( $refund ) );
	$refund->delete( true );
	do_action( 'woocommerce_rest_delete_shop_order_refund_object', $refund, $response, $request );
	return $response;
}
