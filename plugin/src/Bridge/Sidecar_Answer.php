<?php
/**
 * Reads what came back from the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Turns an answer of the HTTP API into JSON text, or into a failure a person can read. A status
 * of 500 and above tells the console that the call may have been carried out all the same.
 */
final class Sidecar_Answer {

	/** Largest answer, in bytes. */
	const LIMIT = 4194304;

	/**
	 * The JSON text of a good answer.
	 *
	 * @param array<string, mixed>|WP_Error $answer     Of wp_remote_request().
	 * @param string                        $request_id Ours.
	 * @param int                           $now        Unix seconds.
	 * @return string|WP_Error
	 */
	public static function read( $answer, string $request_id, int $now ) {
		if ( is_wp_error( $answer ) ) {
			return self::lost( $answer, $request_id );
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		$body   = (string) wp_remote_retrieve_body( $answer );
		$said   = json_decode( $body );
		$error  = is_object( $said ) && isset( $said->error ) && is_object( $said->error ) ? $said->error : null;
		if ( $status >= 500 ) {
			return self::unreachable(
				/* translators: %d: HTTP status code. */
				self::text( $error->message ?? null, sprintf( __( 'The sidecar answered with the error %d.', 'pearlbridge' ), $status ) ),
				self::text( $error->fix ?? null, __( 'Look into the log of the sidecar, and of the web server in front of it.', 'pearlbridge' ) ),
				$request_id
			);
		}
		if ( $status >= 400 && null !== $error ) {
			return self::refused( $status, $error, $said->time ?? null, $request_id, $now );
		}
		if ( $status < 200 || $status >= 300 || ! is_object( $said ) || strlen( $body ) > self::LIMIT ) {
			return self::strange( $status, strlen( $body ), $request_id );
		}
		return $body;
	}

	/**
	 * No answer came.
	 *
	 * @param WP_Error $error      What the HTTP API says.
	 * @param string   $request_id Ours.
	 */
	private static function lost( WP_Error $error, string $request_id ): WP_Error {
		$why = $error->get_error_message();
		// The HTTP API has one code for every fault; 28 is curl's number for a timeout.
		if ( 1 === preg_match( '/cURL error 28\b|timed? ?out/i', $why ) ) {
			return Failure::of(
				'sidecar_timeout',
				504,
				__( 'The sidecar takes too long to answer.', 'pearlbridge' ),
				__( 'What was begun goes on there. Look again in a moment.', 'pearlbridge' ),
				array( 'requestId' => $request_id )
			);
		}
		return self::unreachable(
			/* translators: %s: technical reason. */
			sprintf( __( 'The sidecar cannot be reached: %s', 'pearlbridge' ), self::text( preg_replace( '/^cURL error \d+:?/', '', $why ), __( 'no connection', 'pearlbridge' ) ) ),
			__( 'Check that it is running and that this server may connect to it.', 'pearlbridge' ),
			$request_id
		);
	}

	/**
	 * The sidecar said no.
	 *
	 * @param int    $status     HTTP status.
	 * @param object $error      What it said.
	 * @param mixed  $time       Its clock, in unix seconds, when it minds ours.
	 * @param string $request_id Ours.
	 * @param int    $now        Unix seconds.
	 */
	private static function refused( int $status, $error, $time, string $request_id, int $now ): WP_Error {
		$code = isset( $error->code ) && is_string( $error->code ) ? $error->code : '';
		if ( 'clock-skew' === $code && is_int( $time ) ) {
			return Failure::of(
				'clock_skew',
				409,
				sprintf(
					/* translators: %s: a span of time such as "7 minutes". */
					__( 'The clocks of this server and of the sidecar differ by %s.', 'pearlbridge' ),
					human_time_diff( $now, $time )
				),
				__( 'Let both machines set their clocks by a time server.', 'pearlbridge' ),
				array(
					'seconds'   => $time - $now,
					'requestId' => $request_id,
				)
			);
		}
		return Failure::of(
			'sidecar_rejected',
			$status,
			self::text( $error->message ?? null, __( 'The sidecar refused this.', 'pearlbridge' ) ),
			self::text( $error->fix ?? null, '' ),
			array(
				'refusal'   => self::text( $code, 'unknown' ),
				'details'   => isset( $error->details ) && is_array( $error->details ) ? $error->details : null,
				'requestId' => $request_id,
			)
		);
	}

	/**
	 * Something answered, but not a sidecar as we know it.
	 *
	 * @param int    $status     HTTP status.
	 * @param int    $size       Bytes of the body.
	 * @param string $request_id Ours.
	 */
	private static function strange( int $status, int $size, string $request_id ): WP_Error {
		if ( $status >= 300 && $status < 400 ) {
			$message = __( 'The address of the sidecar redirects elsewhere; Pearlbridge does not follow.', 'pearlbridge' );
		} elseif ( $size > self::LIMIT ) {
			$message = __( 'The answer of the sidecar is too large.', 'pearlbridge' );
		} else {
			/* translators: %d: HTTP status code. */
			$message = sprintf( __( 'What answers at the address of the sidecar is not a Pearlbridge sidecar (status %d).', 'pearlbridge' ), $status );
		}
		return self::unreachable( $message, __( 'Check the address, and what stands in front of the sidecar.', 'pearlbridge' ), $request_id );
	}

	/**
	 * The 502.
	 *
	 * @param string $message    Message.
	 * @param string $fix        What to do.
	 * @param string $request_id Ours.
	 */
	private static function unreachable( string $message, string $fix, string $request_id ): WP_Error {
		return Failure::of( 'sidecar_unreachable', 502, $message, $fix, array( 'requestId' => $request_id ) );
	}

	/**
	 * A text of the other side as plain text of a sane length.
	 *
	 * @param mixed  $said What it said.
	 * @param string $otherwise When that is no text.
	 */
	private static function text( $said, string $otherwise ): string {
		$text = is_string( $said ) ? trim( wp_strip_all_tags( $said, true ) ) : '';
		return '' === $text ? $otherwise : wp_html_excerpt( $text, 500, '…' );
	}
}
