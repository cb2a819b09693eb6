<?php
/**
 * The sidecar writes its meta on orders, and does not hear of it.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Woo\Webhooks;
use WC_Webhook;

final class OrderMetaTest extends ShopTestCase {

	public function test_meta_is_written_changed_and_deleted(): void {
		$this->shop();
		$id = $this->old_order();
		$this->assertSame( array( self::done( $id ) ), $this->write( array( $id => array( '_pearlbridge_sales_order' => '1042' ) ) ) );
		$this->assertSame( '1042', wc_get_order( $id )->get_meta( '_pearlbridge_sales_order' ) );
		$this->write(
			array(
				$id => array(
					'_pearlbridge_sales_order' => null,
					'_pearlbridge_state'       => 'done',
				),
			)
		);
		$this->assertFalse( wc_get_order( $id )->meta_exists( '_pearlbridge_sales_order' ) );
		$this->assertSame( 'done', wc_get_order( $id )->get_meta( '_pearlbridge_state' ) );
	}

	public function test_it_is_one_save_per_order_and_none_when_nothing_changes(): void {
		$this->shop();
		$id    = $this->old_order();
		$saves = did_action( 'woocommerce_update_order' );
		$meta  = array(
			'_pearlbridge_sales_order' => '1042',
			'_pearlbridge_state'       => 'done',
		);
		$this->write( array( $id => $meta ) );
		$this->assertSame( $saves + 1, did_action( 'woocommerce_update_order' ) );
		$this->write( array( $id => $meta ) );
		$this->write( array( $id => array( '_pearlbridge_unknown' => null ) ) );
		$this->assertSame( $saves + 1, did_action( 'woocommerce_update_order' ) );
	}

	public function test_the_sidecar_is_not_told_of_what_it_wrote(): void {
		$sidecar = $this->shop();
		$this->write( array( $this->old_order() => array( '_pearlbridge_state' => 'done' ) ) );
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_what_another_plugin_makes_of_it_is_told(): void {
		$this->shop();
		$id = $this->old_order();
		add_action(
			'woocommerce_update_order',
			static function ( $saved, $order ): void {
				if ( 'done' === $order->get_meta( '_pearlbridge_state' ) && 'completed' !== $order->get_status() ) {
					$order->update_status( 'completed' );
				}
			},
			20,
			2
		);
		$this->write( array( $id => array( '_pearlbridge_state' => 'done' ) ) );
		$this->end_request();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
	}

	public function test_our_webhook_does_not_tell_of_it_but_those_of_others_do(): void {
		$sidecar = $this->shop();
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->as_admin();
		$webhooks = new Webhooks( $this->pairing, $this->client );
		$webhooks->ensure();
		$ours    = new WC_Webhook( array_column( $webhooks->status(), 'id', 'topic' )['order.updated'] );
		$foreign = new WC_Webhook();
		$foreign->set_topic( 'order.updated' );
		$foreign->set_delivery_url( 'https://shipping.example.test/' );
		$foreign->save();
		$foreign->set_pending_delivery( false );
		$foreign->set_status( 'active' );
		$foreign->save();
		$delivered = array();
		add_action(
			'woocommerce_webhook_process_delivery',
			static function ( $webhook ) use ( &$delivered ): void {
				$delivered[] = $webhook->get_id();
			}
		);
		$id = $this->old_order();
		$ours->enqueue();
		$foreign->enqueue();
		$this->write( array( $id => array( '_pearlbridge_state' => 'done' ) ) );
		$this->assertSame( array( $foreign->get_id() ), $delivered );
		wc_get_order( $id )->update_status( 'completed' );
		$this->assertContains( $ours->get_id(), $delivered );
	}

	public function test_an_order_that_is_not_there_does_not_stop_the_others(): void {
		$this->shop();
		$id      = $this->old_order();
		$product = Ways::product()->get_id();
		$refund  = wc_create_refund(
			array(
				'order_id' => $id,
				'amount'   => '1.00',
			)
		)->get_id();
		$meta    = array( '_pearlbridge_state' => 'done' );
		$results = $this->write(
			array(
				99999999 => $meta,
				$product => $meta,
				$refund  => $meta,
				$id      => $meta,
			)
		);
		$this->assertSame( array( 'unknown_order', 'unknown_order', 'unknown_order', null ), array_column( $results, 'code' ) );
		$this->assertSame( 'done', wc_get_order( $id )->get_meta( '_pearlbridge_state' ) );
	}

	public function test_a_plugin_that_throws_fails_one_order_alone(): void {
		$this->shop();
		$bad  = $this->old_order();
		$good = $this->old_order();
		add_action(
			'woocommerce_update_order',
			static function ( $id ) use ( $bad ): void {
				if ( $bad === $id ) {
					throw new \RuntimeException( 'A plugin.' );
				}
			}
		);
		$meta    = array( '_pearlbridge_state' => 'done' );
		$results = $this->write(
			array(
				$bad  => $meta,
				$good => $meta,
			)
		);
		$this->assertSame( array( 'failed', null ), array_column( $results, 'code' ) );
		wc_get_order( $good )->save();
		$this->end_request();
		$this->assertContains( "order:$good", $this->waiting(), 'Nothing stays muted.' );
	}

	/**
	 * Bodies that are refused whole.
	 *
	 * @return array<string, array{mixed}>
	 */
	public function nonsense(): array {
		return array(
			'a key of somebody else' => array(
				array(
					array(
						'id'   => 1,
						'meta' => array( '_billing_email' => 'x' ),
					),
				),
			),
			'a key without our name' => array(
				array(
					array(
						'id'   => 1,
						'meta' => array( 'pearlbridge_state' => 'x' ),
					),
				),
			),
			'a key with more in it'  => array(
				array(
					array(
						'id'   => 1,
						'meta' => array( "_pearlbridge_state\n" => 'x' ),
					),
				),
			),
			'a number'               => array(
				array(
					array(
						'id'   => 1,
						'meta' => array( '_pearlbridge_state' => 5 ),
					),
				),
			),
			'too long'               => array(
				array(
					array(
						'id'   => 1,
						'meta' => array( '_pearlbridge_state' => str_repeat( 'x', 1001 ) ),
					),
				),
			),
			'no id'                  => array( array( array( 'meta' => array( '_pearlbridge_state' => 'x' ) ) ) ),
			'too many'               => array(
				array_fill(
					0,
					101,
					array(
						'id'   => 1,
						'meta' => array(),
					)
				),
			),
			'no list'                => array( 'all' ),
		);
	}

	/**
	 * @dataProvider nonsense
	 * @param mixed $orders Orders.
	 */
	public function test_nonsense_is_refused( $orders ): void {
		$this->shop();
		$this->assertSame( 400, $this->post( (string) wp_json_encode( array( 'orders' => $orders ) ) )->get_status() );
	}

	public function test_only_the_sidecar_writes(): void {
		$this->shop();
		$id   = $this->old_order();
		$body = (string) wp_json_encode(
			array(
				'orders' => array(
					array(
						'id'   => $id,
						'meta' => array( '_pearlbridge_state' => 'x' ),
					),
				),
			)
		);
		$this->as_admin();
		$this->assertSame( 400, $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-meta', $body )->get_status() );
		$wrong = $this->signed( 'POST', '/pearlbridge/v1/sidecar/order-meta', $body, self::key( self::KEY_ID, 'x' ) );
		$this->assertSame( 401, $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-meta', $body, $wrong )->get_status() );
		$this->assertFalse( wc_get_order( $id )->meta_exists( '_pearlbridge_state' ) );
	}

	/**
	 * An order of another request.
	 */
	private function old_order(): int {
		global $wpdb;
		$id = Ways::order()->get_id();
		$this->end_request();
		$wpdb->query( "DELETE FROM {$this->outbox->name()}" );
		foreach ( $GLOBALS['wp_filter']['pre_http_request']->callbacks[1] ?? array() as $callback ) {
			$callback['function'][0]->requests = array();
		}
		return $id;
	}

	/**
	 * Writes as the sidecar does.
	 *
	 * @param array<int, array<string, string|null>> $orders Id => meta.
	 */
	private function write( array $orders ): array {
		$list = array();
		foreach ( $orders as $id => $meta ) {
			$list[] = array(
				'id'   => $id,
				'meta' => $meta,
			);
		}
		$response = $this->post( (string) wp_json_encode( array( 'orders' => $list ) ) );
		$this->assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		return $this->data( $response )['results'];
	}

	private function post( string $body ): \WP_REST_Response {
		return $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-meta', $body, $this->signed( 'POST', '/pearlbridge/v1/sidecar/order-meta', $body ) );
	}

	private static function done( int $id ): array {
		return array(
			'id'      => $id,
			'ok'      => true,
			'code'    => null,
			'message' => null,
		);
	}
}
