<?php
/**
 * Keeps orders in tables of their own (HPOS).
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

use WC_Abstract_Order;
use WC_DateTime;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes orders and refunds, and fires the hooks of doing so.
 */
class Order_Store {
	const DRAFTS = array( 'auto-draft', 'checkout-draft', 'draft', 'new' );

	public function create( $order ) {
		global $wpdb;
		$order->set_id(
			wp_insert_post(
				array(
					'post_type'   => 'shop_order_placehold',
					'post_status' => 'draft',
					'post_title'  => 'Order',
					'post_parent' => $order->get_parent_id( 'edit' ),
				)
			)
		);
		if ( null === $order->get_date_created( 'edit' ) ) {
			$order->set_date_created( time() );
		}
		if ( '' === $order->get_currency( 'edit' ) ) {
			$order->set_currency( get_woocommerce_currency() );
		}
		$order->set_date_modified( time() );
		$order->apply_changes();
		$wpdb->insert( $wpdb->prefix . 'wc_orders', array_merge( array( 'id' => $order->get_id() ), $this->row( $order ) ) );
		$order->save_meta_data();
		if ( 'shop_order' === $order->get_type() && ! in_array( $order->get_status( 'edit' ), self::DRAFTS, true ) ) {
			do_action( 'woocommerce_new_order', $order->get_id(), $order );
		}
	}

