<?php
/**
 * Activates plugins as a click on the plugins screen does, one after the other, for the command
 * line. Arguments: folder/file.php, in the order wanted.
 *
 * @package Pearlbridge
 */

$_SERVER['HTTP_HOST']      = (string) getenv( 'PEARLBRIDGE_HOST' );
$_SERVER['REQUEST_METHOD'] = 'GET';
define( 'WP_ADMIN', true );
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

wp_set_current_user( 1 );
foreach ( array_slice( $argv, 1 ) as $pearlbridge_plugin ) {
	$pearlbridge_result = activate_plugin( $pearlbridge_plugin );
	if ( is_wp_error( $pearlbridge_result ) ) {
		fwrite( STDERR, $pearlbridge_plugin . ': ' . $pearlbridge_result->get_error_message() . "\n" );
		exit( 1 );
	}
}
flush_rewrite_rules();
