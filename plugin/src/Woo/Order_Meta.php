<?php
/**
 * The sidecar's own meta on orders.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Log;

defined( 'ABSPATH' ) || exit;

/**
 * Writes `_pearlbridge_…` meta, one save per order and none when nothing changes. What the sidecar writes is not
 * told to the sidecar: neither by the outbox nor by our webhooks.
 */
class Order_Meta {

	/** The only keys that may be written. `\z`, because `$` would let a line end follow. */
	const KEY_PATTERN = '^_pearlbridge_[a-z_]{1,40}\z';

	/**
	 * Knows what need not be told.
	 *
	 * @var Outbox_Recorder
	 */
	private $recorder;

	/**
	 * Constructor.
	 *
	 * @param Outbox_Recorder $recorder Knows what need not be told.
	 */
	public function __construct( Outbox_Recorder $recorder ) {
		$this->recorder = $recorder;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_filter( 'woocommerce_webhook_should_deliver', array( $this, 'should_deliver' ), 10, 3 );
	}

	/**
	 * Writes several, each for itself.
	 *
	 * @param array<int, array{id: int, meta: array<string, string|null>}> $orders Orders; null deletes.
	 * @return list<array{id: int, ok: bool, code: string|null, message: string|null}>
	 */
	public function apply( array $orders ): array {
		$results = array();
		foreach ( $orders as $wanted ) {
			$results[] = $this->write( (int) $wanted['id'], (array) $wanted['meta'] );
		}
		return $results;
	}

	/**
	 * `woocommerce_webhook_should_deliver`: our own `order.updated` says nothing new of our own save.
	 *
	 * @param mixed $should  What others say.
	 * @param mixed $webhook Webhook.
	 * @param mixed $id      Order.
	 * @return mixed
	 */
	public function should_deliver( $should, $webhook = null, $id = 0 ) {
		if ( $webhook instanceof \WC_Webhook && is_numeric( $id ) && $this->recorder->is_own_write( (int) $id ) ) {
			$ids = ( new Webhook_Set() )->ids();
			return ( $ids['order.updated'] ?? 0 ) === $webhook->get_id() ? false : $should;
		}
		return $should;
	}

	/**
	 * Writes one.
	 *
	 * @param int                        $id   Order.
	 * @param array<string, string|null> $meta Meta.
	 * @return array{id: int, ok: bool, code: string|null, message: string|null}
	 */
	private function write( int $id, array $meta ): array {
		try {
			$order = wc_get_order( $id );
			if ( ! $order instanceof \WC_Order ) {
				return self::result( $id, 'unknown_order', __( 'There is no such order.', 'pearlbridge' ) );
			}
			$changed = false;
			foreach ( $meta as $key => $value ) {
				$known = $order->meta_exists( $key ) ? (string) $order->get_meta( $key, true, 'edit' ) : null;
				if ( $known === $value ) {
					continue;
				}
				if ( null === $value ) {
					$order->delete_meta_data( $key );
				} else {
					$order->update_meta_data( $key, $value );
				}
				$changed = true;
			}
			if ( $changed ) {
				$this->recorder->without_echo( $id, array( $order, 'save' ) );
			}
			return self::result( $id, null, null );
		} catch ( \Throwable $error ) {
			Log::warning(
				'Writing the meta of an order failed.',
				array(
					'order' => $id,
					'error' => $error->getMessage(),
				)
			);
			return self::result( $id, 'failed', __( 'Another plugin failed while the order was saved; the log of WooCommerce says which.', 'pearlbridge' ) );
		}//end try
	}

	/**
	 * What became of one.
	 *
	 * @param int         $id      Order.
	 * @param string|null $code    Code, or null.
	 * @param string|null $message One sentence, or null.
	 * @return array{id: int, ok: bool, code: string|null, message: string|null}
	 */
	private static function result( int $id, ?string $code, ?string $message ): array {
		return array(
			'id'      => $id,
			'ok'      => null === $code,
			'code'    => $code,
			'message' => $message,
		);
	}
}
