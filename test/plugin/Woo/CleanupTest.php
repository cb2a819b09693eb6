<?php
/**
 * Uninstalling leaves what is the shop's and nothing of ours.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Woo\Cleanup;
use Pearlbridge\Woo\Keys;
use Pearlbridge\Woo\Nudge;
use Pearlbridge\Woo\Outbox_Recorder;
use Pearlbridge\Woo\Webhooks;
use WC_Webhook;

final class CleanupTest extends ShopTestCase {

	public function test_it_leaves_nothing_of_ours_and_all_that_is_the_shops(): void {
		global $wpdb;
		$sidecar = $this->shop();
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->as_admin();
		$webhooks = new Webhooks( $this->pairing, $this->client );
		$webhooks->ensure();
		( new Keys( $this->pairing, $this->client ) )->make_own();
		$foreign = new WC_Webhook();
		$foreign->set_topic( 'order.updated' );
		$foreign->set_status( 'paused' );
		$foreign->save();
		$order = Ways::order();
		$order->update_meta_data( '_pearlbridge_sales_order', '1042' );
		$order->save();
		$this->end_request();
		$this->recorder()->schedule_pruning();
		wp_schedule_single_event( time() + 60, Webhooks::REPAIR_EVENT );
		update_option( Nudge::OPTION, '5' );
		$asked = count( $sidecar->requests );

		Cleanup::run();

		$this->assertSame( array( $foreign->get_id() ), \WC_Data_Store::load( 'webhook' )->search_webhooks( array() ) );
		$this->assertSame( '0', $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}woocommerce_api_keys" ) );
		$this->assertNull( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $this->outbox->name() ) ) ) );
		$this->assertFalse( wp_next_scheduled( Outbox_Recorder::PRUNE_EVENT ) );
		$this->assertFalse( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
		foreach ( array( 'pearlbridge_webhooks', 'pearlbridge_keys', 'pearlbridge_authorization', 'pearlbridge_nudge_paused_until' ) as $option ) {
			$this->assertFalse( get_option( $option ), $option );
		}
		$this->assertSame( '1042', wc_get_order( $order->get_id() )->get_meta( '_pearlbridge_sales_order' ), 'What became of an order is the shop’s to know.' );
		$this->assertCount( $asked, $sidecar->requests );
	}

	public function test_a_pasted_key_stays(): void {
		global $wpdb;
		$wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array(
				'user_id'         => 1,
				'description'     => 'Pearlbridge - made by hand',
				'permissions'     => 'read_write',
				'consumer_key'    => 'x',
				'consumer_secret' => 'y',
				'truncated_key'   => 'z',
			)
		);
		$id = (int) $wpdb->insert_id;
		update_option(
			Keys::OPTION,
			array(
				'state' => 'pasted',
				'keyId' => $id,
			)
		);
		Cleanup::run();
		$this->assertSame( (string) $id, $wpdb->get_var( "SELECT key_id FROM {$wpdb->prefix}woocommerce_api_keys" ) );
	}

	public function test_it_also_runs_after_woocommerce_has_gone_with_its_tables(): void {
		global $wpdb;
		$wpdb->query( "DROP TABLE {$wpdb->prefix}woocommerce_api_keys" );
		$wpdb->query( "DROP TABLE {$wpdb->prefix}wc_webhooks" );
		Cleanup::run();
		$this->assertSame( '', $wpdb->last_error );
	}
}
