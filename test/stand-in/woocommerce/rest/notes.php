<?php
/**
 * Notes over REST.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

defined( 'ABSPATH' ) || exit;

function rest_note_create( $request ) {
	$order = wc_get_order( $request['order_id'] );
	if ( ! $order instanceof \WC_Order ) {
		return rest_unknown( 'shop_order' );
	}
	$id       = $order->add_order_note( (string) $request['note'], wc_string_to_bool( $request['customer_note'] ?? false ) ? 1 : 0, true );
	$response = rest_ensure_response(
		array(
			'id'            => $id,
			'note'          => (string) $request['note'],
			'customer_note' => wc_string_to_bool( $request['customer_note'] ?? false ),
		)
	);
	$response->set_status( 201 );
	return $response;
}
