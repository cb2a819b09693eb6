<?php
/**
 * What the plugin uses of WP-CLI, for PHPStan: its stubs are in no package registry.
 *
 * @package Pearlbridge
 */

/**
 * From WP-CLI's handbook, "Internal API".
 */
class WP_CLI {
	/**
	 * Registers a command.
	 *
	 * @param string                          $name     Name.
	 * @param callable|object|class-string    $callable What runs.
	 * @param array<string, mixed>            $args     More about it.
	 */
	public static function add_command( string $name, $callable, array $args = array() ): bool {
		return true;
	}

	/**
	 * Prints and ends the program with 1.
	 *
	 * @param string|\WP_Error $message Message.
	 * @return never
	 */
	public static function error( $message ) {
		exit( 1 );
	}

	/**
	 * Prints on STDERR.
	 *
	 * @param string $message Message.
	 */
	public static function warning( string $message ): void {}

	/**
	 * Prints.
	 *
	 * @param string $message Message.
	 */
	public static function success( string $message ): void {}

	/**
	 * Prints.
	 *
	 * @param string $message Message.
	 */
	public static function line( string $message = '' ): void {}

	/**
	 * Prints unless --quiet.
	 *
	 * @param string $message Message.
	 */
	public static function log( string $message ): void {}
}
