<?php
/**
 * One request of a shop: fires the hooks a paid checkout fires, ends, and tells how long that took.
 * `nudge.mjs` puts it beside wp-load.php of a site of its own. `?with=0` leaves the plugin's callbacks out.
 *
 * @package Pearlbridge
 */

require __DIR__ . '/wp-load.php';

$recorder = null;
foreach ( $GLOBALS['wp_filter']['shutdown']->callbacks[ PHP_INT_MAX ] as $callback ) {
	if ( is_array( $callback['function'] ) && $callback['function'][0] instanceof Pearlbridge\Woo\Outbox_Recorder ) {
		$recorder = $callback['function'][0];
	}
}
$hooks = array( 'woocommerce_new_order', 'woocommerce_update_order', 'woocommerce_order_status_changed', 'woocommerce_order_note_added' );
$order = wc_get_order( (int) $_GET['order'] );
$with  = '1' === $_GET['with'];
if ( ! $with ) {
	array_map( 'remove_all_actions', $hooks );
}

$began = hrtime( true );
do_action( 'woocommerce_new_order', $order->get_id(), $order );
for ( $save = 0; $save < 6; $save++ ) {
	do_action( 'woocommerce_update_order', $order->get_id(), $order );
}
do_action( 'woocommerce_order_note_added', 1, $order );
do_action( 'woocommerce_order_status_changed', $order->get_id(), 'pending', 'processing', $order );
$fired = hrtime( true );
if ( $with ) {
	$recorder->on_shutdown();
}
$ended = hrtime( true );
remove_all_actions( 'shutdown' );
header( 'Content-Type: application/json' );
echo wp_json_encode(
	array(
		'hooks'    => ( $fired - $began ) / 1e6,
		'shutdown' => ( $ended - $fired ) / 1e6,
	)
);
