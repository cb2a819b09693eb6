<?php
/**
 * The one-time code a person carries from the sidecar to wp-admin.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * Proves to the sidecar that we know the code, and opens what the sidecar sealed with it. The code
 * itself is never sent. Pure.
 */
final class Pairing_Code {

	const PROOF_HEADER = 'X-Bridge-Proof';
	const IV_BYTES     = 12;
	const TAG_BYTES    = 16;

	/**
	 * The code as both sides feed it to HKDF.
	 *
	 * @var string
	 */
	private $material;

	/**
	 * Made by read().
	 *
	 * @param string $material Upper case, without spaces and hyphens.
	 */
	private function __construct( string $material ) {
		$this->material = $material;
	}

	/**
	 * However it was typed: in either case, with or without its hyphens, and with the letters
	 * Crockford's alphabet leaves out for the digits they are mistaken for. Null = no code.
	 *
	 * @param string $typed What the person typed.
	 */
	public static function read( string $typed ): ?self {
		$material = strtoupper( (string) preg_replace( '/[\s\p{Pd}]+/u', '', $typed ) );
		$material = strtr(
			$material,
			array(
				'O' => '0',
				'I' => '1',
				'L' => '1',
			)
		);
		return 1 === preg_match( '/\A[0-9A-HJKMNP-TV-Z]{20}\z/', $material ) ? new self( $material ) : null;
	}

	/**
	 * 32 raw bytes that prove the code and cover the body.
	 *
	 * @param string $body Raw body of the request.
	 */
	public function proof( string $body ): string {
		return hash_hmac( 'sha256', $body, self::derive( $this->material, 'pair v1 auth' ), true );
	}

	/**
	 * What the sidecar sealed in answer to that proof, or null when it does not open: then whoever
	 * answered does not know the code.
	 *
	 * @param string $sealed Base64.
	 * @param string $proof  The 32 raw bytes that were sent.
	 */
	public function unseal( string $sealed, string $proof ): ?string {
		return self::open( self::derive( $this->material, 'pair v1 seal' ), $sealed, $proof );
	}

	/**
	 * The next key of a rotation, which only the owner of the current one can open.
	 *
	 * @param Key    $current The current key.
	 * @param string $sealed  Base64.
	 */
	public static function unseal_rotation( Key $current, string $sealed ): ?string {
		return self::open( self::derive( $current->secret(), 'rotate v1 seal' ), $sealed, $current->id() );
	}

	/**
	 * HKDF-SHA256 with an empty salt, 32 bytes.
	 *
	 * @param string $material Key material.
	 * @param string $info     What the key is for.
	 */
	private static function derive( string $material, string $info ): string {
		return hash_hkdf( 'sha256', $material, 32, $info, '' );
	}

	/**
	 * AES-256-GCM over `iv ‖ ciphertext ‖ tag`.
	 *
	 * @param string $key        32 raw bytes.
	 * @param string $sealed     Base64.
	 * @param string $additional Additional data.
	 */
	private static function open( string $key, string $sealed, string $additional ): ?string {
		$bytes = base64_decode( $sealed, true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- The sealed text is bytes.
		if ( false === $bytes || strlen( $bytes ) < self::IV_BYTES + self::TAG_BYTES ) {
			return null;
		}
		$plain = openssl_decrypt(
			substr( $bytes, self::IV_BYTES, -self::TAG_BYTES ),
			'aes-256-gcm',
			$key,
			OPENSSL_RAW_DATA,
			substr( $bytes, 0, self::IV_BYTES ),
			substr( $bytes, -self::TAG_BYTES ),
			$additional
		);
		return false === $plain ? null : $plain;
	}
}
