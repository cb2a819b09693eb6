<?php
/**
 * How the key of a pairing is replaced.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Whatever is lost on the way, one of the two keys always works, and the next attempt finishes what
 * this one began.
 */
final class Rotation {

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Unix seconds.
	 *
	 * @var callable(): int
	 */
	private $clock;

	/**
	 * Does nothing yet.
	 *
	 * @param Secret_Store    $secrets Keys.
	 * @param Sidecar_Client  $client  The way to the sidecar.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Secret_Store $secrets, Sidecar_Client $client, callable $clock ) {
		$this->secrets = $secrets;
		$this->client  = $client;
		$this->clock   = $clock;
	}

	/**
	 * Replaces the key: the sidecar makes the next one, a call signed with it proves that it arrived,
	 * and only then it becomes the current one. Under the lock of the pairing.
	 *
	 * @return true|WP_Error
	 */
	public function rotate() {
		if ( $this->secrets->is_from_config() ) {
			return Failure::fixed_in_config( __( 'The secret stands in wp-config.php, where Pearlbridge cannot change it.', 'pearlbridge' ) );
		}
		// A rotation that was cut short is finished first: the sidecar may be ahead of us.
		$this->settle();
		$answer = $this->client->request( 'POST', '/v1/rotate', array(), Sidecar_Client::COMMAND );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$current = $this->secrets->current();
		$plain   = null === $current ? null : Pairing_Code::unseal_rotation( $current, Json::text( $answer, 'sealed' ) );
		$grant   = Json::object( $plain );
		$next    = Key::read( $grant['keyId'] ?? null, $grant['secret'] ?? null, ( $this->clock )() );
		if ( null === $next ) {
			return Failure::bad_seal( __( 'Nothing was changed. Try again.', 'pearlbridge' ) );
		}
		if ( ! $this->secrets->keep_next( $next ) ) {
			return Failure::not_stored();
		}
		return $this->settle();
	}

	/**
	 * Finishes a rotation: when the sidecar takes the next key it becomes the current one, and when
	 * the sidecar does not know it, it goes. Under the lock of the pairing.
	 *
	 * @return true|WP_Error
	 */
	public function settle() {
		$record = Pairing_Record::load();
		$next   = $this->secrets->next();
		if ( null === $record || null === $next ) {
			return true;
		}
		if ( Clone_Guard::has_moved( $record->home ) ) {
			return Failure::site_moved();
		}
		$answer = $this->client->request_as( $record, $next, 'GET', '/v1/ping' );
		if ( ! is_wp_error( $answer ) ) {
			$this->secrets->promote( ( $this->clock )() );
			return true;
		}
		if ( in_array( Failure::datum( $answer, 'refusal' ), array( 'unknown-key', 'wrong-signature' ), true ) ) {
			$this->secrets->drop_next();
		}
		return $answer;
	}
}
