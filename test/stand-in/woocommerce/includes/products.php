<?php
/**
 * Products and variations.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * A product.
 */
class WC_Product extends WC_Data {
	protected $object_type = 'product';

	protected $data = array(
		'name'           => '',
		'status'         => 'publish',
		'parent_id'      => 0,
		'date_modified'  => null,
		'sku'            => '',
		'price'          => '',
		'manage_stock'   => false,
		'stock_quantity' => null,
		'stock_status'   => 'instock',
		'backorders'     => 'no',
	);

	public function __construct( $product = 0 ) {
		$this->data_store = WC_Data_Store::load( 'product' );
		$this->set_id( $product instanceof WC_Product ? $product->get_id() : (int) $product );
		if ( $this->get_id() ) {
			$this->data_store->read( $this );
		}
		$this->set_object_read( true );
	}

	public function get_type() {
		return 'simple';
	}

	public function is_type( $type ) {
		return in_array( $this->get_type(), (array) $type, true );
	}

	public function get_name( $context = 'view' ) {
		return $this->get_prop( 'name', $context );
	}

	public function get_status( $context = 'view' ) {
		return $this->get_prop( 'status', $context );
	}

	public function get_parent_id( $context = 'view' ) {
		return $this->get_prop( 'parent_id', $context );
	}

	public function get_date_modified( $context = 'view' ) {
		return $this->get_prop( 'date_modified', $context );
	}

	public function get_sku( $context = 'view' ) {
		return $this->get_prop( 'sku', $context );
	}

	public function get_price( $context = 'view' ) {
		return $this->get_prop( 'price', $context );
	}

	public function get_manage_stock( $context = 'view' ) {
		return $this->get_prop( 'manage_stock', $context );
	}

	public function get_stock_quantity( $context = 'view' ) {
		return $this->get_prop( 'stock_quantity', $context );
	}

	public function get_stock_status( $context = 'view' ) {
		return $this->get_prop( 'stock_status', $context );
	}

	public function get_backorders( $context = 'view' ) {
		return $this->get_prop( 'backorders', $context );
	}

	public function set_name( $name ) {
		$this->set_prop( 'name', $name );
	}

	public function set_status( $status ) {
		$this->set_prop( 'status', $status );
	}

	public function set_parent_id( $parent_id ) {
		$this->set_prop( 'parent_id', absint( $parent_id ) );
	}

	public function set_date_modified( $date = null ) {
		$this->set_date_prop( 'date_modified', $date );
	}

	public function set_sku( $sku ) {
		$this->set_prop( 'sku', (string) $sku );
	}

	public function set_regular_price( $price ) {
		$this->set_price( $price );
	}

	public function set_price( $price ) {
		$this->set_prop( 'price', (string) $price );
	}

	public function set_manage_stock( $manage_stock ) {
		$this->set_prop( 'manage_stock', wc_string_to_bool( $manage_stock ) );
	}

	public function set_stock_quantity( $quantity ) {
		$this->set_prop( 'stock_quantity', null === $quantity || '' === $quantity ? null : (int) $quantity );
	}

	public function set_stock_status( $status = 'instock' ) {
		$this->set_prop( 'stock_status', $status );
	}

	public function set_backorders( $backorders ) {
		$this->set_prop( 'backorders', $backorders );
	}

	public function managing_stock() {
		return 'yes' === get_option( 'woocommerce_manage_stock', 'yes' ) && false !== $this->get_manage_stock();
	}

	public function backorders_allowed() {
		return in_array( $this->get_backorders(), array( 'yes', 'notify' ), true );
	}

	public function get_stock_managed_by_id() {
		return $this->get_id();
	}

	public function save() {
		if ( true === $this->get_manage_stock( 'edit' ) ) {
			$enough = (int) $this->get_stock_quantity( 'edit' ) > 0;
			$this->set_stock_status( $enough ? 'instock' : ( $this->backorders_allowed() ? 'onbackorder' : 'outofstock' ) );
		}
		return parent::save();
	}
}

/**
 * A product that is sold as it is.
 */
class WC_Product_Simple extends WC_Product {
}

/**
 * A product with variations.
 */
class WC_Product_Variable extends WC_Product {
	public function get_type() {
		return 'variable';
	}
}

/**
 * A variation.
 */
class WC_Product_Variation extends WC_Product_Simple {
	public function get_type() {
		return 'variation';
	}

	/**
	 * False and "the parent does" are the same to a variation.
	 *
	 * @param string $context What for.
	 */
	public function get_manage_stock( $context = 'view' ) {
		$own = $this->get_prop( 'manage_stock', $context );
		if ( 'view' === $context && true !== $own ) {
			$parent = wc_get_product( $this->get_parent_id( 'edit' ) );
			return $parent && true === $parent->get_manage_stock( 'edit' ) ? 'parent' : false;
		}
		return $own;
	}

	public function get_stock_quantity( $context = 'view' ) {
		if ( 'view' === $context && 'parent' === $this->get_manage_stock() ) {
			return wc_get_product( $this->get_parent_id( 'edit' ) )->get_stock_quantity();
		}
		return $this->get_prop( 'stock_quantity', $context );
	}

	public function get_stock_managed_by_id() {
		return 'parent' === $this->get_manage_stock() ? $this->get_parent_id( 'edit' ) : $this->get_id();
	}
}

function wc_get_product( $the_product = false, $deprecated = array() ) {
	if ( $the_product instanceof WC_Product ) {
		return $the_product;
	}
	$post = get_post( absint( $the_product ) );
	if ( ! $post instanceof WP_Post || ! in_array( $post->post_type, array( 'product', 'product_variation' ), true ) ) {
		return false;
	}
	if ( 'product_variation' === $post->post_type ) {
		return new WC_Product_Variation( $post->ID );
	}
	return 'variable' === get_post_meta( $post->ID, '_stand_in_type', true ) ? new WC_Product_Variable( $post->ID ) : new WC_Product_Simple( $post->ID );
}

function wc_get_product_id_by_sku( $sku ) {
	global $wpdb;
	return (int) $wpdb->get_var( $wpdb->prepare( "SELECT post_id FROM {$wpdb->postmeta} WHERE meta_key = '_sku' AND meta_value = %s", $sku ) );
}
