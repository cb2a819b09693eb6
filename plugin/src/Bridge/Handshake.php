<?php
/**
 * How a pairing begins.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * The one-time code is proved and never sent; the sidecar's answer opens with it or is refused; and
 * the pairing counts only after a first signed call was answered. Until then nothing is kept.
 */
final class Handshake {

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
	 * Rules for addresses.
	 *
	 * @var Sidecar_Url
	 */
	private $urls;

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
	 * @param Sidecar_Url     $urls    Rules for addresses.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Secret_Store $secrets, Sidecar_Client $client, Sidecar_Url $urls, callable $clock ) {
		$this->secrets = $secrets;
		$this->client  = $client;
		$this->urls    = $urls;
		$this->clock   = $clock;
	}

	/**
	 * Pairs with a sidecar. Under the lock of the pairing.
	 *
	 * @param string $url          Its address.
	 * @param string $code         The one-time code.
	 * @param bool   $confirm_http The person accepts plain http on a private network.
	 * @return true|WP_Error
	 */
	public function pair( string $url, string $code, bool $confirm_http ) {
		if ( $this->secrets->is_from_config() ) {
			return Failure::fixed_in_config( __( 'A new pairing brings a new secret, but PEARLBRIDGE_SECRET in wp-config.php would win over it.', 'pearlbridge' ) );
		}
		$address = $this->urls->read( $url, $confirm_http );
		if ( is_wp_error( $address ) ) {
			return $address;
		}
		$read = Pairing_Code::read( $code );
		return null === $read ? self::no_code() : $this->begin( $address, $read );
	}

	/**
	 * The exchange itself.
	 *
	 * @param string       $url  Base URL.
	 * @param Pairing_Code $code Code.
	 * @return true|WP_Error
	 */
	private function begin( string $url, Pairing_Code $code ) {
		$body   = (string) wp_json_encode(
			array(
				'connection'    => null,
				'storeUrl'      => Clone_Guard::home(),
				'siteId'        => Clone_Guard::site_id(),
				'pluginVersion' => PEARLBRIDGE_VERSION,
				'wpVersion'     => (string) get_bloginfo( 'version' ),
				'wcVersion'     => defined( 'WC_VERSION' ) ? (string) WC_VERSION : null,
				'time'          => ( $this->clock )(),
			),
			JSON_UNESCAPED_SLASHES
		);
		$proof  = $code->proof( $body );
		$answer = $this->client->pair( $url, $body, $proof );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$grant = Json::object( $code->unseal( Json::text( $answer, 'sealed' ), $proof ) );
		$key   = Key::read( $grant['keyId'] ?? null, $grant['secret'] ?? null, ( $this->clock )() );
		if ( null === $key || '' === Json::text( $grant, 'sidecarId' ) || '' === Json::text( $grant, 'connection' ) ) {
			return Failure::bad_seal( __( 'Check the address; then ask the sidecar for a new code.', 'pearlbridge' ) );
		}
		$record              = new Pairing_Record();
		$record->sidecar_url = $url;
		$record->sidecar_id  = Json::text( $grant, 'sidecarId' );
		$record->connection  = Json::text( $grant, 'connection' );
		$record->webhook_url = Json::address( $grant['webhookUrl'] ?? null );
		$record->home        = Clone_Guard::fingerprint();
		$record->since       = ( $this->clock )();
		return $this->go_live( $record, $key );
	}

	/**
	 * Keeps the secret, and takes the pairing for real once a signed call was answered.
	 *
	 * @param Pairing_Record $record Pairing.
	 * @param Key            $key    Its key.
	 * @return true|WP_Error
	 */
	private function go_live( Pairing_Record $record, Key $key ) {
		if ( ! $this->secrets->keep( $key ) ) {
			return Failure::not_stored();
		}
		Usage::forget();
		$answer = $this->client->request_as( $record, $key, 'GET', '/v1/ping' );
		if ( is_wp_error( $answer ) && (int) Failure::datum( $answer, 'status' ) >= 500 ) {
			// The code is burnt by now: one lost packet should not cost a new one.
			$answer = $this->client->request_as( $record, $key, 'GET', '/v1/ping' );
		}
		$learnt = is_wp_error( $answer ) ? $answer : $record->learn( $answer, false );
		if ( is_wp_error( $learnt ) ) {
			$this->client->request_as( $record, $key, 'POST', '/v1/revoke', array() );
			$this->secrets->forget();
			Usage::forget();
			return Failure::of(
				(string) $learnt->get_error_code(),
				(int) ( Failure::datum( $learnt, 'status' ) ?? 502 ),
				/* translators: %s: what went wrong, one sentence. */
				sprintf( __( 'The pairing was agreed on, but the first signed call failed: %s', 'pearlbridge' ), $learnt->get_error_message() ),
				__( 'Ask the sidecar for a new code and pair again.', 'pearlbridge' )
			);
		}
		$record->save();
		return true;
	}

	/**
	 * What was typed is no code.
	 */
	private static function no_code(): WP_Error {
		$message = __( 'This is not a pairing code.', 'pearlbridge' );
		return Failure::of(
			'invalid_code',
			400,
			$message,
			__( 'A code has twenty letters and digits, such as the sidecar prints for “pearlbridge pair”.', 'pearlbridge' ),
			array(
				'details' => array(
					array(
						'path'    => 'code',
						'message' => $message,
					),
				),
			)
		);
	}
}
