<?php
/**
 * Lets the sidecar in.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Nonce_Table;
use Pearlbridge\Bridge\Request_Guard;
use Pearlbridge\Bridge\Signature;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Tests\PairingTestCase;
use WP_REST_Request;

final class RequestGuardTest extends PairingTestCase {

	const ROUTE = '/pearlbridge/v1/sidecar/outbox';

	/**
	 * What the guard says of a call.
	 *
	 * @param string                $method  Method.
	 * @param string                $uri     Below /wp-json.
	 * @param string                $body    Body.
	 * @param array<string, string> $headers Headers.
	 * @param string|null           $wire    REQUEST_URI.
	 * @return true|\WP_Error
	 */
	private function check( string $method, string $uri, string $body, array $headers, ?string $wire = null ) {
		global $wpdb;
		$_SERVER['REQUEST_URI'] = wp_slash( $wire ?? '/wp-json' . $uri );
		$request                = new WP_REST_Request( $method, explode( '?', $uri )[0] );
		$request->set_body( $body );
		$request->set_headers( $headers );
		$guard = new Request_Guard(
			$this->secrets,
			new Nonce_Table( $wpdb ),
			function (): int {
				return $this->now;
			}
		);
		return $guard->check( $request );
	}

	public function test_lets_a_signed_call_in_once(): void {
		$this->paired();
		$headers = $this->signed( 'GET', self::ROUTE . '?after=0&limit=5' );
		$this->assertTrue( $this->check( 'GET', self::ROUTE . '?after=0&limit=5', '', $headers ) );
		$this->assertSame( $this->now, Usage::last_used() );
		$this->assertFailure( 'replayed', 409, $this->check( 'GET', self::ROUTE . '?after=0&limit=5', '', $headers ) );
	}

	public function test_a_wrong_signature_uses_no_nonce_up(): void {
		$this->paired();
		$nonce = random_bytes( 16 );
		$this->assertFailure( 'wrong-signature', 401, $this->check( 'POST', self::ROUTE . '/ack', '{"upTo":2}', $this->signed( 'POST', self::ROUTE . '/ack', '{"upTo":1}', null, $nonce ) ) );
		$this->assertTrue( $this->check( 'POST', self::ROUTE . '/ack', '{"upTo":1}', $this->signed( 'POST', self::ROUTE . '/ack', '{"upTo":1}', null, $nonce ) ) );
	}

	public function test_refuses_what_the_design_refuses(): void {
		$this->paired();
		$uri = self::ROUTE . '?after=0';
		$this->assertFailure( 'bad-headers', 400, $this->check( 'GET', $uri, '', array() ) );
		$this->assertFailure( 'unknown-key', 401, $this->check( 'GET', $uri, '', $this->signed( 'GET', $uri, '', self::key( 'pk_unknown_unknown' ) ) ) );
		$this->assertFailure( 'wrong-signature', 401, $this->check( 'GET', $uri, '', $this->signed( 'GET', $uri, '', self::key( self::KEY_ID, 'x' ) ) ) );
		$this->assertFailure( 'wrong-signature', 401, $this->check( 'POST', $uri, '', $this->signed( 'GET', $uri ) ) );
		$this->assertFailure( 'wrong-signature', 401, $this->check( 'GET', self::ROUTE . '?after=1', '', $this->signed( 'GET', $uri ) ) );
		$this->assertFailure( 'too-large', 413, $this->check( 'POST', $uri, str_repeat( 'x', Signature::BODY_LIMIT + 1 ), $this->signed( 'POST', $uri ) ) );
		$headers    = $this->signed( 'GET', $uri );
		$this->now += Signature::WINDOW + 1;
		$late       = $this->check( 'GET', $uri, '', $headers );
		$this->assertFailure( 'clock-skew', 401, $late );
		$this->assertSame( $this->now, $late->get_error_data()['time'] );
	}

	public function test_a_signature_is_good_for_the_route_it_names_only(): void {
		$this->paired();
		$headers = $this->signed( 'GET', self::ROUTE );
		$this->assertFailure( 'bad-request', 400, $this->check( 'GET', '/pearlbridge/v1/sidecar/ping', '', $headers, '/wp-json' . self::ROUTE ) );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $headers ) );
	}

	public function test_reads_plain_permalinks_and_a_shop_in_a_folder(): void {
		$this->paired();
		$plain   = '/?rest_route=' . rawurlencode( self::ROUTE ) . '&after=0';
		$headers = Signature::headers( self::key(), 'GET', $plain, '', $this->now, random_bytes( 16 ) );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $headers, $plain ) );
		self::move( 'https://shop.example.test/store' );
		$record       = \Pearlbridge\Bridge\Pairing_Record::load();
		$record->home = \Pearlbridge\Bridge\Clone_Guard::fingerprint();
		$record->save();
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ), '/store/wp-json' . self::ROUTE ) );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ), '/wp-json' . self::ROUTE ), 'A proxy took the folder off.' );
	}

	public function test_unpaired_and_moved_sites_let_nobody_in(): void {
		$this->secrets->keep( self::key() );
		$this->assertFailure( 'unknown-key', 401, $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ) ) );
		$this->paired();
		self::move();
		$this->assertFailure( 'site-moved', 409, $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ) ) );
	}

	public function test_takes_the_next_key_and_takes_it_for_the_sidecars_word(): void {
		$this->paired();
		$next = self::key( 'pk_next_next_next', 'n' );
		$this->secrets->keep_next( $next );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ) ) );
		$this->assertSame( self::KEY_ID, $this->secrets->current()->id() );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE, '', $next ) ) );
		$this->assertSame( $next->id(), $this->secrets->current()->id() );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ) ), 'What is under way with the old one still counts.' );
	}

	public function test_wrong_signatures_lock_nobody_out_and_fill_no_log(): void {
		$this->paired();
		$writes = 0;
		$count  = static function ( $value ) use ( &$writes ) {
			++$writes;
			return $value;
		};
		add_filter( 'pre_set_transient_pearlbridge_tries_' . substr( hash( 'sha256', '203.0.113.9' ), 0, 16 ), $count );
		$_SERVER['REMOTE_ADDR'] = '203.0.113.9';
		for ( $i = 0; $i < Request_Guard::LOGGED + 5; $i++ ) {
			$this->assertFailure( 'wrong-signature', 401, $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE, '', self::key( self::KEY_ID, 'x' ) ) ) );
		}
		$this->assertSame( Request_Guard::LOGGED, $writes );
		$this->assertTrue( $this->check( 'GET', self::ROUTE, '', $this->signed( 'GET', self::ROUTE ) ), 'The sidecar may share this address with whoever that was.' );
	}

	public function test_a_parameter_against_caches_is_part_of_what_is_signed(): void {
		$this->paired();
		$uri = self::ROUTE . '?after=0&limit=5&n=3f9a';
		$this->assertFailure( 'wrong-signature', 401, $this->check( 'GET', self::ROUTE . '?after=0&limit=5&n=3f9b', '', $this->signed( 'GET', $uri ) ) );
		$response = $this->rest( 'GET', $uri, array(), $this->signed( 'GET', $uri ) );
		$this->assertSame( 200, $response->get_status() );
	}

	public function test_nonces_are_forgotten_when_nothing_could_use_them_again(): void {
		global $wpdb;
		$table = new Nonce_Table( $wpdb );
		$this->assertTrue( $table->use_up( self::KEY_ID, 'n1', 1000 ) );
		$this->assertFalse( $table->use_up( self::KEY_ID, 'n1', 1000 + Nonce_Table::LIFE ) );
		$this->assertTrue( $table->use_up( 'pk_another_another', 'n1', 1000 + Nonce_Table::LIFE ) );
		$this->assertTrue( $table->use_up( self::KEY_ID, 'n1', 1001 + Nonce_Table::LIFE ) );
	}
}
