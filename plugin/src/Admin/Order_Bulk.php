<?php
/**
 * The bulk action of the list of orders.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Rest\Overview_Cache;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * "Push to Brightpearl": one signed call that queues all of them and waits for none. WordPress
 * has checked the nonce of the list before it comes here. In both stores of orders.
 */
final class Order_Bulk {

	const ACTION = 'pearlbridge_push';

	/** Orders in one go. */
	const LIMIT = 100;

	/** Milliseconds; the sidecar is done before Sidecar_Client::COMMAND has passed. */
	const TIMEOUT = 14500;

	/** Arguments of the address that carry the counts to the notice. */
	const QUEUED  = 'pearlbridge_queued';
	const REFUSED = 'pearlbridge_refused';
	const LEFT    = 'pearlbridge_left';

	/** Transient, by user: why it came to nothing, or why an order was refused. */
	const FAILURE = 'pearlbridge_bulk_';

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * The overview.
	 *
	 * @var Overview_Cache
	 */
	private $cache;

	/**
	 * Does nothing yet.
	 *
	 * @param Pairing        $pairing Pairing.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 * @param Overview_Cache $cache   The overview.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client, Overview_Cache $cache ) {
		$this->pairing = $pairing;
		$this->client  = $client;
		$this->cache   = $cache;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		foreach ( array( 'edit-shop_order', 'woocommerce_page_wc-orders' ) as $screen ) {
			add_filter( 'bulk_actions-' . $screen, array( $this, 'actions' ) );
			add_filter( 'handle_bulk_actions-' . $screen, array( $this, 'handle' ), 10, 3 );
		}
		add_action( 'admin_notices', array( $this, 'notice' ) );
		add_filter( 'removable_query_args', array( $this, 'removable' ) );
	}

	/**
	 * Offers it.
	 *
	 * @param mixed $actions Actions.
	 * @return mixed
	 */
	public function actions( $actions ) {
		if ( is_array( $actions ) && current_user_can( Rights::CAPABILITY ) && $this->pairing->is_live() ) {
			$actions[ self::ACTION ] = __( 'Push to Brightpearl', 'pearlbridge' );
		}
		return $actions;
	}

	/**
	 * Does it.
	 *
	 * @param mixed $url    Where the browser goes next.
	 * @param mixed $action Action.
	 * @param mixed $ids    Orders.
	 * @return mixed
	 */
	public function handle( $url, $action, $ids ) {
		if ( self::ACTION !== $action || ! current_user_can( Rights::CAPABILITY ) ) {
			return $url;
		}
		$all = array_values( array_unique( array_filter( array_map( 'absint', array_filter( (array) $ids, 'is_scalar' ) ) ) ) );
		if ( array() === $all ) {
			return $url;
		}
		$orders = array_slice( $all, 0, self::LIMIT );
		$answer = $this->push( $orders );
		if ( is_wp_error( $answer ) ) {
			$this->remember( $answer->get_error_message(), (string) Failure::datum( $answer, 'fix' ) );
			return add_query_arg( array( self::QUEUED => 0 ), (string) $url );
		}
		list( $queued, $refused ) = $answer;
		return add_query_arg(
			array(
				self::QUEUED  => $queued,
				self::REFUSED => $refused,
				self::LEFT    => count( $all ) - count( $orders ),
			),
			(string) $url
		);
	}

