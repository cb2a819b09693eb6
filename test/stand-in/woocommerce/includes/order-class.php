<?php
/**
 * Orders.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * An order.
 */
class WC_Order extends WC_Abstract_Order {
	protected $data = array(
		'parent_id'            => 0,
		'status'               => '',
		'currency'             => '',
		'prices_include_tax'   => false,
		'date_created'         => null,
		'date_modified'        => null,
		'total'                => '0',
		'total_tax'            => '0',
		'customer_id'          => 0,
		'order_key'            => '',
		'billing'              => array(),
		'shipping'             => array(),
		'payment_method'       => '',
		'payment_method_title' => '',
		'transaction_id'       => '',
		'created_via'          => '',
		'customer_note'        => '',
		'date_completed'       => null,
		'date_paid'            => null,
	);

	/**
	 * A change of status that the next save tells of.
	 *
	 * @var array{from: string, to: string, note: string, manual: bool}|false
	 */
	protected $status_transition = false;

	public function get_order_number() {
		return (string) apply_filters( 'woocommerce_order_number', $this->get_id(), $this );
	}

	public function get_customer_id( $context = 'view' ) {
		return $this->get_prop( 'customer_id', $context );
	}

	public function get_order_key( $context = 'view' ) {
		return $this->get_prop( 'order_key', $context );
	}

	public function get_payment_method( $context = 'view' ) {
		return $this->get_prop( 'payment_method', $context );
	}

	public function get_payment_method_title( $context = 'view' ) {
		return $this->get_prop( 'payment_method_title', $context );
	}

	public function get_transaction_id( $context = 'view' ) {
		return $this->get_prop( 'transaction_id', $context );
	}

	public function get_created_via( $context = 'view' ) {
		return $this->get_prop( 'created_via', $context );
	}

	public function get_customer_note( $context = 'view' ) {
		return $this->get_prop( 'customer_note', $context );
	}

	public function get_date_paid( $context = 'view' ) {
		return $this->get_prop( 'date_paid', $context );
	}

	public function get_date_completed( $context = 'view' ) {
		return $this->get_prop( 'date_completed', $context );
	}

	public function get_billing_email( $context = 'view' ) {
		return $this->get_prop( 'billing', $context )['email'] ?? '';
	}

	public function get_address( $address_type = 'billing' ) {
		return $this->get_prop( $address_type );
	}

	public function set_customer_id( $value ) {
		$this->set_prop( 'customer_id', absint( $value ) );
	}

	public function set_order_key( $value ) {
		$this->set_prop( 'order_key', substr( $value, 0, 22 ) );
	}

	public function set_billing( array $address ) {
		$this->set_prop( 'billing', array_merge( $this->get_prop( 'billing', 'edit' ), $address ) );
	}

	public function set_shipping( array $address ) {
		$this->set_prop( 'shipping', array_merge( $this->get_prop( 'shipping', 'edit' ), $address ) );
	}

	public function set_billing_email( $value ) {
		$this->set_billing( array( 'email' => sanitize_email( $value ) ) );
	}

	public function set_payment_method( $payment_method = '' ) {
		$this->set_prop( 'payment_method', is_object( $payment_method ) ? $payment_method->id : (string) $payment_method );
	}

	public function set_payment_method_title( $value ) {
		$this->set_prop( 'payment_method_title', $value );
	}

	public function set_transaction_id( $value ) {
		$this->set_prop( 'transaction_id', $value );
	}

	public function set_created_via( $value ) {
		$this->set_prop( 'created_via', $value );
	}

	public function set_customer_note( $value ) {
		$this->set_prop( 'customer_note', $value );
	}

	public function set_date_paid( $date = null ) {
		$this->set_date_prop( 'date_paid', $date );
	}

	public function set_date_completed( $date = null ) {
		$this->set_date_prop( 'date_completed', $date );
	}

	public function is_paid() {
		return in_array( $this->get_status(), wc_get_is_paid_statuses(), true );
	}

	public function needs_payment() {
		return in_array( $this->get_status(), array( 'pending', 'failed' ), true ) && (float) $this->get_total() > 0;
	}

	public function set_status( $new_status, $note = '', $manual_update = false ) {
		$result = parent::set_status( $new_status );
		if ( $this->object_read && ! empty( $result['from'] ) && $result['from'] !== $result['to'] ) {
			$this->status_transition = array(
				'from'   => empty( $this->status_transition['from'] ) ? $result['from'] : $this->status_transition['from'],
				'to'     => $result['to'],
				'note'   => $note,
				'manual' => (bool) $manual_update,
			);
			if ( in_array( $result['to'], wc_get_is_paid_statuses(), true ) && null === $this->get_date_paid( 'edit' ) && 'cod' !== $this->get_payment_method( 'edit' ) ) {
				$this->set_date_paid( time() );
			}
			if ( 'completed' === $result['to'] && null === $this->get_date_completed( 'edit' ) ) {
				$this->set_date_completed( time() );
			}
		}
		return $result;
	}

