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
 *
 * A process without a visitor may run for hours or be killed on the way: there, what has been noted goes into the
 * outbox every now and then, all but the order that is being worked on.
 */
class Outbox_Recorder {

	/** Cron event that prunes the outbox. */
	const PRUNE_EVENT = 'pearlbridge_prune_outbox';

	/** While this transient lives, a refused INSERT is not logged again. */
	const LOGGED_TRANSIENT = 'pearlbridge_outbox_failure_logged';

	/** In a process without a visitor at most so many orders, and so many seconds, wait for its end. */
	const WAITING_MAX     = 100;
	const WAITING_SECONDS = 10;

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
	 * Unix seconds.
	 *
	 * @var callable(): int
	 */
	private $clock;

	/**
	 * What this request changed: site of the network => order id => true, or false while only drafts of it were
	 * seen. A request can switch between sites, and each has orders, an outbox and a pairing of its own.
	 *
	 * @var array<int, array<int, bool>>
	 */
	private $orders = array();

	/**
	 * When the outbox was last written, or the first order noted; null = nothing yet.
	 *
	 * @var int|null
	 */
	private $written_at = null;

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
	 * @param Pairing         $pairing The pairing.
	 * @param Outbox_Table    $table   The outbox.
	 * @param Nudge           $nudge   The nudge.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Pairing $pairing, Outbox_Table $table, Nudge $nudge, callable $clock ) {
		$this->pairing = $pairing;
		$this->table   = $table;
		$this->nudge   = $nudge;
		$this->clock   = $clock;
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
		$orders           = array_filter( array_map( 'array_filter', $this->orders ) );
		$this->orders     = array();
		$this->written_at = null;
		foreach ( $orders as $site => $noted ) {
			$this->on_site(
				$site,
				function () use ( $noted ): void {
					$this->write( array_keys( $noted ) );
				}
			);
		}
	}

	/**
	 * Makes sure the outbox is pruned daily.
	 */
	public function schedule_pruning(): void {
		if ( null !== $this->pairing->record() && ! wp_next_scheduled( self::PRUNE_EVENT ) ) {
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
		if ( $id instanceof \WC_Abstract_Order ) {
			$order = $order ?? $id;
			$id    = $id->get_id();
		}
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
		$site = get_current_blog_id();

		$this->orders[ $site ][ $id ] = ( $this->orders[ $site ][ $id ] ?? false ) || ( $is_order ?? true );
		if ( wp_doing_cron() || ( defined( 'WP_CLI' ) && WP_CLI ) ) {
			$this->write_on_the_way( $site, $id );
		}
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
	 * Writes what has been waiting for long, but keeps the order that is being worked on: it may not be complete.
	 *
	 * @param int $site Site of the network.
	 * @param int $id   Order that was noted just now.
	 */
	private function write_on_the_way( int $site, int $id ): void {
		$now = ( $this->clock )();

		$this->written_at = $this->written_at ?? $now;
		if ( array_sum( array_map( 'count', $this->orders ) ) <= self::WAITING_MAX && $now - $this->written_at < self::WAITING_SECONDS ) {
			return;
		}
		$is_order = $this->orders[ $site ][ $id ];
		unset( $this->orders[ $site ][ $id ] );
		$this->flush();
		$this->orders     = array( $site => array( $id => $is_order ) );
		$this->written_at = $now;
	}

	/**
	 * Does something on a site of the network.
	 *
	 * @param int              $site Site.
	 * @param callable(): void $work Work.
	 */
	private function on_site( int $site, callable $work ): void {
		if ( get_current_blog_id() === $site ) {
			$work();
			return;
		}
		switch_to_blog( $site );
		try {
			$work();
		} finally {
			restore_current_blog();
		}
	}

	/**
	 * Writes orders of this site into its outbox and nudges its sidecar. Also where the pairing does not work at
	 * the moment (the shop has moved and nobody has said so yet, the secret cannot be read): when it works again,
	 * the changes are there.
	 *
	 * @param int[] $ids Orders.
	 */
	private function write( array $ids ): void {
		try {
			if ( null === $this->pairing->record() ) {
				return;
			}
			if ( $this->over ) {
				// Before the database, too: one that is gone takes seconds to say so.
				Response::finish();
			}
			if ( ! $this->table->is_reachable() ) {
				// Nothing else works without it either; the sidecar finds these orders when it compares.
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
		}//end try
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
