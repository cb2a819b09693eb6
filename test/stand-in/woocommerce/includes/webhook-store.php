<?php
/**
 * Keeps webhooks.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes webhooks.
 */
class WC_Webhook_Data_Store {
	public function create( &$webhook ) {
		global $wpdb;
		$changes = $webhook->get_changes();
		if ( ! isset( $changes['pending_delivery'] ) ) {
			$webhook->set_pending_delivery( true );
		}
		$wpdb->insert( $wpdb->prefix . 'wc_webhooks', $this->row( $webhook ) );
		$webhook->set_id( $wpdb->insert_id );
		$webhook->apply_changes();
		do_action( 'woocommerce_new_webhook', $webhook->get_id(), $webhook );
	}

	public function read( &$webhook ) {
		global $wpdb;
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}wc_webhooks WHERE webhook_id = %d", $webhook->get_id() ), ARRAY_A );
		if ( ! is_array( $row ) ) {
			throw new Exception( 'Invalid webhook.' );
		}
		unset( $row['webhook_id'] );
		$webhook->set_object_read( false );
		$webhook->set_props( $row );
		$webhook->set_object_read( true );
	}

	public function update( &$webhook ) {
		global $wpdb;
		$ping = isset( $webhook->get_changes()['delivery_url'] );
		$wpdb->update( $wpdb->prefix . 'wc_webhooks', $this->row( $webhook ), array( 'webhook_id' => $webhook->get_id() ) );
		$webhook->apply_changes();
		if ( 'active' === $webhook->get_status() && ( $ping || $webhook->get_pending_delivery() ) ) {
			$webhook->deliver_ping();
		}
		do_action( 'woocommerce_webhook_updated', $webhook->get_id() );
	}

	public function delete( &$webhook ) {
		global $wpdb;
		$wpdb->delete( $wpdb->prefix . 'wc_webhooks', array( 'webhook_id' => $webhook->get_id() ) );
		do_action( 'woocommerce_webhook_deleted', $webhook->get_id(), $webhook );
	}

	public function get_webhooks_ids( $status = '' ) {
		return $this->search_webhooks( '' === $status ? array() : array( 'status' => $status ) );
	}

	public function search_webhooks( $args ) {
		global $wpdb;
		$table = $wpdb->prefix . 'wc_webhooks';
		$ids   = empty( $args['status'] )
			? $wpdb->get_col( "SELECT webhook_id FROM $table" )
			: $wpdb->get_col( $wpdb->prepare( "SELECT webhook_id FROM $table WHERE status = %s", $args['status'] ) );
		return array_map( 'intval', $ids );
	}

	private function row( WC_Webhook $webhook ): array {
		$row                     = array_diff_key( $webhook->get_data(), array( 'id' => 0 ) );
		$row['pending_delivery'] = (int) $row['pending_delivery'];
		return $row;
	}
}
