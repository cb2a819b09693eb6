<?php
/**
 * One key of the pairing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * An id, which may be shown, and 32 secret bytes, which never leave this process.
 */
final class Key {

	const SECRET_BYTES = 32;

	/**
	 * Shown and sent.
	 *
	 * @var string
	 */
	private $id;

	/**
	 * Raw bytes.
	 *
	 * @var string
	 */
	private $secret;

	/**
	 * Unix seconds, or null when it is not known (a key from wp-config.php).
	 *
	 * @var int|null
	 */
	private $created_at;

	/**
	 * Made by read() or by who has checked its parts.
	 *
	 * @param string   $id         Key id.
	 * @param string   $secret     32 raw bytes.
	 * @param int|null $created_at Unix seconds.
	 */
	public function __construct( string $id, string $secret, ?int $created_at = null ) {
		$this->id         = $id;
		$this->secret     = $secret;
		$this->created_at = $created_at;
	}

	/**
	 * A key as it is written down, or null when it is none.
	 *
	 * @param mixed    $id         Key id.
	 * @param mixed    $base64     The secret.
	 * @param int|null $created_at Unix seconds.
	 */
	public static function read( $id, $base64, ?int $created_at = null ): ?self {
		if ( ! is_string( $id ) || ! is_string( $base64 ) || 1 !== preg_match( Signature::KEY_ID, $id ) ) {
			return null;
		}
		$secret = base64_decode( $base64, true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- The secret is bytes.
		return false === $secret || self::SECRET_BYTES !== strlen( $secret ) ? null : new self( $id, $secret, $created_at );
	}

	/**
	 * The key id.
	 */
	public function id(): string {
		return $this->id;
	}

	/**
	 * 32 raw bytes.
	 */
	public function secret(): string {
		return $this->secret;
	}

	/**
	 * Unix seconds, or null.
	 */
	public function created_at(): ?int {
		return $this->created_at;
	}

	/**
	 * What var_dump() and error reports may see.
	 *
	 * @return array<string, mixed>
	 */
	public function __debugInfo(): array {
		return array( 'id' => $this->id );
	}
}
