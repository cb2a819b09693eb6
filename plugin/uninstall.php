<?php
/**
 * Removes everything the plugin has written, on every site of a network. The shop's own data
 * (orders, products) stays as it is.
 *
 * @package Pearlbridge
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( ! defined( 'PEARLBRIDGE_VERSION' ) ) {
	define( 'PEARLBRIDGE_VERSION', 'uninstall' );
}

require_once __DIR__ . '/src/autoload.php';

Pearlbridge\Installation::on_sites(
	true,
	static function () {
		// The sidecar is told, as far as it can be: nobody holds the key any more.
		$pearlbridge_secrets = Pearlbridge\Plugin::secrets();
		$pearlbridge_client  = Pearlbridge\Plugin::client( $pearlbridge_secrets );
		Pearlbridge\Plugin::pairing( $pearlbridge_secrets, $pearlbridge_client )->forget();
		Pearlbridge\Installation::remove();
	}
);
