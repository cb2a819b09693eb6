<?php
/**
 * Routes of the pairing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Rest;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Tests\PairingTestCase;

final class PairingControllerTest extends PairingTestCase {

	const VIEW = array( 'state', 'sidecarUrl', 'connection', 'sidecarId', 'keyId', 'keyCreatedAt', 'lastUsedAt', 'since', 'siteId', 'secretFromConfig', 'https', 'canAuthorize', 'keys', 'webhooks', 'outbox', 'nudge' );

	public function test_shows_an_unpaired_shop(): void {
		$this->as_admin();
		$view = $this->data( $this->rest( 'GET', '/pearlbridge/v1/pairing' ) );
		$this->assertSame( self::VIEW, array_keys( $view ) );
		$this->assertSame( Pairing::UNPAIRED, $view['state'] );
		foreach ( array( 'sidecarUrl', 'connection', 'sidecarId', 'keyId', 'keyCreatedAt', 'lastUsedAt', 'since' ) as $name ) {
			$this->assertNull( $view[ $name ], $name );
		}
		$this->assertTrue( wp_is_uuid( $view['siteId'] ) );
		$this->assertFalse( $view['secretFromConfig'] );
	}

	public function test_pairs_pings_rotates_and_forgets_without_ever_answering_the_secret(): void {
		$this->as_admin();
		$sidecar = $this->granting();
		$grant   = array(
			'keyId'  => 'pk_next_next_next',
			'secret' => base64_encode( str_repeat( 'n', 32 ) ),
		);
		$sidecar->answer( 'POST', '/v1/rotate', 200, array( 'sealed' => self::seal( hash_hkdf( 'sha256', self::key()->secret(), 32, 'rotate v1 seal', '' ), (string) wp_json_encode( $grant ), self::KEY_ID ) ) );

		$paired = $this->rest(
			'POST',
			'/pearlbridge/v1/pairing',
			array(
				'url'         => self::URL,
				'code'        => self::CODE,
				'confirmHttp' => false,
			)
		);
		$this->assertSame( 200, $paired->get_status() );
		$view = $this->data( $paired );
		$this->assertSame( self::VIEW, array_keys( $view ) );
		$this->assertSame( array( 'paired', self::URL, 'main', self::SIDECAR_ID, self::KEY_ID ), array( $view['state'], $view['sidecarUrl'], $view['connection'], $view['sidecarId'], $view['keyId'] ) );
		foreach ( array( 'keyCreatedAt', 'lastUsedAt', 'since' ) as $name ) {
			$this->assertMatchesRegularExpression( '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $view[ $name ], $name );
		}
		$answers = array( $view );
		foreach ( array( 'ping', 'rotate' ) as $action ) {
			$response = $this->rest( 'POST', '/pearlbridge/v1/pairing/' . $action );
			$this->assertSame( 200, $response->get_status(), $action );
			$answers[] = $this->data( $response );
		}
		$this->assertSame( 'pk_next_next_next', $answers[2]['keyId'] );
		$answers[] = $this->data( $this->rest( 'POST', '/pearlbridge/v1/pairing/forget' ) );
		$this->assertSame( 'unpaired', $answers[3]['state'] );
		$said = (string) wp_json_encode( $answers );
		foreach ( array( self::key()->secret(), base64_encode( self::key()->secret() ), $grant['secret'], self::CODE ) as $secret ) {
			$this->assertStringNotContainsString( $secret, $said );
		}
	}

	public function test_tells_a_failure_with_its_fix(): void {
		$this->as_admin();
		$response = $this->rest(
			'POST',
			'/pearlbridge/v1/pairing',
			array(
				'url'  => 'http://203.0.114.7',
				'code' => self::CODE,
			)
		);
		$this->assertSame( 400, $response->get_status() );
		$data = $this->data( $response );
		$this->assertSame( 'http_not_private', $data['code'] );
		$this->assertSame( 'Use https.', $data['data']['fix'] );
		$this->assertSame( 'url', $data['data']['details'][0]['path'] );
	}

	public function test_checks_its_arguments(): void {
		$this->as_admin();
		foreach (
			array(
				array( '/pairing', array() ),
				array( '/pairing', array( 'url' => self::URL ) ),
				array(
					'/pairing',
					array(
						'url'  => array( 'x' ),
						'code' => self::CODE,
					),
				),
				array(
					'/pairing',
					array(
						'url'  => self::URL,
						'code' => str_repeat( 'A', 101 ),
					),
				),
				array( '/pairing/moved', array() ),
				array( '/pairing/moved', array( 'choice' => 'delete' ) ),
			) as list( $route, $params )
		) {
			$this->assertSame( 400, $this->rest( 'POST', '/pearlbridge/v1' . $route, $params )->get_status(), (string) wp_json_encode( $params ) );
		}
	}

	public function test_both_choices_of_a_site_that_moved(): void {
		$this->as_admin();
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/moved', 200, self::ping() );
		self::move();
		$this->assertSame( 'moved', $this->data( $this->rest( 'GET', '/pearlbridge/v1/pairing' ) )['state'] );
		$this->assertSame( 'paired', $this->data( $this->rest( 'POST', '/pearlbridge/v1/pairing/moved', array( 'choice' => 'moved' ) ) )['state'] );
		$this->assertSame( 'paired', $this->data( $this->rest( 'POST', '/pearlbridge/v1/pairing/moved', array( 'choice' => 'copy' ) ) )['state'], 'Nothing to choose any more.' );
		self::move( 'https://staging.example.test' );
		$this->assertSame( 'unpaired', $this->data( $this->rest( 'POST', '/pearlbridge/v1/pairing/moved', array( 'choice' => 'copy' ) ) )['state'] );
		$this->assertCount( 0, $sidecar->requests_to( 'POST', '/v1/revoke' ) );
	}

	/**
	 * @dataProvider routes
	 */
	public function test_only_for_whoever_manages_the_shop( string $method, string $route ): void {
		$this->paired();
		$this->as_nobody();
		$response = $this->rest( $method, $route, 'GET' === $method ? array() : $this->arguments( $route ) );
		$this->assertSame( array( 401, 'rest_not_logged_in' ), array( $response->get_status(), $this->data( $response )['code'] ), $route );
		$this->as_role( 'subscriber' );
		$response = $this->rest( $method, $route, 'GET' === $method ? array() : $this->arguments( $route ) );
		$this->assertSame( array( 403, 'rest_forbidden' ), array( $response->get_status(), $this->data( $response )['code'] ), $route );
		$this->assertTrue( $this->pairing->is_live(), 'Nothing was done.' );
	}

	/**
	 * @return list<array{string, string}>
	 */
	public function routes(): array {
		return array(
			array( 'GET', '/pearlbridge/v1/pairing' ),
			array( 'POST', '/pearlbridge/v1/pairing' ),
			array( 'POST', '/pearlbridge/v1/pairing/forget' ),
			array( 'POST', '/pearlbridge/v1/pairing/rotate' ),
			array( 'POST', '/pearlbridge/v1/pairing/ping' ),
			array( 'POST', '/pearlbridge/v1/pairing/moved' ),
			array( 'GET', '/pearlbridge/v1/events' ),
			array( 'POST', '/pearlbridge/v1/console/status' ),
			array( 'POST', '/pearlbridge/v1/console/orders-push' ),
			array( 'GET', '/pearlbridge/v1/site-health/sidecar' ),
		);
	}

	/**
	 * What WordPress wants to see before it asks for rights.
	 *
	 * @param string $route Route.
	 * @return array<string, mixed>
	 */
	private function arguments( string $route ): array {
		$known = array(
			'/pearlbridge/v1/pairing'             => array(
				'url'  => self::URL,
				'code' => self::CODE,
			),
			'/pearlbridge/v1/pairing/moved'       => array( 'choice' => 'copy' ),
			'/pearlbridge/v1/console/status'      => array(
				'input'   => new \stdClass(),
				'timeout' => 0,
			),
			'/pearlbridge/v1/console/orders-push' => array(
				'input'          => array( 'orderIds' => array( 1 ) ),
				'timeout'        => 0,
				'idempotencyKey' => 'click-0001',
			),
		);
		return $known[ $route ] ?? array();
	}
}
