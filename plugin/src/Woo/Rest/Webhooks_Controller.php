<?php
/**
 * The webhooks, for the console.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo\Rest;

use Pearlbridge\Bridge\Lock;
use Pearlbridge\Rest\Rights;
use Pearlbridge\Woo\Webhooks;

defined( 'ABSPATH' ) || exit;

/**
 * `POST webhooks/repair`.
 */
class Webhooks_Controller {

	/**
	 * Our webhooks.
	 *
	 * @var Webhooks
	 */
	private $webhooks;

	/**
	 * Makes the pairing view.
	 *
	 * @var callable(): array<string, mixed>
	 */
	private $view;

	/**
	 * Constructor.
	 *
	 * @param Webhooks                         $webhooks Our webhooks.
	 * @param callable(): array<string, mixed> $view     Makes the pairing view.
	 */
	public function __construct( Webhooks $webhooks, callable $view ) {
		$this->webhooks = $webhooks;
		$this->view     = $view;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	/**
	 * The route.
	 */
	public function register_routes(): void {
		register_rest_route(
			'pearlbridge/v1',
			'/webhooks/repair',
			array(
				'methods'             => \WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'repair' ),
				'permission_callback' => array( Rights::class, 'check' ),
				'args'                => array(),
			)
		);
	}

	/**
	 * `POST webhooks/repair`.
	 *
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function repair() {
		$done = $this->webhooks->ensure();
		return is_wp_error( $done ) ? $done : new \WP_REST_Response( ( $this->view )() );
	}
}
