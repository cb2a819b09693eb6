<?php
/**
 * The way back from Brightpearl's consent page.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * Brightpearl sends the browser here with a code and the state of the consent. Both are handed on to the sidecar over
 * the signed channel, which alone can do anything with them, and leave the browser's address at once. The state, which
 * the sidecar made for this connection and takes once, stands where a nonce would.
 */
final class Consent_Return {

	/** Where the outcome waits for the next screen, for a minute and for one user. */
	const OUTCOME = 'pearlbridge_consent_outcome_';

	/** Characters of a code or state at most. */
	const LONGEST = 2000;

	/** Seconds: the sidecar asks Brightpearl meanwhile. */
	const TIMEOUT = 40;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Asks nothing yet.
	 *
	 * @param Sidecar_Client $client The way to the sidecar.
	 */
	public function __construct( Sidecar_Client $client ) {
		$this->client = $client;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'admin_init', array( $this, 'on_return' ) );
		add_action( 'admin_notices', array( $this, 'show' ) );
	}

	/**
	 * The address Brightpearl is to send the browser back to, as it has to be registered there.
	 */
	public static function url(): string {
		return Menu::url();
	}

	/**
	 * The browser comes back.
	 */
	public function on_return(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- Brightpearl sends the browser here; the state is the proof.
		if ( ! isset( $_GET['page'], $_GET['state'] ) || Menu::SLUG !== $_GET['page'] || ! ( isset( $_GET['code'] ) || isset( $_GET['error'] ) ) || ! current_user_can( Rights::CAPABILITY ) ) {
			return;
		}
		$given = array();
		foreach ( array( 'state', 'code', 'error', 'error_description' ) as $name ) {
			// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- WordPress's functions change what is a secret to the letter; what it may hold is checked below.
			$given[ $name ] = self::text( isset( $_GET[ $name ] ) ? wp_unslash( $_GET[ $name ] ) : null );
		}
		// phpcs:enable
		$this->keep( $this->hand_on( $given ) );
		if ( ! headers_sent() ) {
			nocache_headers();
			header( 'Referrer-Policy: no-referrer' );
		}
		// Relative, because WordPress may be at another host than the shop.
		wp_safe_redirect( add_query_arg( 'page', Menu::SLUG, admin_url( 'admin.php', 'relative' ) ) . '#/pairing' );
		exit;
	}

	/**
	 * What came of it, once, on our own screen.
	 */
	public function show(): void {
		$screen = get_current_screen();
		$name   = self::OUTCOME . get_current_user_id();
		if ( null === $screen || false === strpos( $screen->id, Menu::SLUG ) || ! current_user_can( Rights::CAPABILITY ) ) {
			return;
		}
		$outcome = get_transient( $name );
		if ( ! is_array( $outcome ) || ! isset( $outcome['type'], $outcome['message'] ) ) {
			return;
		}
		delete_transient( $name );
		wp_admin_notice( esc_html( (string) $outcome['message'] ), array( 'type' => 'success' === $outcome['type'] ? 'success' : 'error' ) );
	}

	/**
	 * Hands on what came back.
	 *
	 * @param array<string, string|null> $given By name; null = not there.
	 * @return array{type: string, message: string}
	 */
	private function hand_on( array $given ): array {
		if ( null === $given['state'] || ( null === $given['code'] && null === $given['error'] ) ) {
			return self::failed( __( 'What came back from Brightpearl cannot be read.', 'pearlbridge' ), __( 'Press “Authorize with Brightpearl” again.', 'pearlbridge' ) );
		}
		$answer = $this->client->request(
			'POST',
			'/v1/oauth/brightpearl',
			array_filter(
				array(
					'state'            => $given['state'],
					'code'             => $given['code'],
					'error'            => null === $given['error'] ? null : substr( $given['error'], 0, 100 ),
					'errorDescription' => null === $given['error_description'] ? null : substr( $given['error_description'], 0, 500 ),
				),
				'is_string'
			),
			self::TIMEOUT
		);
		if ( is_wp_error( $answer ) ) {
			$fix = Failure::datum( $answer, 'fix' );
			return self::failed( $answer->get_error_message(), is_string( $fix ) ? $fix : '' );
		}
		return array(
			'type'    => 'success',
			'message' => __( 'Brightpearl has given its consent: Pearlbridge may use the account now. If you began in another tab, this one can be closed.', 'pearlbridge' ),
		);
	}

	/**
	 * Keeps the outcome for the screen the browser is sent to.
	 *
	 * @param array{type: string, message: string} $outcome Outcome.
	 */
	private function keep( array $outcome ): void {
		set_transient( self::OUTCOME . get_current_user_id(), $outcome, MINUTE_IN_SECONDS );
	}

	/**
	 * An outcome that is none.
	 *
	 * @param string $message What is wrong.
	 * @param string $fix     What to do, or empty.
	 * @return array{type: string, message: string}
	 */
	private static function failed( string $message, string $fix ): array {
		return array(
			'type'    => 'error',
			'message' => trim( __( 'Brightpearl is not connected.', 'pearlbridge' ) . ' ' . $message . ' ' . $fix ),
		);
	}

	/**
	 * A parameter as it is: printable ASCII of a sane length; null = it is not there, or something else.
	 *
	 * @param mixed $value Value.
	 */
	private static function text( $value ): ?string {
		return is_string( $value ) && 1 === preg_match( '/^[\x20-\x7E]{1,' . self::LONGEST . '}\z/', $value ) ? $value : null;
	}
}
