<?php
/**
 * Lines of orders.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * A line.
 */
class WC_Order_Item extends WC_Data {
	protected $object_type = 'order_item';

	protected $data = array(
		'order_id' => 0,
		'name'     => '',
	);

	public function __construct( $item = 0 ) {
		if ( is_array( $item ) ) {
			$this->id        = (int) $item['id'];
			$this->data      = array_merge( $this->data, $item['props'] );
			$this->meta_data = $item['meta'];
		}
		$this->meta_data = $this->meta_data ?? array();
		$this->set_object_read( true );
	}

	public function get_type() {
		return '';
	}

	public function get_order_id( $context = 'view' ) {
		return $this->get_prop( 'order_id', $context );
	}

	public function get_name( $context = 'view' ) {
		return $this->get_prop( 'name', $context );
	}

	public function get_quantity() {
		return 1;
	}

	public function set_order_id( $value ) {
		$this->set_prop( 'order_id', absint( $value ) );
	}

	public function set_name( $value ) {
		$this->set_prop( 'name', wp_check_invalid_utf8( $value ) );
	}

	public function save() {
		global $wpdb;
		$this->apply_changes();
		$row = array(
			'order_id'        => $this->get_order_id( 'edit' ),
			'order_item_type' => $this->get_type(),
			'props'           => wp_json_encode(
				array(
					'props' => $this->data,
					'meta'  => $this->meta_data,
				)
			),
		);
		if ( $this->get_id() ) {
			$wpdb->update( $wpdb->prefix . 'woocommerce_order_items', $row, array( 'order_item_id' => $this->get_id() ) );
			do_action( 'woocommerce_update_order_item', $this->get_id(), $this, $this->get_order_id( 'edit' ) );
		} else {
			$wpdb->insert( $wpdb->prefix . 'woocommerce_order_items', $row );
			$this->set_id( $wpdb->insert_id );
			do_action( 'woocommerce_new_order_item', $this->get_id(), $this, $this->get_order_id( 'edit' ) );
		}
		return $this->get_id();
	}

	public function delete( $force_delete = false ) {
		global $wpdb;
		do_action( 'woocommerce_before_delete_order_item', $this->get_id() );
		$wpdb->delete( $wpdb->prefix . 'woocommerce_order_items', array( 'order_item_id' => $this->get_id() ) );
		do_action( 'woocommerce_delete_order_item', $this->get_id() );
		return true;
	}
}

/**
 * A line with a product.
 */
class WC_Order_Item_Product extends WC_Order_Item {
	protected $data = array(
		'order_id'     => 0,
		'name'         => '',
		'product_id'   => 0,
		'variation_id' => 0,
		'quantity'     => 1,
		'subtotal'     => '0',
		'total'        => '0',
	);

	public function get_type() {
		return 'line_item';
	}

	public function get_product_id( $context = 'view' ) {
		return $this->get_prop( 'product_id', $context );
	}

	public function get_variation_id( $context = 'view' ) {
		return $this->get_prop( 'variation_id', $context );
	}

	public function get_quantity( $context = 'view' ) {
		return $this->get_prop( 'quantity', $context );
	}

	public function get_subtotal( $context = 'view' ) {
		return $this->get_prop( 'subtotal', $context );
	}

	public function get_total( $context = 'view' ) {
		return $this->get_prop( 'total', $context );
	}

	public function set_product_id( $value ) {
		$this->set_prop( 'product_id', absint( $value ) );
	}

	public function set_variation_id( $value ) {
		$this->set_prop( 'variation_id', absint( $value ) );
	}

	public function set_quantity( $value ) {
		$this->set_prop( 'quantity', (int) $value );
	}

	public function set_subtotal( $value ) {
		$this->set_prop( 'subtotal', (string) $value );
	}

	public function set_total( $value ) {
		$this->set_prop( 'total', (string) $value );
	}

	public function set_product( $product ) {
		$is_variation = $product->is_type( 'variation' );
		$this->set_product_id( $is_variation ? $product->get_parent_id() : $product->get_id() );
		$this->set_variation_id( $is_variation ? $product->get_id() : 0 );
		$this->set_name( $product->get_name() );
	}

	public function get_product() {
		$id = $this->get_variation_id( 'edit' );
		return wc_get_product( $id ? $id : $this->get_product_id( 'edit' ) );
	}
}
