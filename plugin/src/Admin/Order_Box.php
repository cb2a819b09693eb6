<?php
/**
 * The box on the screen of an order.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * Says at once what the order itself knows; assets/order-box.js asks the console's routes for the
 * rest, so that the screen never waits for the sidecar. In both stores of orders.
 */
final class Order_Box {

	const HANDLE = 'pearlbridge-order-box';

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
		add_action( 'add_meta_boxes', array( $this, 'add' ) );
	}

	/**
	 * Adds the box.
	 */
	public function add(): void {
		if ( current_user_can( Rights::CAPABILITY ) && $this->pairing->is_live() ) {
			add_meta_box( 'pearlbridge-order', __( 'Pearlbridge', 'pearlbridge' ), array( $this, 'render' ), wc_get_page_screen_id( 'shop-order' ), 'side', 'default' );
		}
	}

	/**
	 * The box. Its script goes where the box is, and nowhere else.
	 *
	 * @param mixed $post_or_order Post, or order (HPOS).
	 */
	public function render( $post_or_order ): void {
		$order = $post_or_order instanceof \WP_Post ? wc_get_order( $post_or_order->ID ) : $post_or_order;
		if ( ! $order instanceof \WC_Order || 0 === $order->get_id() || 'auto-draft' === $order->get_status() ) {
			echo '<p>', esc_html__( 'Save the order first.', 'pearlbridge' ), '</p>';
			return;
		}
		$this->enqueue();
		$sales_order = Order_Column::text( $order, Order_Column::SALES_ORDER );
		$status      = Order_Column::text( $order, Order_Column::STATUS );
		printf( '<div class="pearlbridge-order-box" data-order="%d" aria-busy="true">', (int) $order->get_id() );
		echo '<div class="pearlbridge-order-box__facts">';
		if ( '' !== $sales_order ) {
			/* translators: %s: number of the sales order in Brightpearl. */
			echo '<p>', esc_html( sprintf( __( 'Sales order %s', 'pearlbridge' ), $sales_order ) ), '</p>';
		}
		if ( '' !== $status ) {
			/* translators: %s: name of a status in Brightpearl. */
			echo '<p>', esc_html( sprintf( __( 'Status in Brightpearl: %s', 'pearlbridge' ), $status ) ), '</p>';
		}
		echo '</div>';
		echo '<div class="pearlbridge-order-box__message" aria-live="polite"></div>';
		echo '<p class="pearlbridge-order-box__buttons"></p>';
		echo '<noscript><p>', esc_html__( 'More needs JavaScript, or the console.', 'pearlbridge' ), '</p></noscript>';
		// As the console's own links have it: #/orders/{connection}/{order}.
		$link = Menu::url() . '#/orders/' . rawurlencode( $this->pairing->connection() ) . '/' . $order->get_id();
		printf( '<p><a href="%s">%s</a></p></div>', esc_url( $link ), esc_html__( 'Open in Pearlbridge', 'pearlbridge' ) );
	}

	/**
	 * The script.
	 */
	private function enqueue(): void {
		wp_enqueue_script(
			self::HANDLE,
			plugins_url( 'assets/order-box.js', PEARLBRIDGE_FILE ),
			array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ),
			PEARLBRIDGE_VERSION,
			array(
				'in_footer' => true,
				'strategy'  => 'defer',
			)
		);
		wp_set_script_translations( self::HANDLE, 'pearlbridge', plugin_dir_path( PEARLBRIDGE_FILE ) . 'languages' );
	}
}
