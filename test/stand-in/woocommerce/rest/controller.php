<?php
/**
 * The routes of wc/v3 there are.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

use WP_Error;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

function register_rest_routes() {
	$routes = array(
		array( '/orders', 'GET', 'rest_orders' ),
		array( '/orders', 'POST', 'rest_order_create' ),
		array( '/orders/(?P<id>\d+)', 'GET', 'rest_order' ),
		array( '/orders/(?P<id>\d+)', 'PUT, POST, PATCH', 'rest_order_update' ),
		array( '/orders/(?P<id>\d+)', 'DELETE', 'rest_order_delete' ),
		array( '/orders/(?P<order_id>\d+)/refunds', 'GET', 'rest_refunds' ),
		array( '/orders/(?P<order_id>\d+)/refunds', 'POST', 'rest_refund_create' ),
		array( '/orders/(?P<order_id>\d+)/refunds/(?P<id>\d+)', 'DELETE', 'rest_refund_delete' ),
		array( '/orders/(?P<order_id>\d+)/notes', 'POST', 'rest_note_create' ),
		array( '/products', 'GET', 'rest_products' ),
		array( '/products', 'POST', 'rest_product_create' ),
		array( '/products/(?P<id>\d+)', 'GET', 'rest_product' ),
		array( '/products/(?P<id>\d+)', 'PUT, POST, PATCH', 'rest_product_update' ),
		array( '/reports/orders/totals', 'GET', 'rest_order_totals' ),
		array( '/payment_gateways', 'GET', 'rest_gateways' ),
		array( '/shipping/zones', 'GET', 'rest_zones' ),
		array( '/shipping/zones/(?P<id>\d+)/methods', 'GET', 'rest_zone_methods' ),
		array( '/taxes', 'GET', 'rest_taxes' ),
	);
	foreach ( $routes as list( $path, $methods, $callback ) ) {
		register_rest_route(
			'wc/v3',
			$path,
			array(
				'methods'             => $methods,
				'callback'            => __NAMESPACE__ . '\\' . $callback,
				'permission_callback' => __NAMESPACE__ . '\\rest_may',
			)
		);
	}
}

function rest_may() {
	return current_user_can( 'manage_woocommerce' ) ? true
		: new WP_Error( 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.', array( 'status' => rest_authorization_required_code() ) );
}

function rest_unknown( string $what, int $status = 404 ) {
	return new WP_Error( 'woocommerce_rest_' . $what . '_invalid_id', 'Invalid ID.', array( 'status' => $status ) );
}

/**
 * What is asked for of each item.
 *
 * @param \WP_REST_Request     $request Request.
 * @param array<string, mixed> $item    Item.
 */
function rest_fields( $request, array $item ): array {
	$fields = wp_parse_list( $request['_fields'] ?? '' );
	return array() === $fields ? $item : array_intersect_key( $item, array_flip( $fields ) );
}

/**
 * One page of a list.
 *
 * @param \WP_REST_Request $request Request.
 * @param array<int, int>  $ids     All ids.
 * @param callable         $render  Id to item.
 */
function rest_page( $request, array $ids, callable $render ) {
	$size     = max( 1, min( 100, (int) ( $request['per_page'] ?? 10 ) ) );
	$page     = max( 1, (int) ( $request['page'] ?? 1 ) );
	$items    = array_map( $render, array_slice( $ids, ( $page - 1 ) * $size, $size ) );
	$response = rest_ensure_response(
		array_map(
			static function ( array $item ) use ( $request ) {
				return rest_fields( $request, $item );
			},
			$items
		)
	);
	$response->header( 'X-WP-Total', (string) count( $ids ) );
	$response->header( 'X-WP-TotalPages', (string) (int) ceil( count( $ids ) / $size ) );
	return $response;
}

function rest_gmt( $date ): ?string {
	return null === $date ? null : gmdate( 'Y-m-d\TH:i:s', $date->getTimestamp() );
}
