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
 * and only when the person has said so. Link-local addresses, where clouds keep the credentials of
 * a machine, and those that stand for no machine never.
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
		if ( self::is_forbidden( $host ) ) {
			return self::refused(
				'invalid_url',
				__( 'A sidecar cannot have this address: it is link-local, stands for no machine, or is not written as an address usually is.', 'pearlbridge' ),
				__( 'Give the name of the sidecar’s machine, or its address in your network.', 'pearlbridge' )
			);
		}
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
			return 1 === preg_match( '/\A[a-z][a-z0-9-]*\z/', $host );
		}
		$addresses = ( $this->resolve )( $host );
		return is_array( $addresses ) && array() !== $addresses && count( array_filter( $addresses, array( self::class, 'is_private_ip' ) ) ) === count( $addresses );
	}

	/**
	 * Whether nobody may pair with this host.
	 *
	 * @param string $host Host in lower case, IPv6 in brackets.
	 */
	private static function is_forbidden( string $host ): bool {
		$ip = trim( $host, '[]' );
		if ( false !== filter_var( $ip, FILTER_VALIDATE_IP ) ) {
			return self::is_forbidden_ip( $ip );
		}
		// A name whose last label is a number, as 2852039166 or 0xa9.0xfe.43518, is another way to write an IPv4 address.
		return 1 === preg_match( '/(?:\A|\.)(?:[0-9]+|0x[0-9a-f]*)\.?\z/', $host );
	}

	/**
	 * Link-local (169.254.0.0/16, fe80::/10), 0.0.0.0/8 or ::, also as IPv4 within IPv6.
	 *
	 * @param string $ip IP address.
	 */
	private static function is_forbidden_ip( string $ip ): bool {
		$bytes = (string) inet_pton( $ip );
		if ( 16 === strlen( $bytes ) ) {
			if ( str_repeat( "\0", 16 ) === $bytes || ( 0xFE === ord( $bytes[0] ) && 0x80 === ( ord( $bytes[1] ) & 0xC0 ) ) ) {
				return true;
			}
			if ( str_repeat( "\0", 10 ) . "\xFF\xFF" !== substr( $bytes, 0, 12 ) ) {
				return false;
			}
			$bytes = substr( $bytes, 12 );
		}
		return "\0" === $bytes[0] || "\xA9\xFE" === substr( $bytes, 0, 2 );
	}

	/**
	 * Private, loopback or carrier-grade NAT (100.64.0.0/10, which overlay networks use).
	 *
	 * @param string $ip IP address.
	 */
	private static function is_private_ip( string $ip ): bool {
		if ( self::is_forbidden_ip( $ip ) ) {
			return false;
		}
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
