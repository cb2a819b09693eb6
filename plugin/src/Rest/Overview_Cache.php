<?php
/**
 * The overview, for a moment.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * Several tabs and people ask for the same overview at the same time. An answer is given again for
 * two seconds, unless something happened since it was asked for: then the console asks again just
 * because of that, and must not be told what it knows.
 */
final class Overview_Cache {

	const TRANSIENT = 'pearlbridge_overview';

	/** Seconds. */
	const LIFE = 2;

	/** Answers kept at once. */
	const MOST = 10;

	/**
	 * As microtime().
	 *
	 * @var callable
	 */
	private $clock;

	/**
	 * Empty at first.
	 *
	 * @param callable $clock As microtime().
	 */
	public function __construct( callable $clock ) {
		$this->clock = $clock;
	}

	/**
	 * A kept answer, or what is asked for now.
	 *
	 * @param string                                       $question Names what is asked, and with what input.
	 * @param callable(): (array<string, mixed>|\WP_Error) $ask      Asks.
	 * @return array<string, mixed>|\WP_Error
	 */
	public function remember( string $question, callable $ask ) {
		$name  = hash( 'sha256', $question );
		$now   = $this->now();
		$kept  = $this->read();
		$found = $kept['answers'][ $name ] ?? null;
		if ( null !== $found && $now - $found['at'] < self::LIFE ) {
			return (array) json_decode( $found['json'] );
		}
		$answer = $ask();
		if ( is_array( $answer ) && 0 === ( $answer['exit'] ?? null ) ) {
			$kept = $this->read();
			if ( $kept['changed'] <= $now ) {
				$kept['answers'] = array_slice( $kept['answers'], 1 - self::MOST, null, true );

				$kept['answers'][ $name ] = array(
					'at'   => $now,
					'json' => (string) wp_json_encode( $answer ),
				);
				set_transient( self::TRANSIENT, $kept, self::LIFE );
			}
		}
		return $answer;
	}

	/**
	 * Something happened.
	 */
	public function forget(): void {
		set_transient(
			self::TRANSIENT,
			array(
				'changed' => $this->now(),
				'answers' => array(),
			),
			self::LIFE
		);
	}

	/**
	 * What is kept.
	 *
	 * @return array{changed: float, answers: array<string, array{at: float, json: string}>}
	 */
	private function read(): array {
		$kept = get_transient( self::TRANSIENT );
		$kept = is_array( $kept ) ? $kept : array();
		return array(
			'changed' => (float) ( $kept['changed'] ?? 0 ),
			'answers' => (array) ( $kept['answers'] ?? array() ),
		);
	}

	/**
	 * Seconds with a fraction.
	 */
	private function now(): float {
		return (float) ( $this->clock )( true );
	}
}
