<?php
/**
 * The outbox as the sidecar reads it.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Woo\Outbox_Recorder;
use Pearlbridge\Woo\Outbox_Table;

final class OutboxTableTest extends ShopTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->shop();
	}

	public function test_the_sidecar_reads_what_waits_and_acknowledges_it(): void {
		$before = time();
		$this->outbox->add( 'order', array( 7, 8 ) );
		$page = $this->read();
		$this->assertSame( array( 7, 8 ), array_column( $page['items'], 'objectId' ) );
		$this->assertSame( array( 'order', 'order' ), array_column( $page['items'], 'kind' ) );
		$this->assertGreaterThanOrEqual( $before, $page['items'][0]['at'] );
		$this->assertFalse( $page['more'] );
		$this->assertSame( 2, $this->outbox->waiting()['waiting'] );

		$answer = $this->acknowledge( $page['items'][1]['id'] );
		$this->assertSame( array( 'acknowledged' => 2 ), $answer );
		$this->assertSame(
			array(
				'waiting'  => 0,
				'oldestAt' => null,
			),
			$this->outbox->waiting()
		);
		$this->assertSame( array(), $this->read()['items'] );
	}

	public function test_an_order_that_changed_ten_times_is_one_item_with_the_last_id(): void {
		for ( $time = 0; $time < 10; $time++ ) {
			$this->outbox->add( 'order', array( 7 ) );
		}
		$this->outbox->add( 'order', array( 8 ) );
		$this->outbox->add( 'order', array( 7 ) );
		$items = $this->read()['items'];
		$this->assertSame( array( 8, 7 ), array_column( $items, 'objectId' ) );
		$this->assertSame( 12, $this->acknowledge( $items[1]['id'] )['acknowledged'] );
	}

	public function test_a_change_between_reading_and_acknowledging_is_kept(): void {
		$this->outbox->add( 'order', array( 7 ) );
		$page = $this->read();
		$this->outbox->add( 'order', array( 7 ) );
		$this->acknowledge( $page['items'][0]['id'] );
		$again = $this->read();
		$this->assertSame( array( 7 ), array_column( $again['items'], 'objectId' ) );
		$this->assertGreaterThan( $page['items'][0]['id'], $again['items'][0]['id'] );
	}

	public function test_a_row_that_becomes_visible_late_below_an_acknowledged_one_is_kept(): void {
		global $wpdb;
		$this->outbox->add( 'order', array( 7, 8 ) );
		$rows = $wpdb->get_col( "SELECT id FROM {$this->outbox->name()} ORDER BY id" );
		// Another process had been given the first id, and its row is seen only after the page was read.
		$late = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$this->outbox->name()} WHERE id = %d", $rows[0] ), ARRAY_A );
		$wpdb->delete( $this->outbox->name(), array( 'id' => $rows[0] ) );
		$this->assertSame( array( 8 ), array_column( $this->read()['items'], 'objectId' ) );
		$wpdb->insert( $this->outbox->name(), $late );
		$this->assertSame( array( 'acknowledged' => 1 ), $this->acknowledge( (int) $rows[1] ) );
		$this->assertSame( array( 7 ), array_column( $this->read()['items'], 'objectId' ) );
	}

	public function test_what_was_read_but_not_acknowledged_is_read_again(): void {
		$this->outbox->add( 'order', array( 7 ) );
		$first = $this->read();
		$this->assertSame( $first, $this->read(), 'The answer may have been lost.' );
		$this->assertSame( array( 'acknowledged' => 0 ), $this->acknowledge( $first['items'][0]['id'] - 1 ) );
		$this->assertSame( $first, $this->read() );
	}

	public function test_pages_follow_each_other_and_say_whether_there_is_more(): void {
		$this->outbox->add( 'order', array( 1, 2, 3, 4, 5 ) );
		$seen  = array();
		$after = 0;
		do {
			$page  = $this->read( $after, 2 );
			$seen  = array_merge( $seen, array_column( $page['items'], 'objectId' ) );
			$after = end( $page['items'] )['id'];
		} while ( $page['more'] );
		$this->assertSame( array( 1, 2, 3, 4, 5 ), $seen );
	}

	public function test_three_thousand_orders_of_an_hour_go_with_one_request(): void {
		$this->outbox->add( 'order', range( 1, 3000 ) );
		$page = $this->read( 0, 5000 );
		$this->assertSame( range( 1, 3000 ), array_column( $page['items'], 'objectId' ) );
		$this->assertFalse( $page['more'] );
		$this->assertSame( 3000, $this->acknowledge( end( $page['items'] )['id'] )['acknowledged'] );
	}

	public function test_rows_nobody_fetched_for_thirty_days_are_forgotten(): void {
		global $wpdb;
		$this->outbox->add( 'order', array( 7, 8 ) );
		$wpdb->update( $this->outbox->name(), array( 'changed_at' => time() - 30 * DAY_IN_SECONDS - 1 ), array( 'object_id' => 7 ) );
		do_action( Outbox_Recorder::PRUNE_EVENT );
		$this->assertSame( array( 'order:8' ), $this->waiting() );
	}

	public function test_pruning_is_scheduled_while_paired_and_ends_with_the_plugin(): void {
		wp_clear_scheduled_hook( Outbox_Recorder::PRUNE_EVENT );
		$this->recorder()->schedule_pruning();
		$this->assertIsInt( wp_next_scheduled( Outbox_Recorder::PRUNE_EVENT ) );
		$this->recorder()->deactivate();
		$this->assertFalse( wp_next_scheduled( Outbox_Recorder::PRUNE_EVENT ) );
	}

	public function test_only_the_paired_sidecar_reads_and_acknowledges(): void {
		$this->outbox->add( 'order', array( 7 ) );
		$this->as_admin();
		$this->assertSame( 400, $this->rest( 'GET', '/pearlbridge/v1/sidecar/outbox' )->get_status(), 'Rights in the shop are no signature.' );
		$route   = '/pearlbridge/v1/sidecar/outbox?after=0';
		$headers = $this->signed( 'GET', '/pearlbridge/v1/sidecar/outbox?after=1' );
		$this->assertSame( 401, $this->rest( 'GET', $route, array(), $headers )->get_status(), 'The query is signed too.' );
		$body    = '{"upTo":1}';
		$headers = $this->signed( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body );
		$this->assertSame( 401, $this->rest( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', '{"upTo":999999}', $headers )->get_status(), 'So is the body.' );
		$this->assertSame( 200, $this->rest( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body, $headers )->get_status() );
		$this->assertSame( 409, $this->rest( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body, $headers )->get_status(), 'Nobody sends it twice.' );
		$this->assertSame( array( 'order:7' ), $this->waiting() );
	}

	public function test_a_copy_of_the_shop_lets_nobody_read(): void {
		$this->outbox->add( 'order', array( 7 ) );
		self::move();
		$route    = '/pearlbridge/v1/sidecar/outbox?after=0';
		$response = $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) );
		$this->assertSame( 409, $response->get_status() );
	}

	public function test_no_cache_may_keep_a_page(): void {
		$route    = '/pearlbridge/v1/sidecar/outbox?after=0';
		$response = $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) );
		$this->assertStringContainsString( 'no-store', $response->get_headers()['Cache-Control'] );
	}

	public function test_nonsense_is_refused(): void {
		foreach ( array( 'after=-1', 'after=x', 'limit=0', 'limit=5001' ) as $query ) {
			$route = '/pearlbridge/v1/sidecar/outbox?' . $query;
			$this->assertSame( 400, $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) )->get_status(), $query );
		}
	}

	public function test_a_database_that_refuses_is_no_empty_outbox(): void {
		global $wpdb;
		add_filter(
			'query',
			static function ( $query ) {
				return str_replace( 'pearlbridge_outbox', 'pearlbridge_gone', (string) $query );
			}
		);
		$wpdb->suppress_errors();
		$route = '/pearlbridge/v1/sidecar/outbox?after=0';
		$this->assertSame( 503, $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) )->get_status() );
		$body = '{"upTo":1}';
		$this->assertSame( 503, $this->rest( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body, $this->signed( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body ) )->get_status() );
		$wpdb->suppress_errors( false );
		$this->assertFalse( ( new Outbox_Table( $wpdb ) )->add( 'order', array( 7 ) ) );
	}

	/**
	 * Reads a page as the sidecar does.
	 *
	 * @param int $after Last id seen.
	 * @param int $limit Rows.
	 */
	private function read( int $after = 0, int $limit = 1000 ): array {
		$route    = "/pearlbridge/v1/sidecar/outbox?after=$after&limit=$limit";
		$response = $this->rest( 'GET', $route, array(), $this->signed( 'GET', $route ) );
		$this->assertSame( 200, $response->get_status() );
		return $this->data( $response );
	}

	/**
	 * Acknowledges as the sidecar does.
	 *
	 * @param int $up_to Last id taken.
	 */
	private function acknowledge( int $up_to ): array {
		$body     = (string) wp_json_encode( array( 'upTo' => $up_to ) );
		$response = $this->rest( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body, $this->signed( 'POST', '/pearlbridge/v1/sidecar/outbox/ack', $body ) );
		$this->assertSame( 200, $response->get_status() );
		return $this->data( $response );
	}
}
