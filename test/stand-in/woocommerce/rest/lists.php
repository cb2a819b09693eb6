<?php
/**
 * What settings are chosen from: statuses, gateways, shipping methods, tax rates.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

defined( 'ABSPATH' ) || exit;

function rest_order_totals() {
	$list = array();
	foreach ( wc_get_order_statuses() as $slug => $name ) {
		$list[] = array(
			'slug'  => substr( $slug, 3 ),
			'name'  => $name,
			'total' => 0,
		);
	}
	return $list;
}

function rest_gateways() {
	$list = array();
	foreach (
		array(
			'stripe' => 'Card',
			'paypal' => 'PayPal',
			'bacs'   => 'Direct bank transfer',
		) as $id => $title
	) {
		$list[] = array(
			'id'           => $id,
			'title'        => $title,
			'method_title' => $title,
			'enabled'      => true,
		);
	}
	return $list;
}

function rest_zones() {
	return array(
		array(
			'id'   => 1,
			'name' => 'United Kingdom',
		),
	);
}

function rest_zone_methods() {
	return array(
		array(
			'instance_id'  => 1,
			'method_id'    => 'flat_rate',
			'title'        => 'Parcel',
			'method_title' => 'Flat rate',
			'enabled'      => true,
		),
	);
}

function rest_taxes( $request ) {
	return rest_page( $request, array(), 'intval' );
}
