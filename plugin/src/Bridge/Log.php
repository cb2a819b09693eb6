<?php
/**
 * The plugin's log.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce's log under our own source. No secrets, no personal data, no bodies.
 */
final class Log {

	const SOURCE = 'pearlbridge';

	/**
	 * Something a person may want to know later.
	 *
	 * @param string               $sentence English, one line.
	 * @param array<string, mixed> $context  Data.
	 */
	public static function info( string $sentence, array $context = array() ): void {
		self::write( 'info', $sentence, $context );
	}

	/**
	 * Something went wrong.
	 *
	 * @param string               $sentence English, one line.
	 * @param array<string, mixed> $context  Data.
	 */
	public static function warning( string $sentence, array $context = array() ): void {
		self::write( 'warning', $sentence, $context );
	}

	/**
	 * Writes, where WooCommerce is there to write.
	 *
	 * @param string               $level    Level.
	 * @param string               $sentence Sentence.
	 * @param array<string, mixed> $context  Data.
	 */
	private static function write( string $level, string $sentence, array $context ): void {
		if ( function_exists( 'wc_get_logger' ) ) {
			wc_get_logger()->log( $level, $sentence, array_merge( $context, array( 'source' => self::SOURCE ) ) );
		}
	}
}
