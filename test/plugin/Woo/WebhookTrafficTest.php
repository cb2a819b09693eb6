<?php
/**
 * What our webhooks are given on their way, and nobody else's.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Woo\Webhooks;
use WC_Webhook;

final class WebhookTrafficTest extends ShopTestCase {

	const PRIVATE_SIDECAR = 'http://10.1.2.3:9700/bridge';

	/**
	 * Addresses that look like the sidecar's.
	 *
	 * @return array<string, array{string, bool}>
	 */
	public function addresses(): array {
		return array(
			'the sidecar'                => array( 'http://10.1.2.3:9700/bridge/webhooks/woocommerce/main', true ),
			'its origin'                 => array( 'http://10.1.2.3:9700', true ),
			'in capitals'                => array( 'HTTP://10.1.2.3:9700/x', true ),
			'another port'               => array( 'http://10.1.2.3:9701/bridge', false ),
			'no port'                    => array( 'http://10.1.2.3/bridge', false ),
			'another scheme'             => array( 'https://10.1.2.3:9700/bridge', false ),
			'another host'               => array( 'http://10.1.2.4:9700/bridge', false ),
			'a host that begins like it' => array( 'http://10.1.2.3.evil.test:9700/bridge', false ),
			'a port that begins like it' => array( 'http://10.1.2.3:97000/bridge', false ),
			'it as user name'            => array( 'http://10.1.2.3:9700@evil.test/bridge', false ),
			'it with a user name'        => array( 'http://somebody@10.1.2.3:9700/bridge', false ),
			'it in the path'             => array( 'http://evil.test/http://10.1.2.3:9700', false ),
			'it in the query'            => array( 'http://evil.test/?http://10.1.2.3:9700', false ),
			'a backslash'                => array( 'http://10.1.2.3:9700\\@evil.test/', false ),
			'no address'                 => array( 'nonsense', false ),
			'empty'                      => array( '', false ),
		);
	}

	/**
	 * @dataProvider addresses
	 * @param string $url Address.
	 * @param bool   $is  Whether it is the sidecar's.
	 */
	public function test_only_the_paired_origin_may_be_private_and_on_its_port( string $url, bool $is ): void {
		$this->paired_at( self::PRIVATE_SIDECAR );
		$this->assertSame( $is, apply_filters( 'http_request_host_is_external', false, (string) wp_parse_url( $url, PHP_URL_HOST ), $url ) );
		$ports = apply_filters( 'http_allowed_safe_ports', array( 80, 443, 8080 ), (string) wp_parse_url( $url, PHP_URL_HOST ), $url );
		$this->assertSame( $is ? array( 80, 443, 8080, 9700 ) : array( 80, 443, 8080 ), $ports );
		// WordPress' own judge, who asks these filters.
		if ( $is ) {
			$this->assertNotFalse( wp_http_validate_url( $url ) );
		}
	}

	public function test_a_host_that_only_begins_like_the_sidecar_is_not_let_through(): void {
		$this->paired_at( 'https://sidecar.example' );
		$this->assertFalse( apply_filters( 'http_request_host_is_external', false, 'sidecar.example.evil.test', 'https://sidecar.example.evil.test/' ) );
	}

	public function test_what_others_allowed_stays_allowed(): void {
		$this->paired_at( self::PRIVATE_SIDECAR );
		$this->assertTrue( apply_filters( 'http_request_host_is_external', true, 'elsewhere.test', 'https://elsewhere.test/' ) );
	}

	public function test_without_a_pairing_nothing_is_let_through(): void {
		$this->assertFalse( apply_filters( 'http_request_host_is_external', false, '10.1.2.3', self::PRIVATE_SIDECAR ) );
		$this->paired_at( self::PRIVATE_SIDECAR );
		self::move();
		$this->assertFalse( apply_filters( 'http_request_host_is_external', false, '10.1.2.3', self::PRIVATE_SIDECAR ), 'Nor from a copy.' );
	}

	public function test_deliveries_of_our_webhooks_carry_a_signature_with_a_time_over_what_is_sent(): void {
		$sidecar  = $this->with_webhooks();
		$order    = Ways::order();
		$webhook  = $this->ours();
		$webhook->deliver( $order->get_id() );
		$delivery = $sidecar->only_request( 'POST', '/webhooks/woocommerce/main' );
		$this->assertSignedBy( $delivery );
		$this->assertSame( $order->get_id(), json_decode( $delivery['body'], true )['id'] );
		$this->assertSame( $webhook->generate_signature( $delivery['body'] ), $delivery['headers']['X-WC-Webhook-Signature'], 'WooCommerce signs as ever.' );
	}

	public function test_the_path_is_signed_below_the_base_address(): void {
		$sidecar = $this->with_webhooks( self::PRIVATE_SIDECAR );
		$this->ours()->deliver( Ways::order()->get_id() );
		$delivery = $sidecar->only_request( 'POST', '/webhooks/woocommerce/main' );
		$this->assertSame( self::PRIVATE_SIDECAR . '/webhooks/woocommerce/main', $delivery['url'] );
		$this->assertSignedBy( $delivery );
	}

	public function test_deliveries_of_other_webhooks_carry_none_even_to_the_sidecar(): void {
		$this->with_webhooks();
		$foreign = new WC_Webhook();
		$foreign->set_topic( 'order.updated' );
		$foreign->set_delivery_url( self::URL . '/webhooks/woocommerce/main' );
		$foreign->set_status( 'paused' );
		$foreign->save();
		$args = array( 'body' => '{}' );
		$this->assertSame( $args, apply_filters( 'woocommerce_webhook_http_args', $args, 1, $foreign->get_id() ) );
	}

	public function test_no_signature_leaves_for_another_host_when_somebody_edited_our_webhook(): void {
		$this->with_webhooks();
		$webhook = $this->ours();
		$webhook->set_status( 'paused' );
		$webhook->set_delivery_url( 'https://sidecar.example.test.evil.test/webhooks' );
		$webhook->save();
		$args = array( 'body' => '{}' );
		$this->assertSame( $args, apply_filters( 'woocommerce_webhook_http_args', $args, 1, $webhook->get_id() ) );
	}

	public function test_a_copy_of_the_shop_signs_nothing(): void {
		$this->with_webhooks();
		$id = $this->ours()->get_id();
		self::move();
		$args = apply_filters( 'woocommerce_webhook_http_args', array( 'body' => '{}' ), 1, $id );
		$this->assertArrayNotHasKey( 'headers', $args );
	}

	public function test_from_a_copy_our_webhooks_deliver_nothing_and_those_of_others_do(): void {
		$this->with_webhooks();
		$foreign = new WC_Webhook();
		$foreign->set_topic( 'order.updated' );
		$foreign->set_delivery_url( 'https://shipping.example.test/hook' );
		$foreign->set_status( 'active' );
		$asked = function () use ( $foreign ): array {
			$order = Ways::order()->get_id();
			return array(
				apply_filters( 'woocommerce_webhook_should_deliver', true, $this->ours(), $order ),
				apply_filters( 'woocommerce_webhook_should_deliver', true, $foreign, $order ),
				apply_filters( 'woocommerce_webhook_should_deliver', false, $foreign, $order ),
			);
		};
		$this->assertSame( array( true, true, false ), $asked() );
		self::move();
		$this->assertSame( array( false, true, false ), $asked() );
		$this->assertTrue( apply_filters( 'woocommerce_webhook_should_deliver', true ), 'Somebody asks with less.' );
	}

	public function test_what_stood_in_the_queue_when_the_shop_was_copied_does_not_leave(): void {
		$sidecar = $this->with_webhooks();
		$webhook = $this->ours();
		$order   = Ways::order()->get_id();
		self::move();
		$webhook->deliver( $order );
		$this->assertSame( array(), $sidecar->requests_to( 'POST', '/webhooks/woocommerce/main' ) );

		$shipping = $this->sidecar( 'https://shipping.example.test' );
		$shipping->answer( 'POST', '/hook', 200, array() );
		$foreign = new WC_Webhook();
		$foreign->set_topic( 'order.updated' );
		$foreign->set_delivery_url( 'https://shipping.example.test/hook' );
		$foreign->set_status( 'paused' );
		$foreign->save();
		$foreign->deliver( $order );
		$this->assertCount( 1, $shipping->requests );
	}

	/**
	 * Pairs with an address.
	 *
	 * @param string $url Address.
	 */
	private function paired_at( string $url ): void {
		$this->paired()->stop();
		$record              = Pairing_Record::load();
		$record->sidecar_url = $url;
		$record->webhook_url = null;
		$record->save();
	}

	/**
	 * A paired shop with webhooks.
	 *
	 * @param string $url Address of the sidecar.
	 */
	private function with_webhooks( string $url = self::URL ): \Pearlbridge\Tests\Fake_Sidecar {
		$this->paired_at( $url );
		$sidecar = $this->sidecar( $url );
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$sidecar->answer( 'POST', '/webhooks/woocommerce/main', 200, array( 'accepted' => true ) );
		$this->as_admin();
		$this->assertTrue( ( new Webhooks( $this->pairing, $this->client ) )->ensure() );
		return $sidecar;
	}

	private function ours(): WC_Webhook {
		return new WC_Webhook( ( new Webhooks( $this->pairing, $this->client ) )->status()[1]['id'] );
	}
}
