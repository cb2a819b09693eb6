<?php
/**
 * Orders over REST.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

use WC_Order;
use WC_Order_Item_Product;

defined( 'ABSPATH' ) || exit;

function rest_orders( $request ) {
	global $wpdb;
	$where    = array( "type = 'shop_order'" );
	$values   = array();
	$statuses = array_diff( wp_parse_list( $request['status'] ?? 'any' ), array( 'any' ) );
	if ( array() === $statuses ) {
		$where[] = "status NOT IN ( 'trash', 'wc-checkout-draft', 'auto-draft' )";
	} else {
		$where[] = 'status IN ( ' . implode( ', ', array_fill( 0, count( $statuses ), '%s' ) ) . ' )';
		foreach ( $statuses as $status ) {
			$values[] = 'trash' === $status ? $status : 'wc-' . $status;
		}
	}
	if ( ! empty( $request['include'] ) ) {
		$ids     = wp_parse_id_list( $request['include'] );
		$where[] = 'id IN ( ' . implode( ', ', array_fill( 0, count( $ids ), '%d' ) ) . ' )';
		$values  = array_merge( $values, $ids );
	}
	if ( ! empty( $request['modified_after'] ) ) {
		$where[]  = 'date_updated_gmt > %s';
		$values[] = gmdate( 'Y-m-d H:i:s', strtotime( $request['modified_after'] . ( preg_match( '/(Z|[+-]\d\d:?\d\d)$/', $request['modified_after'] ) ? '' : 'Z' ) ) );
	}
	$by  = 'modified' === $request['orderby'] ? 'date_updated_gmt' : 'id';
	$dir = 'asc' === $request['order'] ? 'ASC' : 'DESC';
	$sql = "SELECT id FROM {$wpdb->prefix}wc_orders WHERE " . implode( ' AND ', $where ) . " ORDER BY {$by} {$dir}, id {$dir}";
	$ids = $wpdb->get_col( array() === $values ? $sql : $wpdb->prepare( $sql, $values ) );
	return rest_page(
		$request,
		array_map( 'intval', $ids ),
		static function ( int $id ) {
			return order_json( wc_get_order( $id ) );
		}
	);
}

function rest_order( $request ) {
	$order = wc_get_order( $request['id'] );
	return $order instanceof WC_Order ? rest_ensure_response( rest_fields( $request, order_json( $order ) ) ) : rest_unknown( 'shop_order' );
}

function rest_order_create( $request ) {
	$order = new WC_Order();
	$order->set_created_via( 'rest-api' );
	$order->set_order_key( 'wc_order_' . wp_generate_password( 13, false ) );
	$order = apply_filters( 'woocommerce_rest_pre_insert_shop_order_object', $order, $request, true );
	$order->save();
	return rest_order_write( $order, $request, true );
}

function rest_order_update( $request ) {
	$order = wc_get_order( $request['id'] );
	if ( ! $order instanceof WC_Order ) {
		return rest_unknown( 'shop_order', 400 );
	}
	$order = apply_filters( 'woocommerce_rest_pre_insert_shop_order_object', $order, $request, false );
	return rest_order_write( $order, $request, false );
}

/**
 * Lines, totals and status are written one after the other, each with a save of its own.
 *
 * @param WC_Order         $order    Order.
 * @param \WP_REST_Request $request  Request.
 * @param bool             $creating Is it new?
 */
function rest_order_write( WC_Order $order, $request, bool $creating ) {
	foreach ( array( 'billing', 'shipping' ) as $address ) {
		if ( is_array( $request[ $address ] ) ) {
			$order->{"set_$address"}( $request[ $address ] );
		}
	}
	foreach ( array( 'payment_method', 'payment_method_title', 'transaction_id', 'customer_note', 'customer_id', 'currency' ) as $prop ) {
		if ( null !== $request[ $prop ] ) {
			$order->{"set_$prop"}( $request[ $prop ] );
		}
	}
	foreach ( (array) $request['meta_data'] as $meta ) {
		if ( null === $meta['value'] ) {
			$order->delete_meta_data( $meta['key'] );
		} else {
			$order->update_meta_data( $meta['key'], $meta['value'] );
		}
	}
	foreach ( (array) $request['line_items'] as $line ) {
		rest_line( $order, $line );
	}
	if ( $creating || is_array( $request['line_items'] ) ) {
		$order->save();
		$order->calculate_totals();
	} else {
		$order->save();
	}
	if ( null !== $request['status'] ) {
		$order->set_status( $request['status'], '', true );
		$order->save();
	}
	if ( true === $request['set_paid'] ) {
		$order->payment_complete( (string) $request['transaction_id'] );
	}
	do_action( 'woocommerce_rest_insert_shop_order_object', $order, $request, $creating );
	$response = rest_ensure_response( order_json( wc_get_order( $order->get_id() ) ) );
	$response->set_status( $creating ? 201 : 200 );
	return $response;
}

function rest_line( WC_Order $order, array $line ) {
	$item = isset( $line['id'] ) ? $order->get_item( $line['id'] ) : new WC_Order_Item_Product();
	if ( ! $item ) {
		return;
	}
	if ( isset( $line['quantity'] ) && 0 === (int) $line['quantity'] ) {
		$order->remove_item( $item->get_id() );
		return;
	}
	if ( isset( $line['product_id'] ) || isset( $line['variation_id'] ) ) {
		$product = wc_get_product( empty( $line['variation_id'] ) ? $line['product_id'] : $line['variation_id'] );
		if ( $product ) {
			$item->set_product( $product );
			$price = (float) $product->get_price( 'edit' ) * (int) ( $line['quantity'] ?? 1 );
			$item->set_subtotal( number_format( $price, 2, '.', '' ) );
			$item->set_total( number_format( $price, 2, '.', '' ) );
		}
	}
	foreach ( array( 'quantity', 'name', 'subtotal', 'total' ) as $prop ) {
		if ( isset( $line[ $prop ] ) ) {
			$item->{"set_$prop"}( $line[ $prop ] );
		}
	}
	$order->add_item( $item );
}

function rest_order_delete( $request ) {
	$order = wc_get_order( $request['id'] );
	if ( ! $order instanceof WC_Order ) {
		return rest_unknown( 'shop_order' );
	}
	$json = order_json( $order );
	$order->delete( wc_string_to_bool( $request['force'] ?? false ) );
	do_action( 'woocommerce_rest_delete_shop_order_object', $order, rest_ensure_response( $json ), $request );
	return rest_ensure_response( $json );
}
