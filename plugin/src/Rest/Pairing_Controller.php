<?php
/**
 * Routes of the pairing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use Pearlbridge\Bridge\Pairing;
use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * Every one of them answers the pairing as it is then.
 */
final class Pairing_Controller {

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * View.
	 *
	 * @var Pairing_View
	 */
	private $view;

	/**
	 * Registers nothing yet.
	 *
	 * @param Pairing      $pairing Pairing.
	 * @param Pairing_View $view    View.
	 */
	public function __construct( Pairing $pairing, Pairing_View $view ) {
		$this->pairing = $pairing;
		$this->view    = $view;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'routes' ) );
	}

	/**
	 * Registers the routes.
	 */
	public function routes(): void {
		register_rest_route(
			Rights::NAMESPACE_V1,
			'/pairing',
			array(
				array(
					'methods'             => WP_REST_Server::READABLE,
					'callback'            => array( $this, 'show' ),
					'permission_callback' => array( Rights::class, 'check' ),
					'args'                => array(),
				),
				array(
					'methods'             => WP_REST_Server::CREATABLE,
					'callback'            => array( $this, 'pair' ),
					'permission_callback' => array( Rights::class, 'check' ),
					'args'                => array(
						'url'         => array(
							'description' => __( 'Address of the sidecar.', 'pearlbridge' ),
							'type'        => 'string',
							'required'    => true,
							'minLength'   => 1,
							'maxLength'   => 500,
						),
						'code'        => array(
							'description' => __( 'The one-time code the sidecar shows.', 'pearlbridge' ),
							'type'        => 'string',
							'required'    => true,
							'minLength'   => 1,
							'maxLength'   => 100,
						),
						'confirmHttp' => array(
							'description' => __( 'Plain http on a private network is accepted.', 'pearlbridge' ),
							'type'        => 'boolean',
							'default'     => false,
						),
					),
				),
			)
		);
		foreach ( array( 'forget', 'rotate', 'ping' ) as $action ) {
			register_rest_route(
				Rights::NAMESPACE_V1,
				'/pairing/' . $action,
				array(
					'methods'             => WP_REST_Server::CREATABLE,
					'callback'            => function () use ( $action ) {
						return $this->answer( $this->pairing->$action() );
					},
					'permission_callback' => array( Rights::class, 'check' ),
					'args'                => array(),
				)
			);
		}
		register_rest_route(
			Rights::NAMESPACE_V1,
			'/pairing/moved',
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'moved' ),
				'permission_callback' => array( Rights::class, 'check' ),
				'args'                => array(
					'choice' => array(
						'description' => __( 'This is the shop at its new address, or a copy of it.', 'pearlbridge' ),
						'type'        => 'string',
						'enum'        => array( 'moved', 'copy' ),
						'required'    => true,
					),
				),
			)
		);
	}

	/**
	 * `GET pairing`.
	 *
	 * @return array<string, mixed>
	 */
	public function show(): array {
		return $this->view->read();
	}

	/**
	 * `POST pairing`.
	 *
	 * @param WP_REST_Request $request Request.
	 * @return array<string, mixed>|WP_Error
	 */
	public function pair( WP_REST_Request $request ) {
		return $this->answer( $this->pairing->pair( (string) $request['url'], (string) $request['code'], true === $request['confirmHttp'] ) );
	}

	/**
	 * `POST pairing/moved`.
	 *
	 * @param WP_REST_Request $request Request.
	 * @return array<string, mixed>|WP_Error
	 */
	public function moved( WP_REST_Request $request ) {
		// Somebody else may have chosen already; a copy is only forgotten where there is one.
		if ( Pairing::MOVED !== $this->pairing->state() ) {
			return $this->view->read();
		}
		return $this->answer( 'moved' === $request['choice'] ? $this->pairing->move() : $this->pairing->forget() );
	}

	/**
	 * The view, or what went wrong.
	 *
	 * @param true|WP_Error $result Result.
	 * @return array<string, mixed>|WP_Error
	 */
	private function answer( $result ) {
		return is_wp_error( $result ) ? $result : $this->view->read();
	}
}
