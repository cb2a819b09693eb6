<?php
/**
 * The box on the screen of an order.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Admin\Order_Box;
use Pearlbridge\Tests\Woo\ShopTestCase;
use Pearlbridge\Tests\Woo\Ways;
use WP_Post;

final class OrderBoxTest extends ShopTestCase {

	protected function setUp(): void {
		parent::setUp();
		$GLOBALS['wp_meta_boxes'] = array(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- What tests before left.
	}

	/**
	 * The stores of orders, with the screen of an order.
	 *
	 * @return array<string, array{string, string}>
	 */
	public function stores(): array {
		return array(
			'posts' => array( 'no', 'shop_order' ),
			'HPOS'  => array( 'yes', 'woocommerce_page_wc-orders' ),
		);
	}

	/**
	 * Our box on this screen.
	 *
	 * @param string $screen Screen.
	 * @return array<string, mixed>|null
	 */
	private function box( string $screen = 'woocommerce_page_wc-orders' ): ?array {
		$GLOBALS['wp_meta_boxes'] = array(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- As a new request.
		do_action( 'add_meta_boxes', $screen, null );
		return $GLOBALS['wp_meta_boxes'][ $screen ]['side']['default']['pearlbridge-order'] ?? null;
	}

	/**
	 * What the box prints.
	 *
	 * @param mixed $of Post or order.
	 */
	private function html( $of ): string {
		ob_start();
		call_user_func( $this->box()['callback'], $of );
		return (string) ob_get_clean();
	}

	/**
	 * @dataProvider stores
	 */
	public function test_stands_beside_the_order_in_both_stores( string $hpos, string $screen ): void {
		add_filter(
			'pre_option_woocommerce_custom_orders_table_enabled',
			static function () use ( $hpos ): string {
				return $hpos;
			}
		);
		$this->as_admin();
		$this->shop();
		$this->assertIsArray( $this->box( $screen ) );
		$this->assertSame( array( $screen ), array_keys( $GLOBALS['wp_meta_boxes'] ) );
	}

	public function test_is_absent_without_a_pairing_and_for_others(): void {
		$this->as_admin();
		$this->assertNull( $this->box() );
		$this->shop();
		$this->assertNotNull( $this->box() );
		$this->as_role( 'editor' );
		$this->assertNull( $this->box() );
		$this->as_admin();
		self::move();
		$this->assertNull( $this->box() );
	}

	public function test_says_at_once_what_the_order_knows_and_asks_nobody(): void {
		$this->as_admin();
		$sidecar = $this->shop();
		$order   = Ways::order();
		$order->update_meta_data( '_pearlbridge_sales_order', '100234' );
		$order->update_meta_data( '_pearlbridge_status', '<script>alert(1)</script>' );
		$order->save();
		$this->end_request();
		$sidecar->requests = array();
		foreach ( array( wc_get_order( $order->get_id() ), new WP_Post( (object) array( 'ID' => $order->get_id() ) ) ) as $of ) {
			$html = $this->html( $of );
			$this->assertStringContainsString( 'data-order="' . $order->get_id() . '"', $html );
			$this->assertStringContainsString( 'Sales order 100234', $html );
			$this->assertStringContainsString( 'Status in Brightpearl: &lt;script&gt;alert(1)', $html );
			$this->assertStringNotContainsString( '<script', $html );
			$this->assertStringContainsString( 'aria-live="polite"', $html );
			$this->assertStringContainsString( 'admin.php?page=pearlbridge#/orders/main/' . $order->get_id() . '"', $html );
		}
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_its_script_comes_with_the_box_alone(): void {
		$this->as_admin();
		$this->shop();
		set_current_screen( 'woocommerce_page_wc-orders' );
		do_action( 'admin_enqueue_scripts', 'woocommerce_page_wc-orders' );
		$this->box();
		$this->assertFalse( wp_script_is( Order_Box::HANDLE ) );
		$this->html( Ways::order() );
		$this->assertTrue( wp_script_is( Order_Box::HANDLE ) );
		$script = wp_scripts()->registered[ Order_Box::HANDLE ];
		$this->assertSame( array( 'wp-a11y', 'wp-api-fetch', 'wp-i18n' ), $script->deps );
		$this->assertSame( PEARLBRIDGE_VERSION, $script->ver );
		$this->assertSame( plugins_url( 'assets/order-box.js', PEARLBRIDGE_FILE ), $script->src );
		$this->assertFileExists( plugin_dir_path( PEARLBRIDGE_FILE ) . 'assets/order-box.js' );
	}

	public function test_an_order_that_is_not_saved_has_nothing_to_push(): void {
		$this->as_admin();
		$this->shop();
		foreach ( array( new \WC_Order(), new WP_Post( (object) array( 'ID' => 999999 ) ), null ) as $of ) {
			$this->assertSame( '<p>Save the order first.</p>', $this->html( $of ) );
		}
		$this->assertFalse( wp_script_is( Order_Box::HANDLE ) );
	}
}
