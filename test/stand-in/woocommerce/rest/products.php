<?php
/**
 * Products over REST.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

defined( 'ABSPATH' ) || exit;

function product_json( \WC_Product $product ): array {
	return array(
		'id'                => $product->get_id(),
		'name'              => $product->get_name(),
		'type'              => $product->get_type(),
		'status'            => $product->get_status(),
		'parent_id'         => $product->get_parent_id(),
		'sku'               => $product->get_sku(),
		'price'             => $product->get_price(),
		'regular_price'     => $product->get_price(),
		'manage_stock'      => $product->get_manage_stock(),
		'stock_quantity'    => $product->get_stock_quantity(),
		'stock_status'      => $product->get_stock_status(),
		'backorders'        => $product->get_backorders(),
		'date_modified_gmt' => rest_gmt( $product->get_date_modified() ),
		'meta_data'         => array(),
	);
}

function rest_products( $request ) {
	global $wpdb;
	$ids  = $wpdb->get_col( "SELECT ID FROM {$wpdb->posts} WHERE post_type IN ( 'product', 'product_variation' ) ORDER BY ID DESC" );
	$skus = wp_parse_list( strtolower( (string) ( $request['sku'] ?? '' ) ) );
	$only = wp_parse_id_list( $request['include'] ?? array() );
	$ids  = array_filter(
		array_map( 'intval', $ids ),
		static function ( int $id ) use ( $skus, $only ) {
			$product = wc_get_product( $id );
			if ( array() !== $skus ) {
				return in_array( strtolower( $product->get_sku() ), $skus, true );
			}
			return ( array() === $only || in_array( $id, $only, true ) ) && ! $product->is_type( 'variation' );
		}
	);
	return rest_page(
		$request,
		array_values( $ids ),
		static function ( int $id ) {
			return product_json( wc_get_product( $id ) );
		}
	);
}

function rest_product( $request ) {
	$product = wc_get_product( $request['id'] );
	return $product ? rest_ensure_response( rest_fields( $request, product_json( $product ) ) ) : rest_unknown( 'product' );
}

function rest_product_create( $request ) {
	$product = 'variable' === $request['type'] ? new \WC_Product_Variable() : new \WC_Product_Simple();
	$done    = rest_product_write( $product, $request );
	$done->set_status( 201 );
	return $done;
}

function rest_product_update( $request ) {
	$product = wc_get_product( $request['id'] );
	return $product ? rest_product_write( $product, $request ) : rest_unknown( 'product', 400 );
}

function rest_product_write( \WC_Product $product, $request ) {
	foreach ( array( 'name', 'status', 'sku', 'regular_price', 'manage_stock', 'stock_quantity', 'stock_status', 'backorders' ) as $prop ) {
		if ( null !== $request[ $prop ] ) {
			$product->{"set_$prop"}( $request[ $prop ] );
		}
	}
	$product->save();
	return rest_ensure_response( product_json( wc_get_product( $product->get_id() ) ) );
}