	/**
	 * What became of it.
	 */
	public function notice(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- Numbers to show; nothing is done with them.
		if ( ! isset( $_GET[ self::QUEUED ] ) || ! current_user_can( Rights::CAPABILITY ) ) {
			return;
		}
		$queued  = absint( $_GET[ self::QUEUED ] );
		$refused = absint( $_GET[ self::REFUSED ] ?? 0 );
		$left    = absint( $_GET[ self::LEFT ] ?? 0 );
		// phpcs:enable
		$said = array();
		if ( 0 < $queued ) {
			/* translators: %d: number of orders. */
			$said[] = sprintf( _n( '%d order is on its way to Brightpearl.', '%d orders are on their way to Brightpearl.', $queued, 'pearlbridge' ), $queued );
		}
		if ( 0 < $refused ) {
			/* translators: %d: number of orders. */
			$said[] = sprintf( _n( '%d order was not taken.', '%d orders were not taken.', $refused, 'pearlbridge' ), $refused );
		}
		if ( 0 < $left ) {
			/* translators: 1: number of orders, 2: how many are pushed at a time. */
			$said[] = sprintf( _n( '%1$d order was left out: at most %2$d are pushed at a time.', '%1$d orders were left out: at most %2$d are pushed at a time.', $left, 'pearlbridge' ), $left, self::LIMIT );
		}
		$failure = get_transient( self::FAILURE . get_current_user_id() );
		if ( is_string( $failure ) && '' !== $failure ) {
			delete_transient( self::FAILURE . get_current_user_id() );
			$said[] = $failure;
		}
		if ( array() !== $said ) {
			wp_admin_notice(
				esc_html( implode( ' ', $said ) ),
				array(
					'type'        => 0 === $queued ? 'error' : ( 0 < $refused + $left ? 'warning' : 'success' ),
					'dismissible' => true,
				)
			);
		}
	}

	/**
	 * The counts do not stay in the address.
	 *
	 * @param mixed $names Arguments.
	 * @return mixed
	 */
	public function removable( $names ) {
		return is_array( $names ) ? array_merge( $names, array( self::QUEUED, self::REFUSED, self::LEFT ) ) : $names;
	}

	/**
	 * Asks the sidecar.
	 *
	 * @param int[] $ids Orders.
	 * @return array{int, int}|\WP_Error How many were taken, how many not.
	 */
	private function push( array $ids ) {
		$answer = $this->client->request(
			'POST',
			'/v1/console/ordersPush',
			array(
				'input'          => array(
					'orderIds' => $ids,
					'wait'     => false,
				),
				'timeout'        => self::TIMEOUT,
				'idempotencyKey' => wp_generate_uuid4(),
				'by'             => mb_substr( wp_get_current_user()->user_login, 0, 100 ),
			),
			Sidecar_Client::COMMAND
		);
		$this->cache->forget();
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$body    = is_array( $answer['body'] ?? null ) ? $answer['body'] : array();
		$results = is_array( $body['results'] ?? null ) ? $body['results'] : null;
		if ( null === $results ) {
			$error = is_array( $body['error'] ?? null ) ? $body['error'] : array();
			return Failure::of( 'push_failed', 502, self::text( $error['message'] ?? null, __( 'The sidecar did not say what became of the orders. Look at them in Pearlbridge.', 'pearlbridge' ) ), self::text( $error['fix'] ?? null, '' ) );
		}
		$refused = array_values(
			array_filter(
				$results,
				static function ( $result ): bool {
					// Held and ignored orders stay where they are until somebody releases them.
					return is_array( $result ) && ( isset( $result['error'] ) || in_array( $result['state'] ?? '', array( 'held', 'ignored' ), true ) );
				}
			)
		);
		if ( array() !== $refused ) {
			$error = is_array( $refused[0]['error'] ?? null ) ? $refused[0]['error'] : array();
			$this->remember( self::text( $error['message'] ?? null, __( 'Release them first: held and ignored orders are not pushed.', 'pearlbridge' ) ), self::text( $error['fix'] ?? null, '' ) );
		}
		return array( count( $results ) - count( $refused ), count( $refused ) );
	}

	/**
	 * Keeps a reason for the notice; not in the address, where anybody could write one.
	 *
	 * @param string $message What is wrong.
	 * @param string $fix     What to do, or empty.
	 */
	private function remember( string $message, string $fix ): void {
		set_transient( self::FAILURE . get_current_user_id(), trim( $message . ' ' . $fix ), MINUTE_IN_SECONDS );
	}

	/**
	 * A text of the other side.
	 *
	 * @param mixed  $said      What it said.
	 * @param string $otherwise When that is no text.
	 */
	private static function text( $said, string $otherwise ): string {
		return is_string( $said ) && '' !== trim( $said ) ? wp_html_excerpt( $said, 500, '…' ) : $otherwise;
	}
}
