<?php
/**
 * Where the keys of the pairing are kept.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * The constant PEARLBRIDGE_SECRET in wp-config.php, `key id:secret in base64`, wins. Else an
 * option that is not loaded by itself, encrypted with a key derived from the salts of
 * wp-config.php: a copy of the database alone gives nothing away.
 *
 * Three slots: `current` signs; `next` is a key of a rotation that has not signed yet; `previous`
 * is only accepted, for what the sidecar signed before it learnt of the new one.
 */
final class Secret_Store {

	const OPTION = 'pearlbridge_secret';

	/** Seconds the old key of a rotation is still accepted. */
	const OVERLAP = DAY_IN_SECONDS;

	const NONE         = 'none';
	const OK           = 'ok';
	const UNREADABLE   = 'unreadable';
	const WRONG_CONFIG = 'wrong-config';

	/**
	 * The constant, or null.
	 *
	 * @var string|null
	 */
	private $config;

	/**
	 * Keeps nothing itself.
	 *
	 * @param string|null $config Value of PEARLBRIDGE_SECRET, when it is defined.
	 */
	public function __construct( ?string $config ) {
		$this->config = $config;
	}

	/**
	 * The key that signs, or null when there is none that can be read.
	 */
	public function current(): ?Key {
		return null === $this->config ? $this->slot( 'current' ) : $this->configured();
	}

	/**
	 * The key of a rotation that has not signed yet.
	 */
	public function next(): ?Key {
		return null === $this->config ? $this->slot( 'next' ) : null;
	}

	/**
	 * An active key by its id, for judging what the sidecar signed.
	 *
	 * @param string $key_id Key id.
	 * @param int    $now    Unix seconds.
	 */
	public function find( string $key_id, int $now ): ?Key {
		$candidates = array( $this->current(), $this->next() );
		if ( null === $this->config && $now < (int) ( $this->stored()['previous']['until'] ?? 0 ) ) {
			$candidates[] = $this->slot( 'previous' );
		}
		foreach ( $candidates as $key ) {
			if ( null !== $key && hash_equals( $key->id(), $key_id ) ) {
				return $key;
			}
		}
		return null;
	}

	/**
	 * The secret is fixed in wp-config.php, and nothing here can change it.
	 */
	public function is_from_config(): bool {
		return null !== $this->config;
	}

	/**
	 * One of the constants above. `unreadable`: the salts of wp-config.php have changed.
	 */
	public function health(): string {
		if ( null !== $this->config ) {
			return null === $this->configured() ? self::WRONG_CONFIG : self::OK;
		}
		if ( ! isset( $this->stored()['current'] ) ) {
			return self::NONE;
		}
		return null === $this->slot( 'current' ) ? self::UNREADABLE : self::OK;
	}

	/**
	 * Keeps the key of a new pairing, alone. False = it could not be stored.
	 *
	 * @param Key $key Key.
	 */
	public function keep( Key $key ): bool {
		return $this->store( array( 'current' => $this->seal( $key ) ) );
	}

	/**
	 * Keeps the next key of a rotation. False = it could not be stored.
	 *
	 * @param Key $key Key.
	 */
	public function keep_next( Key $key ): bool {
		return $this->store( array_merge( $this->stored(), array( 'next' => $this->seal( $key ) ) ) );
	}

	/**
	 * The next key becomes the current one.
	 *
	 * @param int $now Unix seconds.
	 */
	public function promote( int $now ): void {
		$stored = $this->stored();
		if ( isset( $stored['next'] ) ) {
			$this->store(
				array(
					'current'  => $stored['next'],
					'previous' => array_merge( $stored['current'] ?? array(), array( 'until' => $now + self::OVERLAP ) ),
				)
			);
		}
	}

	/**
	 * The sidecar does not know the next key.
	 */
	public function drop_next(): void {
		$stored = $this->stored();
		if ( isset( $stored['next'] ) ) {
			unset( $stored['next'] );
			$this->store( $stored );
		}
	}

	/**
	 * Forgets all keys. What stands in wp-config.php stays there.
	 */
	public function forget(): void {
		delete_option( self::OPTION );
	}

	/**
	 * Forgets the stored copy of the very key that has moved to wp-config.php.
	 */
	public function drop_shadowed(): void {
		$configured = null === $this->config ? null : $this->configured();
		if ( null !== $configured && $configured->id() === ( $this->stored()['current']['keyId'] ?? null ) ) {
			$this->forget();
		}
	}

	/**
	 * The key in wp-config.php, or null when it is written wrong.
	 */
	private function configured(): ?Key {
		$parts = explode( ':', (string) $this->config, 2 );
		return Key::read( $parts[0], $parts[1] ?? null );
	}

	/**
	 * What the option holds.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	private function stored(): array {
		$stored = get_option( self::OPTION, array() );
		return is_array( $stored ) ? array_filter( $stored, 'is_array' ) : array();
	}

	/**
	 * Writes the option and looks whether it is there: update_option() says false for both "failed"
	 * and "nothing changed".
	 *
	 * @param array<string, array<string, mixed>> $slots Slots.
	 */
	private function store( array $slots ): bool {
		update_option( self::OPTION, $slots, false );
		return $this->stored() === $slots;
	}

	/**
	 * The key in a slot, or null when there is none or it does not open.
	 *
	 * @param string $name Slot.
	 */
	private function slot( string $name ): ?Key {
		$slot   = $this->stored()[ $name ] ?? array();
		$sealed = isset( $slot['sealed'] ) && is_string( $slot['sealed'] ) ? base64_decode( $slot['sealed'], true ) : false; // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- The sealed text is bytes.
		if ( false === $sealed || strlen( $sealed ) <= SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ) {
			return null;
		}
		$plain = sodium_crypto_secretbox_open(
			substr( $sealed, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ),
			substr( $sealed, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ),
			$this->encryption_key()
		);
		if ( false === $plain ) {
			return null;
		}
		// The id stands inside, too: a box cannot be moved under another id.
		$parts = explode( ':', $plain, 2 );
		return ( $slot['keyId'] ?? null ) === $parts[0] ? Key::read( $parts[0], $parts[1] ?? null, (int) ( $slot['createdAt'] ?? 0 ) ) : null;
	}

	/**
	 * A slot as it is stored.
	 *
	 * @param Key $key Key.
	 * @return array<string, mixed>
	 */
	private function seal( Key $key ): array {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		$box   = sodium_crypto_secretbox( self::written( $key ), $nonce, $this->encryption_key() );
		return array(
			'keyId'     => $key->id(),
			'createdAt' => $key->created_at() ?? 0,
			'sealed'    => base64_encode( $nonce . $box ), // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- The sealed text is bytes.
		);
	}

	/**
	 * A key as it stands in wp-config.php.
	 *
	 * @param Key $key Key.
	 */
	public static function written( Key $key ): string {
		return $key->id() . ':' . base64_encode( $key->secret() ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- The secret is bytes.
	}

	/**
	 * 32 raw bytes that change with the salts.
	 */
	private function encryption_key(): string {
		return hash_hkdf( 'sha256', wp_salt( 'secure_auth' ), SODIUM_CRYPTO_SECRETBOX_KEYBYTES, 'pearlbridge secret v1', '' );
	}
}
