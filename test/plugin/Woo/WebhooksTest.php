<?php
/**
 * Our webhooks come, are mended and go; those of others stay.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Tests\Fake_Sidecar;
use Pearlbridge\Woo\Webhook_Set;
use Pearlbridge\Woo\Webhooks;
use WC_Webhook;

final class WebhooksTest extends ShopTestCase {

	/**
	 * The sidecar.
	 *
	 * @var Fake_Sidecar
	 */
	private $sidecar;

	/**
	 * Our webhooks.
	 *
	 * @var Webhooks
	 */
	private $webhooks;

	protected function setUp(): void {
		parent::setUp();
		$this->sidecar = $this->shop();
		$this->sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->webhooks = new Webhooks( $this->pairing, $this->client );
		$this->as_admin();
	}

	public function test_four_webhooks_are_made_with_a_random_secret_the_sidecar_knows_first(): void {
		$at_that_time = null;
		$this->sidecar->stop();
		$this->sidecar = $this->sidecar( self::URL );
		$this->sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$this->sidecar->answer_with(
			'PUT',
			'/v1/store',
			function () use ( &$at_that_time ) {
				$at_that_time = array_column( $this->webhooks->status(), 'status' );
				return self::response( 200, array( 'ok' => true ) );
			}
		);
		$this->assertTrue( $this->webhooks->ensure() );

		$this->assertSame( array_fill( 0, 4, 'paused' ), $at_that_time, 'Nothing is delivered before the sidecar can check it.' );
		$this->assertSame( array( 'order.created', 'order.updated', 'order.deleted', 'order.restored' ), array_column( $this->webhooks->status(), 'topic' ) );
		$told = json_decode( $this->sidecar->only_request( 'PUT', '/v1/store' )['body'], true );
		$this->assertSame( array_column( $this->webhooks->status(), 'id' ), $told['webhookIds'] );
		$this->assertGreaterThanOrEqual( 64, strlen( $told['webhookSecret'] ) );
		$this->assertArrayNotHasKey( 'consumerKey', $told );
		foreach ( $this->ours() as $webhook ) {
			$this->assertSame( 'active', $webhook->get_status() );
			$this->assertSame( $told['webhookSecret'], $webhook->get_secret() );
			$this->assertSame( self::URL . '/webhooks/woocommerce/main', $webhook->get_delivery_url() );
			$this->assertFalse( $webhook->get_pending_delivery(), 'No ping on the next save.' );
			$this->assertSame( get_current_user_id(), $webhook->get_user_id() );
			$this->assertSame( 'wp_api_v3', $webhook->get_api_version() );
		}
		$this->assertSame( array( '/v1/ping', '/v1/store' ), array_column( $this->sidecar->requests, 'path' ), 'WooCommerce pinged nobody.' );
	}

	public function test_a_sidecar_that_does_not_answer_leaves_everything_as_it_is(): void {
		$this->sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->fail( 'GET', '/v1/ping' );
		$this->assertFailure( 'sidecar_unreachable', 502, $this->webhooks->ensure() );
		$this->assertSame( array(), $this->webhooks->status() );
	}

	public function test_a_second_click_makes_nothing_new_and_keeps_the_secret(): void {
		$this->webhooks->ensure();
		$ids = array_column( $this->webhooks->status(), 'id' );
		$this->webhooks->ensure();
		$this->assertSame( $ids, array_column( $this->webhooks->status(), 'id' ) );
		$secrets = array();
		foreach ( $this->sidecar->requests_to( 'PUT', '/v1/store' ) as $request ) {
			$secrets[] = json_decode( $request['body'], true )['webhookSecret'];
		}
		$this->assertSame( $secrets[0], $secrets[1] );
	}

	public function test_seven_failures_disable_a_webhook_and_a_repair_switches_it_on_with_a_clean_count(): void {
		$this->webhooks->ensure();
		$id       = $this->ours()['order.updated']->get_id();
		$order_id = Ways::order()->get_id();
		for ( $failure = 1; $failure <= 7; $failure++ ) {
			$this->sidecar->answer( 'POST', '/webhooks/woocommerce/main', 500, array() );
			( new WC_Webhook( $id ) )->deliver( $order_id );
		}
		$this->assertSame( 'disabled', ( new WC_Webhook( $id ) )->get_status() );
		$this->assertIsInt( wp_next_scheduled( Webhooks::REPAIR_EVENT ), 'It will be looked at again.' );
		$this->assertSame( 'warning', apply_filters( 'pearlbridge_notices', array() )[0]['type'] );

		$response = $this->rest( 'POST', '/pearlbridge/v1/webhooks/repair' );
		$this->assertSame( 200, $response->get_status() );
		$webhook = new WC_Webhook( $id );
		$this->assertSame( array( 'active', 0, false ), array( $webhook->get_status(), $webhook->get_failure_count(), $webhook->get_pending_delivery() ) );
		$this->assertFalse( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
		$this->assertSame( array(), apply_filters( 'pearlbridge_notices', array() ) );
	}

	public function test_the_repair_by_itself_waits_until_the_sidecar_answers(): void {
		$this->webhooks->ensure();
		$this->disable( 'order.updated' );
		$this->sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->fail( 'GET', '/v1/ping' );
		do_action( Webhooks::REPAIR_EVENT );
		$this->assertSame( 'disabled', $this->ours()['order.updated']->get_status() );
		$this->assertIsInt( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		do_action( Webhooks::REPAIR_EVENT );
		$this->assertSame( 'active', $this->ours()['order.updated']->get_status() );

		$asked = count( $sidecar->requests );
		do_action( Webhooks::REPAIR_EVENT );
		$this->assertCount( $asked, $sidecar->requests, 'Where nothing is wrong, nobody is asked.' );
	}

	public function test_a_webhook_somebody_deleted_is_made_again_and_the_sidecar_learns_its_id(): void {
		$this->webhooks->ensure();
		$gone = $this->ours()['order.deleted'];
		$id   = $gone->get_id();
		$gone->delete( true );
		$this->assertSame( 'missing', array_column( $this->webhooks->status(), 'status', 'topic' )['order.deleted'] );
		$this->webhooks->ensure();
		$new = $this->ours()['order.deleted'];
		$this->assertNotSame( $id, $new->get_id() );
		$this->assertSame( 'active', $new->get_status() );
		$requests = $this->sidecar->requests_to( 'PUT', '/v1/store' );
		$this->assertContains( $new->get_id(), json_decode( end( $requests )['body'], true )['webhookIds'] );
	}

	public function test_what_somebody_edited_is_put_right(): void {
		$this->webhooks->ensure();
		$customer = $this->as_role( 'customer' );
		$this->as_admin();
		$webhook = $this->ours()['order.created'];
		$webhook->set_delivery_url( 'https://elsewhere.example.test/' );
		$webhook->set_secret( 'short' );
		$webhook->set_user_id( $customer );
		$webhook->set_status( 'paused' );
		$webhook->save();
		$this->webhooks->ensure();
		$secrets = array();
		foreach ( $this->ours() as $one ) {
			$secrets[ $one->get_secret() ] = true;
		}
		$this->assertCount( 1, $secrets, 'A secret that is no longer shared is replaced everywhere.' );
		$mended = $this->ours()['order.created'];
		$this->assertSame( self::URL . '/webhooks/woocommerce/main', $mended->get_delivery_url() );
		$this->assertSame( get_current_user_id(), $mended->get_user_id(), 'Its owner has to have the right to see orders.' );
	}

	public function test_without_a_person_at_hand_the_owner_is_somebody_who_may(): void {
		$admin = $this->as_admin();
		$this->as_nobody();
		$this->webhooks->ensure();
		$this->assertSame( $admin, $this->ours()['order.created']->get_user_id() );
	}

	public function test_webhooks_of_others_are_not_touched(): void {
		$foreign = $this->foreign();
		$before  = ( new WC_Webhook( $foreign ) )->get_data();
		$this->webhooks->ensure();
		$this->webhooks->rotate_secret();
		$this->webhooks->pause();
		$this->webhooks->resume();
		$this->webhooks->remove();
		$this->assertSame( $before, ( new WC_Webhook( $foreign ) )->get_data() );

		// Not even when our list names it.
		update_option( Webhook_Set::OPTION, array( 'order.created' => $foreign ) );
		$this->webhooks->remove();
		$this->assertSame( $before, ( new WC_Webhook( $foreign ) )->get_data() );
	}

	public function test_a_new_secret_reaches_the_sidecar_before_it_signs(): void {
		$this->webhooks->ensure();
		$old = $this->ours()['order.created']->get_secret();
		$this->sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->fail( 'PUT', '/v1/store' );
		$this->assertFailure( 'sidecar_unreachable', 502, $this->webhooks->rotate_secret() );
		$this->assertSame( $old, $this->ours()['order.created']->get_secret() );
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->assertTrue( $this->webhooks->rotate_secret() );
		$new = json_decode( $sidecar->requests[0]['body'], true )['webhookSecret'];
		$this->assertNotSame( $old, $new );
		foreach ( $this->ours() as $webhook ) {
			$this->assertSame( $new, $webhook->get_secret() );
		}
	}

	public function test_deactivation_pauses_and_activation_resumes(): void {
		$this->webhooks->ensure();
		$this->webhooks->pause();
		$this->assertSame( array_fill( 0, 4, 'paused' ), array_column( $this->webhooks->status(), 'status' ) );
		$this->webhooks->resume();
		$this->assertSame( array_fill( 0, 4, 'active' ), array_column( $this->webhooks->status(), 'status' ) );
	}

	public function test_removal_needs_no_sidecar_and_leaves_nothing(): void {
		$this->webhooks->ensure();
		$ids  = array_column( $this->webhooks->status(), 'id' );
		$asks = count( $this->sidecar->requests );
		$this->webhooks->remove();
		$this->assertSame( array(), array_intersect( $ids, \WC_Data_Store::load( 'webhook' )->search_webhooks( array() ) ) );
		$this->assertFalse( get_option( Webhook_Set::OPTION ) );
		$this->assertCount( $asks, $this->sidecar->requests );
	}

	public function test_only_who_manages_the_shop_repairs(): void {
		$this->as_role( 'customer' );
		$this->assertSame( 403, $this->rest( 'POST', '/pearlbridge/v1/webhooks/repair' )->get_status() );
		$this->as_nobody();
		$this->assertSame( 401, $this->rest( 'POST', '/pearlbridge/v1/webhooks/repair' )->get_status() );
		$this->assertSame( array(), $this->sidecar->requests );
	}

	/**
	 * Ours, by topic, read anew.
	 *
	 * @return array<string, WC_Webhook>
	 */
	private function ours(): array {
		$ours = array();
		foreach ( $this->webhooks->status() as $one ) {
			$ours[ $one['topic'] ] = new WC_Webhook( $one['id'] );
		}
		return $ours;
	}

	private function disable( string $topic ): void {
		$webhook = $this->ours()[ $topic ];
		$webhook->set_status( 'disabled' );
		$webhook->save();
	}

	/**
	 * Somebody else's.
	 */
	private function foreign(): int {
		$webhook = new WC_Webhook();
		$webhook->set_name( 'Shipping' );
		$webhook->set_topic( 'order.updated' );
		$webhook->set_secret( 'theirs' );
		$webhook->set_delivery_url( 'https://shipping.example.test/hook' );
		$webhook->set_status( 'paused' );
		$webhook->save();
		return $webhook->get_id();
	}
}
