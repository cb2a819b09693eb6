<?php
/**
 * The API key, for the console.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo\Rest;

use Pearlbridge\Bridge\Lock;
use Pearlbridge\Rest\Rights;
use Pearlbridge\Woo\Keys;

defined( 'ABSPATH' ) || exit;

/**
 * `POST keys/own`, `keys/authorize` and `keys/paste`: who may manage the shop chooses how the sidecar gets its key.
 */
class Keys_Controller {

	/**
	 * The key.
	 *
	 * @var Keys
	 */
	private $keys;

	/**
	 * Makes the pairing view.
	 *
	 * @var callable(): array<string, mixed>
	 */
	private $view;

	/**
	 * Constructor.
	 *
	 * @param Keys                             $keys The key.
	 * @param callable(): array<string, mixed> $view Makes the pairing view.
	 */
	public function __construct( Keys $keys, callable $view ) {
		$this->keys = $keys;
		$this->view = $view;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	/**
	 * The routes.
	 */
	public function register_routes(): void {
		$this->route( '/keys/own', 'own', array() );
		$this->route( '/keys/authorize', 'authorize', array() );
		$this->route(
			'/keys/paste',
			'paste',
			array(
				'consumerKey'    => self::half( 'ck_' ),
				'consumerSecret' => self::half( 'cs_' ),
			)
		);
	}

	/**
	 * `POST keys/own`.
	 *
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function own() {
		return $this->seen( Lock::run( 'keys', array( $this->keys, 'make_own' ) ) );
	}

	/**
	 * `POST keys/authorize`.
	 *
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function authorize() {
		$url = $this->keys->authorize();
		return is_wp_error( $url ) ? $url : new \WP_REST_Response( array( 'url' => $url ) );
	}

	/**
	 * `POST keys/paste`.
	 *
	 * @param \WP_REST_Request $request Request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function paste( \WP_REST_Request $request ) {
		return $this->seen(
			Lock::run(
				'keys',
				function () use ( $request ) {
					return $this->keys->paste( trim( $request['consumerKey'] ), trim( $request['consumerSecret'] ) );
				}
			)
		);
	}

	/**
	 * Registers a route.
	 *
	 * @param non-falsy-string     $path     Path.
	 * @param string               $callback Method of this class.
	 * @param array<string, mixed> $args     Arguments.
	 */
	private function route( string $path, string $callback, array $args ): void {
		register_rest_route(
			'pearlbridge/v1',
			$path,
			array(
				'methods'             => \WP_REST_Server::CREATABLE,
				'callback'            => array( $this, $callback ),
				'permission_callback' => array( Rights::class, 'check' ),
				'args'                => $args,
			)
		);
	}

	/**
	 * Schema of half a key. Copied text has white space around it.
	 *
	 * @param string $prefix How it begins.
	 * @return array<string, mixed>
	 */
	private static function half( string $prefix ): array {
		return array(
			'type'     => 'string',
			'pattern'  => '^\s*' . $prefix . '[A-Za-z0-9]{20,100}\s*\z',
			'required' => true,
		);
	}

	/**
	 * What the console sees afterwards.
	 *
	 * @param mixed $done True, or what went wrong.
	 * @return \WP_REST_Response|\WP_Error
	 */
	private function seen( $done ) {
		return is_wp_error( $done ) ? $done : new \WP_REST_Response( ( $this->view )() );
	}
}
