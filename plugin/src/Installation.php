<?php
/**
 * What the plugin leaves in the database, and how it goes again.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge;

use Pearlbridge\Bridge\Clone_Guard;
use Pearlbridge\Bridge\Nonce_Table;
use Pearlbridge\Woo\Cleanup;
use Pearlbridge\Woo\Outbox_Table;

defined( 'ABSPATH' ) || exit;

/**
 * Each site of a network has its own pairing. A site is installed by its first request after the
 * activation, so that activating for a large network takes no time.
 */
final class Installation {

	/** Of the tables; a change installs again. */
	const VERSION = '1';

	const OPTION = 'pearlbridge_installed';

	/** Set by an activation until somebody is in wp-admin: what was paused is taken up there, and not while a shopper waits. */
	const RESUME = 'pearlbridge_resume';

	/**
	 * On activation: the next request of each site installs, and takes webhooks up again.
	 *
	 * @param bool $network_wide For all sites.
	 */
	public static function activate( bool $network_wide ): void {
		self::on_sites(
			$network_wide,
			static function (): void {
				delete_option( self::OPTION );
				update_option( self::RESUME, '1', true );
			}
		);
		// This site at once: nobody should wait for a second request to see whether it works.
		self::install();
	}

	/**
	 * On deactivation: webhooks pause, because their deliveries would go unsigned.
	 *
	 * @param bool $network_wide For all sites.
	 */
	public static function deactivate( bool $network_wide ): void {
		self::on_sites(
			$network_wide,
			static function (): void {
				/** The plugin is being deactivated. */
				do_action( 'pearlbridge_deactivating' );
			}
		);
	}

	/**
	 * Makes what is missing.
	 */
	public static function ensure(): void {
		if ( self::VERSION !== get_option( self::OPTION ) ) {
			self::install();
		}
	}

	/**
	 * True once after each activation.
	 */
	public static function is_to_resume(): bool {
		return false !== get_option( self::RESUME ) && delete_option( self::RESUME );
	}

	/**
	 * Removes all that this site holds of the plugin.
	 */
	public static function remove(): void {
		global $wpdb;
		Cleanup::run();
		( new Nonce_Table( $wpdb ) )->drop();
		( new Outbox_Table( $wpdb ) )->drop();
		// Transients are options, too, unless an object cache keeps them: there they run out by themselves.
		foreach ( array( 'pearlbridge_', '_transient_pearlbridge_', '_transient_timeout_pearlbridge_' ) as $prefix ) {
			$names = $wpdb->get_col( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- No function lists options.
				$wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $prefix ) . '%' )
			);
			array_map( 'delete_option', $names );
		}
	}

	/**
	 * The plugin's tables, for a network that deletes a site.
	 *
	 * @param string[] $tables Tables that go with the site.
	 * @return string[]
	 */
	public static function tables( array $tables ): array {
		global $wpdb;
		return array_merge( $tables, array( ( new Nonce_Table( $wpdb ) )->name(), ( new Outbox_Table( $wpdb ) )->name() ) );
	}

	/**
	 * Does something on this site, or on all.
	 *
	 * @param bool             $network_wide For all sites.
	 * @param callable(): void $work         Work.
	 */
	public static function on_sites( bool $network_wide, callable $work ): void {
		if ( ! is_multisite() || ! $network_wide ) {
			$work();
			return;
		}
		$sites = get_sites(
			array(
				'fields' => 'ids',
				'number' => 0,
			)
		);
		foreach ( is_array( $sites ) ? $sites : array() as $site ) {
			switch_to_blog( (int) $site );
			try {
				$work();
			} finally {
				restore_current_blog();
			}
		}
	}

	/**
	 * Tables and the site's id.
	 */
	private static function install(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		( new Nonce_Table( $wpdb ) )->install();
		( new Outbox_Table( $wpdb ) )->install();
		Clone_Guard::site_id();
		update_option( self::OPTION, self::VERSION, true );
	}
}
