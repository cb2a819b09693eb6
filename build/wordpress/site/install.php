<?php
/**
 * Installs the WordPress of this directory, for the command line. The settings come as JSON in
 * the environment: {title, user, password, database: {host, name} or null, plugins}.
 *
 * @package Pearlbridge
 */

$pearlbridge = json_decode( (string) getenv( 'PEARLBRIDGE_INSTALL' ), true );

if ( null !== $pearlbridge['database'] ) {
	list( $pearlbridge_host, $pearlbridge_port ) = explode( ':', $pearlbridge['database']['host'] );
	mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
	$pearlbridge_db = new mysqli( $pearlbridge_host, 'root', '', '', (int) $pearlbridge_port );
	$pearlbridge_db->query( 'CREATE DATABASE `' . $pearlbridge['database']['name'] . '` CHARACTER SET utf8mb4' );
	$pearlbridge_db->close();
}

define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST']      = $pearlbridge['host'];
$_SERVER['REQUEST_METHOD'] = 'GET';
require getcwd() . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( $pearlbridge['title'], $pearlbridge['user'], 'admin@example.test', true, '', $pearlbridge['password'] );
update_option( 'permalink_structure', '/%postname%/' );
update_option( 'timezone_string', 'Europe/London' );
// The tour on the first visit of a screen would lie over it.
update_option( 'show_on_front', 'posts' );
