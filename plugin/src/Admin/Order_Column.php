<?php
/**
 * The column of the list of orders.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * Shows what the sidecar wrote on the order (settings `writeBack.meta`), and asks nobody: a list
 * must not wait for another machine. In both stores of orders.
 */
final class Order_Column {

	const COLUMN = 'pearlbridge';

	/** What the sidecar writes: Brightpearl's sales order id, and the name of its status. */
	const SALES_ORDER = '_pearlbridge_sales_order';
	const STATUS      = '_pearlbridge_status';

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
		add_filter( 'manage_edit-shop_order_columns', array( $this, 'columns' ), 20 );
		add_filter( 'manage_woocommerce_page_wc-orders_columns', array( $this, 'columns' ), 20 );
		add_action( 'manage_shop_order_posts_custom_column', array( $this, 'cell' ), 10, 2 );
		add_action( 'manage_woocommerce_page_wc-orders_custom_column', array( $this, 'cell' ), 10, 2 );
	}

	/**
	 * Adds the column after the status, or at the end where that is hidden by others.
	 *
	 * @param mixed $columns Columns.
	 * @return mixed
	 */
	public function columns( $columns ) {
		if ( ! is_array( $columns ) || ! current_user_can( Rights::CAPABILITY ) || Pairing::UNPAIRED === $this->pairing->state() ) {
			return $columns;
		}
		$ours = array( self::COLUMN => __( 'Brightpearl', 'pearlbridge' ) );
		$at   = array_search( 'order_status', array_keys( $columns ), true );
		return false === $at
			? $columns + $ours
			: array_slice( $columns, 0, $at + 1, true ) + $ours + array_slice( $columns, $at + 1, null, true );
	}

	/**
	 * One cell.
	 *
	 * @param mixed $column      Column.
	 * @param mixed $order_or_id Order (HPOS) or its id (posts).
	 */
	public function cell( $column, $order_or_id ): void {
		if ( self::COLUMN !== $column ) {
			return;
		}
		$order       = $order_or_id instanceof \WC_Order ? $order_or_id : wc_get_order( $order_or_id );
		$sales_order = $order instanceof \WC_Order ? self::text( $order, self::SALES_ORDER ) : '';
		$status      = $order instanceof \WC_Order ? self::text( $order, self::STATUS ) : '';
		if ( '' === $sales_order && '' === $status ) {
			echo '<span aria-hidden="true">—</span><span class="screen-reader-text">', esc_html__( 'Nothing known of Brightpearl', 'pearlbridge' ), '</span>';
			return;
		}
		echo '' === $sales_order ? '' : '<strong>' . esc_html( $sales_order ) . '</strong>';
		echo '' === $sales_order || '' === $status ? '' : '<br />';
		echo esc_html( $status );
	}

	/**
	 * Meta as text; what another plugin put there instead is nothing.
	 *
	 * @param \WC_Order $order Order.
	 * @param string    $key   Key.
	 */
	public static function text( \WC_Order $order, string $key ): string {
		$value = $order->get_meta( $key );
		return is_scalar( $value ) ? trim( (string) $value ) : '';
	}
}
