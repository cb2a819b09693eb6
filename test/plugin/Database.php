<?php
/**
 * The database as it was before the test.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

/**
 * A transaction around each test. CREATE, DROP, ALTER and TRUNCATE TABLE end a transaction without
 * a word; after a test that did one, all tables are put back from a copy.
 */
final class Database {
	private const ENDS_TRANSACTION = '/^\s*(CREATE|DROP|ALTER|TRUNCATE|RENAME)\s+(TABLE|INDEX|UNIQUE)/i';

	/**
	 * By table: how it is made, and its rows.
	 *
	 * @var array<string, array{create: string, rows: array<int, array<string, string|null>>}>|null
	 */
	private static $copy = null;

	/**
	 * Whether the running test changed tables.
	 *
	 * @var bool
	 */
	private static $changed = false;

	/**
	 * Before a test.
	 */
	public static function begin(): void {
		global $wpdb;
		if ( null === self::$copy ) {
			self::$copy = self::read();
		}
		self::$changed = false;
		$wpdb->query( 'START TRANSACTION' );
		// Last of all: what other filters made of the query is what runs.
		add_filter( 'query', array( self::class, 'watch' ), PHP_INT_MAX );
	}

	/**
	 * After a test.
	 */
	public static function roll_back(): void {
		global $wpdb;
		remove_filter( 'query', array( self::class, 'watch' ), PHP_INT_MAX );
		$wpdb->query( 'ROLLBACK' );
		if ( self::$changed ) {
			self::write( (array) self::$copy );
		}
	}

	/**
	 * Sees every query.
	 *
	 * @param string $query Query.
	 */
	public static function watch( $query ) {
		if ( preg_match( self::ENDS_TRANSACTION, (string) $query ) ) {
			self::$changed = true;
		}
		return $query;
	}

	/**
	 * Everything: a fresh site is a few hundred rows.
	 *
	 * @return array<string, array{create: string, rows: array<int, array<string, string|null>>}>
	 */
	private static function read(): array {
		global $wpdb;
		$copy = array();
		foreach ( self::tables() as $table ) {
			$copy[ $table ] = array(
				'create' => (string) $wpdb->get_var( "SHOW CREATE TABLE `$table`", 1 ),
				'rows'   => $wpdb->get_results( "SELECT * FROM `$table`", ARRAY_A ),
			);
		}
		return $copy;
	}

	/**
	 * Writes back what was read.
	 *
	 * @param array<string, array{create: string, rows: array<int, array<string, string|null>>}> $copy What was read.
	 */
	private static function write( array $copy ): void {
		global $wpdb;
		foreach ( self::tables() as $table ) {
			$wpdb->query( "DROP TABLE `$table`" );
		}
		foreach ( $copy as $table => $content ) {
			$wpdb->query( $content['create'] );
			foreach ( $content['rows'] as $row ) {
				$wpdb->insert( $table, $row );
			}
		}
	}

	/**
	 * All tables of the site.
	 *
	 * @return array<int, string>
	 */
	private static function tables(): array {
		global $wpdb;
		return $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpdb->prefix ) . '%' ) );
	}
}
