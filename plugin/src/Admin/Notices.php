<?php
/**
 * Notices.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * Only when orders or stock do not flow until a person acts. Not on the dashboard, and to nobody
 * who can do nothing about it.
 */
final class Notices {

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * Shows nothing yet.
	 *
	 * @param Pairing      $pairing Pairing.
	 * @param Secret_Store $secrets Keys.
	 */
	public function __construct( Pairing $pairing, Secret_Store $secrets ) {
		$this->pairing = $pairing;
		$this->secrets = $secrets;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'admin_notices', array( $this, 'show' ) );
	}

	/**
	 * Shows what there is, on the screens of WooCommerce and of plugins.
	 */
	public function show(): void {
		$screen = get_current_screen();
		$where  = null === $screen ? '' : $screen->id;
		if ( ! current_user_can( Rights::CAPABILITY ) || ( 'plugins' !== $where && false === strpos( $where, 'woocommerce' ) && false === strpos( $where, 'wc-' ) && false === strpos( $where, 'shop_order' ) ) ) {
			return;
		}
		if ( Pairing::MOVED === $this->pairing->state() ) {
			$this->show_moved();
			return;
		}
		foreach ( $this->notices() as $notice ) {
			self::show_one( $notice );
		}
	}

	/**
	 * What is to be told.
	 *
	 * @return list<array<string, string>>
	 */
	private function notices(): array {
		$notices = array();
		if ( Pairing::PAIRED === $this->pairing->state() ) {
			$health = $this->secrets->health();
			if ( Secret_Store::OK !== $health ) {
				$notices[] = array(
					'type'    => 'error',
					'message' => Secret_Store::WRONG_CONFIG === $health
						? __( 'Pearlbridge is paused: PEARLBRIDGE_SECRET in wp-config.php is not a key. Write it as key id, colon, secret in base64; or remove it and pair again.', 'pearlbridge' )
						: __( 'Pearlbridge is paused: the secret of its pairing cannot be read any more, because the salts in wp-config.php have changed. Forget the pairing and pair again.', 'pearlbridge' ),
					'url'     => Menu::url(),
					'label'   => __( 'Open Pearlbridge', 'pearlbridge' ),
				);
			} elseif ( Usage::is_lost() ) {
				$notices[] = array(
					'type'    => 'error',
					'message' => __( 'Pearlbridge is paused: its sidecar does not know this shop any more. Forget the pairing and pair again.', 'pearlbridge' ),
					'url'     => Menu::url(),
					'label'   => __( 'Open Pearlbridge', 'pearlbridge' ),
				);
			}
		}
		/**
		 * What else keeps orders or stock from flowing until a person acts.
		 *
		 * @param array<int, array<string, string>> $notices Each with `type` (`warning`, `error`), `message` in plain text, and optionally `url` and `label`.
		 */
		$all = apply_filters( 'pearlbridge_notices', $notices );
		return is_array( $all ) ? array_values( array_filter( $all, 'is_array' ) ) : $notices;
	}

	/**
	 * One notice.
	 *
	 * @param array<string, string> $notice Notice.
	 */
	private static function show_one( array $notice ): void {
		$text = esc_html( $notice['message'] ?? '' );
		if ( '' !== ( $notice['url'] ?? '' ) ) {
			$text .= sprintf( ' <a href="%s">%s</a>', esc_url( $notice['url'] ), esc_html( $notice['label'] ?? __( 'Open Pearlbridge', 'pearlbridge' ) ) );
		}
		wp_admin_notice( $text, array( 'type' => 'error' === ( $notice['type'] ?? '' ) ? 'error' : 'warning' ) );
	}

	/**
	 * The site is not where it was when it was paired.
	 */
	private function show_moved(): void {
		$failure = Moved_Form::failure();
		echo '<div class="notice notice-warning"><p><strong>', esc_html__( 'Pearlbridge is paused: the address of this site has changed since it was paired.', 'pearlbridge' ), '</strong> ';
		echo esc_html__( 'A copy must not push orders in the name of the shop. Which of the two is this?', 'pearlbridge' ), '</p>';
		if ( '' !== $failure ) {
			echo '<p>', esc_html( $failure ), '</p>';
		}
		Moved_Form::print_form();
		echo '</div>';
	}
}
