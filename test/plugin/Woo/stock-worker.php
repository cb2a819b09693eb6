<?php
/**
 * Another process of the shop, for tests of what several do at once.
 *
 *     php stock-worker.php make 1000          makes a product, prints its id
 *     php stock-worker.php sell ID TIMES      takes one TIMES times, as the sidecar's route does
 *     php stock-worker.php read ID            prints what there is
 *     php stock-worker.php delete ID
 *
 * @package Pearlbridge
 */

$_SERVER['HTTP_HOST']       = (string) getenv( 'WP_HOST' );
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
require_once getenv( 'WP_DIR' ) . '/wp-load.php';

list( , $what, $first ) = $argv;
switch ( $what ) {
	case 'make':
		$product = new WC_Product_Simple();
		$product->set_manage_stock( true );
		$product->set_stock_quantity( (int) $first );
		$product->save();
		echo (int) $product->get_id();
		break;
	case 'sell':
		for ( $time = 0; $time < (int) $argv[3]; $time++ ) {
			$results = ( new Pearlbridge\Woo\Stock() )->apply(
				array(
					array(
						'id'     => (int) $first,
						'seen'   => 10,
						'wanted' => 9,
					),
				)
			);
			if ( ! $results[0]['ok'] ) {
				exit( 1 );
			}
		}
		break;
	case 'read':
		echo (int) wc_get_product( (int) $first )->get_stock_quantity();
		break;
	case 'delete':
		wp_delete_post( (int) $first, true );
		break;
}
