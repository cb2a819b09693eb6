<?php
/**
 * The answer to whoever is being served.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * What is still to be done when the answer is complete should not be waited for.
 */
class Response {

	/**
	 * Gives the client its whole answer, where the server can do that. Nothing can be printed afterwards, so it
	 * belongs at the very end of a request.
	 */
	public static function finish(): void {
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		} elseif ( function_exists( 'litespeed_finish_request' ) ) {
			litespeed_finish_request();
		}
	}
}
