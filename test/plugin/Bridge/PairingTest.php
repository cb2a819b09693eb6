<?php
/**
 * The life of a pairing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Clone_Guard;
use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Lock;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Tests\PairingTestCase;

final class PairingTest extends PairingTestCase {

	public function test_pairs_and_goes_live_after_a_signed_ping(): void {
		$sidecar = $this->granting();
		$heard   = 0;
		add_action(
			'pearlbridge_paired',
			function () use ( &$heard ): void {
				$this->assertTrue( $this->pairing->is_live() );
				++$heard;
			}
		);
		$this->assertSame( Pairing::UNPAIRED, $this->pairing->state() );
		$this->assertTrue( $this->pairing->pair( self::URL . '/', strtolower( self::CODE ), false ) );

		$asked = json_decode( $sidecar->only_request( 'POST', '/v1/pair' )['body'], true );
		$this->assertSame( array( 'connection', 'storeUrl', 'siteId', 'pluginVersion', 'wpVersion', 'wcVersion', 'time' ), array_keys( $asked ) );
		$this->assertSame( untrailingslashit( get_option( 'home' ) ), $asked['storeUrl'] );
		$this->assertTrue( wp_is_uuid( $asked['siteId'] ) );
		$this->assertSame( $this->now, $asked['time'] );
		$this->assertSignedBy( $sidecar->only_request( 'GET', '/v1/ping' ) );
		$this->assertSame( Pairing::PAIRED, $this->pairing->state() );
		$this->assertTrue( $this->pairing->is_live() );
		$this->assertSame( 'main', $this->pairing->connection() );
		$this->assertSame( self::URL, $this->pairing->sidecar_url() );
		$this->assertSame( self::URL . '/webhooks/woocommerce/main', $this->pairing->webhook_url() );
		$this->assertSame( 1, $heard );
	}

	public function test_never_sends_the_code_nor_stores_it_nor_the_secret_in_plain(): void {
		global $wpdb;
		$sidecar = $this->granting();
		$this->pairing->pair( self::URL, self::CODE, false );
		$sent   = (string) wp_json_encode( $sidecar->requests );
		$stored = (string) wp_json_encode( $wpdb->get_results( "SELECT * FROM {$wpdb->options} WHERE option_name LIKE '%pearlbridge%'" ) );
		$this->assertStringContainsString( self::KEY_ID, $stored );
		foreach ( array( self::CODE, str_replace( '-', '', self::CODE ), base64_encode( self::key()->secret() ), self::key()->secret() ) as $secret ) {
			$this->assertStringNotContainsString( $secret, $sent );
			$this->assertStringNotContainsString( $secret, $stored );
		}
		$this->assertContains( $wpdb->get_var( "SELECT autoload FROM {$wpdb->options} WHERE option_name = 'pearlbridge_secret'" ), array( 'no', 'off' ) );
	}

	/**
	 * @dataProvider refusals
	 */
	public function test_passes_a_refusal_on_and_keeps_nothing( int $status, string $refusal ): void {
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer_with(
			'POST',
			'/v1/pair',
			static function () use ( $status, $refusal ) {
				return self::refusal( $status, $refusal );
			}
		);
		$result = $this->pairing->pair( self::URL, self::CODE, false );
		$this->assertFailure( 'sidecar_rejected', $status, $result );
		$this->assertSame( $refusal, Failure::datum( $result, 'refusal' ) );
		$this->assertSame( 'Do something.', Failure::datum( $result, 'fix' ) );
		$this->assertNothingKept();
	}

	/**
	 * @return array<string, array{int, string}>
	 */
	public function refusals(): array {
		return array(
			'wrong proof'       => array( 401, 'wrong-proof' ),
			'known site'        => array( 409, 'known-site' ),
			'code expired'      => array( 410, 'code-expired' ),
			'too many failures' => array( 429, 'too-many-failures' ),
		);
	}

	public function test_a_wrong_clock_is_told_in_words(): void {
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer_with(
			'POST',
			'/v1/pair',
			function () {
				return self::refusal( 401, 'clock-skew', array( 'time' => $this->now + 7 * 60 ) );
			}
		);
		$result = $this->pairing->pair( self::URL, self::CODE, false );
		$this->assertFailure( 'clock_skew', 409, $result );
		$this->assertStringContainsString( '7 min', $result->get_error_message() );
		$this->assertSame( 420, Failure::datum( $result, 'seconds' ) );
	}

	public function test_refuses_a_seal_that_was_tampered_with(): void {
		$sidecar = $this->granting();
		add_filter(
			'pre_http_request',
			static function ( $answer ) {
				$body = is_array( $answer ) ? json_decode( $answer['body'], true ) : null;
				if ( isset( $body['sealed'] ) ) {
					$bytes          = (string) base64_decode( $body['sealed'], true );
					$bytes[20]      = chr( ord( $bytes[20] ) ^ 1 );
					$answer['body'] = (string) wp_json_encode( array( 'sealed' => base64_encode( $bytes ) ) );
				}
				return $answer;
			},
			10
		);
		$this->assertFailure( 'bad_seal', 502, $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertNothingKept();
		$this->assertCount( 0, $sidecar->requests_to( 'GET', '/v1/ping' ) );
	}

	public function test_refuses_a_sidecar_that_answers_without_knowing_the_code(): void {
		$this->sidecar( self::URL )->answer( 'POST', '/v1/pair', 200, array( 'sealed' => self::seal( str_repeat( 'x', 32 ), '{}', 'x' ) ) );
		$this->assertFailure( 'bad_seal', 502, $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->sidecar( 'https://other.example.test' )->answer( 'POST', '/v1/pair', 200, array( 'ok' => true ) );
		$this->assertFailure( 'bad_seal', 502, $this->pairing->pair( 'https://other.example.test', self::CODE, false ) );
		$this->assertNothingKept();
	}

	public function test_refuses_a_grant_whose_secret_is_no_key(): void {
		$this->granting( array( 'secret' => base64_encode( 'short' ) ) );
		$this->assertFailure( 'bad_seal', 502, $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertNothingKept();
	}

	public function test_a_pairing_whose_first_call_fails_is_taken_back(): void {
		$this->granting();
		add_filter(
			'pre_http_request',
			static function ( $answer, $args, $url ) {
				return false !== strpos( $url, '/v1/ping' ) ? self::refusal( 401, 'wrong-signature' ) : $answer;
			},
			10,
			3
		);
		$result = $this->pairing->pair( self::URL, self::CODE, false );
		$this->assertFailure( 'sidecar_rejected', 401, $result );
		$this->assertStringContainsString( 'new code', (string) Failure::datum( $result, 'fix' ) );
		$this->assertNothingKept();
	}

	public function test_one_lost_ping_does_not_cost_the_code(): void {
		$this->granting();
		$lost = 0;
		add_filter(
			'pre_http_request',
			static function ( $answer, $args, $url ) use ( &$lost ) {
				return false !== strpos( $url, '/v1/ping' ) && 1 === ++$lost ? new \WP_Error( 'http_request_failed', 'cURL error 7' ) : $answer;
			},
			10,
			3
		);
		$this->assertTrue( $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertTrue( $this->pairing->is_live() );
	}

	public function test_another_sidecar_behind_the_same_address_is_told(): void {
		$sidecar = $this->granting( array( 'sidecarId' => 'somebody-else' ) );
		$this->assertFailure( 'sidecar_rejected', 409, $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertNothingKept();
		$sidecar->only_request( 'POST', '/v1/revoke' );
	}

	public function test_does_not_pair_twice_nor_past_the_constant_nor_without_a_code(): void {
		$this->assertFailure( 'invalid_code', 400, $this->pairing->pair( self::URL, 'no code', false ) );
		$this->paired();
		$this->assertFailure( 'already_paired', 409, $this->pairing->pair( self::URL, self::CODE, false ) );
		Pairing_Record::delete();
		$this->build( Secret_Store::written( self::key() ) );
		$this->assertFailure( 'secret_from_config', 409, $this->pairing->pair( self::URL, self::CODE, false ) );
	}

	public function test_one_at_a_time(): void {
		$this->granting();
		$result = Lock::run(
			Pairing::LOCK,
			function () {
				return $this->pairing->pair( self::URL, self::CODE, false );
			}
		);
		$this->assertFailure( 'busy', 409, $result );
		$this->assertTrue( $this->pairing->pair( self::URL, self::CODE, false ), 'The lock is given back.' );
	}

	public function test_a_lock_of_a_process_that_died_is_taken_over(): void {
		global $wpdb;
		$wpdb->insert(
			$wpdb->options,
			array(
				'option_name'  => 'pearlbridge_lock_pairing',
				'option_value' => ( time() - Lock::STALE - 1 ) . ' dead',
			)
		);
		$this->granting();
		$this->assertTrue( $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertNull( $wpdb->get_var( "SELECT option_id FROM {$wpdb->options} WHERE option_name = 'pearlbridge_lock_pairing'" ) );
	}

	public function test_forgets_and_tells_the_sidecar(): void {
		$sidecar = $this->paired();
		$told    = array();
		add_action(
			'pearlbridge_unpairing',
			function ( bool $is_copy ) use ( &$told ): void {
				$told[] = array( $is_copy, $this->pairing->is_live() );
			}
		);
		$site = $this->pairing->site_id();
		$this->assertTrue( $this->pairing->forget() );
		$this->assertSignedBy( $sidecar->only_request( 'POST', '/v1/revoke' ) );
		$this->assertSame( array( array( false, true ) ), $told );
		$this->assertNothingKept();
		$this->assertSame( $site, $this->pairing->site_id() );
	}

	public function test_forgets_also_when_the_sidecar_cannot_be_told(): void {
		$this->paired();
		add_filter(
			'pre_http_request',
			static function () {
				return new \WP_Error( 'http_request_failed', 'cURL error 7' );
			}
		);
		$this->assertTrue( $this->pairing->forget() );
		$this->assertNothingKept();
	}

	public function test_rotates(): void {
		$sidecar = $this->paired();
		$this->rotating( $sidecar );
		$next = self::key( 'pk_next_next_next', 'n' );
		$this->assertTrue( $this->pairing->rotate() );
		$this->assertSignedBy( $sidecar->only_request( 'POST', '/v1/rotate' ) );
		$this->assertSignedBy( $sidecar->only_request( 'GET', '/v1/ping' ), $next );
		$this->assertSame( $next->id(), $this->secrets->current()->id() );
		$this->assertSame( $this->now, $this->secrets->current()->created_at() );
		$this->assertNull( $this->secrets->next() );
		$this->assertNotNull( $this->secrets->find( self::KEY_ID, $this->now + Secret_Store::OVERLAP - 1 ), 'What was signed before is still accepted.' );
		$this->assertNull( $this->secrets->find( self::KEY_ID, $this->now + Secret_Store::OVERLAP ) );
	}

	public function test_a_next_key_the_sidecar_does_not_know_is_dropped(): void {
		$sidecar = $this->paired();
		$this->rotating( $sidecar );
		add_filter(
			'pre_http_request',
			static function ( $answer, $args, $url ) {
				return false !== strpos( $url, '/v1/ping' ) ? self::refusal( 401, 'unknown-key' ) : $answer;
			},
			10,
			3
		);
		$this->assertFailure( 'sidecar_rejected', 401, $this->pairing->rotate() );
		$this->assertSame( self::KEY_ID, $this->secrets->current()->id() );
		$this->assertNull( $this->secrets->next() );
	}

	public function test_a_rotation_that_was_cut_short_is_finished_later(): void {
		$sidecar = $this->paired();
		$this->rotating( $sidecar );
		$cut = static function ( $answer, $args, $url ) {
			return false !== strpos( $url, '/v1/ping' ) ? new \WP_Error( 'http_request_failed', 'cURL error 28: timed out' ) : $answer;
		};
		add_filter( 'pre_http_request', $cut, 10, 3 );
		$this->assertFailure( 'sidecar_timeout', 504, $this->pairing->rotate() );
		$this->assertSame( self::KEY_ID, $this->secrets->current()->id(), 'Until it is known, the old key signs.' );
		$this->assertNotNull( $this->secrets->find( 'pk_next_next_next', $this->now ), 'The sidecar may use the new one already.' );
		remove_filter( 'pre_http_request', $cut, 10 );
		$this->assertTrue( $this->pairing->ping() );
		$this->assertSame( 'pk_next_next_next', $this->secrets->current()->id() );
	}

	public function test_does_not_rotate_with_a_seal_that_does_not_open_nor_twice_at_a_time_nor_past_the_constant(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/rotate', 200, array( 'sealed' => base64_encode( str_repeat( 'x', 80 ) ) ) );
		$this->assertFailure( 'bad_seal', 502, $this->pairing->rotate() );
		$this->assertSame( self::KEY_ID, $this->secrets->current()->id() );
		$this->assertFailure( 'busy', 409, Lock::run( Pairing::LOCK, array( $this->pairing, 'rotate' ) ) );
		$this->build( Secret_Store::written( self::key() ) );
		$this->assertFailure( 'secret_from_config', 409, $this->pairing->rotate() );
	}

	public function test_learns_what_the_sidecar_says_of_itself(): void {
		$this->paired()->answer( 'GET', '/v1/ping', 200, self::ping( array( 'webhookUrl' => null ) ) );
		// The first answer is the one of paired().
		$this->assertTrue( $this->pairing->ping() );
		$this->assertTrue( $this->pairing->ping() );
		$this->assertNull( $this->pairing->webhook_url() );
	}

	/**
	 * @dataProvider places
	 * @param string $pinned Home when it was paired.
	 * @param string $home   Home now.
	 * @param bool   $moved  Whether that is elsewhere.
	 */
	public function test_tells_another_place_from_another_way_to_write_it( string $pinned, string $home, bool $moved ): void {
		self::move( $pinned );
		$fingerprint = Clone_Guard::fingerprint();
		self::move( $home );
		$this->assertSame( $moved, Clone_Guard::has_moved( $fingerprint ) );
	}

	/**
	 * @return array<string, array{string, string, bool}>
	 */
	public function places(): array {
		return array(
			'the same'               => array( 'https://shop.example.test', 'https://shop.example.test/', false ),
			'https at last'          => array( 'http://shop.example.test', 'https://shop.example.test', false ),
			'with www'               => array( 'https://shop.example.test', 'https://www.shop.example.test', false ),
			'without www'            => array( 'https://www.shop.example.test', 'https://shop.example.test', false ),
			'upper case'             => array( 'https://shop.example.test', 'https://Shop.Example.test', false ),
			'its default port'       => array( 'https://shop.example.test', 'https://shop.example.test:443', false ),
			'that of http'           => array( 'http://shop.example.test:80', 'https://shop.example.test', false ),
			'a folder, other slash'  => array( 'https://shop.example.test/de/', 'http://shop.example.test/de', false ),
			'no host on the console' => array( 'https://shop.example.test', 'http:', false ),
			'no host, with slashes'  => array( 'https://shop.example.test', 'http://', false ),
			'nothing'                => array( 'https://shop.example.test', '', false ),
			'another host'           => array( 'https://shop.example.test', 'https://staging.shop.example.test', true ),
			'another port'           => array( 'https://shop.example.test', 'https://shop.example.test:8443', true ),
			'a folder'               => array( 'https://shop.example.test', 'https://shop.example.test/staging', true ),
			'a folder of other case' => array( 'https://shop.example.test/a', 'https://shop.example.test/A', true ),
			'a host that begins so'  => array( 'https://www.shop.example.test', 'https://wwwshop.example.test', true ),
		);
	}

	public function test_a_site_that_moved_signs_nothing(): void {
		$sidecar = $this->paired();
		self::move();
		$this->assertSame( Pairing::MOVED, $this->pairing->state() );
		$this->assertFalse( $this->pairing->is_live() );
		$this->assertFailure( 'site_moved', 409, $this->pairing->ping() );
		$this->assertFailure( 'site_moved', 409, $this->pairing->rotate() );
		$this->assertFalse( $this->client->nudge() );
		$this->assertSame( array(), $this->client->signed_headers( 'POST', '/webhooks/woocommerce/main', '{}' ) );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_a_shop_that_moved_goes_on_at_its_new_address(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/moved', 200, self::ping() );
		self::move( 'https://new.example.test' );
		$this->assertTrue( $this->pairing->move() );
		$asked = $sidecar->only_request( 'POST', '/v1/moved' );
		$this->assertSignedBy( $asked );
		$this->assertSame(
			array(
				'siteId'   => $this->pairing->site_id(),
				'storeUrl' => 'https://new.example.test',
			),
			json_decode( $asked['body'], true )
		);
		$this->assertTrue( $this->pairing->is_live() );
	}

	public function test_stays_paused_when_the_sidecar_does_not_take_the_new_address(): void {
		$sidecar = $this->paired();
		$sidecar->answer_with(
			'POST',
			'/v1/moved',
			static function () {
				return self::refusal( 422, 'credentials-store' );
			}
		);
		self::move();
		$this->assertFailure( 'sidecar_rejected', 422, $this->pairing->move() );
		$this->assertSame( Pairing::MOVED, $this->pairing->state() );
	}

	public function test_a_copy_forgets_the_pairing_without_telling_the_sidecar(): void {
		$sidecar = $this->paired();
		$site    = $this->pairing->site_id();
		$told    = array();
		add_action(
			'pearlbridge_unpairing',
			static function ( bool $is_copy ) use ( &$told ): void {
				$told[] = $is_copy;
			}
		);
		self::move();
		$this->assertTrue( $this->pairing->forget() );
		$this->assertSame( array(), $sidecar->requests, 'The shop it was copied from still uses the key.' );
		$this->assertSame( array( true ), $told );
		$this->assertNothingKept();
		$this->assertNotSame( $site, $this->pairing->site_id(), 'A copy is a site of its own.' );
	}

	/**
	 * The sidecar makes a next key.
	 *
	 * @param \Pearlbridge\Tests\Fake_Sidecar $sidecar Sidecar.
	 */
	private function rotating( $sidecar ): void {
		$grant = array(
			'keyId'  => 'pk_next_next_next',
			'secret' => base64_encode( str_repeat( 'n', 32 ) ),
		);
		$sidecar->answer( 'POST', '/v1/rotate', 200, array( 'sealed' => self::seal( hash_hkdf( 'sha256', self::key()->secret(), 32, 'rotate v1 seal', '' ), (string) wp_json_encode( $grant ), self::KEY_ID ) ) );
	}

	private function assertNothingKept(): void {
		$this->assertSame( Pairing::UNPAIRED, $this->pairing->state() );
		$this->assertFalse( get_option( Pairing_Record::OPTION ) );
		$this->assertFalse( get_option( Secret_Store::OPTION ) );
		$this->assertNull( Usage::last_used() );
	}
}