	public function update_status( $new_status, $note = '', $manual = false ) {
		if ( ! $this->get_id() ) {
			return false;
		}
		$this->set_status( $new_status, $note, $manual );
		$this->save();
		return true;
	}

	public function payment_complete( $transaction_id = '' ) {
		do_action( 'woocommerce_pre_payment_complete', $this->get_id(), $transaction_id );
		if ( in_array( $this->get_status(), array( 'on-hold', 'pending', 'failed', 'cancelled' ), true ) ) {
			if ( '' !== (string) $transaction_id ) {
				$this->set_transaction_id( (string) $transaction_id );
			}
			$this->set_status( 'processing' );
			$this->save();
			do_action( 'woocommerce_payment_complete', $this->get_id(), $transaction_id );
		}
		return true;
	}

	public function save() {
		if ( '' === $this->get_status( 'edit' ) ) {
			$this->set_status( 'pending' );
		}
		parent::save();
		$this->status_transition();
		return $this->get_id();
	}

	public function untrash() {
		return (bool) $this->data_store->untrash_order( $this );
	}

	public function get_refunds() {
		return wc_get_orders(
			array(
				'type'   => 'shop_order_refund',
				'parent' => $this->get_id(),
				'limit'  => -1,
			)
		);
	}

	public function add_order_note( $note, $is_customer_note = 0, $added_by_user = false, $meta_data = array() ) {
		if ( ! $this->get_id() ) {
			return 0;
		}
		$comment_id = wp_insert_comment(
			array(
				'comment_post_ID'  => $this->get_id(),
				'comment_author'   => 'WooCommerce',
				'comment_content'  => $note,
				'comment_agent'    => 'WooCommerce',
				'comment_type'     => 'order_note',
				'comment_approved' => 1,
			)
		);
		if ( $is_customer_note ) {
			add_comment_meta( $comment_id, 'is_customer_note', 1 );
			do_action(
				'woocommerce_new_customer_note',
				array(
					'order_id'      => $this->get_id(),
					'customer_note' => $note,
				)
			);
		}
		do_action( 'woocommerce_order_note_added', $comment_id, $this );
		return $comment_id;
	}

	/**
	 * Tells of a change of status, after everything is saved.
	 */
	protected function status_transition() {
		$change                  = $this->status_transition;
		$this->status_transition = false;
		if ( ! $change ) {
			return;
		}
		try {
			do_action( 'woocommerce_order_status_' . $change['to'], $this->get_id(), $this, $change );
			if ( ! empty( $change['from'] ) ) {
				$this->add_order_note( trim( $change['note'] . ' Order status changed from ' . $change['from'] . ' to ' . $change['to'] . '.' ), 0, $change['manual'] );
				do_action( 'woocommerce_order_status_' . $change['from'] . '_to_' . $change['to'], $this->get_id(), $this );
				do_action( 'woocommerce_order_status_changed', $this->get_id(), $change['from'], $change['to'], $this );
				do_action( 'woocommerce_order_payment_status_changed', $this->get_id(), $this );
			}
		} catch ( Exception $error ) {
			// A plugin's fault in a hook does not stop the order.
			wc_get_logger()->error( 'Status transition of order #' . $this->get_id() . ' errored!', array( 'order' => $this ) );
			$this->add_order_note( 'Error during status transition. ' . $error->getMessage() );
		}
	}
}

/**
 * A refund.
 */
class WC_Order_Refund extends WC_Abstract_Order {
	protected $data = array(
		'parent_id'          => 0,
		'status'             => 'completed',
		'currency'           => '',
		'prices_include_tax' => false,
		'date_created'       => null,
		'date_modified'      => null,
		'total'              => '0',
		'total_tax'          => '0',
		'amount'             => '',
		'reason'             => '',
	);

	public function get_type() {
		return 'shop_order_refund';
	}

	public function get_status( $context = 'view' ) {
		return 'completed';
	}

	public function get_amount( $context = 'view' ) {
		return $this->get_prop( 'amount', $context );
	}

	public function get_reason( $context = 'view' ) {
		return $this->get_prop( 'reason', $context );
	}

	public function set_amount( $value ) {
		$this->set_prop( 'amount', (string) $value );
	}

	public function set_reason( $value ) {
		$this->set_prop( 'reason', $value );
	}
}
