<?php
/**
 * Mails, as far as it matters to whom they go and what holds them back (WooCommerce reference 2, §4).
 *
 * WooCommerce hooks them in by itself; here a test does, with WC_Emails::init_transactional_emails(), so that
 * nothing else tries to send any.
 *
 * @package Pearlbridge
 */

namespace {
	defined( 'ABSPATH' ) || exit;

	/**
	 * A mail.
	 */
	class WC_Email {
		/**
		 * Its name in filters.
		 *
		 * @var string
		 */
		public $id = '';

		/**
		 * The order it is about.
		 *
		 * @var object|false
		 */
		public $object = false;

		/**
		 * To whom it goes.
		 *
		 * @var string
		 */
		public $recipient = '';

		/**
		 * Whether it is for customers.
		 *
		 * @var bool
		 */
		protected $customer_email = false;

		public function is_customer_email() {
			return $this->customer_email;
		}

		public function is_enabled() {
			return apply_filters( 'woocommerce_email_enabled_' . $this->id, true, $this->object, $this );
		}

		public function get_recipient() {
			return (string) apply_filters( 'woocommerce_email_recipient_' . $this->id, $this->recipient, $this->object, $this );
		}
	}

	/**
	 * All mails.
	 */
	class WC_Emails {
		/**
		 * Mails.
		 *
		 * @var array<string, WC_Email>
		 */
		public $emails = array();

		/**
		 * The one instance.
		 *
		 * @var WC_Emails|null
		 */
		protected static $instance = null;

		public static function instance() {
			if ( null === self::$instance ) {
				self::$instance = new self();
			}
			return self::$instance;
		}

		public static function init_transactional_emails() {
			$callback = apply_filters( 'woocommerce_defer_transactional_emails', false ) ? 'queue_transactional_email' : 'send_transactional_email';
			$actions  = array( 'woocommerce_order_status_completed' );
			foreach ( array( 'pending', 'failed', 'cancelled', 'on-hold' ) as $from ) {
				$actions[] = "woocommerce_order_status_{$from}_to_processing";
				$actions[] = "woocommerce_order_status_{$from}_to_completed";
			}
			foreach ( array( 'pending', 'processing', 'on-hold' ) as $from ) {
				$actions[] = "woocommerce_order_status_{$from}_to_cancelled";
				$actions[] = "woocommerce_order_status_{$from}_to_failed";
			}
			foreach ( apply_filters( 'woocommerce_email_actions', $actions ) as $action ) {
				add_action( $action, array( __CLASS__, $callback ), 10, 10 );
			}
		}

		public static function queue_transactional_email( ...$args ) {
			// In WooCommerce another request sends it.
			do_action( 'stand_in_mail_put_off', current_filter(), $args );
		}

		public static function send_transactional_email( $args = array() ) {
			self::instance();
			do_action_ref_array( current_filter() . '_notification', func_get_args() );
		}

		public function __construct() {
			$this->init();
			do_action( 'woocommerce_email', $this );
		}

		public function init() {
			$processing = array();
			$new        = array();
			$cancelled  = array();
			foreach ( array( 'pending', 'failed', 'cancelled', 'on-hold' ) as $from ) {
				$processing[] = "woocommerce_order_status_{$from}_to_processing";
				$new[]        = "woocommerce_order_status_{$from}_to_processing";
				$new[]        = "woocommerce_order_status_{$from}_to_completed";
			}
			foreach ( array( 'processing', 'on-hold' ) as $from ) {
				$cancelled[] = "woocommerce_order_status_{$from}_to_cancelled";
			}
			$this->emails = apply_filters(
				'woocommerce_email_classes',
				array(
					'WC_Email_New_Order'                 => new Pearlbridge_Stand_In\Mail( 'new_order', false, $new ),
					'WC_Email_Cancelled_Order'           => new Pearlbridge_Stand_In\Mail( 'cancelled_order', false, $cancelled ),
					'WC_Email_Customer_Processing_Order' => new Pearlbridge_Stand_In\Mail( 'customer_processing_order', true, $processing ),
					'WC_Email_Customer_Completed_Order'  => new Pearlbridge_Stand_In\Mail( 'customer_completed_order', true, array( 'woocommerce_order_status_completed' ) ),
				)
			);
		}

		public function get_emails() {
			return $this->emails;
		}
	}
}

namespace Pearlbridge_Stand_In {
	/**
	 * A mail that is sent when an order's status changes.
	 */
	class Mail extends \WC_Email {
		/**
		 * Constructor.
		 *
		 * @param string   $id             Id.
		 * @param bool     $customer_email Whether it goes to the customer.
		 * @param string[] $actions        Changes that it is sent on.
		 */
		public function __construct( string $id, bool $customer_email, array $actions ) {
			$this->id             = $id;
			$this->customer_email = $customer_email;
			foreach ( $actions as $action ) {
				add_action( $action . '_notification', array( $this, 'trigger' ), 10, 2 );
			}
		}

		/**
		 * Sends it.
		 *
		 * @param int             $order_id Order.
		 * @param \WC_Order|false $order    The same.
		 */
		public function trigger( $order_id, $order = false ) {
			$this->object    = $order instanceof \WC_Order ? $order : wc_get_order( $order_id );
			$this->recipient = $this->customer_email ? $this->object->get_billing_email() : (string) get_option( 'admin_email' );
			if ( $this->is_enabled() && '' !== $this->get_recipient() ) {
				wp_mail( $this->get_recipient(), $this->id . ' ' . $order_id, 'A mail.' );
			}
		}
	}
}
