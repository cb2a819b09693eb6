<?php
/**
 * Every way in which an order changes reaches the outbox.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use WC_Order;

final class OutboxTest extends ShopTestCase {

	/**
	 * Ways: prepares, then a request, of which the id of the order is what must be told.
	 *
	 * @return array<string, array{callable}>
	 */
	public function ways(): array {
		$of_order = static function ( callable $change ): array {
			return array(
				static function ( callable $request ) use ( $change ): int {
					$order = Ways::order();
					$id    = $order->get_id();
					$request();
					$change( $order );
					return $id;
				},
			);
		};
		$of_refund = static function ( callable $change ): array {
			return array(
				static function ( callable $request ) use ( $change ): int {
					$order  = Ways::order();
					$refund = wc_create_refund(
						array(
							'order_id' => $order->get_id(),
							'amount'   => '5.00',
						)
					);
					$request();
					$change( $order, $refund );
					return $order->get_id();
				},
			);
		};
		$new       = static function ( callable $make ): array {
			return array(
				static function ( callable $request ) use ( $make ): int {
					$request();
					return $make();
				},
			);
		};
		return array(
			'classic checkout'                => $new( array( Ways::class, 'classic_checkout' ) ),
			'classic checkout, not paid'      => $new( array( Ways::class, 'classic_checkout_unpaid' ) ),
			'block checkout'                  => $new( array( Ways::class, 'block_checkout' ) ),
			'new in wp-admin'                 => $new( array( Ways::class, 'admin_create' ) ),
			'new over REST'                   => $new( array( Ways::class, 'rest_create' ) ),
			'status change'                   => $of_order(
				static function ( WC_Order $order ): void {
					$order->update_status( 'completed' );
				}
			),
			'status change over REST'         => $of_order(
				static function ( WC_Order $order ): void {
					Ways::rest( 'PUT', '/wc/v3/orders/' . $order->get_id(), array( 'status' => 'on-hold' ) );
				}
			),
			'payment of an unpaid order'      => array(
				static function ( callable $request ): int {
					$id = Ways::classic_checkout_unpaid();
					$request();
					wc_get_order( $id )->payment_complete( 'tx_2' );
					return $id;
				},
			),
			'lines edited'                    => $of_order(
				static function ( WC_Order $order ): void {
					$items = $order->get_items();
					$item  = reset( $items );
					$item->set_quantity( 3 );
					$item->save();
					$order->calculate_totals();
					do_action( 'woocommerce_saved_order_items', $order->get_id(), array() );
				}
			),
			'address edited'                  => $of_order(
				static function ( WC_Order $order ): void {
					$order->set_billing_email( 'other@example.test' );
					$order->save();
				}
			),
			'refund in wp-admin'              => $of_order(
				static function ( WC_Order $order ): void {
					wc_create_refund(
						array(
							'order_id' => $order->get_id(),
							'amount'   => '5.00',
						)
					);
				}
			),
			'refund of everything'            => $of_order(
				static function ( WC_Order $order ): void {
					wc_create_refund(
						array(
							'order_id' => $order->get_id(),
							'amount'   => $order->get_total(),
						)
					);
				}
			),
			'refund over REST'                => $of_order(
				static function ( WC_Order $order ): void {
					Ways::rest( 'POST', '/wc/v3/orders/' . $order->get_id() . '/refunds', array( 'amount' => '5.00' ) );
				}
			),
			'refund deleted in wp-admin'      => $of_refund(
				static function ( WC_Order $order, $refund ): void {
					$id = $refund->get_id();
					$refund->delete( true );
					do_action( 'woocommerce_refund_deleted', $id, $order->get_id() );
				}
			),
			'refund deleted over REST'        => $of_refund(
				static function ( WC_Order $order, $refund ): void {
					Ways::rest( 'DELETE', '/wc/v3/orders/' . $order->get_id() . '/refunds/' . $refund->get_id(), array( 'force' => true ) );
				}
			),
			'trash'                           => $of_order(
				static function ( WC_Order $order ): void {
					$order->delete( false );
				}
			),
			'trash over REST'                 => $of_order(
				static function ( WC_Order $order ): void {
					Ways::rest( 'DELETE', '/wc/v3/orders/' . $order->get_id() );
				}
			),
			'taken back from the trash'       => array(
				static function ( callable $request ): int {
					$order = Ways::order();
					$id    = $order->get_id();
					$order->delete( false );
					$request();
					wc_get_order( $id )->untrash();
					return $id;
				},
			),
			'deleted for good'                => array(
				static function ( callable $request ): int {
					$order = Ways::order();
					$id    = $order->get_id();
					$request();
					$order->delete( true );
					return $id;
				},
			),
			'deleted for good, with a refund' => array(
				static function ( callable $request ): int {
					$order = Ways::order();
					$id    = $order->get_id();
					wc_create_refund(
						array(
							'order_id' => $id,
							'amount'   => '1.00',
						)
					);
					$request();
					wc_get_order( $id )->delete( true );
					return $id;
				},
			),
			'private note'                    => $of_order(
				static function ( WC_Order $order ): void {
					$order->add_order_note( 'Packed.' );
				}
			),
			'note to the customer, over REST' => $of_order(
				static function ( WC_Order $order ): void {
					Ways::rest(
						'POST',
						'/wc/v3/orders/' . $order->get_id() . '/notes',
						array(
							'note'          => 'On its way.',
							'customer_note' => true,
						)
					);
				}
			),
			'meta by another plugin'          => $of_order(
				static function ( WC_Order $order ): void {
					$order->update_meta_data( '_gift', 'yes' );
					$order->save();
				}
			),
		);
	}

	/**
	 * @dataProvider ways
	 * @param callable $way Way.
	 */
	public function test_every_way_puts_the_order_into_the_outbox_once_and_only_when_the_request_is_over( callable $way ): void {
		$sidecar = $this->shop();
		$this->as_admin();
		$touched = array();
		$watch   = static function ( $query ) use ( &$touched ) {
			if ( false !== strpos( (string) $query, 'pearlbridge_outbox' ) ) {
				$touched[] = $query;
			}
			return $query;
		};
		$id      = $way(
			function () use ( $sidecar, $watch ): void {
				// What was before is another request.
				$this->end_request();
				$this->forget_outbox();
				$sidecar->requests = array();
				add_filter( 'query', $watch );
			}
		);
		$this->assertSame( array(), $touched, 'No query while the request runs.' );
		$this->assertSame( array(), $sidecar->requests, 'No call while the request runs.' );
		remove_filter( 'query', $watch );

		$this->end_request();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
		$nudge = $sidecar->only_request( 'POST', '/v1/nudge' );
		$this->assertSame( '{}', $nudge['body'] );
		$this->assertSignedBy( $nudge );

		$this->end_request();
		$this->assertCount( 1, $this->waiting(), 'It is told once.' );
	}

	/**
	 * Most ways fire several hooks, and plugins stop some of them: each alone is enough.
	 *
	 * @dataProvider hooks
	 * @param string            $hook      Hook.
	 * @param array<int, mixed> $arguments Its arguments; 'order' and 'id' stand for an order's.
	 */
	public function test_each_hook_alone_is_enough( string $hook, array $arguments ): void {
		$this->shop();
		$order = Ways::order();
		$this->end_request();
		$this->forget_outbox();
		foreach ( $arguments as $place => $argument ) {
			$arguments[ $place ] = array(
				'order' => $order,
				'id'    => $order->get_id(),
			)[ is_string( $argument ) ? $argument : '' ] ?? $argument;
		}
		do_action( $hook, ...$arguments );
		$this->end_request();
		$this->assertSame( array( 'order:' . $order->get_id() ), $this->waiting() );
	}

	public function hooks(): array {
		return array(
			array( 'woocommerce_new_order', array( 'id', 'order' ) ),
			array( 'woocommerce_update_order', array( 'id', 'order' ) ),
			array( 'woocommerce_order_status_changed', array( 'id', 'pending', 'processing' ) ),
			array( 'woocommerce_order_status_changed', array( 'id', 'checkout-draft', 'pending' ) ),
			array( 'woocommerce_order_status_changed', array( 'id', 'processing', 'checkout-draft' ) ),
			array( 'woocommerce_trash_order', array( 'id' ) ),
			array( 'woocommerce_untrash_order', array( 'id', 'wc-processing' ) ),
			array( 'woocommerce_delete_order', array( 'id' ) ),
			array( 'woocommerce_order_refunded', array( 'id', 4711 ) ),
			array( 'woocommerce_refund_deleted', array( 4711, 'id' ) ),
			array( 'woocommerce_order_note_added', array( 1, 'order' ) ),
		);
	}

	public function test_many_orders_go_with_one_insert_and_one_nudge(): void {
		$sidecar = $this->shop();
		$ids     = array();
		for ( $number = 0; $number < 12; $number++ ) {
			$ids[] = 'order:' . Ways::order()->get_id();
		}
		$inserts = 0;
		add_filter(
			'query',
			static function ( $query ) use ( &$inserts ) {
				$inserts += 1 === preg_match( '/INSERT INTO \S*pearlbridge_outbox/', (string) $query ) ? 1 : 0;
				return $query;
			}
		);
		$this->end_request();
		$this->assertSame( $ids, $this->waiting() );
		$this->assertSame( 1, $inserts );
		$this->assertCount( 1, $sidecar->requests );
	}

	public function test_a_cart_in_the_block_checkout_is_no_order(): void {
		$sidecar = $this->shop();
		$draft   = Ways::draft();
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );

		// WooCommerce clears carts away after a day.
		wc_get_order( $draft->get_id() )->delete( true );
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_a_cart_of_an_earlier_request_that_becomes_an_order_is_told(): void {
		$this->shop();
		$draft = Ways::draft();
		$this->end_request();
		$order = wc_get_order( $draft->get_id() );
		$order->set_status( 'pending' );
		$order->save();
		$this->end_request();
		$this->assertSame( array( 'order:' . $draft->get_id() ), $this->waiting() );
	}

	public function test_orders_of_other_types_are_none_of_our_business(): void {
		$this->shop();
		$subscription = new class() extends WC_Order {
			public function get_type() {
				return 'shop_subscription';
			}
		};
		do_action( 'woocommerce_update_order', 4711, $subscription );
		do_action( 'woocommerce_order_note_added', 1, $subscription );
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );
	}

	public function test_orders_kept_as_posts_are_seen_when_wp_admin_trashes_and_deletes_them(): void {
		$this->shop();
		$make  = static function ( string $type, string $status, int $of = 0 ): int {
			return (int) wp_insert_post(
				array(
					'post_type'   => $type,
					'post_status' => $status,
					'post_title'  => 'Order',
					'post_parent' => $of,
				)
			);
		};
		$order = $make( 'shop_order', 'wc-processing' );
		$seen  = function (): array {
			$this->end_request();
			$waiting = $this->waiting();
			$this->forget_outbox();
			return $waiting;
		};
		$seen();
		wp_trash_post( $order );
		$this->assertSame( array( "order:$order" ), $seen() );
		wp_untrash_post( $order );
		$this->assertSame( array( "order:$order" ), $seen() );
		$refund = $make( 'shop_order_refund', 'wc-completed', $order );
		$seen();
		wp_delete_post( $refund, true );
		$this->assertSame( array( "order:$order" ), $seen(), 'A refund stands for its order.' );
		wp_delete_post( $order, true );
		$this->assertSame( array( "order:$order" ), $seen() );
		wp_delete_post( $make( 'shop_order', 'auto-draft' ), true );
		wp_delete_post( $make( 'post', 'publish' ), true );
		$this->assertSame( array(), $seen() );
	}

	public function test_without_a_pairing_nothing_is_recorded_and_nobody_is_called(): void {
		$sidecar = $this->sidecar( self::URL );
		Ways::classic_checkout();
		$this->end_request();
		$this->assertSame( array(), $this->waiting() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_a_shop_that_seems_moved_tells_nothing_but_keeps_what_changed(): void {
		$sidecar = $this->shop();
		self::move();
		$id = Ways::classic_checkout();
		$this->end_request();
		$this->assertSame( array(), $sidecar->requests );
		$this->assertSame( array( "order:$id" ), $this->waiting() );
		remove_all_filters( 'pre_option_home' );
		$this->assertTrue( $this->pairing->is_live(), 'It was a mistake, or somebody said "moved".' );
		$other = Ways::classic_checkout();
		$this->end_request();
		$this->assertSame( array( "order:$id", "order:$other" ), $this->waiting() );
		$this->assertCount( 1, $sidecar->requests );
	}

	public function test_while_the_secret_cannot_be_read_changes_are_kept(): void {
		$sidecar = $this->shop();
		delete_option( 'pearlbridge_secret' );
		$this->assertFalse( $this->pairing->is_live() );
		$id = Ways::classic_checkout();
		$this->end_request();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_hooks_that_other_plugins_fire_with_less_harm_nobody(): void {
		$this->shop();
		$id    = Ways::order()->get_id();
		$order = wc_get_order( $id );
		$this->end_request();
		$this->forget_outbox();
		foreach ( array( 'woocommerce_new_order', 'woocommerce_update_order', 'woocommerce_order_status_changed', 'woocommerce_trash_order', 'woocommerce_untrash_order', 'woocommerce_before_delete_order', 'woocommerce_delete_order', 'woocommerce_order_refunded', 'woocommerce_refund_deleted', 'woocommerce_rest_delete_shop_order_refund_object', 'woocommerce_order_note_added', 'trashed_post', 'untrashed_post', 'before_delete_post' ) as $hook ) {
			$ours = array();
			foreach ( $GLOBALS['wp_filter'][ $hook ]->callbacks as $callbacks ) {
				foreach ( $callbacks as $callback ) {
					if ( is_array( $callback['function'] ) && $callback['function'][0] instanceof \Pearlbridge\Woo\Order_Hooks ) {
						$ours[] = $callback['function'];
					}
				}
			}
			$this->assertCount( 1, $ours, $hook );
			foreach ( array( array(), array( null ), array( $id ), array( (string) $id ), array( array( $id ) ), array( new \stdClass() ), array( $order ), array( $id, 'x', array(), 7.5 ) ) as $arguments ) {
				call_user_func_array( $ours[0], $arguments );
			}
		}
		$this->end_request();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
	}

	public function test_a_change_of_status_told_with_the_id_alone_is_a_change(): void {
		$this->shop();
		do_action( 'woocommerce_order_status_changed', 4711 );
		$this->end_request();
		$this->assertSame( array( 'order:4711' ), $this->waiting() );
	}

	public function test_a_broken_outbox_does_not_disturb_the_shop_is_logged_once_and_the_nudge_carries_the_ids(): void {
		global $wpdb;
		$sidecar = $this->shop();
		$logged  = array();
		add_filter(
			'woocommerce_logger_log_message',
			static function ( $message, $level ) use ( &$logged ) {
				$logged[] = $level;
				return null;
			},
			10,
			2
		);
		add_filter(
			'query',
			static function ( $query ) {
				return 0 === strpos( (string) $query, 'INSERT INTO' ) ? str_replace( 'pearlbridge_outbox', 'pearlbridge_gone', (string) $query ) : $query;
			}
		);
		$shows = $wpdb->show_errors;
		$wpdb->show_errors();
		$first = Ways::classic_checkout();
		$this->end_request();
		$second = Ways::classic_checkout();
		$this->end_request();
		$wpdb->show_errors = $shows;

		$this->assertSame( 'processing', wc_get_order( $first )->get_status() );
		$this->assertSame( array( 'error' ), $logged );
		$bodies = array_column( $sidecar->requests_to( 'POST', '/v1/nudge' ), 'body' );
		$this->assertSame( array( "{\"orders\":[$first]}", "{\"orders\":[$second]}" ), $bodies );
	}

	public function test_what_changes_after_our_turn_in_the_shutdown_is_still_told(): void {
		$this->shop();
		$recorder = $this->recorder();
		$recorder->on_shutdown();
		$id = Ways::classic_checkout();
		// PHP would call it once more now.
		$recorder->flush();
		$this->assertSame( array( "order:$id" ), $this->waiting() );
	}

	private function forget_outbox(): void {
		global $wpdb;
		$wpdb->query( "DELETE FROM {$this->outbox->name()}" );
	}
}
