<?php
/**
 * What the console asks the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Rest;

use Pearlbridge\Rest\Overview_Cache;
use Pearlbridge\Tests\PairingTestCase;

final class ConsoleControllerTest extends PairingTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->as_admin();
	}

	/**
	 * Asks for an operation.
	 *
	 * @param string $route Route.
	 * @param string $input Input as JSON.
	 * @param string $more  More of the body.
	 */
	private function ask( string $route, string $input, string $more = '"idempotencyKey":"click-0001"' ): \WP_REST_Response {
		return $this->rest( 'POST', '/pearlbridge/v1/console/' . $route, '{"input":' . $input . ',"timeout":60000,' . $more . '}' );
	}

	public function test_passes_a_read_on_and_its_answer_back(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/ordersList', 200, '{"exit":0,"body":{"items":[],"byState":{},"total":"10.00"}}' );
		$response = $this->ask( 'orders-list', '{"state":null,"limit":50,"cursor":"abc"}', '"idempotencyKey":null' );
		$this->assertSame( 200, $response->get_status() );
		$this->assertSame( '{"exit":0,"body":{"items":[],"byState":{},"total":"10.00"}}', wp_json_encode( rest_get_server()->response_to_data( $response, false ) ) );
		$request = $sidecar->only_request( 'POST', '/v1/console/ordersList' );
		$this->assertSignedBy( $request );
		$this->assertSame( 5, $request['args']['timeout'] );
		$this->assertSame( '{"input":{"state":null,"limit":50,"cursor":"abc"},"timeout":4500,"idempotencyKey":null,"by":"' . wp_get_current_user()->user_login . '"}', $request['body'] );
	}

	public function test_passes_a_command_on_with_its_key_and_who_asks(): void {
		$sidecar = $this->paired();
		$sidecar->answer(
			'POST',
			'/v1/console/ordersPush',
			200,
			array(
				'exit' => 5,
				'body' => null,
			)
		);
		$this->assertSame( 5, $this->data( $this->ask( 'orders-push', '{"orderIds":[4336],"dryRun":true}' ) )['exit'] );
		$request = $sidecar->only_request( 'POST', '/v1/console/ordersPush' );
		$this->assertSame( 15, $request['args']['timeout'] );
		$sent = json_decode( $request['body'], true );
		$this->assertSame( array( 14500, 'click-0001', wp_get_current_user()->user_login ), array( $sent['timeout'], $sent['idempotencyKey'], $sent['by'] ) );
	}

	public function test_objects_stay_objects_and_texts_stay_texts(): void {
		$sidecar = $this->paired();
		$sidecar->answer(
			'POST',
			'/v1/console/settingsSave',
			200,
			array(
				'exit' => 0,
				'body' => null,
			)
		);
		$settings = '{"goLive":null,"orders":{"payments":{},"shipping":{"*":0},"tax":[],"roundingLimit":"0.05","missingSku":{"productId":7},"status":{"on-hold":null}},"stock":{"breaker":{"percent":20.5}}}';
		$this->assertSame( 200, $this->ask( 'settings-save', '{"settings":' . $settings . ',"revision":3}' )->get_status() );
		$this->assertStringContainsString( '"input":{"settings":' . $settings . ',"revision":3}', $sidecar->only_request( 'POST', '/v1/console/settingsSave' )['body'] );
	}

	public function test_who_asks_cannot_be_made_up(): void {
		$sidecar = $this->paired();
		$sidecar->answer(
			'POST',
			'/v1/console/ordersPush',
			200,
			array(
				'exit' => 0,
				'body' => null,
			)
		);
		$this->ask( 'orders-push', '{"orderIds":[1]}', '"idempotencyKey":"click-0001","by":"somebody else"' );
		$this->assertSame( wp_get_current_user()->user_login, json_decode( $sidecar->only_request( 'POST', '/v1/console/ordersPush' )['body'], true )['by'] );
	}

	public function test_the_connection_is_the_paired_one(): void {
		$sidecar = $this->paired();
		$sidecar->answer(
			'POST',
			'/v1/console/problemsList',
			200,
			array(
				'exit' => 0,
				'body' => null,
			)
		);
		$sidecar->answer(
			'POST',
			'/v1/console/connectionShow',
			200,
			array(
				'exit' => 0,
				'body' => null,
			)
		);
		$this->assertSame( 200, $this->ask( 'problems-list', '{"connection":"main"}' )->get_status() );
		$this->assertSame( 200, $this->ask( 'connection-show', '{"name":null}' )->get_status() );
		$this->assertStringContainsString( '"input":{},', $sidecar->requests[0]['body'] );
		$this->assertStringContainsString( '"input":{},', $sidecar->requests[1]['body'] );
		$foreign = $this->ask( 'problems-list', '{"connection":"other"}' );
		$this->assertSame( array( 403, 'foreign_connection' ), array( $foreign->get_status(), $this->data( $foreign )['code'] ) );
		$this->assertCount( 2, $sidecar->requests );
	}

	/**
	 * @dataProvider unknown
	 */
	public function test_nothing_gets_through_that_the_map_does_not_name( string $route ): void {
		$sidecar = $this->paired();
		$this->assertSame( 404, $this->ask( $route, '{}' )->get_status() );
		$this->assertSame( array(), $sidecar->requests );
	}

	/**
	 * @return list<array{string}>
	 */
	public function unknown(): array {
		return array(
			array( 'nothing' ),
			array( 'ordersList' ),
			array( 'connection-add' ),
			array( 'connection-remove' ),
			array( 'connection-unpair' ),
			array( 'connection-list' ),
			array( 'pair' ),
			array( 'login' ),
			array( 'status/../../revoke' ),
			array( 'settings-set' ),
		);
	}

	/**
	 * @dataProvider bad_input
	 */
	public function test_refuses_input_the_operation_does_not_take( string $route, string $input, string $more = '"idempotencyKey":"click-0001"' ): void {
		$sidecar = $this->paired();
		$this->assertSame( 400, $this->ask( $route, $input, $more )->get_status() );
		$this->assertSame( array(), $sidecar->requests );
	}

	/**
	 * @return array<string, array<int, string>>
	 */
	public function bad_input(): array {
		return array(
			'unknown field'       => array( 'orders-list', '{"state":null,"extra":1}' ),
			'no id'               => array( 'orders-show', '{}' ),
			'id of zero'          => array( 'orders-show', '{"orderId":0}' ),
			'id as words'         => array( 'orders-show', '{"orderId":"x"}' ),
			'no state'            => array( 'orders-list', '{"state":"lost"}' ),
			'no orders'           => array( 'orders-push', '{"orderIds":[]}' ),
			'other decision'      => array( 'orders-decide', '{"orderIds":[1],"decision":"delete"}' ),
			'not an object'       => array( 'status', '[1]' ),
			'a command, no click' => array( 'orders-push', '{"orderIds":[1]}', '"idempotencyKey":null' ),
			'a short click'       => array( 'orders-push', '{"orderIds":[1]}', '"idempotencyKey":"x"' ),
		);
	}

	public function test_says_when_there_is_no_sidecar(): void {
		$unpaired = $this->ask( 'status', '{}' );
		$this->assertSame( array( 409, 'not_paired' ), array( $unpaired->get_status(), $this->data( $unpaired )['code'] ) );
		$this->paired()->fail( 'POST', '/v1/console/problemsList' );
		$down = $this->ask( 'problems-list', '{}' );
		$this->assertSame( array( 502, 'sidecar_unreachable' ), array( $down->get_status(), $this->data( $down )['code'] ) );
	}

	public function test_the_overview_is_given_again_for_a_moment_and_by_input(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/activity', 200, '{"exit":0,"body":{"of":{}}}' );
		$first  = wp_json_encode( $this->ask( 'activity', '{"span":"day"}' )->get_data() );
		$second = wp_json_encode( $this->ask( 'activity', '{"span":"day"}' )->get_data() );
		$this->assertSame( '{"exit":0,"body":{"of":{}}}', $first );
		$this->assertSame( $first, $second );
		$this->assertCount( 1, $sidecar->requests );
		$this->ask( 'activity', '{"span":"week"}' );
		$this->assertCount( 2, $sidecar->requests );
	}

	public function test_a_site_that_has_moved_shows_nothing_of_before(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/status', 200, '{"exit":0,"body":{}}' );
		$this->assertSame( 200, $this->ask( 'status', '{}' )->get_status() );
		self::move();
		$answer = $this->ask( 'status', '{}' );
		$this->assertSame( array( 409, 'site_moved' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertCount( 1, $sidecar->requests );
	}

	public function test_after_a_command_and_after_an_event_the_overview_is_asked_for_anew(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/console/status', 200, '{"exit":0,"body":{}}' );
		$sidecar->answer( 'POST', '/v1/console/stockPull', 200, '{"exit":0,"body":{}}' );
		$sidecar->answer( 'GET', '/v1/events', 200, '{"items":[],"cursor":"1","reset":false}' );
		$sidecar->answer( 'GET', '/v1/events', 200, '{"items":[{"event":"changed"}],"cursor":"2","reset":false}' );
		$this->ask( 'status', '{}' );
		$this->ask( 'stock-pull', '{}' );
		$this->ask( 'status', '{}' );
		$this->assertCount( 2, $sidecar->requests_to( 'POST', '/v1/console/status' ) );
		$this->rest( 'GET', '/pearlbridge/v1/events', array( 'after' => '1' ) );
		$this->ask( 'status', '{}' );
		$this->assertCount( 2, $sidecar->requests_to( 'POST', '/v1/console/status' ), 'Nothing happened.' );
		$this->rest( 'GET', '/pearlbridge/v1/events', array( 'after' => '1' ) );
		$this->ask( 'status', '{}' );
		$this->assertCount( 3, $sidecar->requests_to( 'POST', '/v1/console/status' ) );
		$this->ask( 'status', '{"waitIdle":true}' );
		$this->ask( 'status', '{"waitIdle":true}' );
		$this->assertCount( 5, $sidecar->requests_to( 'POST', '/v1/console/status' ), 'Waiting is not looking.' );
	}

	public function test_what_was_asked_before_something_happened_is_not_kept(): void {
		$at    = 100.0;
		$cache = new Overview_Cache(
			static function () use ( &$at ): float {
				return $at;
			}
		);
		$asked = 0;
		$ask   = static function () use ( &$asked ): array {
			++$asked;
			return array(
				'exit' => 0,
				'body' => $asked,
			);
		};
		$cache->remember(
			'q',
			static function () use ( $cache, $ask, &$at ): array {
				$at += 0.1;
				$cache->forget();
				return $ask();
			}
		);
		$at += 0.1;
		$this->assertSame( 2, $cache->remember( 'q', $ask )['body'] );
		$this->assertSame( 2, $cache->remember( 'q', $ask )['body'] );
		$at += Overview_Cache::LIFE;
		$this->assertSame( 3, $cache->remember( 'q', $ask )['body'] );
	}

	public function test_events_are_passed_through_and_never_kept(): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'GET', '/v1/events', 200, '{"items":[{"event":"changed","what":{}}],"cursor":"a b","reset":true}' );
		$response = $this->rest( 'GET', '/pearlbridge/v1/events' );
		$this->assertSame( '{"items":[{"event":"changed","what":{}}],"cursor":"a b","reset":true}', wp_json_encode( $response->get_data() ) );
		$this->rest( 'GET', '/pearlbridge/v1/events', array( 'after' => 'a b' ) );
		$this->assertSame( array( '/v1/events', '/v1/events?after=a%20b' ), wp_list_pluck( $sidecar->requests, 'path' ) );
		$this->assertSignedBy( $sidecar->requests[1] );
		$this->assertSame( 400, $this->rest( 'GET', '/pearlbridge/v1/events', array( 'after' => str_repeat( 'x', 201 ) ) )->get_status() );
	}

	public function test_every_operation_of_the_map_has_its_route_and_its_rights(): void {
		$map    = require dirname( PEARLBRIDGE_FILE ) . '/src/Rest/console-routes.php';
		$routes = $this->rest_server()->get_routes( 'pearlbridge/v1' );
		$this->assertGreaterThan( 15, count( $map ) );
		foreach ( array_keys( $map ) as $route ) {
			$this->assertArrayHasKey( '/pearlbridge/v1/console/' . $route, $routes );
		}
		foreach ( $routes as $route => $handlers ) {
			foreach ( $handlers as $handler ) {
				$this->assertTrue( '/pearlbridge/v1' === $route || is_callable( $handler['permission_callback'] ?? null ), $route );
				$this->assertNotSame( '__return_true', $handler['permission_callback'] ?? null, $route );
			}
		}
	}
}
