<?php
/**
 * The address of a sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Which addresses a person may pair with: https anywhere; plain http only on a private network,
 * and only when the person has said so.
 */
final class Sidecar_Url {

	/**
	 * Finds the IPv4 addresses of a host name; false when it has none.
	 *
	 * @var callable
	 */
	private $resolve;

	/**
	 * Rules for addresses.
	 *
	 * @param callable $resolve As gethostbynamel().
	 */
	public function __construct( callable $resolve ) {
		$this->resolve = $resolve;
	}

	/**
	 * The address as it is kept: without a slash at its end, host in lower case.
	 *
	 * @param string $typed        What the person typed.
	 * @param bool   $confirm_http The person accepts plain http on a private network.
	 * @return string|WP_Error
	 */
	public function read( string $typed, bool $confirm_http ) {
		$parts = wp_parse_url( trim( $typed ) );
		if (
			! is_array( $parts ) ||
			1 === preg_match( '/[\s\x00-\x1f\x7f\\\\]/', trim( $typed ) ) ||
			! in_array( strtolower( $parts['scheme'] ?? '' ), array( 'http', 'https' ), true ) ||
			'' === ( $parts['host'] ?? '' ) ||
			array() !== array_intersect_key( $parts, array_flip( array( 'user', 'pass', 'query', 'fragment' ) ) )
		) {
			return self::refused(
				'invalid_url',
				__( 'This is not the address of a sidecar.', 'pearlbridge' ),
				__( 'Give an address such as https://bridge.example.com, without user, query or fragment.', 'pearlbridge' )
			);
		}
		$scheme = strtolower( $parts['scheme'] );
		$host   = strtolower( $parts['host'] );
		if ( 'http' === $scheme && ! $this->is_private( $host ) ) {
			return self::refused(
				'http_not_private',
				__( 'Plain http is only allowed on a private network; this address is public.', 'pearlbridge' ),
				__( 'Use https.', 'pearlbridge' )
			);
		}
		if ( 'http' === $scheme && ! $confirm_http ) {
			return self::refused(
				'http_unconfirmed',
				__( 'Over plain http, whoever shares the network with the sidecar can read what is exchanged.', 'pearlbridge' ),
				__( 'Confirm that the network is yours alone, or use https.', 'pearlbridge' )
			);
		}
		return $scheme . '://' . $host . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' ) . rtrim( $parts['path'] ?? '', '/' );
	}

	/**
	 * A host that cannot be reached from the internet: an address of a private range, a name of one
	 * label, or a name of which every address is private.
	 *
	 * @param string $host Host, IPv6 in brackets.
	 */
	private function is_private( string $host ): bool {
		$ip = trim( $host, '[]' );
		if ( false !== filter_var( $ip, FILTER_VALIDATE_IP ) ) {
			return self::is_private_ip( $ip );
		}
		if ( false === strpos( $host, '.' ) ) {
			// A name made of digits only is another way to write an IPv4 address.
			return 1 === preg_match( '/\A[a-z][a-z0-9-]*\z/', $host );
		}
		$addresses = ( $this->resolve )( $host );
		return is_array( $addresses ) && array() !== $addresses && count( array_filter( $addresses, array( self::class, 'is_private_ip' ) ) ) === count( $addresses );
	}

	/**
	 * Private, loopback, link-local or carrier-grade NAT (100.64.0.0/10, which overlay networks use).
	 *
	 * @param string $ip IP address.
	 */
	private static function is_private_ip( string $ip ): bool {
		if ( false === filter_var( $ip, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE ) ) {
			return true;
		}
		$number = ip2long( $ip );
		return false !== $number && ( $number & 0xFFC00000 ) === 0x64400000;
	}

	/**
	 * A refused address.
	 *
	 * @param string $code    Code.
	 * @param string $message Message.
	 * @param string $fix     What to do.
	 */
	private static function refused( string $code, string $message, string $fix ): WP_Error {
		return Failure::of(
			$code,
			400,
			$message,
			$fix,
			array(
				'details' => array(
					array(
						'path'    => 'url',
						'message' => $message,
					),
				),
			)
		);
	}
}
