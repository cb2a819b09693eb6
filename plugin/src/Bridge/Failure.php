<?php
/**
 * Expected failures.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the WP_Error the console understands: what is wrong, and in `data.fix` what to do.
 */
final class Failure {

	/**
	 * A failure.
	 *
	 * @param string               $code    Code.
	 * @param int                  $status  HTTP status the REST answer gets.
	 * @param string               $message One sentence.
	 * @param string               $fix     What to do, or empty.
	 * @param array<string, mixed> $more    More data; no secrets.
	 */
	public static function of( string $code, int $status, string $message, string $fix = '', array $more = array() ): WP_Error {
		return new WP_Error(
			$code,
			$message,
			array_merge(
				array(
					'status' => $status,
					'fix'    => '' === $fix ? null : $fix,
				),
				$more
			)
		);
	}

	/**
	 * No working pairing to speak through.
	 */
	public static function not_paired(): WP_Error {
		return self::of(
			'not_paired',
			409,
			__( 'This shop is not paired with a sidecar.', 'pearlbridge' ),
			__( 'Pair it under WooCommerce → Pearlbridge.', 'pearlbridge' )
		);
	}

	/**
	 * The clone guard has paused everything.
	 */
	public static function site_moved(): WP_Error {
		return self::of(
			'site_moved',
			409,
			__( 'The address of this site has changed since it was paired, so Pearlbridge is paused.', 'pearlbridge' ),
			__( 'Say under WooCommerce → Pearlbridge whether this is the shop at its new address or a copy of it.', 'pearlbridge' )
		);
	}

	/**
	 * Whoever answered does not know the code, or the key.
	 *
	 * @param string $fix What to do.
	 */
	public static function bad_seal( string $fix ): WP_Error {
		return self::of(
			'bad_seal',
			502,
			__( 'What answered could not prove that it is your sidecar.', 'pearlbridge' ),
			$fix
		);
	}

	/**
	 * The option could not be written.
	 */
	public static function not_stored(): WP_Error {
		return self::of(
			'not_stored',
			500,
			__( 'The secret could not be stored in the database of this site.', 'pearlbridge' ),
			__( 'Look into the log of the database, then try again with a new code.', 'pearlbridge' )
		);
	}

	/**
	 * The constant stands in the way.
	 *
	 * @param string $message What cannot be done.
	 */
	public static function fixed_in_config( string $message ): WP_Error {
		return self::of( 'secret_from_config', 409, $message, __( 'Remove PEARLBRIDGE_SECRET from wp-config.php first.', 'pearlbridge' ) );
	}

	/**
	 * The one datum of a failure.
	 *
	 * @param WP_Error $error Failure.
	 * @param string   $name  Name of the datum.
	 * @return mixed Null when it has none.
	 */
	public static function datum( WP_Error $error, string $name ) {
		$data = $error->get_error_data();
		return is_array( $data ) ? ( $data[ $name ] ?? null ) : null;
	}
}
