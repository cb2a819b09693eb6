<?php
/**
 * WooCommerce's table of API keys.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce has no functions for its keys outside its settings screen; it, wc-auth and other plugins write the
 * table directly, and so do we. Ours are known by the whole form of their description: a key that somebody made by
 * hand and called "Pearlbridge - …" is theirs.
 */
class Key_Table {

	/** Description of our keys up to the time; wc-auth makes "{app name} - API (Y-m-d H:i:s)" of the app's name. */
	const PREFIX = 'Pearlbridge - API (';

	/**
	 * Makes a key that may read and write.
	 *
	 * @param int $user_id Who it acts for.
	 * @return array{id: int, key: string, secret: string}|null
	 */
	public function make( int $user_id ): ?array {
		global $wpdb;
		$key    = 'ck_' . wc_rand_hash();
		$secret = 'cs_' . wc_rand_hash();
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above.
		$done = $wpdb->insert(
			$this->name(),
			array(
				'user_id'         => $user_id,
				'description'     => self::PREFIX . gmdate( 'Y-m-d H:i:s' ) . ')',
				'permissions'     => 'read_write',
				'consumer_key'    => wc_api_hash( $key ),
				'consumer_secret' => $secret,
				'truncated_key'   => substr( $key, -7 ),
			),
			array( '%d', '%s', '%s', '%s', '%s', '%s' )
		);
		return 1 !== $done ? null : array(
			'id'     => (int) $wpdb->insert_id,
			'key'    => $key,
			'secret' => $secret,
		);
	}

	/**
	 * What may be known of a key that somebody shows us.
	 *
	 * @param string $key Consumer key.
	 * @return array{id: int, permissions: string, secret: string}|null Null: not one of this shop's.
	 */
	public function find( string $key ): ?array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above; rights are never read from a cache.
		$row = $wpdb->get_row( $wpdb->prepare( 'SELECT key_id, permissions, consumer_secret FROM %i WHERE consumer_key = %s', $this->name(), wc_api_hash( $key ) ), ARRAY_A );
		return ! is_array( $row ) ? null : array(
			'id'          => (int) $row['key_id'],
			'permissions' => (string) $row['permissions'],
			'secret'      => (string) $row['consumer_secret'],
		);
	}

	/**
	 * Whether a key is still there.
	 *
	 * @param int $id Key.
	 */
	public function exists( int $id ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above; rights are never read from a cache.
		return null !== $wpdb->get_var( $wpdb->prepare( 'SELECT key_id FROM %i WHERE key_id = %d', $this->name(), $id ) );
	}

	/**
	 * The newest of our keys after another, or null.
	 *
	 * @param int $after Key.
	 */
	public function newest_after( int $after ): ?int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above; rights are never read from a cache.
		$id = $wpdb->get_var( $wpdb->prepare( 'SELECT MAX(key_id) FROM %i WHERE key_id > %d AND description LIKE %s', $this->name(), $after, $this->ours() ) );
		return null === $id ? null : (int) $id;
	}

	/**
	 * The newest key of all, or 0.
	 */
	public function newest(): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above; rights are never read from a cache.
		return (int) $wpdb->get_var( $wpdb->prepare( 'SELECT MAX(key_id) FROM %i', $this->name() ) );
	}

	/**
	 * Revokes a key.
	 *
	 * @param int $id Key.
	 */
	public function delete( int $id ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above.
		$wpdb->delete( $this->name(), array( 'key_id' => $id ), array( '%d' ) );
	}

	/**
	 * Revokes all of our keys but one: each approval and each click makes a new one.
	 *
	 * @param int $but The one that is in use; 0 = none.
	 */
	public function sweep( int $but ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above; rights are never read from a cache.
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE key_id <> %d AND description LIKE %s', $this->name(), $but, $this->ours() ) );
	}

	/**
	 * The table's name on this site.
	 */
	private function name(): string {
		global $wpdb;
		return $wpdb->prefix . 'woocommerce_api_keys';
	}

	/**
	 * Pattern of our descriptions.
	 */
	private function ours(): string {
		global $wpdb;
		return $wpdb->esc_like( self::PREFIX ) . '____-__-__ __:__:__)';
	}
}
