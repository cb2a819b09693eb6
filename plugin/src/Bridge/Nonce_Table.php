<?php
/**
 * Nonces of incoming calls that were used up.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use wpdb;

defined( 'ABSPATH' ) || exit;

/**
 * The primary key refuses the second use of a nonce, whichever process it reaches.
 */
final class Nonce_Table {

	/** Seconds a nonce is remembered: a signature can be dated a window ahead and is good until a window after. */
	const LIFE = 2 * Signature::WINDOW;

	/**
	 * Database.
	 *
	 * @var wpdb
	 */
	private $db;

	/**
	 * Table of the current site.
	 *
	 * @param wpdb $db Database.
	 */
	public function __construct( wpdb $db ) {
		$this->db = $db;
	}

	/**
	 * Name with prefix; asked each time because the site can be switched.
	 */
	public function name(): string {
		return $this->db->prefix . 'pearlbridge_nonces';
	}

	/**
	 * Makes or updates the table. Needs wp-admin/includes/upgrade.php.
	 */
	public function install(): void {
		dbDelta(
			"CREATE TABLE {$this->name()} (
hash char(64) NOT NULL,
seen_at bigint(20) unsigned NOT NULL,
PRIMARY KEY  (hash),
KEY seen_at (seen_at)
) {$this->db->get_charset_collate()};"
		);
	}

	/**
	 * Removes the table.
	 */
	public function drop(): void {
		$this->db->query( (string) $this->db->prepare( 'DROP TABLE IF EXISTS %i', $this->name() ) ); // phpcs:ignore WordPress.DB -- An own table.
	}

	/**
	 * Uses a nonce up. True = it is new; false = it was used before; null = the database failed, and
	 * nobody knows.
	 *
	 * @param string $key_id Key.
	 * @param string $nonce  Nonce.
	 * @param int    $now    Unix seconds.
	 */
	public function use_up( string $key_id, string $nonce, int $now ): ?bool {
		// phpcs:disable WordPress.DB -- An own table.
		$this->db->query( (string) $this->db->prepare( 'DELETE FROM %i WHERE seen_at < %d', $this->name(), $now - self::LIFE ) );
		$written = $this->db->query(
			(string) $this->db->prepare(
				'INSERT IGNORE INTO %i (hash, seen_at) VALUES (%s, %d)',
				$this->name(),
				hash( 'sha256', $key_id . "\n" . $nonce ),
				$now
			)
		);
		// phpcs:enable
		return false === $written ? null : 1 === $written;
	}
}
