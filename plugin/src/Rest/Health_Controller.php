<?php
/**
 * The test of Site Health that takes its time.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use Pearlbridge\Admin\Site_Health;
use WP_Error;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Also open to whoever may see Site Health.
 */
final class Health_Controller {

	/**
	 * Site Health.
	 *
	 * @var Site_Health
	 */
	private $health;

	/**
	 * Registers nothing yet.
	 *
	 * @param Site_Health $health Site Health.
	 */
	public function __construct( Site_Health $health ) {
		$this->health = $health;
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
			Site_Health::ROUTE,
			array(
				'methods'             => WP_REST_Server::READABLE,
				'callback'            => array( $this->health, 'sidecar' ),
				'permission_callback' => array( $this, 'permission' ),
				'args'                => array(),
			)
		);
	}

	/**
	 * Who may ask.
	 *
	 * @return true|WP_Error
	 */
	public function permission() {
		return current_user_can( 'view_site_health_checks' ) ? true : Rights::check();
	}
}
