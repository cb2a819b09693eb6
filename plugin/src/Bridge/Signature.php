<?php
/**
 * Signature v1, both directions: HMAC-SHA256 over a canonical string.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * Pure: time, nonce and keys are passed in. Whoever keeps nonces refuses a second use of one
 * after, and only after, the signature was found good.
 */
final class Signature {

	/** Largest difference of the two clocks, in seconds. */
	const WINDOW = 300;

	/** Largest signed body, in bytes. */
	const BODY_LIMIT = 1048576;

	const HEADERS = array(
		'key'       => 'X-Bridge-Key',
		'timestamp' => 'X-Bridge-Timestamp',
		'nonce'     => 'X-Bridge-Nonce',
		'signature' => 'X-Bridge-Signature',
	);

	/** What a key id may look like; also asked of the one in a grant. */
	const KEY_ID = '/\A[A-Za-z0-9_-]{8,64}\z/';

	const MOST_SIGNATURES = 8;

	/**
	 * The text both sides sign. No host and no port: proxies change them.
	 *
	 * @param string $key_id    Key id.
	 * @param string $timestamp Unix seconds, as the header has them.
	 * @param string $nonce     As the header has it.
	 * @param string $method    HTTP method.
	 * @param string $path      Path with query below the base URL, as it goes over the wire.
	 * @param string $body      Byte for byte; empty when there is none.
	 */
	public static function canonical( string $key_id, string $timestamp, string $nonce, string $method, string $path, string $body ): string {
		return implode(
			"\n",
			array( 'v1', $key_id, $timestamp, $nonce, strtoupper( $method ), $path, hash( 'sha256', $body ) )
		);
	}

	/**
	 * The headers to send with a request.
	 *
	 * @param Key    $key    Signs.
	 * @param string $method HTTP method.
	 * @param string $path   Path with query below the base URL.
	 * @param string $body   Raw body.
	 * @param int    $now    Unix seconds.
	 * @param string $nonce  16 random bytes or more.
	 * @return array<string, string>
	 */
	public static function headers( Key $key, string $method, string $path, string $body, int $now, string $nonce ): array {
		$timestamp  = (string) $now;
		$nonce_text = rtrim( strtr( base64_encode( $nonce ), '+/', '-_' ), '=' ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- The nonce is bytes.
		$canonical  = self::canonical( $key->id(), $timestamp, $nonce_text, $method, $path, $body );
		return array(
			self::HEADERS['key']       => $key->id(),
			self::HEADERS['timestamp'] => $timestamp,
			self::HEADERS['nonce']     => $nonce_text,
			self::HEADERS['signature'] => 'v1=' . base64_encode( self::mac( $key, $canonical ) ), // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- The signature is bytes.
		);
	}

	/**
	 * Judges a request in the order of the design: syntax, key, clock, signature. `nonce` of the
	 * answer is what must now be used up.
	 *
	 * @param array<string, string|null>   $headers By the names above.
	 * @param string                       $method  HTTP method.
	 * @param string                       $path    Path with query below the base URL.
	 * @param string                       $body    Raw body.
	 * @param callable(string): (Key|null) $key_of  Finds an active key by its id.
	 * @param int                          $now     Unix seconds.
	 * @return array{reason: string, key: Key|null, nonce: string} Reason `ok`, `bad-headers`, `unknown-key`, `clock-skew` or `wrong-signature`.
	 */
	public static function verify( array $headers, string $method, string $path, string $body, callable $key_of, int $now ): array {
		$read = self::read( $headers );
		if ( null === $read ) {
			return self::verdict( 'bad-headers' );
		}
		$key = $key_of( $read['key'] );
		if ( null === $key ) {
			return self::verdict( 'unknown-key' );
		}
		if ( abs( $now - (int) $read['timestamp'] ) > self::WINDOW ) {
			return self::verdict( 'clock-skew', $key );
		}
		$expected = self::mac( $key, self::canonical( $key->id(), $read['timestamp'], $read['nonce'], $method, $path, $body ) );
		$fits     = false;
		// All are looked at, so that the time says nothing of which one fits.
		foreach ( $read['signatures'] as $signature ) {
			$fits = hash_equals( $expected, $signature ) || $fits;
		}
		return self::verdict( $fits ? 'ok' : 'wrong-signature', $key, $read['nonce'] );
	}

	/**
	 * The part of an address that is signed, or null when it is not below the base. Compared as
	 * text and not normalised, because PHP and Node normalise differently.
	 *
	 * @param string $base A base URL, or a base path.
	 * @param string $url  An address, or a path with query.
	 */
	public static function path_below( string $base, string $url ): ?string {
		$root = rtrim( $base, '/' );
		$path = '' === $root || 0 === strpos( $url, $root ) ? (string) substr( $url, strlen( $root ) ) : '';
		return '' !== $path && '/' === $path[0] ? $path : null;
	}

	/**
	 * Reads the four headers, or null when they are not what v1 writes.
	 *
	 * @param array<string, string|null> $headers By the names above.
	 * @return array{key: string, timestamp: string, nonce: string, signatures: list<string>}|null
	 */
	private static function read( array $headers ): ?array {
		$key        = $headers[ self::HEADERS['key'] ] ?? '';
		$timestamp  = $headers[ self::HEADERS['timestamp'] ] ?? '';
		$nonce      = $headers[ self::HEADERS['nonce'] ] ?? '';
		$signatures = self::read_signatures( $headers[ self::HEADERS['signature'] ] ?? '' );
		if (
			1 !== preg_match( self::KEY_ID, $key ) ||
			1 !== preg_match( '/\A[1-9][0-9]{0,11}\z/', $timestamp ) ||
			1 !== preg_match( '/\A[A-Za-z0-9_-]{22,128}\z/', $nonce ) ||
			array() === $signatures
		) {
			return null;
		}
		return compact( 'key', 'timestamp', 'nonce', 'signatures' );
	}

	/**
	 * The v1 signatures, 32 bytes each; several while a key rotates. Those of a later version are
	 * skipped, so that a newer sidecar can send both. Empty = not what v1 writes.
	 *
	 * @param string $written The header.
	 * @return list<string>
	 */
	private static function read_signatures( string $written ): array {
		$parts = explode( ' ', $written );
		if ( count( $parts ) > self::MOST_SIGNATURES ) {
			return array();
		}
		$found = array();
		foreach ( $parts as $part ) {
			if ( 1 === preg_match( '#\Av1=([A-Za-z0-9+/]{43}=)\z#', $part, $match ) ) {
				$found[] = (string) base64_decode( $match[1], false ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- The signature is bytes.
			} elseif ( 1 !== preg_match( '#\Av(?:[2-9]|[1-9][0-9]{1,2})=[A-Za-z0-9+/=_-]{1,200}\z#', $part ) ) {
				return array();
			}
		}
		return $found;
	}

	/**
	 * HMAC-SHA256, 32 bytes.
	 *
	 * @param Key    $key       Signs.
	 * @param string $canonical What is signed.
	 */
	private static function mac( Key $key, string $canonical ): string {
		return hash_hmac( 'sha256', $canonical, $key->secret(), true );
	}

	/**
	 * What verify() answers.
	 *
	 * @param string   $reason Reason code.
	 * @param Key|null $key    The key that was named, when it is known.
	 * @param string   $nonce  The nonce to use up.
	 * @return array{reason: string, key: Key|null, nonce: string}
	 */
	private static function verdict( string $reason, ?Key $key = null, string $nonce = '' ): array {
		return compact( 'reason', 'key', 'nonce' );
	}
}
