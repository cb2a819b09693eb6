<?php
/**
 * What must be there before anything of the plugin runs.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge;

defined( 'ABSPATH' ) || exit;

/**
 * One table; the first fault is told and nothing else loads.
 */
final class Requirements {

	const WOOCOMMERCE = '10.0';

	/**
	 * The first fault in words, or null. The text is made late, when translations are there.
	 *
	 * @return (callable(): string)|null
	 */
	public static function fault(): ?callable {
		foreach ( self::table() as list( $is_met, $message ) ) {
			if ( ! $is_met ) {
				return $message;
			}
		}
		return null;
	}

	/**
	 * Shows the fault to whoever can mend it.
	 *
	 * @param callable(): string $message Fault.
	 */
	public static function show( callable $message ): void {
		$print = static function () use ( $message ): void {
			if ( current_user_can( 'activate_plugins' ) ) {
				wp_admin_notice( esc_html( $message() ), array( 'type' => 'error' ) );
			}
		};
		add_action( 'admin_notices', $print );
		add_action( 'network_admin_notices', $print );
	}

	/**
	 * What must be there, and what is said when it is not.
	 *
	 * @return list<array{bool, callable(): string}>
	 */
	private static function table(): array {
		$version = defined( 'WC_VERSION' ) ? (string) WC_VERSION : '';
		return array(
			array(
				class_exists( 'WooCommerce' ) && '' !== $version,
				static function (): string {
					return __( 'Pearlbridge needs WooCommerce. Install and activate WooCommerce; until then Pearlbridge does nothing.', 'pearlbridge' );
				},
			),
			array(
				version_compare( $version, self::WOOCOMMERCE, '>=' ),
				static function () use ( $version ): string {
					return sprintf(
						/* translators: 1: needed version, 2: present version. */
						__( 'Pearlbridge needs WooCommerce %1$s or newer; this is %2$s. Update WooCommerce; until then Pearlbridge does nothing.', 'pearlbridge' ),
						self::WOOCOMMERCE,
						$version
					);
				},
			),
			array(
				function_exists( 'openssl_decrypt' ),
				static function (): string {
					return __( 'Pearlbridge needs the PHP extension openssl. Ask your host to switch it on; until then Pearlbridge does nothing.', 'pearlbridge' );
				},
			),
		);
	}
}
