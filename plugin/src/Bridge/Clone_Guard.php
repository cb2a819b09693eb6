<?php
/**
 * Tells the shop from a copy of it.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * A copy for staging has the keys of the shop and would push real orders. So a pairing is pinned
 * to a hash of the home URL: tools that move a site rewrite stored URLs, but not hashes.
 */
final class Clone_Guard {

	const SITE_ID = 'pearlbridge_site_id';

	/**
	 * What the pairing is pinned to; empty when the site does not say where it is.
	 */
	public static function fingerprint(): string {
		$place = self::place();
		return null === $place ? '' : hash( 'sha256', $place );
	}

	/**
	 * The site is not where it was when this was pinned. A site that does not say where it is (a home
	 * made from the Host header, which cron and the command line lack) has not moved.
	 *
	 * @param string $fingerprint Pinned.
	 */
	public static function has_moved( string $fingerprint ): bool {
		$here = self::fingerprint();
		return '' !== $here && ! hash_equals( $fingerprint, $here );
	}

	/**
	 * Host and folder of the home URL in one form. One shop is reached with http and https, with and
	 * without www; a copy has another host, port or folder.
	 */
	private static function place(): ?string {
		$parts = wp_parse_url( self::home() );
		$host  = is_array( $parts ) ? rtrim( (string) ( $parts['host'] ?? '' ), '.' ) : '';
		if ( ! is_array( $parts ) || '' === $host ) {
			return null;
		}
		$port = $parts['port'] ?? 443;
		return preg_replace( '/\Awww\./', '', strtolower( $host ) ) . ( in_array( $port, array( 80, 443 ), true ) ? '' : ':' . $port ) . untrailingslashit( $parts['path'] ?? '' );
	}

	/**
	 * The home URL. The option, because plugins for several languages filter home_url().
	 */
	public static function home(): string {
		return untrailingslashit( (string) get_option( 'home' ) );
	}

	/**
	 * Names this site to the sidecar; made once.
	 */
	public static function site_id(): string {
		$id = get_option( self::SITE_ID );
		if ( is_string( $id ) && wp_is_uuid( $id ) ) {
			return $id;
		}
		add_option( self::SITE_ID, wp_generate_uuid4(), '', false );
		// Another request may have been first.
		return (string) get_option( self::SITE_ID );
	}

	/**
	 * A copy is a site of its own.
	 */
	public static function renew_site_id(): void {
		update_option( self::SITE_ID, wp_generate_uuid4(), false );
	}
}
