<?php
/**
 * Signs what goes to the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Says whether there is a pairing that may be used now, and signs with its key.
 */
final class Signer {

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * Unix seconds.
	 *
	 * @var callable(): int
	 */
	private $clock;

	/**
	 * Signs nothing yet.
	 *
	 * @param Secret_Store    $secrets Keys.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Secret_Store $secrets, callable $clock ) {
		$this->secrets = $secrets;
		$this->clock   = $clock;
	}

	/**
	 * The working pairing and the key that signs.
	 *
	 * @return array{Pairing_Record, Key}|WP_Error
	 */
	public function target() {
		$record = Pairing_Record::load();
		if ( null === $record ) {
			return Failure::not_paired();
		}
		if ( Clone_Guard::has_moved( $record->home ) ) {
			return Failure::site_moved();
		}
		$key = $this->secrets->current();
		return null === $key ? $this->unreadable() : array( $record, $key );
	}

	/**
	 * There is a pairing, but its secret cannot be read.
	 */
	private function unreadable(): WP_Error {
		return Secret_Store::WRONG_CONFIG === $this->secrets->health()
			? Failure::of(
				'not_paired',
				409,
				__( 'PEARLBRIDGE_SECRET in wp-config.php is not a key.', 'pearlbridge' ),
				__( 'Write it as key id, colon, secret in base64; or remove it and pair again.', 'pearlbridge' )
			)
			: Failure::of(
				'not_paired',
				409,
				__( 'The secret of the pairing cannot be read any more: the salts in wp-config.php have changed.', 'pearlbridge' ),
				__( 'Forget the pairing and pair again, under WooCommerce → Pearlbridge.', 'pearlbridge' )
			);
	}

	/**
	 * Signs.
	 *
	 * @param Key    $key    Key.
	 * @param string $method HTTP method.
	 * @param string $path   Path with query below the base URL.
	 * @param string $body   Raw body.
	 * @return array<string, string>
	 */
	public function sign( Key $key, string $method, string $path, string $body ): array {
		return Signature::headers( $key, $method, $path, $body, ( $this->clock )(), random_bytes( 16 ) );
	}
}
