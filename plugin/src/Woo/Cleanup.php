<?php
/**
 * Uninstalling.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Removes from one site what this part of the plugin made there. WooCommerce may be gone by then: what needs its
 * code is done by its tables. The meta on orders stays: it is the shop's record of what became of each.
 */
class Cleanup {

	/**
	 * Runs from uninstall.php, per site.
	 */
	public static function run(): void {
		global $wpdb;
		wp_clear_scheduled_hook( Outbox_Recorder::PRUNE_EVENT );
		wp_clear_scheduled_hook( Webhooks::REPAIR_EVENT );
		self::webhooks();
		if ( self::has_table( 'woocommerce_api_keys' ) ) {
			$known  = get_option( Keys::OPTION );
			$pasted = is_array( $known ) && 'pasted' === ( $known['state'] ?? '' ) ? (int) ( $known['keyId'] ?? 0 ) : 0;
			( new Key_Table() )->sweep( $pasted );
		}
		( new Outbox_Table( $wpdb ) )->drop();
		foreach ( array( Webhook_Set::OPTION, Keys::OPTION, Authorization::OPTION, Nudge::OPTION ) as $option ) {
			delete_option( $option );
		}
		delete_transient( Outbox_Recorder::LOGGED_TRANSIENT );
	}

	/**
	 * Deletes our webhooks.
	 */
	private static function webhooks(): void {
		global $wpdb;
		$set = new Webhook_Set();
		if ( class_exists( \WC_Webhook::class ) ) {
			foreach ( $set->existing() as $webhook ) {
				$webhook->delete( true );
			}
			return;
		}
		if ( ! self::has_table( 'wc_webhooks' ) ) {
			return;
		}
		foreach ( $set->ids() as $topic => $id ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery
			$wpdb->delete(
				$wpdb->prefix . 'wc_webhooks',
				array(
					'webhook_id' => $id,
					'topic'      => $topic,
				),
				array( '%d', '%s' )
			);
		}
	}

	/**
	 * Whether one of WooCommerce's tables is there.
	 *
	 * @param string $name Name without prefix.
	 */
	private static function has_table( string $name ): bool {
		global $wpdb;
		$table = $wpdb->prefix . $name;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery
		return $table === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) );
	}
}
