<?php
/**
 * Site Health.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Admin\Site_Health;
use Pearlbridge\Bridge\Key;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Tests\PairingTestCase;

final class SiteHealthTest extends PairingTestCase {

	private function health(): Site_Health {
		return new Site_Health( $this->pairing, $this->secrets, $this->client );
	}

	public function test_says_how_the_pairing_is(): void {
		$this->assertSame( 'recommended', $this->health()->configured()['status'] );
		$this->paired();
		$this->secrets->keep( new Key( self::KEY_ID, self::key()->secret(), time() ) );
		$this->assertSame( 'good', $this->health()->configured()['status'] );
		$this->secrets->keep( new Key( self::KEY_ID, self::key()->secret(), time() - YEAR_IN_SECONDS - 1 ) );
		$this->assertStringContainsString( 'year', $this->health()->configured()['label'] );
		Usage::refused( time() );
		$this->assertSame( 'critical', $this->health()->configured()['status'] );
		$this->secrets = new Secret_Store( 'nonsense' );
		$this->assertStringContainsString( 'PEARLBRIDGE_SECRET', $this->health()->configured()['label'] );
		self::move();
		$this->assertStringContainsString( 'moved', $this->health()->configured()['label'] );
	}

	public function test_asks_the_sidecar_only_where_there_is_one(): void {
		$this->assertArrayNotHasKey( 'async', $this->health()->tests( array() ) );
		$this->paired();
		$test = $this->health()->tests( array() )['async']['pearlbridge_sidecar'];
		$this->assertTrue( $test['has_rest'] );
		$this->as_admin();
		$this->assertSame( 'good', $this->data( $this->rest( 'GET', '/pearlbridge/v1/site-health/sidecar' ) )['status'] );
	}

	public function test_tells_a_sidecar_that_is_down_and_clocks_that_differ(): void {
		$sidecar = $this->paired();
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping( array( 'time' => gmdate( 'Y-m-d\TH:i:s\Z', time() + 120 ) ) ) );
		$this->assertSame( 'recommended', $this->health()->sidecar()['status'] );
		$sidecar->stop();
		$this->sidecar( self::URL )->fail( 'GET', '/v1/ping' );
		$down = $this->health()->sidecar();
		$this->assertSame( 'critical', $down['status'] );
		$this->assertStringContainsString( 'cannot be reached', $down['description'] );
	}

	public function test_information_marks_what_is_private_and_has_no_secret(): void {
		$this->paired();
		$fields = $this->health()->information( array() )['pearlbridge']['fields'];
		$this->assertTrue( $fields['sidecar_url']['private'] );
		$this->assertTrue( $fields['key_id']['private'] );
		$said = (string) wp_json_encode( $fields );
		$this->assertStringNotContainsString( base64_encode( self::key()->secret() ), $said );
		$this->assertStringNotContainsString( self::key()->secret(), $said );
	}
}
