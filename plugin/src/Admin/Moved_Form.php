<?php
/**
 * The two choices of a site that has moved.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * A plain form: it must work on every screen, and also when scripts do not.
 */
final class Moved_Form {

	const ACTION = 'pearlbridge_moved';

	/** Where a failure waits for the next screen, for a minute and for one user. */
	const FAILURE = 'pearlbridge_moved_failure_';

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Shows nothing yet.
	 *
	 * @param Pairing $pairing Pairing.
	 */
	public function __construct( Pairing $pairing ) {
		$this->pairing = $pairing;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'handle' ) );
	}

	/**
	 * The form.
	 */
	public static function print_form(): void {
		echo '<form method="post" action="', esc_url( admin_url( 'admin-post.php' ) ), '"><p>';
		echo '<input type="hidden" name="action" value="', esc_attr( self::ACTION ), '" />';
		wp_nonce_field( self::ACTION );
		echo '<button class="button" name="choice" value="moved">', esc_html__( 'This is the shop at its new address', 'pearlbridge' ), '</button> ';
		echo '<button class="button" name="choice" value="copy">', esc_html__( 'This is a copy: forget the pairing here', 'pearlbridge' ), '</button>';
		echo '</p></form>';
	}

	/**
	 * What was chosen.
	 */
	public function handle(): void {
		check_admin_referer( self::ACTION );
		if ( ! current_user_can( Rights::CAPABILITY ) ) {
			wp_die( esc_html__( 'Your user may not manage WooCommerce.', 'pearlbridge' ), '', array( 'response' => 403 ) );
		}
		$choice = isset( $_POST['choice'] ) ? sanitize_key( wp_unslash( $_POST['choice'] ) ) : '';
		$result = true;
		// Somebody else may have chosen already; a copy is only forgotten where there is one.
		if ( Pairing::MOVED === $this->pairing->state() ) {
			if ( 'moved' === $choice ) {
				$result = $this->pairing->move();
			} elseif ( 'copy' === $choice ) {
				$result = $this->pairing->forget();
			}
		}
		if ( is_wp_error( $result ) ) {
			set_transient( self::FAILURE . get_current_user_id(), $result->get_error_message(), MINUTE_IN_SECONDS );
		}
		// Relative, because WordPress may be at another host than the shop.
		wp_safe_redirect( add_query_arg( 'page', Menu::SLUG, admin_url( 'admin.php', 'relative' ) ) );
		exit;
	}

	/**
	 * Why the last choice of this user came to nothing, once.
	 */
	public static function failure(): string {
		$name    = self::FAILURE . get_current_user_id();
		$message = get_transient( $name );
		if ( ! is_string( $message ) || '' === $message ) {
			return '';
		}
		delete_transient( $name );
		return $message;
	}
}
