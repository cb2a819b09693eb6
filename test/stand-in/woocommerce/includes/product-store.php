<?php
/**
 * Keeps products as posts.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes products. The quantity goes through one UPDATE of its own.
 */
class WC_Product_Data_Store_CPT {
	const META = array(
		'sku'          => '_sku',
		'price'        => '_price',
		'manage_stock' => '_manage_stock',
		'stock_status' => '_stock_status',
		'backorders'   => '_backorders',
	);

	public function create( &$product ) {
		$product->set_id(
			wp_insert_post(
				array(
					'post_type'   => $product->is_type( 'variation' ) ? 'product_variation' : 'product',
					'post_status' => $product->get_status( 'edit' ),
					'post_title'  => '' === $product->get_name( 'edit' ) ? 'Product' : $product->get_name( 'edit' ),
					'post_parent' => $product->get_parent_id( 'edit' ),
				)
			)
		);
		add_post_meta( $product->get_id(), '_stand_in_type', $product->get_type() );
		add_post_meta( $product->get_id(), '_stock', $product->get_stock_quantity( 'edit' ) );
		$this->write( $product, array_keys( self::META ) );
		$product->apply_changes();
		do_action( $product->is_type( 'variation' ) ? 'woocommerce_new_product_variation' : 'woocommerce_new_product', $product->get_id(), $product );
	}

	public function read( &$product ) {
		$post = get_post( $product->get_id() );
		if ( ! $post instanceof WP_Post ) {
			throw new Exception( 'Invalid product.' );
		}
		$product->set_object_read( false );
		$product->set_props(
			array(
				'name'           => $post->post_title,
				'status'         => $post->post_status,
				'parent_id'      => $post->post_parent,
				'date_modified'  => $post->post_modified_gmt,
				'stock_quantity' => get_post_meta( $post->ID, '_stock', true ),
			)
		);
		foreach ( self::META as $prop => $key ) {
			$product->set_props( array( $prop => get_post_meta( $post->ID, $key, true ) ) );
		}
		$product->set_object_read( true );
	}

	public function update( &$product ) {
		$changes = $product->get_changes();
		$this->write( $product, array_keys( $changes ) );
		if ( array_key_exists( 'stock_quantity', $changes ) ) {
			$product->apply_changes();
			do_action( self::stand_in_hook( $product, 'before_set_stock' ), $product );
			update_post_meta( $product->get_id(), '_stock', $product->get_stock_quantity( 'edit' ) );
		}
		wp_update_post(
			array(
				'ID'         => $product->get_id(),
				'post_title' => $product->get_name( 'edit' ),
			)
		);
		$product->apply_changes();
		clean_post_cache( $product->get_id() );
		if ( array_key_exists( 'stock_status', $changes ) ) {
			do_action( self::stand_in_hook( $product, 'set_stock_status' ), $product->get_id(), $product->get_stock_status( 'edit' ), $product );
		}
		do_action( $product->is_type( 'variation' ) ? 'woocommerce_update_product_variation' : 'woocommerce_update_product', $product->get_id(), $product );
		if ( array_key_exists( 'stock_quantity', $changes ) ) {
			do_action( self::stand_in_hook( $product, 'set_stock' ), $product );
		}
	}

	public function delete( &$product, $args = array() ) {
		wp_delete_post( $product->get_id(), true );
	}

	public function read_stock_quantity( &$product, $new_stock = null ) {
		$product->set_object_read( false );
		$product->set_stock_quantity( null === $new_stock ? get_post_meta( $product->get_id(), '_stock', true ) : $new_stock );
		$product->set_object_read( true );
	}

	/**
	 * One statement: nobody reads in between.
	 *
	 * @param int      $product_id_with_stock Product.
	 * @param int|null $stock_quantity        By how much, or how many.
	 * @param string   $operation             'set', 'increase' or 'decrease'.
	 */
	public function update_product_stock( $product_id_with_stock, $stock_quantity = null, $operation = 'set' ) {
		global $wpdb;
		add_post_meta( $product_id_with_stock, '_stock', 0, true );
		$to = array(
			'set'      => '%d',
			'increase' => 'meta_value + %d',
			'decrease' => 'meta_value - %d',
		)[ $operation ];
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->postmeta} SET meta_value = {$to} WHERE post_id = %d AND meta_key = '_stock'", $stock_quantity, $product_id_with_stock ) );
		wp_cache_delete( $product_id_with_stock, 'post_meta' );
		$new = (int) $wpdb->get_var( $wpdb->prepare( "SELECT meta_value FROM {$wpdb->postmeta} WHERE post_id = %d AND meta_key = '_stock'", $product_id_with_stock ) );
		do_action( 'woocommerce_updated_product_stock', $product_id_with_stock );
		return $new;
	}

	public function stand_in_read_meta( int $id ): array {
		$meta = array();
		foreach ( (array) get_post_meta( $id ) as $key => $values ) {
			if ( ! in_array( $key, array_merge( self::META, array( '_stock', '_stand_in_type' ) ), true ) ) {
				$meta[ $key ] = maybe_unserialize( $values[0] );
			}
		}
		return $meta;
	}

	public function stand_in_write_meta( int $id, array $meta ): void {
		foreach ( $meta as $key => $value ) {
			update_post_meta( $id, $key, $value );
		}
	}

	/**
	 * `woocommerce_product_…` or `woocommerce_variation_…`.
	 *
	 * @param WC_Product $product Product.
	 * @param string     $what    What happens.
	 */
	public static function stand_in_hook( WC_Product $product, string $what ): string {
		return 'woocommerce_' . ( $product->is_type( 'variation' ) ? 'variation' : 'product' ) . '_' . $what;
	}

	private function write( WC_Product $product, array $props ): void {
		$data = $product->get_data();
		foreach ( self::META as $prop => $key ) {
			if ( in_array( $prop, $props, true ) ) {
				update_post_meta( $product->get_id(), $key, is_bool( $data[ $prop ] ) ? wc_bool_to_string( $data[ $prop ] ) : $data[ $prop ] );
			}
		}
	}
}
