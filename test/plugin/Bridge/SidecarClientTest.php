<?php
/**
 * The way to the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Bridge\Sidecar_Address;
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
		$this->assertStringNotContainsString( 'cURL', $result->get_error_message() );
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

	public function test_a_nudge_never_looks_a_name_up(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/nudge', 200, array( 'ok' => true ) );
		Sidecar_Address::forget();
		$this->assertFalse( $this->client->nudge() );
		$this->assertSame( array(), $sidecar->requests );
		$sidecar->answer_with( 'GET', '/v1/ping', array( $this, 'ping_from' ) );
		$this->client->ping();
		$this->client->ping();
		$this->assertTrue( $this->client->nudge() );
		$limits = Sidecar_Client::nudge_limits( (string) Sidecar_Address::pin( self::URL . '/v1/nudge' ) );
		$this->assertSame( array( 'sidecar.example.test:443:198.51.100.4' ), $limits[ CURLOPT_RESOLVE ] );
		$this->assertSame( array( 100, 150, true ), array( $limits[ CURLOPT_CONNECTTIMEOUT_MS ], $limits[ CURLOPT_TIMEOUT_MS ], $limits[ CURLOPT_NOSIGNAL ] ) );
		$this->assertNull( Sidecar_Address::pin( 'https://sidecar.example.test:8443/v1/nudge' ), 'Of this host and port.' );
		$this->assertSame( '', Sidecar_Address::pin( 'http://[fd00::1]:8780/v1/nudge' ), 'An address needs no look-up.' );
		$this->assertArrayNotHasKey( CURLOPT_RESOLVE, Sidecar_Client::nudge_limits( '' ) );
	}

	public function test_without_curl_a_nudge_to_a_name_is_not_sent(): void {
		$sidecar = $this->paired();
		$sidecar->answer_with(
			'POST',
			'/v1/nudge',
			static function () {
				do_action( 'requests-fsockopen.before_request' );
				return self::response( 200, '{}' );
			}
		);
		$this->assertFalse( $this->client->nudge() );
		$this->assertFalse( has_action( 'requests-fsockopen.before_request' ) );
	}

	public function test_keeps_an_address_until_a_nudge_fails_there(): void {
		$sidecar = $this->paired();
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer_with( 'GET', '/v1/ping', array( $this, 'ping_from' ) );
		$sidecar->answer( 'POST', '/v1/nudge', 404, '<html>' );
		$sidecar->answer( 'POST', '/v1/revoke', 200, array( 'ok' => true ) );
		$this->client->ping();
		$this->assertSame( 'sidecar.example.test:443:203.0.113.7', Sidecar_Address::pin( self::URL ), 'Nobody doubted it.' );
		$this->client->nudge();
		$this->assertSame( 'sidecar.example.test:443:203.0.113.7', Sidecar_Address::pin( self::URL ), 'It may just be down.' );
		$this->client->ping();
		$this->assertSame( 'sidecar.example.test:443:198.51.100.4', Sidecar_Address::pin( self::URL ) );
		$this->pairing->forget();
		$this->assertFalse( get_option( Sidecar_Address::OPTION ) );
	}

	public function test_learns_the_address_in_a_request_of_the_sidecar(): void {
		$sidecar = $this->paired();
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer_with( 'GET', '/v1/ping', array( $this, 'ping_from' ) );
		remove_all_actions( 'shutdown' );
		remove_all_actions( 'pearlbridge_sidecar_called' );
		$this->client->register();
		$this->call_of_the_sidecar();
		$this->assertSame( array(), $sidecar->requests, 'It is known.' );
		Sidecar_Address::forget();
		$this->call_of_the_sidecar();
		$this->assertSame( 'sidecar.example.test:443:198.51.100.4', Sidecar_Address::pin( self::URL ) );
		Sidecar_Address::doubt();
		$this->call_of_the_sidecar();
		$this->assertCount( 1, $sidecar->requests, 'Not with every call.' );
		$this->now += Sidecar_Address::RETRY;
		$this->call_of_the_sidecar();
		$this->assertCount( 2, $sidecar->requests );
	}

	public function test_the_plugin_learns_it_so(): void {
		$this->paired();
		Sidecar_Address::forget();
		$before = has_action( 'shutdown' ) ? count( $GLOBALS['wp_filter']['shutdown']->callbacks[ PHP_INT_MAX ] ?? array() ) : 0;
		$route  = '/pearlbridge/v1/sidecar/ping';
		$this->assertSame( 200, $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) )->get_status() );
		$this->assertCount( $before + 1, $GLOBALS['wp_filter']['shutdown']->callbacks[ PHP_INT_MAX ] );
	}

	/**
	 * A real listener behind a name that no server knows.
	 *
	 * @group network
	 */
	public function test_a_nudge_reaches_a_name_without_looking_it_up(): void {
		$server = stream_socket_server( 'tcp://127.0.0.1:0' );
		if ( ! function_exists( 'curl_version' ) || false === $server ) {
			$this->markTestSkipped( 'This PHP has no curl or may not listen.' );
		}
		$this->paired()->stop();
		$record              = Pairing_Record::load();
		$record->sidecar_url = 'http://sidecar.invalid:' . explode( ':', stream_socket_get_name( $server, false ) )[1];
		$record->save();
		remove_all_filters( 'pre_http_request' );
		Sidecar_Address::learn( $record->sidecar_url, '127.0.0.1' );
		$this->assertFalse( $this->client->nudge() );
		$this->assertIsResource( stream_socket_accept( $server, 1 ) );
	}

	/**
	 * A real server: what curl and WordPress tell of a connection is not ours to invent.
	 *
	 * @group network
	 */
	public function test_learns_where_a_real_call_was_answered(): void {
		$free = stream_socket_server( 'tcp://127.0.0.1:0' );
		if ( ! function_exists( 'curl_version' ) || false === $free ) {
			$this->markTestSkipped( 'This PHP has no curl or may not listen.' );
		}
		$port = explode( ':', stream_socket_get_name( $free, false ) )[1];
		fclose( $free );
		$router = (string) tempnam( get_temp_dir(), 'pearlbridge-ping-' );
		file_put_contents( $router, '<?php header( "Content-Type: application/json" ); echo "{}";' );
		$silent = array( 'file', '/dev/null', 'w' );
		$server = proc_open( array( PHP_BINARY, '-n', '-S', '127.0.0.1:' . $port, $router ), array( array( 'file', '/dev/null', 'r' ), $silent, $silent ), $pipes ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- A server of its own.
		try {
			$this->paired()->stop();
			remove_all_filters( 'pre_http_request' );
			$record              = Pairing_Record::load();
			$record->sidecar_url = 'http://localhost:' . $port;
			$record->save();
			$tries = 100;
			while ( is_wp_error( $this->client->ping() ) && 0 < --$tries ) {
				usleep( 50000 );
			}
			$this->assertContains( Sidecar_Address::pin( $record->sidecar_url ), array( "localhost:$port:127.0.0.1", "localhost:$port:::1" ) );
			$this->assertTrue( $this->client->nudge() );
		} finally {
			proc_terminate( $server );
			proc_close( $server );
			unlink( $router );
		}
	}

	public function test_a_nudge_hears_that_the_sidecar_does_not_know_the_shop(): void {
		$sidecar = $this->paired();
		$code    = 'clock-skew';
		$sidecar->answer_with(
			'POST',
			'/v1/nudge',
			static function () use ( &$code ) {
				return self::refusal( 401, $code );
			}
		);
		$this->assertFalse( $this->client->nudge() );
		$this->assertFalse( Usage::is_lost() );
		$code = 'unknown-key';
		$this->assertFalse( $this->client->nudge() );
		$this->assertTrue( Usage::is_lost() );
	}

	/**
	 * A ping, answered from another address; as curl tells it.
	 *
	 * @return array<string, mixed>
	 */
	public function ping_from(): array {
		do_action( 'requests-curl.after_request', '', array( 'primary_ip' => '198.51.100.4' ) );
		return self::response( 200, self::ping() );
	}

	/**
	 * What follows a call of the sidecar, to the end of its request.
	 */
	private function call_of_the_sidecar(): void {
		do_action( 'pearlbridge_sidecar_called' );
		do_action( 'shutdown' );
		remove_all_actions( 'shutdown' );
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
