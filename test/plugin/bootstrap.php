<?php
/**
 * Loads the WordPress in WP_DIR, with WooCommerce (or its stand-in) and the plugin active in it.
 * `npm run phpunit` makes that site.
 *
 * @package Pearlbridge
 */

// What WordPress declares in the global scope; PHPUnit includes this file inside a function.
global $wpdb, $wp, $wp_query, $wp_the_query, $wp_rewrite, $wp_version, $wp_db_version, $required_php_version,
	$required_mysql_version, $wp_local_package, $table_prefix, $wp_filter, $wp_object_cache, $wp_plugin_paths,
	$wp_theme_directories, $wp_locale, $wp_widget_factory, $wp_roles, $current_site, $current_blog, $shortcode_tags,
	$phpmailer, $pagenow, $blog_id;

$pearlbridge_wp_dir = (string) getenv( 'WP_DIR' );
if ( ! is_file( $pearlbridge_wp_dir . '/wp-load.php' ) ) {
	fwrite( STDERR, "WP_DIR names no WordPress: run these tests with `npm run phpunit`.\n" );
	exit( 1 );
}

$_SERVER['HTTP_HOST']       = (string) getenv( 'WP_HOST' );
$_SERVER['SERVER_NAME']     = explode( ':', $_SERVER['HTTP_HOST'] )[0];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';

require_once $pearlbridge_wp_dir . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

// WordPress sends these to its log; here PHPUnit turns them into failures.
ini_set( 'display_errors', '1' );
