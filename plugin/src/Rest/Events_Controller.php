<?php
/**
 * What just happened, for the console.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use Pearlbridge\Bridge\Sidecar_Client;
use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Passed through as it is, never cached. The sidecar answers at once; the console asks every 1.5 s.
 */
final class Events_Controller {

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * The overview.
	 *
	 * @var Overview_Cache
	 */
	private $cache;

	/**
	 * Registers nothing yet.
	 *
	 * @param Sidecar_Client $client The way to the sidecar.
	 * @param Overview_Cache $cache  The overview.
	 */
	public function __construct( Sidecar_Client $client, Overview_Cache $cache ) {
		$this->client = $client;
		$this->cache  = $cache;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'routes' ) );
	}

	/**
	 * Registers the route.
	 */
	public function routes(): void {
		register_rest_route(
			Rights::NAMESPACE_V1,
			'/events',
			array(
				'methods'             => WP_REST_Server::READABLE,
				'callback'            => array( $this, 'show' ),
				'permission_callback' => array( Rights::class, 'check' ),
				'args'                => array(
					'after' => array(
						'description' => __( 'Cursor of the page before; left out at first.', 'pearlbridge' ),
						'type'        => 'string',
						'minLength'   => 1,
						'maxLength'   => 200,
					),
				),
			)
		);
	}

	/**
	 * `GET events`.
	 *
	 * @param WP_REST_Request $request Request.
	 * @return array<string, mixed>|WP_Error
	 */
	public function show( WP_REST_Request $request ) {
		$after  = $request['after'];
		$query  = is_string( $after ) ? '?after=' . rawurlencode( $after ) : '';
		$answer = $this->client->forward( 'GET', '/v1/events' . $query, '', Sidecar_Client::READ );
		if ( is_array( $answer ) && ( array() !== ( $answer['items'] ?? array() ) || true === ( $answer['reset'] ?? false ) ) ) {
			$this->cache->forget();
		}
		return $answer;
	}
}
