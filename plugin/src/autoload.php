<?php
/**
 * PSR-4 for the namespace Pearlbridge, so that the plugin needs no vendor folder.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $class_name ) {
		$prefix = 'Pearlbridge\\';
		if ( 0 !== strpos( $class_name, $prefix ) ) {
			return;
		}
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $class_name, strlen( $prefix ) ) ) . '.php';
		if ( is_readable( $file ) ) {
			require_once $file;
		}
	}
);
