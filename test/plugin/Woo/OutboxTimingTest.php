<?php
/**
 * When the outbox is written: behind the answer, at the very end, and on the way where nobody waits.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Woo\Nudge;
use Pearlbridge\Woo\Outbox_Recorder;

require_once __DIR__ . '/finish-request.php';
require_once __DIR__ . '/sites.php';

final class OutboxTimingTest extends ShopTestCase {

	/**
	 * Unix seconds, for the recorder built here.
	 *
	 * @var int
	 */
	private $time = 1795000000;

	protected function tearDown(): void {
		unset( $GLOBALS['pearlbridge_course'] );
		parent::tearDown();
	}

	public function test_the_answer_is_finished_before_anything_is_written_or_told(): void {
		$this->follow_course();
		$recorder = $this->built();
		$recorder->note( 7 );
		$recorder->on_shutdown();
		$this->assertSame( array( 'finished', 'insert 1:7', 'nudge' ), $GLOBALS['pearlbridge_course'] );
	}

	public function test_a_request_that_changed_nothing_is_left_alone(): void {
		$this->follow_course();
		$this->built()->on_shutdown();
		$this->assertSame( array(), $GLOBALS['pearlbridge_course'] );
	}

	public function test_a_database_that_is_gone_prints_nothing_and_nobody_is_told(): void {
		$this->follow_course();
		$gone     = new class( $GLOBALS['wpdb']->prefix ) extends \wpdb {
			/**
			 * Does not connect.
			 *
			 * @param string $prefix Prefix.
			 */
			public function __construct( string $prefix ) {
				$this->prefix = $prefix;
			}

			/**
			 * As WordPress' own: without the argument it ends the request with a page.
			 *
			 * @param bool $allow_bail Whether it may.
			 */
			public function check_connection( $allow_bail = true ) {
				if ( $allow_bail ) {
					$GLOBALS['pearlbridge_course'][] = 'died';
				}
				echo 'A warning.';
				return false;
			}

			/**
			 * Needs a connection otherwise.
			 *
			 * @param string $query   Query.
			 * @param mixed  ...$args Values.
			 */
			public function prepare( $query, ...$args ) {
				return $query;
			}

			/**
			 * Would bail out.
			 *
			 * @param string $query Query.
			 */
			public function query( $query ) {
				return $this->check_connection();
			}
		};
		$recorder = new Outbox_Recorder( $this->pairing, new \Pearlbridge\Woo\Outbox_Table( $gone ), new Nudge( $this->pairing, $this->client ), 'time' );
		$recorder->note( 7 );
		$recorder->on_shutdown();
		$this->assertSame( array( 'finished' ), $GLOBALS['pearlbridge_course'] );
		$this->expectOutputString( '' );
	}

	public function test_orders_are_written_to_the_site_they_belong_to(): void {
		$this->follow_course();
		$recorder = $this->built();
		$recorder->note( 7 );
		\Pearlbridge\Woo\switch_to_blog( 2 );
		$recorder->note( 7 );
		$recorder->note( 8 );
		\Pearlbridge\Woo\restore_current_blog();
		$recorder->flush();
		$this->assertSame( array( 'insert 1:7', 'nudge', 'insert 2:7,8', 'nudge' ), $GLOBALS['pearlbridge_course'] );
		$this->assertSame( 1, get_current_blog_id() );
	}

	public function test_a_long_process_without_a_visitor_writes_on_the_way_all_but_the_order_at_hand(): void {
		$this->follow_course();
		add_filter( 'wp_doing_cron', '__return_true' );
		$recorder = $this->built();
		for ( $id = 1; $id <= Outbox_Recorder::WAITING_MAX; $id++ ) {
			$recorder->note( $id );
		}
		$this->assertSame( array(), $GLOBALS['pearlbridge_course'] );
		$recorder->note( 101 );
		$this->assertSame( array( 'insert 1:' . implode( ',', range( 1, 100 ) ), 'nudge' ), $GLOBALS['pearlbridge_course'] );

		$GLOBALS['pearlbridge_course'] = array();
		$this->time                   += Outbox_Recorder::WAITING_SECONDS - 1;
		$recorder->note( 102 );
		$this->assertSame( array(), $GLOBALS['pearlbridge_course'] );
		++$this->time;
		$recorder->note( 102 );
		$this->assertSame( array( 'insert 1:101', 'nudge' ), $GLOBALS['pearlbridge_course'] );
		$recorder->on_shutdown();
		$this->assertSame( array( 'insert 1:101', 'nudge', 'finished', 'insert 1:102', 'nudge' ), $GLOBALS['pearlbridge_course'] );
	}

	public function test_a_shopper_waits_for_nothing_on_the_way(): void {
		$this->follow_course();
		$recorder = $this->built();
		for ( $id = 1; $id <= 300; $id++ ) {
			$recorder->note( $id );
			++$this->time;
		}
		$this->assertSame( array(), $GLOBALS['pearlbridge_course'] );
	}

	/**
	 * @group network
	 */
	public function test_an_order_that_changes_after_the_shutdown_action_is_written_in_a_second_turn(): void {
		if ( class_exists( 'WP_SQLite_DB', false ) || ! function_exists( 'proc_open' ) ) {
			$this->markTestSkipped( 'Needs a process of its own.' );
		}
		$process = proc_open( array( PHP_BINARY, __DIR__ . '/late-worker.php', '987654321' ), array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$this->assertIsResource( $process );
		$printed = stream_get_contents( $pipes[1] );
		fclose( $pipes[1] );
		$this->assertSame( 0, proc_close( $process ), (string) $printed );
		$this->assertSame( '1', $printed );
	}

	/**
	 * Notes what happens in which order: the answer finished, rows written (site:orders), the sidecar told.
	 */
	private function follow_course(): void {
		$GLOBALS['pearlbridge_course'] = array();
		$this->paired()->stop();
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer_with(
			'POST',
			'/v1/nudge',
			static function () {
				$GLOBALS['pearlbridge_course'][] = 'nudge';
				return self::response( 200, array( 'ok' => true ) );
			}
		);
		add_filter(
			'query',
			static function ( $query ) {
				if ( 1 === preg_match( '/^INSERT INTO\s+\S+pearlbridge_outbox/', (string) $query ) ) {
					preg_match_all( "/'order', (\d+)/", (string) $query, $ids );
					$GLOBALS['pearlbridge_course'][] = 'insert ' . get_current_blog_id() . ':' . implode( ',', $ids[1] );
				}
				return $query;
			}
		);
	}

	private function built(): Outbox_Recorder {
		return new Outbox_Recorder(
			$this->pairing,
			$this->outbox,
			new Nudge( $this->pairing, $this->client ),
			function (): int {
				return $this->time;
			}
		);
	}
}
