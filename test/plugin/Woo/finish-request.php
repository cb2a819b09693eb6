<?php
/**
 * What PHP-FPM has and a command line has not: remembers when it was called.
 *
 * @package Pearlbridge
 */

if ( ! function_exists( 'fastcgi_finish_request' ) ) {
	/**
	 * Gives the client its answer.
	 */
	function fastcgi_finish_request(): bool {
		$GLOBALS['pearlbridge_course'][] = 'finished';
		return true;
	}
}
