<?php
/**
 * Functions around orders.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

function wc_get_order( $the_order = false ) {
	if ( $the_order instanceof WC_Abstract_Order ) {
		return $the_order;
	}
	global $wpdb;
	$id   = absint( $the_order );
	$type = $wpdb->get_var( $wpdb->prepare( "SELECT type FROM {$wpdb->prefix}wc_orders WHERE id = %d", $id ) );
	if ( null === $type ) {
		return false;
	}
	return 'shop_order_refund' === $type ? new WC_Order_Refund( $id ) : new WC_Order( $id );
}

function wc_get_orders( $args ) {
	global $wpdb;
	$where  = array( 'type = %s' );
	$values = array( $args['type'] ?? 'shop_order' );
	if ( isset( $args['parent'] ) ) {
		$where[]  = 'parent_order_id = %d';
		$values[] = $args['parent'];
	}
	$statuses = (array) ( $args['status'] ?? array() );
	if ( array() !== $statuses ) {
		$where[] = 'status IN (' . implode( ',', array_fill( 0, count( $statuses ), '%s' ) ) . ')';
		foreach ( $statuses as $status ) {
			$values[] = 'trash' === $status || 0 === strpos( $status, 'wc-' ) ? $status : 'wc-' . $status;
		}
	}
	$limit = (int) ( $args['limit'] ?? 10 );
	$sql   = "SELECT id FROM {$wpdb->prefix}wc_orders WHERE " . implode( ' AND ', $where ) . ' ORDER BY id DESC' . ( $limit > 0 ? " LIMIT $limit" : '' );
	$ids   = array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $sql, $values ) ) );
	return 'ids' === ( $args['return'] ?? '' ) ? $ids : array_map( 'wc_get_order', $ids );
}

function wc_create_order( $args = array() ) {
	$order = new WC_Order();
	if ( isset( $args['status'] ) ) {
		$order->set_status( $args['status'] );
	}
	if ( isset( $args['customer_id'] ) ) {
		$order->set_customer_id( $args['customer_id'] );
	}
	$order->set_created_via( $args['created_via'] ?? '' );
	$order->set_order_key( 'wc_order_' . wp_generate_password( 13, false ) );
	$order->save();
	return $order;
}

function wc_get_order_statuses() {
	return array(
		'wc-pending'        => 'Pending payment',
		'wc-processing'     => 'Processing',
		'wc-on-hold'        => 'On hold',
		'wc-completed'      => 'Completed',
		'wc-cancelled'      => 'Cancelled',
		'wc-refunded'       => 'Refunded',
		'wc-failed'         => 'Failed',
		'wc-checkout-draft' => 'Draft',
	);
}

function wc_get_is_paid_statuses() {
	return array( 'processing', 'completed' );
}

function wc_get_order_types( $for = '' ) {
	return 'view-orders' === $for ? array( 'shop_order' ) : array( 'shop_order', 'shop_order_refund' );
}

function wc_delete_order_note( $note_id ) {
	return wp_delete_comment( $note_id, true );
}
