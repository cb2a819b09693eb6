<?php
/**
 * What a nudge may cost.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Woo\Nudge;

final class NudgeTest extends ShopTestCase {

	public function test_after_a_failure_nobody_nudges_for_a_minute(): void {
		$sidecar = $this->paired();
		$sidecar->fail( 'POST', '/v1/nudge' );
		$this->change();
		$this->assertCount( 1, $sidecar->requests );
		$nudge = new Nudge( $this->pairing, $this->client );
		$this->assertGreaterThanOrEqual( time() + 58, $nudge->paused_until() );

		$this->change();
		$this->change();
		$this->assertCount( 1, $sidecar->requests );
		$this->assertCount( 3, $this->waiting(), 'The outbox goes on.' );
	}

	/**
	 * @dataProvider refusals
	 * @param int $status Status.
	 */
	public function test_whatever_is_not_a_yes_is_a_failure( int $status ): void {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/nudge', $status, array() );
		$this->change();
		$this->change();
		$this->assertCount( 1, $sidecar->requests );
	}

	public function refusals(): array {
		return array( array( 401 ), array( 302 ), array( 429 ), array( 500 ) );
	}

	public function test_when_the_minute_is_over_one_process_alone_tries(): void {
		$sidecar = $this->paired();
		$sidecar->fail( 'POST', '/v1/nudge' );
		$this->change();
		$past = (string) ( time() - 1 );
		update_option( Nudge::OPTION, $past );
		// Another process is at it: it has moved the end of the pause, and this one has read it before.
		global $wpdb;
		$wpdb->update( $wpdb->options, array( 'option_value' => (string) ( time() + 60 ) ), array( 'option_name' => Nudge::OPTION ) );
		$this->change();
		$this->assertCount( 1, $sidecar->requests );

		update_option( Nudge::OPTION, $past );
		$this->change();
		$this->assertCount( 2, $sidecar->requests );
		$this->change();
		$this->assertCount( 2, $sidecar->requests, 'It failed again: another minute.' );
	}

	public function test_when_the_sidecar_is_back_every_change_is_told_again(): void {
		$sidecar = $this->paired();
		$sidecar->fail( 'POST', '/v1/nudge' );
		$sidecar->answer( 'POST', '/v1/nudge', 200, array( 'ok' => true ) );
		$this->change();
		update_option( Nudge::OPTION, (string) ( time() - 1 ) );
		$this->change();
		$this->change();
		$this->assertCount( 3, $sidecar->requests );
		$this->assertNull( ( new Nudge( $this->pairing, $this->client ) )->paused_until() );
	}

	public function test_a_plugin_that_throws_in_http_filters_does_not_reach_the_shopper(): void {
		$this->shop();
		add_filter(
			'http_request_args',
			static function (): void {
				throw new \RuntimeException( 'A security plugin.' );
			}
		);
		$this->change();
		$this->assertCount( 1, $this->waiting() );
		$this->expectOutputString( '' );
	}

	/**
	 * A real listener whose kernel takes connections and whose program never answers. Without the limits WordPress
	 * would wait for a whole second.
	 *
	 * @group network
	 */
	public function test_a_sidecar_that_never_answers_costs_less_than_a_second_once(): void {
		$server = stream_socket_server( 'tcp://127.0.0.1:0' );
		if ( ! function_exists( 'curl_version' ) || false === $server ) {
			$this->markTestSkipped( 'This PHP has no curl or may not listen.' );
		}
		$this->paired_with( 'http://' . stream_socket_get_name( $server, false ) );
		$started = hrtime( true );
		$this->change();
		$took = ( hrtime( true ) - $started ) / 1e6;
		$this->assertLessThan( 900, $took );
		$this->assertIsInt( ( new Nudge( $this->pairing, $this->client ) )->paused_until() );
		$this->assertIsResource( stream_socket_accept( $server, 1 ), 'It did come.' );
		$this->change();
		$waiting = array( $server );
		$write   = array();
		$this->assertSame( 0, stream_select( $waiting, $write, $write, 0 ), 'It did not come again.' );
	}

	/**
	 * @group network
	 */
	public function test_a_closed_port_pauses_too(): void {
		if ( ! function_exists( 'curl_version' ) ) {
			$this->markTestSkipped( 'This PHP has no curl.' );
		}
		$server = stream_socket_server( 'tcp://127.0.0.1:0' );
		$url    = 'http://' . stream_socket_get_name( $server, false );
		fclose( $server );
		$this->paired_with( $url );
		$this->change();
		$this->assertIsInt( ( new Nudge( $this->pairing, $this->client ) )->paused_until() );
	}

	public function test_the_limits_hold_for_the_nudge_alone(): void {
		$this->shop();
		$before = count( $GLOBALS['wp_filter']['http_api_curl']->callbacks ?? array() );
		$this->change();
		$this->assertCount( $before, $GLOBALS['wp_filter']['http_api_curl']->callbacks ?? array() );
	}

	private function change(): void {
		Ways::classic_checkout_unpaid();
		$this->end_request();
	}

	/**
	 * Pairs with another address.
	 *
	 * @param string $url Address.
	 */
	private function paired_with( string $url ): void {
		$this->paired()->stop();
		$record              = Pairing_Record::load();
		$record->sidecar_url = $url;
		$record->save();
		// The test site answers for hosts outside; this one is real.
		remove_all_filters( 'pre_http_request' );
	}
}
