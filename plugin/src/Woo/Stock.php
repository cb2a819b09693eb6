<?php
/**
 * Stock writes for the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Log;

defined( 'ABSPATH' ) || exit;

/**
 * Applies `wanted − seen` as one atomic increment (`UPDATE … SET meta_value = meta_value ± n`, by
 * wc_update_product_stock()), so that what is sold meanwhile stays sold. An absolute write would put it back on
 * sale: measured, of 60 concurrent ones 16 were lost (WooCommerce reference 2, §2).
 */
class Stock {

	/**
	 * Writes several, each for itself.
	 *
	 * @param array<int, array{id: int, seen: int, wanted: int}> $writes Products or variations that keep the stock.
	 * @return list<array{id: int, ok: bool, quantity: int|null, code: string|null, message: string|null}>
	 */
	public function apply( array $writes ): array {
		$results = array();
		$done    = array();
		foreach ( $writes as $write ) {
			$id = (int) $write['id'];
			if ( isset( $done[ $id ] ) ) {
				// Both figures were seen before either was written: applying both would write the difference twice.
				$results[] = self::refused( $id, 'duplicate_id', __( 'This product stands in the request twice; the first was taken.', 'pearlbridge' ) );
				continue;
			}
			$done[ $id ] = true;
			$results[]   = $this->write( $id, (int) $write['wanted'] - (int) $write['seen'] );
		}
		return $results;
	}

	/**
	 * Writes one.
	 *
	 * @param int $id    Product or variation.
	 * @param int $delta What to add.
	 * @return array{id: int, ok: bool, quantity: int|null, code: string|null, message: string|null}
	 */
	private function write( int $id, int $delta ): array {
		try {
			$product = wc_get_product( $id );
			if ( ! $product instanceof \WC_Product ) {
				return self::refused( $id, 'unknown_product', __( 'There is no such product.', 'pearlbridge' ) );
			}
			if ( ! $product->managing_stock() ) {
				return self::refused( $id, 'not_managed', __( 'Stock management is off for this product.', 'pearlbridge' ) );
			}
			if ( $product->get_stock_managed_by_id() !== $id ) {
				return self::refused( $id, 'parent_managed', __( 'The stock of this variation is kept by its product.', 'pearlbridge' ) );
			}
			$quantity = 0 === $delta ? $product->get_stock_quantity() : wc_update_product_stock( $product, abs( $delta ), $delta > 0 ? 'increase' : 'decrease' );
			return is_numeric( $quantity ) || null === $quantity ? array(
				'id'       => $id,
				'ok'       => true,
				'quantity' => null === $quantity ? null : (int) $quantity,
				'code'     => null,
				'message'  => null,
			) : self::refused( $id, 'failed', __( 'WooCommerce did not take the quantity.', 'pearlbridge' ) );
		} catch ( \Throwable $error ) {
			// Somebody's hook threw. The increment may have been made before it, and the next reading shows it.
			Log::warning(
				'Writing the stock of a product failed.',
				array(
					'product' => $id,
					'error'   => $error->getMessage(),
				)
			);
			return self::refused( $id, 'failed', __( 'Another plugin failed while the stock was written; the log of WooCommerce says which.', 'pearlbridge' ) );
		}//end try
	}

	/**
	 * A write that was not made.
	 *
	 * @param int    $id      Product.
	 * @param string $code    Code.
	 * @param string $message One sentence.
	 * @return array{id: int, ok: bool, quantity: int|null, code: string|null, message: string|null}
	 */
	private static function refused( int $id, string $code, string $message ): array {
		return array(
			'id'       => $id,
			'ok'       => false,
			'quantity' => null,
			'code'     => $code,
			'message'  => $message,
		);
	}
}
