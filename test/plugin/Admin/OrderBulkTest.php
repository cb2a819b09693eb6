<?php
/**
 * The bulk action of the list of orders.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Tests\Fake_Sidecar;
use Pearlbridge\Tests\PairingTestCase;

final class OrderBulkTest extends PairingTestCase {

	const LIST_URL = 'https://shop.example.test/wp-admin/list.php';

	/**
	 * The screens of the two stores of orders.
	 *
	 * @return array<string, array{string}>
	 */
	public function screens(): array {
		return array(
			'posts' => array( 'edit-shop_order' ),
			'HPOS'  => array( 'woocommerce_page_wc-orders' ),
		);
	}

	/**
	 * Chooses the action, as the list does once it has checked its nonce.
	 *
	 * @param mixed  $ids    Orders.
	 * @param string $screen Screen.
	 * @param string $action Action.
	 * @return array<string, string> Query of where the browser goes.
	 */
	private function choose( $ids, string $screen = 'edit-shop_order', string $action = 'pearlbridge_push' ): array {
		$url = apply_filters( 'handle_bulk_actions-' . $screen, self::LIST_URL, $action, $ids );
		$this->assertStringStartsWith( self::LIST_URL, $url );
		wp_parse_str( (string) wp_parse_url( $url, PHP_URL_QUERY ), $query );
		return $query;
	}

	/**
	 * The notice after it.
	 *
	 * @param array<string, string> $query Query of the list.
	 */
	private function notice( array $query ): string {
		$_GET = $query;
		set_current_screen( 'edit-shop_order' );
		ob_start();
		do_action( 'admin_notices' );
		return (string) ob_get_clean();
	}

	/**
	 * A sidecar that takes orders.
	 *
	 * @param list<array<string, mixed>> $results Results.
	 */
	private function taking( array $results ): Fake_Sidecar {
		$sidecar = $this->paired();
		$sidecar->answer(
			'POST',
			'/v1/console/ordersPush',
			200,
			array(
				'exit' => 0,
				'body' => array( 'results' => $results ),
			)
		);
		return $sidecar;
	}

	/**
	 * What was sent.
	 *
	 * @param Fake_Sidecar $sidecar Sidecar.
	 * @return array<string, mixed>
	 */
	private function sent( Fake_Sidecar $sidecar ): array {
		$request = $sidecar->only_request( 'POST', '/v1/console/ordersPush' );
		$this->assertSignedBy( $request );
		return json_decode( $request['body'], true );
	}

	/**
	 * @dataProvider screens
	 */
	public function test_is_offered_to_whoever_manages_a_paired_shop( string $screen ): void {
		$this->as_admin();
		$this->assertSame( array( 'trash' => 'x' ), apply_filters( 'bulk_actions-' . $screen, array( 'trash' => 'x' ) ) );
		$this->paired();
		$offered = apply_filters( 'bulk_actions-' . $screen, array( 'trash' => 'x' ) );
		$this->assertSame( 'Push to Brightpearl', $offered['pearlbridge_push'] );
		$this->as_role( 'editor' );
		$this->assertSame( array( 'trash' => 'x' ), apply_filters( 'bulk_actions-' . $screen, array( 'trash' => 'x' ) ) );
	}

	/**
	 * @dataProvider screens
	 */
	public function test_one_call_queues_them_all_and_waits_for_none( string $screen ): void {
		$this->as_admin();
		$sidecar = $this->taking( array( array( 'orderId' => 7 ), array( 'orderId' => 8 ) ) );
		$query   = $this->choose( array( '7', 'x', '-8', '7', '0', array( '9' ) ), $screen );
		$sent    = $this->sent( $sidecar );
		$this->assertSame(
			array(
				'orderIds' => array( 7, 8 ),
				'wait'     => false,
			),
			$sent['input']
		);
		$this->assertSame( array( 14500, wp_get_current_user()->user_login ), array( $sent['timeout'], $sent['by'] ) );
		$this->assertGreaterThanOrEqual( 8, strlen( $sent['idempotencyKey'] ) );
		$this->assertSame( '2', $query['pearlbridge_queued'] );
		$notice = $this->notice( $query );
		$this->assertStringContainsString( '2 orders are on their way to Brightpearl.', $notice );
		$this->assertStringContainsString( 'notice-success', $notice );
	}

	public function test_asks_nothing_for_others_and_for_other_actions(): void {
		$sidecar = $this->taking( array() );
		$this->as_role( 'editor' );
		$this->assertSame( array(), $this->choose( array( 7 ) ) );
		$this->assertSame( '', $this->notice( array( 'pearlbridge_queued' => '1' ) ) );
		$this->as_admin();
		$this->assertSame( array(), $this->choose( array( 7 ), 'edit-shop_order', 'mark_completed' ) );
		$this->assertSame( array(), $this->choose( array( 'none' ) ) );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_takes_a_hundred_at_a_time_and_tells_of_the_rest(): void {
		$this->as_admin();
		$sidecar = $this->taking( array_fill( 0, 100, array( 'orderId' => 1 ) ) );
		$query   = $this->choose( range( 1, 103 ) );
		$this->assertSame( range( 1, 100 ), $this->sent( $sidecar )['input']['orderIds'] );
		$notice = $this->notice( $query );
		$this->assertStringContainsString( '3 orders were left out: at most 100', $notice );
		$this->assertStringContainsString( 'notice-warning', $notice );
	}

	public function test_tells_of_those_that_were_not_taken_and_why_once(): void {
		$this->as_admin();
		$this->taking(
			array(
				array( 'orderId' => 7 ),
				array(
					'orderId' => 8,
					'error'   => array(
						'code'    => 'unknown-order',
						'message' => 'The shop has no order <b>8</b>.',
						'fix'     => 'Look at it.',
						'details' => null,
					),
				),
			)
		);
		$query  = $this->choose( array( 7, 8 ) );
		$notice = $this->notice( $query );
		$this->assertStringContainsString( '1 order is on its way to Brightpearl. 1 order was not taken. The shop has no order ', $notice );
		$this->assertStringContainsString( 'Look at it.', $notice );
		$this->assertStringNotContainsString( '<b>', $notice );
		$this->assertStringNotContainsString( 'Look at it.', $this->notice( $query ) );
	}

	public function test_held_orders_are_not_on_their_way(): void {
		$this->as_admin();
		$this->taking(
			array(
				array(
					'orderId' => 7,
					'state'   => 'queued',
				),
				array(
					'orderId' => 8,
					'state'   => 'held',
				),
			)
		);
		$this->assertStringContainsString( '1 order is on its way to Brightpearl. 1 order was not taken. Release them first', $this->notice( $this->choose( array( 7, 8 ) ) ) );
	}

	public function test_a_sidecar_that_is_down_or_refuses_is_told_in_words(): void {
		$this->as_admin();
		$sidecar = $this->paired();
		$sidecar->fail( 'POST', '/v1/console/ordersPush' );
		$sidecar->answer(
			'POST',
			'/v1/console/ordersPush',
			200,
			array(
				'exit' => 6,
				'body' => array(
					'error' => array(
						'code'    => 'paused',
						'message' => 'The connection is paused.',
						'fix'     => 'Resume it.',
						'details' => null,
					),
				),
			)
		);
		$notice = $this->notice( $this->choose( array( 7 ) ) );
		$this->assertStringContainsString( 'notice-error', $notice );
		$this->assertStringContainsString( 'The sidecar cannot be reached', $notice );
		$this->assertStringContainsString( 'Check that it is running', $notice );
		$this->assertStringContainsString( 'The connection is paused. Resume it.', $this->notice( $this->choose( array( 7 ) ) ) );
	}

	public function test_the_counts_leave_the_address(): void {
		$this->assertContains( 'pearlbridge_queued', wp_removable_query_args() );
		$this->assertContains( 'pearlbridge_refused', wp_removable_query_args() );
		$this->assertContains( 'pearlbridge_left', wp_removable_query_args() );
	}
}
