<?php
/**
 * A request in which an order changes after the plugin's turn in the shutdown. Prints how many rows the outbox got of it.
 *
 *     php late-worker.php ORDER
 *
 * @package Pearlbridge
 */

$_SERVER['HTTP_HOST']       = (string) getenv( 'WP_HOST' );
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
require_once getenv( 'WP_DIR' ) . '/wp-load.php';

// Paired in this process alone, and without a key: nobody is nudged.
add_filter(
	'pre_option_pearlbridge_pairing',
	static function (): array {
		return array(
			'sidecarUrl' => 'https://sidecar.example.test',
			'home'       => 'elsewhere',
		);
	}
);

// After WordPress' own function, which is where the action `shutdown` comes from.
register_shutdown_function(
	static function () use ( $argv ): void {
		do_action( 'woocommerce_new_order', (int) $argv[1] );
		register_shutdown_function(
			static function () use ( $argv ): void {
				global $wpdb;
				// How many rows there were, and none is left behind.
				echo (int) $wpdb->delete( $wpdb->prefix . 'pearlbridge_outbox', array( 'object_id' => (int) $argv[1] ) );
			}
		);
	}
);
