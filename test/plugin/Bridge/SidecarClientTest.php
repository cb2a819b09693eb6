<?php
/**
 * The way to the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Bridge\Sidecar_Answer;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Tests\PairingTestCase;

final class SidecarClientTest extends PairingTestCase {

	public function test_asks_nobody_before_a_person_has_paired(): void {
		$sidecar = $this->sidecar( self::URL );
		$this->assertFailure( 'not_paired', 409, $this->client->ping() );
		$this->assertFalse( $this->client->nudge() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_signs_every_call_with_its_own_nonce_and_request_id(): void {
		$sidecar = $this->paired();
		$this->client->ping();
		$this->client->ping();
		list( $one, $two ) = $sidecar->requests;
		$this->assertSignedBy( $one );
		$this->assertSignedBy( $two );
		$this->assertNotSame( $one['headers']['X-Bridge-Nonce'], $two['headers']['X-Bridge-Nonce'] );
		$this->assertTrue( wp_is_uuid( $one['headers']['X-Request-Id'] ) );
		$this->assertNotSame( $one['headers']['X-Request-Id'], $two['headers']['X-Request-Id'] );
	}

	public function test_sends_what_it_signs_and_an_object_when_there_is_nothing_to_say(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->client->request( 'POST', '/v1/revoke', array() );
		$this->client->request( 'PUT', '/v1/store', array( 'name' => 'Zoë /x' ) );
		$this->assertSame( '{}', $sidecar->only_request( 'POST', '/v1/revoke' )['body'] );
		$this->assertSame( '{"name":"Zoë /x"}', $sidecar->only_request( 'PUT', '/v1/store' )['body'] );
		$this->assertSignedBy( $sidecar->only_request( 'PUT', '/v1/store' ) );
		$this->assertSame( 'application/json', $sidecar->only_request( 'PUT', '/v1/store' )['headers']['Content-Type'] );
	}

	public function test_signs_the_path_below_a_base_with_a_folder(): void {
		$this->paired()->stop();
		$record              = Pairing_Record::load();
		$record->sidecar_url = 'https://proxy.example.test/pearl/bridge';
		$record->save();
		$sidecar = $this->sidecar( 'https://proxy.example.test/pearl/bridge' );
		$sidecar->answer( 'GET', '/v1/events', 200, array( 'items' => array() ) );
		$this->client->request( 'GET', '/v1/events?after=1%202' );
		$this->assertSignedBy( $sidecar->requests[0] );
		$this->assertSame( '/v1/events?after=1%202', $sidecar->requests[0]['path'] );
	}

	public function test_limits_time_size_and_redirects(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/ordersPush', 200, array( 'exit' => 0 ) );
		$this->client->ping();
		$this->client->forward( 'POST', '/v1/console/ordersPush', '{}', Sidecar_Client::COMMAND );
		list( $read, $command ) = $sidecar->requests;
		$this->assertSame( 5, $read['args']['timeout'] );
		$this->assertSame( 15, $command['args']['timeout'] );
		foreach ( $sidecar->requests as $request ) {
			$this->assertSame( 0, $request['args']['redirection'] );
			$this->assertSame( Sidecar_Answer::LIMIT + 1, $request['args']['limit_response_size'] );
			$this->assertFalse( $request['args']['decompress'] );
			$this->assertNotSame( false, $request['args']['sslverify'] ?? true );
		}
	}

	/**
	 * @dataProvider answers
	 */
	public function test_turns_what_went_wrong_into_words( array $answer, string $code, int $status ): void {
		$this->paired();
		add_filter(
			'pre_http_request',
			static function () use ( $answer ) {
				return $answer['error'] ?? $answer;
			},
			10
		);
		$result = $this->client->ping();
		$this->assertFailure( $code, $status, $result );
		$this->assertNotSame( '', $result->get_error_message() );
		$this->assertTrue( wp_is_uuid( Failure::datum( $result, 'requestId' ) ) );
	}

	/**
	 * @return array<string, array{array<string, mixed>, string, int}>
	 */
	public function answers(): array {
		return array(
			'refused connection' => array( array( 'error' => new \WP_Error( 'http_request_failed', 'cURL error 7: Failed to connect' ) ), 'sidecar_unreachable', 502 ),
			'timeout'            => array( array( 'error' => new \WP_Error( 'http_request_failed', 'cURL error 28: Operation timed out after 5001 milliseconds' ) ), 'sidecar_timeout', 504 ),
			'redirect'           => array( self::response( 302, '', array( 'location' => 'https://elsewhere.example.test/' ) ), 'sidecar_unreachable', 502 ),
			'too large'          => array( self::response( 200, '{"a":"' . str_repeat( 'x', Sidecar_Answer::LIMIT ) . '"}' ), 'sidecar_unreachable', 502 ),
			'no JSON'            => array( self::response( 200, '<html>' ), 'sidecar_unreachable', 502 ),
			'JSON, no object'    => array( self::response( 200, '[1]' ), 'sidecar_unreachable', 502 ),
			'a web server’s 404' => array( self::response( 404, '<html>' ), 'sidecar_unreachable', 502 ),
			'our 404'            => array( self::refusal( 404, 'not-found' ), 'sidecar_rejected', 404 ),
			'foreign connection' => array( self::refusal( 403, 'foreign-connection' ), 'sidecar_rejected', 403 ),
			'a gateway’s 502'    => array( self::response( 502, '<html>' ), 'sidecar_unreachable', 502 ),
			'our 503'            => array( self::refusal( 503, 'busy' ), 'sidecar_unreachable', 502 ),
			'clock'              => array( self::refusal( 401, 'clock-skew', array( 'time' => 1795000000 ) ), 'clock_skew', 409 ),
		);
	}

	public function test_a_message_of_the_other_side_is_plain_text(): void {
		$this->paired();
		add_filter(
			'pre_http_request',
			static function () {
				return self::response(
					400,
					array(
						'error' => array(
							'code'    => 'x',
							'message' => '<script>alert(1)</script>No <b>way</b>.',
						),
					)
				);
			},
			10
		);
		$this->assertSame( 'No way.', $this->client->ping()->get_error_message() );
	}

	public function test_remembers_that_the_sidecar_does_not_know_the_key_until_it_does(): void {
		$this->paired();
		$refuse = static function () {
			return self::refusal( 401, 'unknown-key' );
		};
		add_filter( 'pre_http_request', $refuse, 10 );
		$this->client->ping();
		$this->assertTrue( Usage::is_lost() );
		remove_filter( 'pre_http_request', $refuse, 10 );
		$this->client->ping();
		$this->assertFalse( Usage::is_lost() );
		$this->assertSame( $this->now, Usage::last_used() );
	}

	public function test_passes_json_through_as_it_is(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/settingsShow', 200, '{"exit":0,"body":{"payments":{},"tax":[],"rate":1.0,"total":"0.10"}}' );
		$answer = $this->client->forward( 'POST', '/v1/console/settingsShow', '{"input":{}}', 5 );
		$this->assertSame( '{"exit":0,"body":{"payments":{},"tax":[],"rate":1.0,"total":"0.10"}}', wp_json_encode( $answer, JSON_PRESERVE_ZERO_FRACTION ) );
	}

	public function test_a_nudge_is_short_and_quiet(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/nudge', 200, array( 'ok' => true ) );
		$this->assertTrue( $this->client->nudge() );
		$request = $sidecar->only_request( 'POST', '/v1/nudge' );
		$this->assertSame( '{}', $request['body'] );
		$this->assertSignedBy( $request );
		$this->assertFalse( has_action( 'http_api_curl' ), 'The limits are for this call alone.' );
		$sidecar->stop();
		$this->sidecar( self::URL )->fail( 'POST', '/v1/nudge' );
		$this->assertFalse( $this->client->nudge( array( 'orders' => array( 1 ) ) ) );
	}

	public function test_signs_for_webhooks_what_the_sidecar_can_verify(): void {
		$this->paired();
		$headers = $this->client->signed_headers( 'POST', '/webhooks/woocommerce/main', '{"id":1}' );
		$this->assertSignedBy(
			array(
				'headers' => $headers,
				'method'  => 'POST',
				'path'    => '/webhooks/woocommerce/main',
				'body'    => '{"id":1}',
			)
		);
	}
}
