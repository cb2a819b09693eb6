<?php
/**
 * Reads what the sidecar wrote.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * Nothing of an answer is taken for what it should be before it was looked at.
 */
final class Json {

	/**
	 * A text of an answer; empty when there is none.
	 *
	 * @param array<string, mixed> $answer Answer.
	 * @param string               $name   Field.
	 */
	public static function text( array $answer, string $name ): string {
		return is_string( $answer[ $name ] ?? null ) ? $answer[ $name ] : '';
	}

	/**
	 * A http(s) address, or null.
	 *
	 * @param mixed $said What the sidecar said.
	 */
	public static function address( $said ): ?string {
		return is_string( $said ) && 1 === preg_match( '#\Ahttps?://[^\s\x00-\x1f]+\z#i', $said ) ? $said : null;
	}

	/**
	 * A JSON object; empty when it is none.
	 *
	 * @param string|null $json JSON.
	 * @return array<string, mixed>
	 */
	public static function object( ?string $json ): array {
		$value = null === $json ? null : json_decode( $json, true );
		return is_array( $value ) ? $value : array();
	}
}
