<?php
/**
 * What a web server's rewrite rules do, for PHP's own server: files and directories as they
 * are, everything else through WordPress.
 *
 * @package Pearlbridge
 */

$pearlbridge_root = rtrim( $_SERVER['DOCUMENT_ROOT'], '/' );
$pearlbridge_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$pearlbridge_file = $pearlbridge_root . $pearlbridge_path;

if ( is_file( $pearlbridge_file ) ) {
	return false;
}
if ( '/' !== $pearlbridge_path && is_file( rtrim( $pearlbridge_file, '/' ) . '/index.php' ) ) {
	if ( '/' === substr( $pearlbridge_path, -1 ) ) {
		return false;
	}
	header( 'Location: ' . $pearlbridge_path . '/', true, 301 );
	return true;
}

$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $pearlbridge_root . '/index.php';
chdir( $pearlbridge_root );
require $pearlbridge_root . '/index.php';
