<?php
/**
 * Keeps caches away from our routes.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * An answer of ours is good for one reader and one moment, and so is a refusal: page caches keep
 * what the REST API says to visitors, and a sidecar that is served an old outbox misses orders.
 */
final class Never_Cached {

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_filter( 'rest_post_dispatch', array( $this, 'mark' ), 10, 3 );
	}

	/**
	 * `rest_post_dispatch`: sees every answer and every refusal before it is sent.
	 *
	 * @param mixed $response Response.
	 * @param mixed $server   Server.
	 * @param mixed $request  Request.
	 * @return mixed
	 */
	public function mark( $response, $server = null, $request = null ) {
		if ( ! $response instanceof WP_REST_Response || ! $request instanceof WP_REST_Request || 0 !== strpos( $request->get_route(), '/pearlbridge/' ) ) {
			return $response;
		}
		$response->header( 'Cache-Control', 'no-store, private' );
		$response->header( 'X-LiteSpeed-Cache-Control', 'no-cache' );
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedConstantFound -- The name all page caches know.
		}
		do_action( 'litespeed_control_set_nocache', 'Pearlbridge' ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- LiteSpeed Cache's own.
		return $response;
	}
}
