<?php
/**
 * Compares addresses by scheme, host and port.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Never by the beginning of a string: `https://sidecar.example` is also how `https://sidecar.example.evil.test` and
 * `https://sidecar.example@evil.test` begin.
 */
class Origin {

	/**
	 * Scheme, host and port of an http(s) address, or null.
	 *
	 * @param string $url Address.
	 * @return array{string, string, int}|null
	 */
	public static function of( string $url ): ?array {
		// Backslashes and control characters are read differently by different parsers.
		if ( 1 === preg_match( '/[\x00-\x20\x7f\\\\]/', $url ) ) {
			return null;
		}
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || ! isset( $parts['scheme'], $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return null;
		}
		$scheme = strtolower( $parts['scheme'] );
		if ( ! in_array( $scheme, array( 'http', 'https' ), true ) ) {
			return null;
		}
		return array( $scheme, strtolower( $parts['host'] ), $parts['port'] ?? ( 'https' === $scheme ? 443 : 80 ) );
	}

	/**
	 * Whether two addresses have the same origin.
	 *
	 * @param string $one   Address.
	 * @param string $other Address.
	 */
	public static function same( string $one, string $other ): bool {
		$origin = self::of( $one );
		return null !== $origin && self::of( $other ) === $origin;
	}

	/**
	 * Path and query of an address below a base address of the same origin: what a signature covers.
	 *
	 * @param string $url  Address.
	 * @param string $base Base address.
	 */
	public static function path_below( string $url, string $base ): string {
		$path   = (string) wp_parse_url( $url, PHP_URL_PATH );
		$query  = (string) wp_parse_url( $url, PHP_URL_QUERY );
		$prefix = rtrim( (string) wp_parse_url( $base, PHP_URL_PATH ), '/' );
		if ( '' !== $prefix && 0 === strpos( $path, $prefix . '/' ) ) {
			$path = substr( $path, strlen( $prefix ) );
		}
		return ( '' === $path ? '/' : $path ) . ( '' === $query ? '' : '?' . $query );
	}
}
