<?php
/**
 * Notices which orders a request changes, and says so when the request is over.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Pairing;

defined( 'ABSPATH' ) || exit;

/**
 * While a request runs, ids are only put into an array. On shutdown, when an order is complete in every way it can
 * be made (WooCommerce reference 2, §3), the ids go into the outbox and one nudge goes to the sidecar. Nothing
 * here may slow or fail a checkout.
 */
class Outbox_Recorder {

	/** Cron event that prunes the outbox. */
	const PRUNE_EVENT = 'pearlbridge_prune_outbox';

	/** While this transient lives, a refused INSERT is not logged again. */
	const LOGGED_TRANSIENT = 'pearlbridge_outbox_failure_logged';

	/** An order in these states is a cart or an empty form, not an order. */
	const DRAFT_STATUSES = array( 'checkout-draft', 'auto-draft' );

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The outbox.
	 *
	 * @var Outbox_Table
	 */
	private $table;

	/**
	 * The nudge.
	 *
	 * @var Nudge
	 */
	private $nudge;

	/**
	 * What this request changed: order id => true, or false while only drafts of it were seen.
	 *
	 * @var array<int, bool>
	 */
	private $orders = array();

	/**
	 * Orders whose saves are the sidecar's own: id => true.
	 *
	 * @var array<int, bool>
	 */
	private $own_writes = array();

	/**
	 * Whether this request's shutdown has been here.
	 *
	 * @var bool
	 */
	private $over = false;

	/**
	 * Constructor.
	 *
	 * @param Pairing      $pairing The pairing.
	 * @param Outbox_Table $table   The outbox.
	 * @param Nudge        $nudge   The nudge.
	 */
	public function __construct( Pairing $pairing, Outbox_Table $table, Nudge $nudge ) {
		$this->pairing = $pairing;
		$this->table   = $table;
		$this->nudge   = $nudge;
	}

	/**
	 * Hooks in; last on shutdown, after everybody who still writes orders there.
	 */
	public function register(): void {
		( new Order_Hooks( $this ) )->register();
		add_action( 'shutdown', array( $this, 'on_shutdown' ), PHP_INT_MAX );
		add_action( 'init', array( $this, 'schedule_pruning' ) );
		add_action( self::PRUNE_EVENT, array( $this->table, 'prune' ) );
	}

	/**
	 * Takes the cron event away.
	 */
	public function deactivate(): void {
		wp_clear_scheduled_hook( self::PRUNE_EVENT );
	}

	/**
	 * Does work whose saves of one order are the sidecar's own and would only tell it what it did. A change of
	 * status that somebody else makes of it is still noticed.
	 *
	 * @param int      $order_id Order that is saved.
	 * @param callable $work     Saves it.
	 */
	public function without_echo( int $order_id, callable $work ): void {
		$this->own_writes[ $order_id ] = true;
		try {
			$work();
		} finally {
			unset( $this->own_writes[ $order_id ] );
		}
	}

	/**
	 * Whether an order is being saved on the sidecar's behalf.
	 *
	 * @param int $order_id Order.
	 */
	public function is_own_write( int $order_id ): bool {
		return isset( $this->own_writes[ $order_id ] );
	}

	/**
	 * The request is over.
	 */
	public function on_shutdown(): void {
		$this->over = true;
		$this->flush();
	}

	/**
	 * Puts what changed into the outbox and nudges. Never throws: it runs inside other people's requests.
	 */
	public function flush(): void {
		$ids          = array_keys( array_filter( $this->orders ) );
		$this->orders = array();
		if ( array() === $ids ) {
			return;
		}
		try {
			if ( ! $this->pairing->is_live() ) {
				return;
			}
			$body = array();
			if ( ! $this->table->add( 'order', $ids ) ) {
				self::log_failure();
				// Not durable, but at once: the sidecar takes ids from a nudge too (1000 at most).
				$body = array( 'orders' => array_slice( $ids, 0, 1000 ) );
			}
			$this->nudge->send( $body );
		} catch ( \Throwable $error ) {
			self::log_failure();
		}
	}

	/**
	 * Makes sure the outbox is pruned daily.
	 */
	public function schedule_pruning(): void {
		if ( $this->pairing->is_live() && ! wp_next_scheduled( self::PRUNE_EVENT ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'daily', self::PRUNE_EVENT );
		}
	}

	/**
	 * Remembers an order. What was once seen as an order stays one; a refund stands for its order; orders of
	 * other types (subscriptions) are none of our business.
	 *
	 * @param mixed     $id       Order.
	 * @param mixed     $order    The same, as an object, when the hook has it.
	 * @param bool|null $is_order False: only a draft. Null: find out from the object.
	 */
	public function note( $id, $order = null, ?bool $is_order = null ): void {
		if ( $order instanceof \WC_Abstract_Order ) {
			$type = $order->get_type();
			if ( 'shop_order_refund' === $type ) {
				$id       = $order->get_parent_id( 'edit' );
				$is_order = true;
			} elseif ( 'shop_order' !== $type ) {
				return;
			} elseif ( null === $is_order ) {
				$is_order = ! self::is_draft( $order->get_status( 'edit' ) );
			}
		}
		$id = is_numeric( $id ) ? (int) $id : 0;
		if ( $id < 1 ) {
			return;
		}
		$this->orders[ $id ] = ( $this->orders[ $id ] ?? false ) || ( $is_order ?? true );
		if ( $this->over ) {
			// Somebody changes orders after our turn in the shutdown: PHP gives one more.
			$this->over = false;
			register_shutdown_function( array( $this, 'on_shutdown' ) );
		}
	}

	/**
	 * Whether a status is that of a cart or an empty form.
	 *
	 * @param mixed $status Status without `wc-`.
	 */
	public static function is_draft( $status ): bool {
		return in_array( $status, self::DRAFT_STATUSES, true );
	}

	/**
	 * Says once an hour that the outbox cannot be written.
	 */
	private static function log_failure(): void {
		try {
			if ( false !== get_transient( self::LOGGED_TRANSIENT ) ) {
				return;
			}
			set_transient( self::LOGGED_TRANSIENT, 1, HOUR_IN_SECONDS );
			wc_get_logger()->error(
				'Pearlbridge could not write its outbox table. Orders are still transferred, but later: the sidecar finds them when it compares. Deactivating and activating the plugin creates the table anew.',
				array( 'source' => 'pearlbridge' )
			);
		} catch ( \Throwable $error ) {
			unset( $error );
		}
	}
}
