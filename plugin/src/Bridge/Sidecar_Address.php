<?php
/**
 * The IP address of the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_HTTP_Proxy;

defined( 'ABSPATH' ) || exit;

/**
 * A nudge must not look a name up: libcurl does that in a thread it waits for when it ends, so that
 * a dead DNS server would hold a shopper for ten seconds whatever the limits say. So the address
 * of the last connection nobody waited for is kept. One option, loaded with the others.
 */
final class Sidecar_Address {

	const OPTION = 'pearlbridge_address';

	/** Seconds between two attempts to learn it in requests of the sidecar. */
	const RETRY = 5 * MINUTE_IN_SECONDS;

	/**
	 * What spares libcurl the look-up, as CURLOPT_RESOLVE takes it; empty when there is no name to
	 * look up, null when the address is not known.
	 *
	 * @param string $url Address of the call.
	 */
	public static function pin( string $url ): ?string {
		$peer = self::peer( $url );
		if ( '' === $peer ) {
			return '';
		}
		$known = self::known();
		return $peer === $known['peer'] && '' !== $known['ip'] ? $peer . ':' . $known['ip'] : null;
	}

	/**
	 * A call was answered from here. Kept when there was none, or a doubtful one: a name with many
	 * addresses must not make every call write an option.
	 *
	 * @param string $url Address of the call.
	 * @param string $ip  Where it was answered.
	 */
	public static function learn( string $url, string $ip ): void {
		$peer  = self::peer( $url );
		$known = self::known();
		if ( '' === $peer || false === filter_var( $ip, FILTER_VALIDATE_IP ) || ( $peer === $known['peer'] && '' !== $known['ip'] && ! $known['doubtful'] ) ) {
			return;
		}
		self::save(
			array(
				'peer'     => $peer,
				'ip'       => $ip,
				'doubtful' => false,
				'tried'    => $known['tried'],
			)
		);
	}

	/**
	 * A nudge to it was not answered: the sidecar may have moved, or may just be down. It stays in
	 * use, which costs no more than the limits of a nudge, until a call is answered from elsewhere.
	 */
	public static function doubt(): void {
		$known = self::known();
		if ( '' !== $known['ip'] && ! $known['doubtful'] ) {
			self::save( array( 'doubtful' => true ) + $known );
		}
	}

	/**
	 * Whether it should be learnt now; true once per RETRY.
	 *
	 * @param string $url Base URL of the sidecar.
	 * @param int    $now Unix seconds.
	 */
	public static function is_to_learn( string $url, int $now ): bool {
		$known = self::known();
		$pin   = self::pin( $url );
		if ( '' === $pin || ( null !== $pin && ! $known['doubtful'] ) || abs( $now - $known['tried'] ) < self::RETRY ) {
			return false;
		}
		self::save( array( 'tried' => $now ) + $known );
		return true;
	}

	/**
	 * For a pairing that ends.
	 */
	public static function forget(): void {
		delete_option( self::OPTION );
	}

	/**
	 * Host and port a connection for this URL goes to, which may be those of a proxy; empty when the
	 * host is an IP address.
	 *
	 * @param string $url Address of the call.
	 */
	private static function peer( string $url ): string {
		$proxy = new WP_HTTP_Proxy();
		if ( $proxy->is_enabled() && $proxy->send_through_proxy( $url ) ) {
			$host = (string) preg_replace( '~\A[a-z0-9]+://~i', '', (string) $proxy->host() );
			$port = (int) $proxy->port();
		} else {
			$parts = wp_parse_url( $url );
			$parts = is_array( $parts ) ? $parts : array();
			$host  = $parts['host'] ?? '';
			$port  = $parts['port'] ?? ( 'http' === ( $parts['scheme'] ?? '' ) ? 80 : 443 );
		}
		return false === filter_var( trim( $host, '[]' ), FILTER_VALIDATE_IP ) ? strtolower( $host ) . ':' . $port : '';
	}

	/**
	 * What is kept.
	 *
	 * @return array{peer: string, ip: string, doubtful: bool, tried: int}
	 */
	private static function known(): array {
		$stored = get_option( self::OPTION );
		$stored = is_array( $stored ) ? $stored : array();
		return array(
			'peer'     => (string) ( $stored['peer'] ?? '' ),
			'ip'       => (string) ( $stored['ip'] ?? '' ),
			'doubtful' => (bool) ( $stored['doubtful'] ?? false ),
			'tried'    => (int) ( $stored['tried'] ?? 0 ),
		);
	}

	/**
	 * Keeps it.
	 *
	 * @param array{peer: string, ip: string, doubtful: bool, tried: int} $known All of it.
	 */
	private static function save( array $known ): void {
		update_option( self::OPTION, $known, true );
	}
}
