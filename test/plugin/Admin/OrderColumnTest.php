<?php
/**
 * The column of the list of orders.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Tests\Woo\ShopTestCase;
use Pearlbridge\Tests\Woo\Ways;

final class OrderColumnTest extends ShopTestCase {

	/**
	 * The filters of the two stores of orders.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function stores(): array {
		return array(
			'posts' => array( 'manage_edit-shop_order_columns', 'manage_shop_order_posts_custom_column' ),
			'HPOS'  => array( 'manage_woocommerce_page_wc-orders_columns', 'manage_woocommerce_page_wc-orders_custom_column' ),
		);
	}

	/**
	 * A cell as the list prints it.
	 *
	 * @param string    $hook   Hook.
	 * @param \WC_Order $order  Order.
	 * @param string    $column Column.
	 */
	private static function cell( string $hook, \WC_Order $order, string $column = 'pearlbridge' ): string {
		ob_start();
		do_action( $hook, $column, 'manage_shop_order_posts_custom_column' === $hook ? $order->get_id() : $order );
		return (string) ob_get_clean();
	}

	/**
	 * An order with this on it.
	 *
	 * @param array<string, mixed> $meta Meta.
	 */
	private static function order( array $meta ): \WC_Order {
		$order = Ways::order();
		foreach ( $meta as $key => $value ) {
			$order->update_meta_data( $key, $value );
		}
		$order->save();
		return wc_get_order( $order->get_id() );
	}

	/**
	 * @dataProvider stores
	 */
	public function test_stands_after_the_status_for_whoever_manages_a_paired_shop( string $columns ): void {
		$all = array(
			'order_number' => 'Order',
			'order_status' => 'Status',
			'order_total'  => 'Total',
		);
		$this->as_admin();
		$this->assertSame( $all, apply_filters( $columns, $all ) );
		$this->paired();
		$shown = apply_filters( $columns, $all );
		$this->assertSame( array( 'order_number', 'order_status', 'pearlbridge', 'order_total' ), array_keys( $shown ) );
		$this->assertSame( 'Brightpearl', $shown['pearlbridge'] );
		$this->assertSame( array( 'cb', 'pearlbridge' ), array_keys( apply_filters( $columns, array( 'cb' => '' ) ) ) );
		$this->as_role( 'editor' );
		$this->assertSame( $all, apply_filters( $columns, $all ) );
	}

	/**
	 * @dataProvider stores
	 */
	public function test_shows_what_the_sidecar_wrote_and_asks_nobody( string $columns, string $hook ): void {
		unset( $columns );
		$sidecar = $this->shop();
		$order   = self::order(
			array(
				'_pearlbridge_sales_order' => '100234',
				'_pearlbridge_status'      => 'Ready to ship',
			)
		);
		$sidecar->requests = array();
		$this->assertSame( '<strong>100234</strong><br />Ready to ship', self::cell( $hook, $order ) );
		$this->assertSame( '', self::cell( $hook, $order, 'order_total' ) );
		$this->assertSame( array(), $sidecar->requests );
	}

	/**
	 * @dataProvider stores
	 */
	public function test_says_so_where_nothing_is_known( string $columns, string $hook ): void {
		unset( $columns );
		$this->shop();
		$nothing = '<span aria-hidden="true">—</span><span class="screen-reader-text">Nothing known of Brightpearl</span>';
		$this->assertSame( $nothing, self::cell( $hook, self::order( array() ) ) );
		$this->assertSame( $nothing, self::cell( $hook, self::order( array( '_pearlbridge_status' => array( 'x' ) ) ) ) );
	}

	/**
	 * @dataProvider stores
	 */
	public function test_what_stands_there_is_text( string $columns, string $hook ): void {
		unset( $columns );
		$this->shop();
		$order = self::order(
			array(
				'_pearlbridge_sales_order' => '<b>1</b>',
				'_pearlbridge_status'      => '"><script>alert(1)</script>',
			)
		);
		$this->assertSame( '<strong>&lt;b&gt;1&lt;/b&gt;</strong><br />&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;', self::cell( $hook, $order ) );
	}
}
