<?php
/**
 * Runs the argument as PHP inside WordPress, as its administrator.
 *
 * @package Pearlbridge
 */

$_SERVER['HTTP_HOST']      = (string) getenv( 'PEARLBRIDGE_HOST' );
$_SERVER['REQUEST_METHOD'] = 'GET';
require getcwd() . '/wp-load.php';

wp_set_current_user( 1 );
// phpcs:ignore Squiz.PHP.Eval.Discouraged -- Only tests run this, on a site that lives as long as they do.
eval( $argv[1] );