	public function read( $order ) {
		global $wpdb;
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}wc_orders WHERE id = %d", $order->get_id() ), ARRAY_A );
		if ( ! is_array( $row ) || $row['type'] !== $order->get_type() ) {
			throw new \Exception( 'Invalid order.' );
		}
		$props = json_decode( $row['props'], true );
		foreach ( $props as $name => $value ) {
			if ( 0 === strpos( $name, 'date_' ) && null !== $value ) {
				$props[ $name ] = new WC_DateTime( '@' . $value );
			}
		}
		$order->set_object_read( false );
		$order->set_props( $props );
		$order->set_object_read( true );
	}

	public function update( $order ) {
		global $wpdb;
		$before  = (string) $wpdb->get_var( $wpdb->prepare( "SELECT status FROM {$wpdb->prefix}wc_orders WHERE id = %d", $order->get_id() ) );
		$before  = 0 === strpos( $before, 'wc-' ) ? substr( $before, 3 ) : $before;
		$changes = $order->get_changes();
		$order->set_date_modified( time() );
		$order->apply_changes();
		$wpdb->update( $wpdb->prefix . 'wc_orders', $this->row( $order ), array( 'id' => $order->get_id() ) );
		$order->save_meta_data();
		if ( 'shop_order' !== $order->get_type() ) {
			return;
		}
		// A draft that becomes an order is new now; it is complete by then.
		if ( isset( $changes['status'] ) && in_array( $before, self::DRAFTS, true ) && ! in_array( $order->get_status( 'edit' ), self::DRAFTS, true ) ) {
			do_action( 'woocommerce_new_order', $order->get_id(), $order );
			return;
		}
		do_action( 'woocommerce_update_order', $order->get_id(), $order );
	}

	public function delete( $order, $args = array() ) {
		global $wpdb;
		$id = $order->get_id();
		if ( 'shop_order' === $order->get_type() && empty( $args['force_delete'] ) ) {
			do_action( 'woocommerce_before_trash_order', $id, $order );
			$order->update_meta_data( '_wp_trash_meta_status', 'wc-' . $order->get_status( 'edit' ) );
			$order->save_meta_data();
			$wpdb->update(
				$wpdb->prefix . 'wc_orders',
				array(
					'status'           => 'trash',
					'date_updated_gmt' => gmdate( 'Y-m-d H:i:s' ),
				),
				array( 'id' => $id )
			);
			$this->set_status_prop( $id, 'trash' );
			do_action( 'woocommerce_trash_order', $id );
			return;
		}
		if ( 'shop_order' === $order->get_type() ) {
			do_action( 'woocommerce_before_delete_order', $id, $order );
			foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT id FROM {$wpdb->prefix}wc_orders WHERE parent_order_id = %d", $id ) ) as $refund_id ) {
				$this->remove( (int) $refund_id );
			}
		}
		$this->remove( $id );
		if ( 'shop_order' === $order->get_type() ) {
			do_action( 'woocommerce_delete_order', $id );
		}
	}

	public function untrash_order( $order ): bool {
		$id     = $order->get_id();
		$status = (string) $order->get_meta( '_wp_trash_meta_status' );
		do_action( 'woocommerce_untrash_order', $id, $status );
		// The status is set past update(): no `woocommerce_update_order`, only the hooks of the status.
		$order->delete_meta_data( '_wp_trash_meta_status' );
		$order->save_meta_data();
		$this->set_status_prop( $id, substr( $status, 3 ) );
		$again = wc_get_order( $id );
		$to    = $again->get_status();
		do_action( 'woocommerce_order_status_' . $to, $id, $again, array() );
		do_action( 'woocommerce_order_status_trash_to_' . $to, $id, $again );
		do_action( 'woocommerce_order_status_changed', $id, 'trash', $to, $again );
		return true;
	}

	public function stand_in_read_meta( int $id ): array {
		global $wpdb;
		$meta = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT meta_key, meta_value FROM {$wpdb->prefix}wc_orders_meta WHERE order_id = %d", $id ), ARRAY_A ) as $row ) {
			$meta[ $row['meta_key'] ] = maybe_unserialize( $row['meta_value'] );
		}
		return $meta;
	}

	public function stand_in_write_meta( int $id, array $meta ): void {
		global $wpdb;
		$wpdb->delete( $wpdb->prefix . 'wc_orders_meta', array( 'order_id' => $id ) );
		foreach ( $meta as $key => $value ) {
			$wpdb->insert(
				$wpdb->prefix . 'wc_orders_meta',
				array(
					'order_id'   => $id,
					'meta_key'   => $key, // phpcs:ignore WordPress.DB.SlowDBQuery
					'meta_value' => maybe_serialize( $value ), // phpcs:ignore WordPress.DB.SlowDBQuery
				)
			);
		}
	}

	public function stand_in_read_items( int $id ): array {
		global $wpdb;
		$items = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}woocommerce_order_items WHERE order_id = %d ORDER BY order_item_id", $id ), ARRAY_A ) as $row ) {
			$items[ (int) $row['order_item_id'] ] = new \WC_Order_Item_Product( array_merge( array( 'id' => $row['order_item_id'] ), json_decode( $row['props'], true ) ) );
		}
		return $items;
	}

	/**
	 * One row.
	 *
	 * @param WC_Abstract_Order $order Order.
	 */
	private function row( WC_Abstract_Order $order ): array {
		$props = array_diff_key( $order->get_data(), array( 'id' => 0 ) );
		foreach ( $props as $name => $value ) {
			$props[ $name ] = $value instanceof WC_DateTime ? $value->getTimestamp() : $value;
		}
		$status = $order->get_status( 'edit' );
		return array(
			'status'           => in_array( $status, array_merge( self::DRAFTS, array( 'trash' ) ), true ) && 'checkout-draft' !== $status ? $status : 'wc-' . $status,
			'type'             => $order->get_type(),
			'parent_order_id'  => $order->get_parent_id( 'edit' ),
			'date_updated_gmt' => gmdate( 'Y-m-d H:i:s', $order->get_date_modified( 'edit' )->getTimestamp() ),
			'props'            => (string) wp_json_encode( $props ),
		);
	}

	private function set_status_prop( int $id, string $status ): void {
		global $wpdb;
		$table                  = $wpdb->prefix . 'wc_orders';
		$props                  = json_decode( (string) $wpdb->get_var( $wpdb->prepare( "SELECT props FROM {$table} WHERE id = %d", $id ) ), true );
		$props['status']        = $status;
		$props['date_modified'] = time();
		$wpdb->update(
			$table,
			array(
				'status'           => 'trash' === $status ? 'trash' : 'wc-' . $status,
				'date_updated_gmt' => gmdate( 'Y-m-d H:i:s' ),
				'props'            => wp_json_encode( $props ),
			),
			array( 'id' => $id )
		);
	}

	private function remove( int $id ): void {
		global $wpdb;
		$wpdb->delete( $wpdb->prefix . 'wc_orders', array( 'id' => $id ) );
		$wpdb->delete( $wpdb->prefix . 'wc_orders_meta', array( 'order_id' => $id ) );
		$wpdb->delete( $wpdb->prefix . 'woocommerce_order_items', array( 'order_id' => $id ) );
		wp_delete_post( $id, true );
	}
}
