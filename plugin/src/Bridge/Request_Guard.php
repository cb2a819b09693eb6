<?php
/**
 * Lets the sidecar in.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * The permission of the routes below `sidecar/`: a signature v1 over the request as it came.
 */
class Request_Guard {

	/** Wrong signatures from one address that are logged in one minute. None of them locks anybody out: behind a proxy the sidecar shares its address with others. */
	const LOGGED = 20;

	/**
	 * Statuses of the refusals.
	 */
	const STATUS = array(
		'bad-headers'     => 400,
		'bad-request'     => 400,
		'too-large'       => 413,
		'unknown-key'     => 401,
		'clock-skew'      => 401,
		'wrong-signature' => 401,
		'replayed'        => 409,
		'site-moved'      => 409,
		'unavailable'     => 503,
	);

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * Nonces.
	 *
	 * @var Nonce_Table
	 */
	private $nonces;

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
	 * @param Nonce_Table     $nonces  Nonces.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Secret_Store $secrets, Nonce_Table $nonces, callable $clock ) {
		$this->secrets = $secrets;
		$this->nonces  = $nonces;
		$this->clock   = $clock;
	}

	/**
	 * Whether the paired sidecar has signed this request.
	 *
	 * @param WP_REST_Request $request Request.
	 * @return true|WP_Error
	 */
	public function check( WP_REST_Request $request ) {
		$now  = ( $this->clock )();
		$body = (string) $request->get_body();
		if ( strlen( $body ) > Signature::BODY_LIMIT ) {
			return $this->refuse( 'too-large', __( 'The request is too large.', 'pearlbridge' ) );
		}
		$path = self::signed_path( $request );
		if ( null === $path ) {
			return $this->refuse( 'bad-request', __( 'The address of the request does not name the route.', 'pearlbridge' ) );
		}
		$record  = Pairing_Record::load();
		$headers = array();
		foreach ( Signature::HEADERS as $name ) {
			$headers[ $name ] = $request->get_header( $name );
		}
		$verdict = Signature::verify(
			$headers,
			$request->get_method(),
			$path,
			$body,
			function ( string $key_id ) use ( $now, $record ): ?Key {
				return null === $record ? null : $this->secrets->find( $key_id, $now );
			},
			$now
		);
		return $this->judge( $verdict, $record, $now );
	}

	/**
	 * What becomes of a verdict.
	 *
	 * @param array{reason: string, key: Key|null, nonce: string} $verdict Of Signature::verify().
	 * @param Pairing_Record|null                                 $record  Pairing.
	 * @param int                                                 $now     Unix seconds.
	 * @return true|WP_Error
	 */
	private function judge( array $verdict, ?Pairing_Record $record, int $now ) {
		$key = $verdict['key'];
		switch ( $verdict['reason'] ) {
			case 'ok':
				break;
			case 'bad-headers':
				return $this->refuse( 'bad-headers', __( 'The request is not signed as signature v1 is.', 'pearlbridge' ) );
			case 'unknown-key':
				return $this->refuse( 'unknown-key', __( 'This shop does not know the key.', 'pearlbridge' ) );
			case 'clock-skew':
				return $this->refuse( 'clock-skew', __( 'The clocks differ by more than five minutes.', 'pearlbridge' ), array( 'time' => $now ) );
			default:
				self::log_failure();
				return $this->refuse( 'wrong-signature', __( 'The signature does not fit the request.', 'pearlbridge' ) );
		}
		if ( null === $key || null === $record ) {
			return $this->refuse( 'unknown-key', __( 'This shop does not know the key.', 'pearlbridge' ) );
		}
		$is_new = $this->nonces->use_up( $key->id(), $verdict['nonce'], $now );
		if ( null === $is_new ) {
			return $this->refuse( 'unavailable', __( 'The database of the shop does not answer.', 'pearlbridge' ) );
		}
		if ( ! $is_new ) {
			return $this->refuse( 'replayed', __( 'The request was made before.', 'pearlbridge' ) );
		}
		if ( Clone_Guard::has_moved( $record->home ) ) {
			return $this->refuse( 'site-moved', __( 'The address of this site has changed since it was paired.', 'pearlbridge' ) );
		}
		$next = $this->secrets->next();
		if ( null !== $next && $next->id() === $key->id() ) {
			// The sidecar signs with the new key: it has heard of it, though we never heard back.
			$this->secrets->promote( $now );
		}
		Usage::worked( $now );
		/** The sidecar has called, and no shopper waits. */
		do_action( 'pearlbridge_sidecar_called' );
		return true;
	}

	/**
	 * The path with query below home, as it came over the wire; null when it does not name the route
	 * that is being asked (a dispatch inside PHP, say), so that a signature is good for nothing else.
	 *
	 * @param WP_REST_Request $request Request.
	 */
	private static function signed_path( WP_REST_Request $request ): ?string {
		$uri  = isset( $_SERVER['REQUEST_URI'] ) && is_string( $_SERVER['REQUEST_URI'] ) ? wp_unslash( $_SERVER['REQUEST_URI'] ) : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- Byte for byte what was signed; only compared.
		$home = (string) wp_parse_url( Clone_Guard::home(), PHP_URL_PATH );
		// A proxy in front of the shop may have taken the folder off.
		$path     = Signature::path_below( $home, $uri ) ?? Signature::path_below( '', $uri );
		$location = explode( '?', (string) $path, 2 );
		parse_str( $location[1] ?? '', $query );
		$route = $request->get_route();
		$named = isset( $query['rest_route'] ) ? $query['rest_route'] : rawurldecode( $location[0] );
		return null !== $path && is_string( $named ) && substr( untrailingslashit( $named ), -strlen( $route ) ) === $route ? $path : null;
	}

	/**
	 * A refusal, in the words of the sidecar's own.
	 *
	 * @param string               $code    Reason code.
	 * @param string               $message Message.
	 * @param array<string, mixed> $more    More data.
	 */
	private function refuse( string $code, string $message, array $more = array() ): WP_Error {
		return new WP_Error( $code, $message, array_merge( array( 'status' => self::STATUS[ $code ] ), $more ) );
	}

	/**
	 * Logs a wrong signature, until this address has filled its share of the minute. Only for
	 * signatures made in the name of a key we know, so that strangers cannot make us write.
	 */
	private static function log_failure(): void {
		$failures = (int) get_transient( self::counter() );
		if ( $failures < self::LOGGED ) {
			set_transient( self::counter(), $failures + 1, MINUTE_IN_SECONDS );
			Log::warning( 'A call in the name of the sidecar had a wrong signature.' );
		}
	}

	/**
	 * The counter of this address.
	 */
	private static function counter(): string {
		$address = isset( $_SERVER['REMOTE_ADDR'] ) && is_string( $_SERVER['REMOTE_ADDR'] ) ? wp_unslash( $_SERVER['REMOTE_ADDR'] ) : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- Only hashed.
		return 'pearlbridge_tries_' . substr( hash( 'sha256', $address ), 0, 16 );
	}
}
