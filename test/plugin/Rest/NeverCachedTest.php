<?php
/**
 * Keeps caches away from our routes.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Rest;

use Pearlbridge\Tests\PairingTestCase;
use WP_REST_Request;

final class NeverCachedTest extends PairingTestCase {

	/**
	 * The headers of an answer as it would be sent.
	 *
	 * @param string                $route   Route.
	 * @param array<string, string> $headers Headers of the request.
	 * @return array{int, array<string, string>}
	 */
	private function sent( string $route, array $headers = array() ): array {
		$response = apply_filters( 'rest_post_dispatch', $this->rest( 'GET', $route, array(), $headers ), $this->rest_server(), new WP_REST_Request( 'GET', $route ) );
		return array( $response->get_status(), $response->get_headers() );
	}

	public function test_no_answer_and_no_refusal_may_be_kept(): void {
		$this->paired();
		$asked = 0;
		add_action(
			'litespeed_control_set_nocache',
			static function () use ( &$asked ): void {
				++$asked;
			}
		);
		$ping  = '/pearlbridge/v1/sidecar/ping';
		$cases = array(
			200 => array( $ping, $this->signed( 'GET', $ping ) ),
			400 => array( $ping, array() ),
			401 => array( '/pearlbridge/v1/pairing', array() ),
			404 => array( '/pearlbridge/v1/nothing', array() ),
		);
		foreach ( $cases as $status => $case ) {
			list( $got, $headers ) = $this->sent( $case[0], $case[1] );
			$this->assertSame( $status, $got );
			$this->assertSame( 'no-store, private', $headers['Cache-Control'] );
			$this->assertSame( 'no-cache', $headers['X-LiteSpeed-Cache-Control'] );
		}
		$this->assertSame( count( $cases ), $asked );
		$this->assertTrue( defined( 'DONOTCACHEPAGE' ) );
	}

	public function test_leaves_the_routes_of_others_alone(): void {
		list( , $headers ) = $this->sent( '/wp/v2/types' );
		$this->assertArrayNotHasKey( 'X-LiteSpeed-Cache-Control', $headers );
	}
}
