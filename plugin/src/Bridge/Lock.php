<?php
/**
 * Single flight.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * One at a time, over all processes of the site. A row of the options table, because its name is
 * unique there; written past add_option(), whose INSERT … ON DUPLICATE KEY UPDATE lets a second
 * process through.
 */
final class Lock {

	/** After so many seconds the process that held it is taken to have died: far above any work done under it. */
	const STALE = 120;

	/**
	 * Does the work, unless somebody else is at it.
	 *
	 * @template T
	 * @param string        $name Lock.
	 * @param callable(): T $work Work.
	 * @return T|\WP_Error What the work returns, or `busy`.
	 */
	public static function run( string $name, callable $work ) {
		$option = 'pearlbridge_lock_' . $name;
		$token  = time() . ' ' . bin2hex( random_bytes( 8 ) );
		if ( ! self::take( $option, $token ) ) {
			return Failure::of(
				'busy',
				409,
				__( 'The same thing is already under way.', 'pearlbridge' ),
				__( 'Wait a moment, then look again.', 'pearlbridge' )
			);
		}
		try {
			return $work();
		} finally {
			self::release( $option, $token );
		}
	}

	/**
	 * True when it is ours now.
	 *
	 * @param string $option Option name.
	 * @param string $token  Ours.
	 */
	private static function take( string $option, string $token ): bool {
		global $wpdb;
		// phpcs:disable WordPress.DB -- Needs the database's own uniqueness, and no cache.
		$taken = $wpdb->query(
			(string) $wpdb->prepare(
				"INSERT IGNORE INTO %i (option_name, option_value, autoload) VALUES (%s, %s, 'off')",
				$wpdb->options,
				$option,
				$token
			)
		);
		if ( 1 === $taken ) {
			return true;
		}
		$held = $wpdb->get_var( $wpdb->prepare( 'SELECT option_value FROM %i WHERE option_name = %s', $wpdb->options, $option ) );
		if ( null === $held || time() - (int) $held <= self::STALE ) {
			return false;
		}
		// Only one of several who find it stale changes the row from what they all have read.
		return 1 === $wpdb->query(
			(string) $wpdb->prepare(
				'UPDATE %i SET option_value = %s WHERE option_name = %s AND option_value = %s',
				$wpdb->options,
				$token,
				$option,
				$held
			)
		);
		// phpcs:enable
	}

	/**
	 * Gives it back, unless another has taken it over.
	 *
	 * @param string $option Option name.
	 * @param string $token  Ours.
	 */
	private static function release( string $option, string $token ): void {
		global $wpdb;
		$wpdb->delete( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See take().
			$wpdb->options,
			array(
				'option_name'  => $option,
				'option_value' => $token,
			)
		);
	}
}
