<?php
/**
 * The sidecar writes stock without losing what is sold meanwhile.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use WC_Product_Simple;
use WC_Product_Variable;
use WC_Product_Variation;

final class StockTest extends ShopTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->shop();
	}

	public function test_the_difference_is_applied_not_the_figure(): void {
		$id = Ways::product( 10 )->get_id();
		// Seen 10; two are sold before the write of 25 arrives.
		wc_update_product_stock( $id, 2, 'decrease' );
		$results = $this->write( array( array( $id, 10, 25 ) ) );
		$this->assertSame(
			array(
				array(
					'id'       => $id,
					'ok'       => true,
					'quantity' => 23,
					'code'     => null,
					'message'  => null,
				),
			),
			$results
		);
		$this->assertSame( 23, wc_get_product( $id )->get_stock_quantity() );
	}

	public function test_less_than_nothing_and_back_flips_what_the_shopper_sees(): void {
		$id      = Ways::product( 3 )->get_id();
		$results = $this->write( array( array( $id, 7, 0 ) ) );
		$this->assertSame( -4, $results[0]['quantity'] );
		$this->assertSame( 'outofstock', wc_get_product( $id )->get_stock_status() );
		$this->write( array( array( $id, -4, 5 ) ) );
		$this->assertSame( 'instock', wc_get_product( $id )->get_stock_status() );
	}

	public function test_no_difference_writes_nothing(): void {
		$id      = Ways::product( 3 )->get_id();
		$updates = did_action( 'woocommerce_update_product' );
		$this->assertSame( 3, $this->write( array( array( $id, 8, 8 ) ) )[0]['quantity'] );
		$this->assertSame( $updates, did_action( 'woocommerce_update_product' ) );
	}

	public function test_a_variation_with_stock_of_its_own_is_written_and_one_without_is_refused(): void {
		$parent = new WC_Product_Variable();
		$parent->set_manage_stock( true );
		$parent->set_stock_quantity( 50 );
		$parent->save();
		$own = new WC_Product_Variation();
		$own->set_parent_id( $parent->get_id() );
		$own->set_manage_stock( true );
		$own->set_stock_quantity( 4 );
		$own->save();
		$follows = new WC_Product_Variation();
		$follows->set_parent_id( $parent->get_id() );
		$follows->save();
		$results = $this->write(
			array(
				array( $own->get_id(), 4, 6 ),
				array( $follows->get_id(), 50, 60 ),
			)
		);
		$this->assertSame( array( null, 'parent_managed' ), array_column( $results, 'code' ) );
		$this->assertSame( 6, wc_get_product( $own->get_id() )->get_stock_quantity() );
		$this->assertSame( 50, wc_get_product( $parent->get_id() )->get_stock_quantity() );
	}

	public function test_each_failure_stands_alone(): void {
		$unmanaged = new WC_Product_Simple();
		$unmanaged->save();
		$good    = Ways::product( 5 )->get_id();
		$results = $this->write(
			array(
				array( 99999999, 1, 2 ),
				array( Ways::order()->get_id(), 1, 2 ),
				array( $unmanaged->get_id(), 1, 2 ),
				array( $good, 5, 9 ),
				array( $good, 5, 9 ),
			)
		);
		$this->assertSame( array( 'unknown_product', 'unknown_product', 'not_managed', null, 'duplicate_id' ), array_column( $results, 'code' ) );
		$this->assertSame( array( false, false, false, true, false ), array_column( $results, 'ok' ) );
		$this->assertSame( 9, wc_get_product( $good )->get_stock_quantity() );
	}

	public function test_a_shop_that_manages_no_stock_at_all_says_so(): void {
		$id = Ways::product( 5 )->get_id();
		update_option( 'woocommerce_manage_stock', 'no' );
		$this->assertSame( 'not_managed', $this->write( array( array( $id, 5, 6 ) ) )[0]['code'] );
	}

	public function test_a_plugin_that_throws_fails_one_product_alone(): void {
		$bad  = Ways::product( 5 )->get_id();
		$good = Ways::product( 5 )->get_id();
		add_action(
			'woocommerce_product_before_set_stock',
			static function ( $product ) use ( $bad ): void {
				if ( $bad === $product->get_id() ) {
					throw new \RuntimeException( 'A plugin.' );
				}
			}
		);
		$results = $this->write( array( array( $bad, 5, 6 ), array( $good, 5, 6 ) ) );
		$this->assertSame( array( 'failed', null ), array_column( $results, 'code' ) );
		$this->assertStringNotContainsString( 'A plugin', (string) $results[0]['message'] );
	}

	public function test_the_outbox_hears_nothing_of_it(): void {
		$id = Ways::product( 5 )->get_id();
		$this->write( array( array( $id, 5, 6 ) ) );
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );
	}

	public function test_the_same_request_is_not_applied_twice(): void {
		$id      = Ways::product( 5 )->get_id();
		$body    = (string) wp_json_encode(
			array(
				'writes' => array(
					array(
						'id'     => $id,
						'seen'   => 5,
						'wanted' => 6,
					),
				),
			)
		);
		$headers = $this->signed( 'POST', '/pearlbridge/v1/sidecar/stock', $body );
		$this->assertSame( 200, $this->rest( 'POST', '/pearlbridge/v1/sidecar/stock', $body, $headers )->get_status() );
		$this->assertSame( 409, $this->rest( 'POST', '/pearlbridge/v1/sidecar/stock', $body, $headers )->get_status() );
		$this->assertSame( 6, wc_get_product( $id )->get_stock_quantity() );
	}

	/**
	 * Bodies that are refused whole.
	 *
	 * @return array<string, array{mixed}>
	 */
	public function nonsense(): array {
		$write = static function ( int $seen, int $wanted ): array {
			return array(
				array(
					'id'     => 1,
					'seen'   => $seen,
					'wanted' => $wanted,
				),
			);
		};
		return array(
			'half a piece' => array(
				array(
					array(
						'id'     => 1,
						'seen'   => 1,
						'wanted' => 2.5,
					),
				),
			),
			'no figure'    => array(
				array(
					array(
						'id'   => 1,
						'seen' => 1,
					),
				),
			),
			'null'         => array(
				array(
					array(
						'id'     => 1,
						'seen'   => null,
						'wanted' => 1,
					),
				),
			),
			'text'         => array(
				array(
					array(
						'id'     => 1,
						'seen'   => 'x',
						'wanted' => 1,
					),
				),
			),
			'no product'   => array(
				array(
					array(
						'id'     => 0,
						'seen'   => 1,
						'wanted' => 1,
					),
				),
			),
			'more'         => array(
				array(
					array(
						'id'     => 1,
						'seen'   => 1,
						'wanted' => 1,
						'price'  => 1,
					),
				),
			),
			'too many'     => array(
				array_fill(
					0,
					101,
					array(
						'id'     => 1,
						'seen'   => 1,
						'wanted' => 1,
					)
				),
			),
			'too much'     => array( $write( 0, 1000000001 ) ),
			'too little'   => array( $write( -1000000001, 0 ) ),
			'no integer'   => array( $write( -PHP_INT_MAX, PHP_INT_MAX ) ),
			'no list'      => array( null ),
		);
	}

	/**
	 * @dataProvider nonsense
	 * @param mixed $writes Writes.
	 */
	public function test_nonsense_is_refused_and_nothing_is_written( $writes ): void {
		$this->assertSame( 400, $this->post( (string) wp_json_encode( array( 'writes' => $writes ) ) )->get_status() );
	}

	/**
	 * @group network
	 */
	public function test_sixty_sales_by_four_processes_at_once_are_sixty(): void {
		if ( ! function_exists( 'proc_open' ) || defined( 'DB_ENGINE' ) || $GLOBALS['wpdb']->db_server_info() === '' || class_exists( 'WP_SQLite_DB', false ) ) {
			$this->markTestSkipped( 'Needs processes of its own and a database that serves several.' );
		}
		$id      = (int) $this->finish( $this->start( 'make', '1000' ) );
		$workers = array();
		for ( $worker = 0; $worker < 4; $worker++ ) {
			$workers[] = $this->start( 'sell', (string) $id, '15' );
		}
		array_map( array( $this, 'finish' ), $workers );
		$left = (int) $this->finish( $this->start( 'read', (string) $id ) );
		$this->finish( $this->start( 'delete', (string) $id ) );
		$this->assertSame( 940, $left );
	}

	/**
	 * Starts another process of the shop.
	 *
	 * @param string ...$arguments What it does.
	 * @return array{resource, resource}
	 */
	private function start( string ...$arguments ): array {
		$process = proc_open( array_merge( array( PHP_BINARY, __DIR__ . '/stock-worker.php' ), $arguments ), array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$this->assertIsResource( $process );
		return array( $process, $pipes[1] );
	}

	/**
	 * Waits for it.
	 *
	 * @param array{resource, resource} $started Process and its output.
	 */
	private function finish( array $started ): string {
		$output = (string) stream_get_contents( $started[1] );
		fclose( $started[1] );
		$this->assertSame( 0, proc_close( $started[0] ), $output );
		return $output;
	}

	/**
	 * Writes as the sidecar does.
	 *
	 * @param array<int, array{int, int, int}> $writes Id, seen, wanted.
	 */
	private function write( array $writes ): array {
		$list = array();
		foreach ( $writes as $write ) {
			$list[] = array_combine( array( 'id', 'seen', 'wanted' ), $write );
		}
		$response = $this->post( (string) wp_json_encode( array( 'writes' => $list ) ) );
		$this->assertSame( 200, $response->get_status() );
		return $this->data( $response )['results'];
	}

	private function post( string $body ): \WP_REST_Response {
		return $this->rest( 'POST', '/pearlbridge/v1/sidecar/stock', $body, $this->signed( 'POST', '/pearlbridge/v1/sidecar/stock', $body ) );
	}
}
