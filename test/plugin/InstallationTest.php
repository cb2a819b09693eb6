<?php
/**
 * What the plugin leaves, and how it goes.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

use Pearlbridge\Bridge\Clone_Guard;
use Pearlbridge\Installation;

final class InstallationTest extends PairingTestCase {

	/**
	 * Everything in the database that has our name.
	 *
	 * @return array{list<string>, list<string>}
	 */
	private static function left(): array {
		global $wpdb;
		return array(
			$wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%pearlbridge%' ORDER BY option_name" ),
			$wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', '%pearlbridge%' ) ),
		);
	}

	public function test_activation_makes_tables_and_names_the_site_once(): void {
		Installation::activate( false );
		$this->assertCount( 2, self::left()[1] );
		$id = get_option( Clone_Guard::SITE_ID );
		$this->assertTrue( wp_is_uuid( $id ) );
		$this->assertTrue( Installation::is_to_resume() );
		$this->assertFalse( Installation::is_to_resume() );
		Installation::activate( false );
		$this->assertSame( $id, Clone_Guard::site_id() );
	}

	public function test_deactivation_says_so_and_keeps_the_pairing(): void {
		remove_all_actions( 'pearlbridge_deactivating' );
		$this->paired();
		$said = 0;
		add_action(
			'pearlbridge_deactivating',
			static function () use ( &$said ): void {
				++$said;
			}
		);
		Installation::deactivate( false );
		$this->assertSame( 1, $said );
		$this->assertTrue( $this->pairing->is_live() );
	}

	public function test_a_network_that_deletes_a_site_takes_the_tables_along(): void {
		global $wpdb;
		$this->assertSame(
			array( 'x', $wpdb->prefix . 'pearlbridge_nonces', $wpdb->prefix . 'pearlbridge_outbox' ),
			apply_filters( 'wpmu_drop_tables', array( 'x' ) )
		);
	}

	/**
	 * In this process, as WordPress does it.
	 */
	public function test_uninstalling_leaves_nothing_behind(): void {
		$sidecar = $this->paired();
		update_option( 'pearlbridge_nudge_paused_until', '5' );
		update_option( 'pearlbridge_lock_pairing_old', 'x' );
		set_transient( 'pearlbridge_overview', array( 'x' ), 60 );
		update_option( 'somebody_elses_pearl', 'x' );
		$this->assertNotSame( array(), self::left()[0] );
		if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
			define( 'WP_UNINSTALL_PLUGIN', plugin_basename( PEARLBRIDGE_FILE ) );
		}
		require dirname( PEARLBRIDGE_FILE ) . '/uninstall.php';
		$this->assertSame( array( array(), array() ), self::left() );
		$this->assertFalse( get_option( 'pearlbridge_secret' ) );
		$this->assertFalse( get_transient( 'pearlbridge_overview' ) );
		$this->assertSame( 'x', get_option( 'somebody_elses_pearl' ) );
		$this->assertSignedBy( $sidecar->only_request( 'POST', '/v1/revoke' ) );
	}
}
