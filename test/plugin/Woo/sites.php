<?php
/**
 * Switching between the sites of a network, which WordPress has only on one.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

if ( ! function_exists( __NAMESPACE__ . '\switch_to_blog' ) ) {
	/**
	 * Goes to a site.
	 *
	 * @param int $site Site.
	 */
	function switch_to_blog( int $site ): void {
		$GLOBALS['_wp_switched_stack'][] = $GLOBALS['blog_id'];
		$GLOBALS['blog_id']              = $site; // phpcs:ignore WordPress.WP.GlobalVariablesOverride -- That is what it does.
	}

	/**
	 * Comes back.
	 */
	function restore_current_blog(): void {
		$GLOBALS['blog_id'] = array_pop( $GLOBALS['_wp_switched_stack'] ); // phpcs:ignore WordPress.WP.GlobalVariablesOverride -- As above.
	}
}
