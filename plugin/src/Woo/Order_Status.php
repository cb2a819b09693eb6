<?php
/**
 * An order's status, set by the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Log;

defined( 'ABSPATH' ) || exit;

/**
 * Sets a status in one save, with the shop's customer mails or without them. The change is told like anybody
 * else's: what follows from it in the shop (stock, dates) is news to the sidecar.
 */
class Order_Status {

	/**
	 * Sets it.
	 *
	 * @param int    $id     Order.
	 * @param string $status Status without `wc-`.
	 * @param bool   $quiet  Whether customer mails are held back.
	 * @param string $note   Goes before WooCommerce's own note of the change.
	 * @return array{id: int, status: string, changed: bool}|\WP_Error
	 */
	public function set( int $id, string $status, bool $quiet, string $note ) {
		$order = wc_get_order( $id );
		if ( ! $order instanceof \WC_Order || self::is_away( $order->get_status( 'edit' ) ) ) {
			return self::error( 'unknown_order', __( 'There is no such order.', 'pearlbridge' ), 404 );
		}
		if ( ! self::is_known( $status ) ) {
			return self::error( 'unknown_status', __( 'The shop has no such order status.', 'pearlbridge' ), 400 );
		}
		if ( $order->get_status( 'edit' ) === $status ) {
			return self::result( $id, $status, false );
		}
		try {
			$write = static function () use ( $order, $status, $note ) {
				return $order->update_status( $status, $note );
			};
			if ( true !== ( $quiet ? Quiet_Mails::during( $write ) : $write() ) ) {
				return self::failed();
			}
			// Another plugin may have moved it on already.
			$now = wc_get_order( $id );
			return self::result( $id, $now instanceof \WC_Order ? $now->get_status( 'edit' ) : $status, true );
		} catch ( \Throwable $error ) {
			Log::warning(
				'Setting the status of an order failed.',
				array(
					'order' => $id,
					'error' => $error->getMessage(),
				)
			);
			return self::failed();
		}//end try
	}

	/**
	 * Whether an order is in the trash or no order yet: setting a status would bring it back.
	 *
	 * @param string $status Status.
	 */
	private static function is_away( string $status ): bool {
		return 'trash' === $status || Outbox_Recorder::is_draft( $status );
	}

	/**
	 * Whether orders of this shop can have a status. WooCommerce takes any word and makes it `pending`.
	 *
	 * @param string $status Status without `wc-`.
	 */
	private static function is_known( string $status ): bool {
		return array_key_exists( 'wc-' . $status, wc_get_order_statuses() ) && ! Outbox_Recorder::is_draft( $status );
	}

	/**
	 * What became of it.
	 *
	 * @param int    $id      Order.
	 * @param string $status  Status that it has now.
	 * @param bool   $changed Whether it was set.
	 * @return array{id: int, status: string, changed: bool}
	 */
	private static function result( int $id, string $status, bool $changed ): array {
		return array(
			'id'      => $id,
			'status'  => $status,
			'changed' => $changed,
		);
	}

	/**
	 * Somebody's hook threw, or WooCommerce could not save.
	 */
	private static function failed(): \WP_Error {
		return self::error( 'failed', __( 'The order could not be saved; the log of WooCommerce says why.', 'pearlbridge' ), 500 );
	}

	/**
	 * A refusal.
	 *
	 * @param string $code    Code.
	 * @param string $message One sentence.
	 * @param int    $status  HTTP status.
	 */
	private static function error( string $code, string $message, int $status ): \WP_Error {
		return new \WP_Error( $code, $message, array( 'status' => $status ) );
	}
}
