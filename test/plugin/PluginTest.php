<?php
/**
 * What hangs together in the plugin as it is wired.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

use Pearlbridge\Installation;
use Pearlbridge\Woo\Keys;
use Pearlbridge\Woo\Outbox_Table;
use Pearlbridge\Woo\Webhook_Set;
use Pearlbridge\Woo\Webhooks;

final class PluginTest extends PairingTestCase {

	protected function setUp(): void {
		$wired = array();
		foreach ( array( 'pearlbridge_paired', 'pearlbridge_unpairing', 'pearlbridge_rotated' ) as $action ) {
			$wired[ $action ] = clone $GLOBALS['wp_filter'][ $action ];
		}
		parent::setUp();
		// The parent takes them off; these tests are about them. TestCase puts everything back.
		foreach ( $wired as $action => $hook ) {
			$GLOBALS['wp_filter'][ $action ] = $hook;
		}
		$this->as_admin();
	}

	public function test_after_an_activation_webhooks_go_on_when_somebody_is_in_wp_admin(): void {
		$sidecar = $this->paired_shop();
		$set     = new Webhooks( $this->pairing, $this->client );
		$set->ensure();
		$set->pause();
		update_option( Installation::RESUME, '1', true );
		$asked = count( $sidecar->requests );

		$this->as_nobody();
		$this->enter_admin();
		$this->as_role( 'customer' );
		$this->enter_admin();
		$this->as_admin();
		add_filter( 'wp_doing_ajax', '__return_true' );
		$this->enter_admin();
		remove_filter( 'wp_doing_ajax', '__return_true' );
		$this->assertCount( $asked, $sidecar->requests, 'No shopper waits for the sidecar.' );
		$this->assertSame( array_fill( 0, 4, 'paused' ), array_column( $set->status(), 'status' ) );

		$this->enter_admin();
		$this->assertSame( array_fill( 0, 4, 'active' ), array_column( $set->status(), 'status' ) );
		$asked = count( $sidecar->requests );
		$this->enter_admin();
		$this->assertCount( $asked, $sidecar->requests, 'Once for each activation.' );
	}

	public function test_pairing_switches_webhooks_on(): void {
		$sidecar = $this->granting();
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->assertTrue( $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertSame( array_fill( 0, 4, 'active' ), array_column( ( new Webhook_Set() )->status(), 'status' ) );
		$this->assertFalse( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
	}

	public function test_webhooks_that_stay_paused_after_pairing_are_tried_again(): void {
		$sidecar = $this->granting();
		$sidecar->fail( 'PUT', '/v1/store' );
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		$this->assertTrue( $this->pairing->pair( self::URL, self::CODE, false ) );
		$this->assertSame( array_fill( 0, 4, 'paused' ), array_column( ( new Webhook_Set() )->status(), 'status' ) );
		$this->assertIsInt( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
		$this->assertContains( 'webhooks', array_column( apply_filters( 'pearlbridge_notices', array() ), 'id' ), 'Not silently.' );
		do_action( Webhooks::REPAIR_EVENT );
		$this->assertSame( array_fill( 0, 4, 'active' ), array_column( ( new Webhook_Set() )->status(), 'status' ) );
	}

	public function test_webhooks_follow_a_shop_that_moved_as_soon_as_the_sidecar_takes_them(): void {
		$sidecar = $this->paired_shop();
		( new Webhooks( $this->pairing, $this->client ) )->ensure();
		$sidecar->stop();
		self::move();
		$away = $this->sidecar( self::URL );
		$away->answer( 'POST', '/v1/moved', 200, self::ping() );
		$away->answer( 'GET', '/v1/ping', 200, self::ping() );
		$away->fail( 'PUT', '/v1/store' );
		$this->assertTrue( $this->pairing->move() );
		$this->assertIsInt( wp_next_scheduled( Webhooks::REPAIR_EVENT ) );
	}

	public function test_with_the_key_the_secret_of_the_webhooks_changes_too(): void {
		$sidecar = $this->paired_shop();
		( new Webhooks( $this->pairing, $this->client ) )->ensure();
		$before = ( new Webhook_Set() )->known_secret();
		do_action( 'pearlbridge_rotated' );
		$after = ( new Webhook_Set() )->known_secret();
		$this->assertNotSame( $before, $after );
		$told = $sidecar->requests_to( 'PUT', '/v1/store' );
		$this->assertSame( $after, json_decode( end( $told )['body'], true )['webhookSecret'] );
	}

	public function test_a_rotation_says_so_only_when_it_was_one(): void {
		$said = 0;
		remove_all_actions( 'pearlbridge_rotated' );
		add_action(
			'pearlbridge_rotated',
			static function () use ( &$said ): void {
				++$said;
			}
		);
		$sidecar = $this->paired();
		$sidecar->fail( 'POST', '/v1/rotate' );
		$this->assertFailure( 'sidecar_unreachable', 502, $this->pairing->rotate() );
		$this->assertSame( 0, $said );

		$grant = array(
			'keyId'  => 'pk_fedcba9876543210',
			'secret' => base64_encode( str_repeat( 'n', 32 ) ),
		);
		$sidecar->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$sidecar->answer( 'POST', '/v1/rotate', 200, array( 'sealed' => self::seal( hash_hkdf( 'sha256', self::key()->secret(), 32, 'rotate v1 seal', '' ), (string) wp_json_encode( $grant ), self::KEY_ID ) ) );
		$this->assertTrue( $this->pairing->rotate() );
		$this->assertSame( 1, $said );
	}

	public function test_forgetting_empties_the_outbox_and_takes_webhooks_along(): void {
		$this->paired_shop();
		( new Webhooks( $this->pairing, $this->client ) )->ensure();
		$outbox = new Outbox_Table( $GLOBALS['wpdb'] );
		$outbox->add( 'order', array( 7, 8 ) );
		$this->assertTrue( $this->pairing->forget() );
		$this->assertSame( 0, $outbox->waiting()['waiting'] );
		$this->assertSame( array(), ( new Webhook_Set() )->ids() );
		$this->assertFalse( get_option( Keys::OPTION ) );
	}

	public function test_a_copy_does_not_tell_the_changes_of_the_shop_it_was_made_from(): void {
		$this->paired_shop();
		$outbox = new Outbox_Table( $GLOBALS['wpdb'] );
		$outbox->add( 'order', array( 7 ) );
		self::move();
		$this->assertSame( 200, $this->rest( 'POST', '/pearlbridge/v1/pairing/moved', array( 'choice' => 'copy' ) )->get_status() );
		$this->assertSame( 0, $outbox->waiting()['waiting'] );
	}

	/**
	 * What the plugin does on `admin_init`; WordPress' own part would redirect and print.
	 */
	private function enter_admin(): void {
		foreach ( $GLOBALS['wp_filter']['admin_init']->callbacks as $callbacks ) {
			foreach ( $callbacks as $callback ) {
				$function = $callback['function'];
				if ( $function instanceof \Closure && 'Pearlbridge\\Plugin' === ( new \ReflectionFunction( $function ) )->getClosureScopeClass()->getName() ) {
					$function();
				}
			}
		}
	}

	/**
	 * A paired shop whose sidecar takes what it is told.
	 */
	private function paired_shop(): Fake_Sidecar {
		$sidecar = $this->paired();
		$sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
		return $sidecar;
	}
}
