<?php
/**
 * Work for later, and webhooks that wait for it (in WooCommerce: Action Scheduler).
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In {
	defined( 'ABSPATH' ) || exit;

	/**
	 * WC()->queue().
	 */
	class Queue {
		public function add( $hook, $args = array(), $group = '' ) {
			return $this->schedule_single( time(), $hook, $args, $group );
		}

		public function schedule_single( $timestamp, $hook, $args = array(), $group = '' ) {
			global $wpdb;
			$wpdb->insert(
				$wpdb->prefix . 'stand_in_queue',
				array(
					'due'  => $timestamp,
					'hook' => $hook,
					'args' => wp_json_encode( $args ),
					'grp'  => $group,
				)
			);
			return (int) $wpdb->insert_id;
		}

		public function cancel_all( $hook, $args = array(), $group = '' ) {
			global $wpdb;
			$wpdb->delete( $wpdb->prefix . 'stand_in_queue', array( 'hook' => $hook ) );
		}

		public function get_next( $hook, $args = null, $group = '' ) {
			global $wpdb;
			$due = $wpdb->get_var( $wpdb->prepare( "SELECT MIN(due) FROM {$wpdb->prefix}stand_in_queue WHERE hook = %s", $hook ) );
			return null === $due ? null : (int) $due;
		}

		/**
		 * Does what is due; each is taken before it is done.
		 */
		public static function run() {
			global $wpdb;
			$table = $wpdb->prefix . 'stand_in_queue';
			foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT * FROM $table WHERE due <= %d ORDER BY id LIMIT 100", time() ), ARRAY_A ) as $row ) {
				if ( 1 === $wpdb->delete( $table, array( 'id' => $row['id'] ) ) ) {
					do_action_ref_array( $row['hook'], array_values( json_decode( $row['args'], true ) ) );
				}
			}
		}
	}

	add_action( 'action_scheduler_run_queue', array( Queue::class, 'run' ), 10, 0 );
}

namespace {
	function as_enqueue_async_action( $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
		return WC()->queue()->add( $hook, $args, $group );
	}

	function as_schedule_single_action( $timestamp, $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
		return WC()->queue()->schedule_single( $timestamp, $hook, $args, $group );
	}

	function as_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
		WC()->queue()->cancel_all( $hook, $args, $group );
	}

	function as_next_scheduled_action( $hook, $args = null, $group = '' ) {
		return WC()->queue()->get_next( $hook, $args, $group ) ?? false;
	}

	function wc_webhook_process_delivery( $webhook, $arg ) {
		global $wc_queued_webhooks;
		$wc_queued_webhooks[] = array(
			'webhook' => $webhook,
			'arg'     => $arg,
		);
	}

	/**
	 * On shutdown: what waits goes into the queue, once per webhook and resource.
	 */
	function wc_webhook_execute_queue() {
		global $wc_queued_webhooks;
		foreach ( $wc_queued_webhooks ?? array() as $one ) {
			if ( apply_filters( 'woocommerce_webhook_deliver_async', true, $one['webhook'], $one['arg'] ) ) {
				WC()->queue()->add(
					'woocommerce_deliver_webhook_async',
					array(
						'webhook_id' => $one['webhook']->get_id(),
						'arg'        => $one['arg'],
					),
					'woocommerce-webhooks'
				);
			} else {
				$one['webhook']->deliver( $one['arg'] );
			}
		}
		$wc_queued_webhooks = array(); // phpcs:ignore WordPress.WP.GlobalVariablesOverride
	}

	function wc_deliver_webhook_async( $webhook_id, $arg ) {
		( new WC_Webhook( $webhook_id ) )->deliver( $arg );
	}
}
