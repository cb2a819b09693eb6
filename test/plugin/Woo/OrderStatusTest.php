<?php
/**
 * The sidecar sets an order's status, and says whether the customer hears of it.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Woo\Quiet_Mails;
use WC_Emails;

final class OrderStatusTest extends ShopTestCase {

	const CUSTOMER = 'customer@example.test';

	/**
	 * To whom mails went, in order.
	 *
	 * @var string[]
	 */
	private $sent = array();

	protected function setUp(): void {
		parent::setUp();
		$this->sent = array();
		// The mails are made once for a process, but hooks only live as long as a test.
		$mailer = WC()->mailer();
		foreach ( array_keys( $GLOBALS['wp_filter'] ) as $hook ) {
			if ( 1 === preg_match( '/^woocommerce_order_status_.*_notification$/', (string) $hook ) ) {
				remove_all_actions( $hook );
			}
		}
		$mailer->init();
		add_filter(
			'pre_wp_mail',
			function ( $done, array $mail ) {
				$this->sent[] = is_array( $mail['to'] ) ? implode( ',', $mail['to'] ) : $mail['to'];
				return true;
			},
			10,
			2
		);
	}

	public function test_the_status_is_set_in_one_change_with_a_note(): void {
		$this->shop();
		$id      = Ways::order()->get_id();
		$changes = did_action( 'woocommerce_order_status_changed' );
		$this->assertSame(
			array(
				'id'      => $id,
				'status'  => 'completed',
				'changed' => true,
			),
			$this->set( $id, 'completed', true, 'As in <b>the other system</b>.' )
		);
		$this->assertSame( 'completed', wc_get_order( $id )->get_status() );
		$this->assertSame( $changes + 1, did_action( 'woocommerce_order_status_changed' ) );
		$notes = wp_list_pluck( $this->notes( $id ), 'comment_content' );
		$this->assertStringStartsWith( 'As in the other system. Order status changed from', end( $notes ) );
	}

	public function test_a_quiet_one_sends_the_customer_nothing(): void {
		$this->shop();
		$this->mails( false );
		$id = Ways::order()->get_id();
		$this->sent = array();
		$this->set( $id, 'completed', true );
		$this->assertSame( array(), $this->sent );
		$this->assertSame( 'completed', wc_get_order( $id )->get_status() );
	}

	public function test_one_that_is_not_quiet_sends_what_the_shop_sends(): void {
		$this->shop();
		$this->mails( false );
		$id = Ways::order()->get_id();
		$this->sent = array();
		$this->set( $id, 'completed', false );
		$this->assertSame( array( self::CUSTOMER ), $this->sent );
	}

	public function test_the_shops_own_people_are_told_all_the_same(): void {
		$this->shop();
		$this->mails( false );
		$id = Ways::order( 'on-hold' )->get_id();
		$this->sent = array();
		$this->set( $id, 'cancelled', true );
		$this->assertSame( array( get_option( 'admin_email' ) ), $this->sent );
	}

	public function test_a_shop_that_puts_mails_off_is_quiet_too(): void {
		$this->shop();
		$this->mails( true );
		$put_off = array();
		add_action(
			'stand_in_mail_put_off',
			static function ( $hook ) use ( &$put_off ): void {
				$put_off[] = $hook;
			}
		);
		$id = Ways::order( 'on-hold' )->get_id();
		$this->sent = array();
		$put_off    = array();
		$this->set( $id, 'cancelled', true );
		$this->assertSame( array( get_option( 'admin_email' ) ), $this->sent );
		$this->assertSame( array(), $put_off );
		$this->assertSame( 10, has_action( 'woocommerce_order_status_completed', Quiet_Mails::PUT_OFF ) );
		$this->assertFalse( has_action( 'woocommerce_order_status_completed', Quiet_Mails::AT_ONCE ) );
	}

	public function test_only_that_one_change_is_quiet(): void {
		$this->shop();
		$this->mails( false );
		$quiet  = Ways::order()->get_id();
		$second = Ways::order()->get_id();
		$this->set( $quiet, 'completed', true );
		$this->sent = array();
		wc_get_order( $second )->update_status( 'completed' );
		$this->assertSame( array( self::CUSTOMER ), $this->sent );
	}

	public function test_a_mail_that_does_not_ask_whether_it_may_has_nobody_to_go_to(): void {
		$to = static function ( string $mail ): string {
			return apply_filters( "woocommerce_email_recipient_$mail", 'somebody@example.test', false, null );
		};
		$this->assertSame( '', Quiet_Mails::during( static fn() => $to( 'customer_completed_order' ) ) );
		$this->assertSame( 'somebody@example.test', Quiet_Mails::during( static fn() => $to( 'new_order' ) ) );
		$this->assertSame( 'somebody@example.test', $to( 'customer_completed_order' ) );
	}

	public function test_mails_are_let_go_also_when_the_work_throws(): void {
		$this->mails( false );
		$before = $this->hooks();
		try {
			Quiet_Mails::during(
				static function (): void {
					throw new \RuntimeException( 'A plugin.' );
				}
			);
			$this->fail( 'It must not be swallowed.' );
		} catch ( \RuntimeException $error ) {
			$this->assertSame( $before, $this->hooks() );
		}
	}

	public function test_the_same_status_changes_nothing_and_sends_nothing(): void {
		$this->shop();
		$this->mails( false );
		$id    = Ways::order( 'completed' )->get_id();
		$saves = did_action( 'woocommerce_update_order' );
		$this->sent = array();
		$this->assertSame(
			array(
				'id'      => $id,
				'status'  => 'completed',
				'changed' => false,
			),
			$this->set( $id, 'completed', false )
		);
		$this->assertSame( array(), $this->sent );
		$this->assertSame( $saves, did_action( 'woocommerce_update_order' ) );
	}

	public function test_the_change_is_told_like_anybody_elses(): void {
		$this->shop();
		$id = Ways::order()->get_id();
		$this->end_request();
		$GLOBALS['wpdb']->query( "DELETE FROM {$this->outbox->name()}" );
		$this->set( $id, 'completed', true );
		$this->end_request();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
	}

	public function test_what_another_plugin_makes_of_it_is_answered(): void {
		$this->shop();
		$id = Ways::order()->get_id();
		add_action(
			'woocommerce_order_status_completed',
			static function ( $completed ): void {
				wc_get_order( $completed )->update_status( 'on-hold' );
			}
		);
		$this->assertSame( 'on-hold', $this->set( $id, 'completed', true )['status'] );
	}

	/**
	 * Orders and statuses that are not there.
	 *
	 * @return array<string, array{string, string, int, string}>
	 */
	public function refusals(): array {
		return array(
			'no such order'  => array( 'none', 'completed', 404, 'unknown_order' ),
			'a refund'       => array( 'refund', 'completed', 404, 'unknown_order' ),
			'in the trash'   => array( 'trash', 'completed', 404, 'unknown_order' ),
			'a draft'        => array( 'checkout-draft', 'processing', 404, 'unknown_order' ),
			'no such status' => array( 'processing', 'packed', 400, 'unknown_status' ),
			'the trash'      => array( 'processing', 'trash', 400, 'unknown_status' ),
			'to a draft'     => array( 'processing', 'checkout-draft', 400, 'unknown_status' ),
		);
	}

	/**
	 * @dataProvider refusals
	 * @param string $which  Order.
	 * @param string $status Status asked for.
	 * @param int    $answer HTTP status.
	 * @param string $code   Code.
	 */
	public function test_what_is_not_there_is_refused( string $which, string $status, int $answer, string $code ): void {
		$this->shop();
		$id = 99999999;
		if ( 'refund' === $which ) {
			$id = wc_create_refund(
				array(
					'order_id' => Ways::order()->get_id(),
					'amount'   => '1.00',
				)
			)->get_id();
		} elseif ( 'trash' === $which ) {
			$order = Ways::order();
			$id    = $order->get_id();
			$order->delete( false );
		} elseif ( 'none' !== $which ) {
			$id = Ways::order( $which )->get_id();
		}
		$before   = wc_get_order( $id );
		$before   = $before ? $before->get_status() : null;
		$response = $this->post(
			array(
				'id'     => $id,
				'status' => $status,
				'quiet'  => true,
			)
		);
		$this->assertSame( $answer, $response->get_status() );
		$this->assertSame( $code, $this->data( $response )['code'] );
		$after = wc_get_order( $id );
		$this->assertSame( $before, $after ? $after->get_status() : null );
	}

	public function test_nonsense_is_refused(): void {
		$this->shop();
		$good = array(
			'id'     => Ways::order()->get_id(),
			'status' => 'completed',
			'quiet'  => true,
		);
		foreach (
			array(
				array( 'id' => 0 ),
				array( 'id' => 'x' ),
				array( 'status' => 'Completed!' ),
				array( 'status' => "completed\n" ),
				array( 'status' => array( 'completed' ) ),
				array( 'quiet' => 'perhaps' ),
				array( 'note' => str_repeat( 'x', 501 ) ),
			) as $bad
		) {
			$this->assertSame( 400, $this->post( array_merge( $good, $bad ) )->get_status(), (string) wp_json_encode( $bad ) );
		}
		foreach ( array_keys( $good ) as $name ) {
			$this->assertSame( 400, $this->post( array_diff_key( $good, array( $name => 1 ) ) )->get_status(), $name );
		}
		$this->assertSame( 'processing', wc_get_order( $good['id'] )->get_status() );
	}

	public function test_only_the_sidecar_sets_it(): void {
		$this->shop();
		$id   = Ways::order()->get_id();
		$body = (string) wp_json_encode(
			array(
				'id'     => $id,
				'status' => 'completed',
				'quiet'  => true,
			)
		);
		$this->as_admin();
		$this->assertSame( 400, $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-status', $body )->get_status() );
		$wrong = $this->signed( 'POST', '/pearlbridge/v1/sidecar/order-status', $body, self::key( self::KEY_ID, 'x' ) );
		$this->assertSame( 401, $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-status', $body, $wrong )->get_status() );
		$this->assertSame( 'processing', wc_get_order( $id )->get_status() );
	}

	/**
	 * The shop sends mails.
	 *
	 * @param bool $put_off Whether in a later request.
	 */
	private function mails( bool $put_off ): void {
		foreach ( array_keys( $GLOBALS['wp_filter'] ) as $hook ) {
			remove_action( $hook, Quiet_Mails::PUT_OFF );
			remove_action( $hook, Quiet_Mails::AT_ONCE );
		}
		add_filter( 'woocommerce_defer_transactional_emails', $put_off ? '__return_true' : '__return_false', 99 );
		WC_Emails::init_transactional_emails();
	}

	/**
	 * What is hooked in: hook => how often.
	 *
	 * @return array<string, int>
	 */
	private function hooks(): array {
		$hooks = array();
		foreach ( $GLOBALS['wp_filter'] as $name => $hook ) {
			$hooks[ $name ] = array_sum( array_map( 'count', $hook->callbacks ) );
		}
		return array_filter( $hooks );
	}

	/**
	 * Notes of an order, oldest first.
	 *
	 * @param int $id Order.
	 * @return \WP_Comment[]
	 */
	private function notes( int $id ): array {
		remove_filter( 'comments_clauses', array( 'WC_Comments', 'exclude_order_comments' ) );
		return get_comments(
			array(
				'post_id' => $id,
				'type'    => 'order_note',
				'orderby' => 'comment_ID',
				'order'   => 'ASC',
			)
		);
	}

	/**
	 * Sets a status as the sidecar does.
	 *
	 * @param int    $id     Order.
	 * @param string $status Status.
	 * @param bool   $quiet  Without customer mails.
	 * @param string $note   Note.
	 */
	private function set( int $id, string $status, bool $quiet, string $note = '' ): array {
		$response = $this->post(
			array(
				'id'     => $id,
				'status' => $status,
				'quiet'  => $quiet,
				'note'   => $note,
			)
		);
		$this->assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		return $this->data( $response );
	}

	private function post( array $body ): \WP_REST_Response {
		$text = (string) wp_json_encode( $body );
		return $this->rest( 'POST', '/pearlbridge/v1/sidecar/order-status', $text, $this->signed( 'POST', '/pearlbridge/v1/sidecar/order-status', $text ) );
	}
}
