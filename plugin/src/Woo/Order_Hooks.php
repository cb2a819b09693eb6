<?php
/**
 * WooCommerce's hooks that tell that an order changed.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Orders reach a shop in many ways (classic and block checkout, wp-admin, REST, imports), and each fires its own
 * hooks in its own order, several of them before the order has its lines (WooCommerce reference 2, §3). So a
 * hook does no more than tell the recorder an id: no query, no HTTP, no exception while the request runs.
 *
 * Other plugins fire these hooks by hand, with fewer arguments than WooCommerce or with an order in the place of
 * its id. So every argument has a default and no type: an ArgumentCountError would end somebody's request.
 */
class Order_Hooks {

	/**
	 * Where ids go.
	 *
	 * @var Outbox_Recorder
	 */
	private $recorder;

	/**
	 * What is about to be deleted: site and id of an order or refund => id of the order; 0 = not an order.
	 * Afterwards the database no longer knows.
	 *
	 * @var array<string, int>
	 */
	private $deleting = array();

	/**
	 * Constructor.
	 *
	 * @param Outbox_Recorder $recorder Where ids go.
	 */
	public function __construct( Outbox_Recorder $recorder ) {
		$this->recorder = $recorder;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'woocommerce_new_order', array( $this, 'on_saved' ), 10, 2 );
		add_action( 'woocommerce_update_order', array( $this, 'on_saved' ), 10, 2 );
		add_action( 'woocommerce_order_status_changed', array( $this, 'on_status_changed' ), 10, 4 );
		add_action( 'woocommerce_trash_order', array( $this, 'on_order' ) );
		add_action( 'woocommerce_untrash_order', array( $this, 'on_order' ) );
		add_action( 'woocommerce_before_delete_order', array( $this, 'on_before_delete' ), 10, 2 );
		add_action( 'woocommerce_delete_order', array( $this, 'on_deleted' ) );
		add_action( 'woocommerce_order_refunded', array( $this, 'on_order' ) );
		add_action( 'woocommerce_refund_deleted', array( $this, 'on_refund_deleted' ), 10, 2 );
		add_action( 'woocommerce_rest_delete_shop_order_refund_object', array( $this, 'on_rest_refund_deleted' ), 10, 3 );
		add_action( 'woocommerce_order_note_added', array( $this, 'on_note_added' ), 10, 2 );

		// Orders kept as posts: wp-admin's list trashes and deletes them without asking WooCommerce.
		add_action( 'trashed_post', array( $this, 'on_post' ) );
		add_action( 'untrashed_post', array( $this, 'on_post' ) );
		add_action( 'before_delete_post', array( $this, 'on_post' ) );
	}

	/**
	 * `woocommerce_new_order`, `woocommerce_update_order`.
	 *
	 * @param mixed $id    Order.
	 * @param mixed $order The same, as an object.
	 */
	public function on_saved( $id = null, $order = null ): void {
		if ( ! $this->recorder->is_own_write( self::id( $id ) ) ) {
			$this->recorder->note( $id, $order );
		}
	}

	/**
	 * `woocommerce_order_status_changed`. A draft that becomes an order is one from here on.
	 *
	 * @param mixed $id    Order.
	 * @param mixed $from  Status before.
	 * @param mixed $to    Status now.
	 * @param mixed $order The order.
	 */
	public function on_status_changed( $id = null, $from = null, $to = null, $order = null ): void {
		$is_order = null === $to ? null : ! Outbox_Recorder::is_draft( $from ) || ! Outbox_Recorder::is_draft( $to );
		$this->recorder->note( $id, $order, $is_order );
	}

	/**
	 * Hooks that tell the order's id and no more.
	 *
	 * @param mixed $id Order.
	 */
	public function on_order( $id = null ): void {
		$this->recorder->note( $id );
	}

	/**
	 * `woocommerce_before_delete_order`: the last moment at which a draft or a refund can be told from an order.
	 *
	 * @param mixed $id    Order or refund.
	 * @param mixed $order The same, as an object.
	 */
	public function on_before_delete( $id = null, $order = null ): void {
		if ( ! $order instanceof \WC_Abstract_Order ) {
			return;
		}
		if ( 'shop_order_refund' === $order->get_type() ) {
			$this->deleting[ self::key( $id ) ] = (int) $order->get_parent_id( 'edit' );
		} elseif ( 'shop_order' !== $order->get_type() || Outbox_Recorder::is_draft( $order->get_status( 'edit' ) ) ) {
			$this->deleting[ self::key( $id ) ] = 0;
		}
	}

	/**
	 * `woocommerce_delete_order`: the row is gone.
	 *
	 * @param mixed $id Order or refund.
	 */
	public function on_deleted( $id = null ): void {
		$this->recorder->note( $this->deleting[ self::key( $id ) ] ?? $id );
	}

	/**
	 * `woocommerce_refund_deleted`.
	 *
	 * @param mixed $refund_id Refund, gone.
	 * @param mixed $order_id  Its order.
	 */
	public function on_refund_deleted( $refund_id = null, $order_id = null ): void {
		$this->recorder->note( $order_id );
	}

	/**
	 * `woocommerce_rest_delete_shop_order_refund_object`: the refund's id is 0 by now.
	 *
	 * @param mixed $refund   Refund, gone.
	 * @param mixed $response REST answer.
	 * @param mixed $request  REST request.
	 */
	public function on_rest_refund_deleted( $refund = null, $response = null, $request = null ): void {
		if ( $request instanceof \WP_REST_Request ) {
			$this->recorder->note( $request['order_id'] );
		}
	}

	/**
	 * `woocommerce_order_note_added`.
	 *
	 * @param mixed $note_id Note.
	 * @param mixed $order   Its order.
	 */
	public function on_note_added( $note_id = null, $order = null ): void {
		if ( $order instanceof \WC_Abstract_Order ) {
			$this->recorder->note( $order->get_id(), $order );
		}
	}

	/**
	 * Orders kept as posts: trashed, taken back or about to be deleted.
	 *
	 * @param mixed $post_id Any post.
	 */
	public function on_post( $post_id = null ): void {
		// For 0 WordPress would give the post of the page that is being shown.
		$post = self::id( $post_id ) < 1 ? null : get_post( self::id( $post_id ) );
		if ( ! $post instanceof \WP_Post ) {
			return;
		}
		if ( 'shop_order_refund' === $post->post_type ) {
			$this->recorder->note( $post->post_parent );
		} elseif ( 'shop_order' === $post->post_type ) {
			$status = 0 === strpos( $post->post_status, 'wc-' ) ? substr( $post->post_status, 3 ) : $post->post_status;
			$this->recorder->note( $post->ID, null, ! Outbox_Recorder::is_draft( $status ) );
		}
	}

	/**
	 * An id, or 0.
	 *
	 * @param mixed $id What a hook told.
	 */
	private static function id( $id ): int {
		return is_numeric( $id ) ? (int) $id : 0;
	}

	/**
	 * An id on the site of a network that it belongs to.
	 *
	 * @param mixed $id What a hook told.
	 */
	private static function key( $id ): string {
		return get_current_blog_id() . ':' . self::id( $id );
	}
}
