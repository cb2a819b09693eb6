<?php
/**
 * When the pairing last worked, and whether the sidecar still knows it.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * Only for people to look at. Written seldom: a busy shop must not write an option with each call.
 */
final class Usage {

	const LAST_USED = 'pearlbridge_last_used';
	const LOST      = 'pearlbridge_pairing_lost';

	/** Seconds by which the last use may be out of date. */
	const GRAIN = 5 * MINUTE_IN_SECONDS;

	/**
	 * A signed call was answered, in either direction.
	 *
	 * @param int $now Unix seconds.
	 */
	public static function worked( int $now ): void {
		if ( $now - (int) get_option( self::LAST_USED, 0 ) >= self::GRAIN ) {
			update_option( self::LAST_USED, $now, false );
		}
		if ( self::is_lost() ) {
			delete_option( self::LOST );
		}
	}

	/**
	 * The sidecar does not know our key.
	 *
	 * @param int $now Unix seconds.
	 */
	public static function refused( int $now ): void {
		if ( ! self::is_lost() ) {
			update_option( self::LOST, $now, false );
		}
	}

	/**
	 * Unix seconds, or null.
	 */
	public static function last_used(): ?int {
		$at = (int) get_option( self::LAST_USED, 0 );
		return $at > 0 ? $at : null;
	}

	/**
	 * The sidecar said that it does not know our key, and no call has worked since.
	 */
	public static function is_lost(): bool {
		return false !== get_option( self::LOST );
	}

	/**
	 * For a pairing that begins or ends.
	 */
	public static function forget(): void {
		delete_option( self::LAST_USED );
		delete_option( self::LOST );
	}
}
