<?php
/**
 * What every test of the plugin starts from.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

use PHPUnit\Framework\TestCase as PHPUnitTestCase;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/**
 * A test runs inside the real WordPress and leaves nothing behind: its database work is rolled
 * back (tables it creates or drops are put right), and so are hooks, users and globals.
 *
 * Overriding `setUp` or `tearDown`, call the parent's. A test that listens on a port or connects to
 * one is `@group network`: the PHP 7.4 of these tests cannot.
 */
abstract class TestCase extends PHPUnitTestCase {
	/**
	 * Globals that a request leaves its marks on.
	 */
	private const SUPERGLOBALS = array( '_GET', '_POST', '_REQUEST', '_COOKIE', '_SERVER' );

	/**
	 * Copied before the test.
	 *
	 * @var array<string, mixed>
	 */
	private $before = array();

	/**
	 * Made by `sidecar()`.
	 *
	 * @var array<int, Fake_Sidecar>
	 */
	private $sidecars = array();

	/**
	 * Begins the transaction.
	 */
	protected function setUp(): void {
		parent::setUp();
		Database::begin();
		$this->before = array(
			'filters' => self::copy_of_hooks(),
			'actions' => $GLOBALS['wp_actions'],
		);
		foreach ( self::SUPERGLOBALS as $name ) {
			$this->before[ $name ] = $GLOBALS[ $name ] ?? array();
		}
		wp_set_current_user( 0 );
	}

	/**
	 * Puts everything back.
	 */
	protected function tearDown(): void {
		foreach ( $this->sidecars as $sidecar ) {
			$sidecar->stop();
		}
		$this->sidecars = array();
		Database::roll_back();
		wp_cache_flush();
		// phpcs:disable WordPress.WP.GlobalVariablesOverride.Prohibited -- They are put back as they were.
		$GLOBALS['wp_filter']      = $this->before['filters'];
		$GLOBALS['wp_actions']     = $this->before['actions'];
		$GLOBALS['wp_rest_server'] = null;
		$GLOBALS['wp_styles']      = null;
		$GLOBALS['wp_scripts']     = null;
		// phpcs:enable
		unset( $GLOBALS['current_screen'] );
		foreach ( self::SUPERGLOBALS as $name ) {
			$GLOBALS[ $name ] = $this->before[ $name ];
		}
		wp_set_current_user( 0 );
		parent::tearDown();
	}

	/**
	 * The shop's owner is logged in.
	 */
	protected function as_admin(): int {
		$admin = get_users(
			array(
				'role'   => 'administrator',
				'number' => 1,
				'fields' => 'ID',
			)
		);
		wp_set_current_user( (int) $admin[0] );
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			// WooCommerce gives it to its roles when it is installed; here also without it.
			wp_get_current_user()->add_cap( 'manage_woocommerce' );
		}
		return (int) $admin[0];
	}

	/**
	 * A new user with this role is logged in.
	 *
	 * @param string $role Role.
	 */
	protected function as_role( string $role ): int {
		$user = (int) wp_insert_user(
			array(
				'user_login' => 'test_' . $role . wp_generate_password( 6, false ),
				'user_pass'  => wp_generate_password(),
				'role'       => $role,
			)
		);
		wp_set_current_user( $user );
		return $user;
	}

	/**
	 * Nobody is logged in.
	 */
	protected function as_nobody(): void {
		wp_set_current_user( 0 );
	}

	/**
	 * A request to this WordPress's REST API, through its own server. What is cookie and nonce on
	 * the wire is already the current user here.
	 *
	 * @param string                $method  Method.
	 * @param string                $route   '/pearlbridge/v1/pairing', with or without a query.
	 * @param array<string, mixed>|string $params Parameters of a GET; else the JSON body, a string as it is.
	 * @param array<string, string> $headers Headers.
	 */
	protected function rest( string $method, string $route, $params = array(), array $headers = array() ): WP_REST_Response {
		$parts   = explode( '?', $route, 2 );
		$request = new WP_REST_Request( $method, $parts[0] );
		if ( isset( $parts[1] ) ) {
			wp_parse_str( $parts[1], $query );
			$request->set_query_params( $query );
		}
		$_SERVER['REQUEST_METHOD'] = $method;
		$_SERVER['REQUEST_URI']    = '/wp-json' . $route;
		if ( 'GET' === $method && is_array( $params ) ) {
			$request->set_query_params( array_merge( $request->get_query_params(), $params ) );
		} elseif ( is_string( $params ) || array() !== $params ) {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( is_string( $params ) ? $params : (string) wp_json_encode( $params ) );
		}
		foreach ( $headers as $name => $value ) {
			$request->set_header( $name, $value );
		}
		return rest_get_server()->dispatch( $request );
	}

	/**
	 * What a response says, as a client would read it.
	 *
	 * @param WP_REST_Response $response Response.
	 * @return mixed
	 */
	protected function data( WP_REST_Response $response ) {
		return json_decode( (string) wp_json_encode( rest_get_server()->response_to_data( $response, false ) ), true );
	}

	/**
	 * The REST server of this test, with every route registered as hooks are now.
	 */
	protected function rest_server(): WP_REST_Server {
		return rest_get_server();
	}

	/**
	 * A sidecar that answers what it is told to.
	 *
	 * @param string $url Where it is said to be.
	 */
	protected function sidecar( string $url = 'https://sidecar.example.test' ): Fake_Sidecar {
		$sidecar          = new Fake_Sidecar( $url );
		$this->sidecars[] = $sidecar;
		return $sidecar;
	}

	/**
	 * A file of test/vectors, which the sidecar's tests read too.
	 *
	 * @param string $name Name of the file.
	 * @return mixed
	 */
	protected function vectors( string $name ) {
		$text = file_get_contents( dirname( __DIR__ ) . '/vectors/' . $name );
		return json_decode( (string) $text, true, 512, JSON_THROW_ON_ERROR );
	}

	/**
	 * Hooks are objects, and a copy of the array alone would be changed with them.
	 *
	 * @return array<string, \WP_Hook>
	 */
	private static function copy_of_hooks(): array {
		return array_map(
			static function ( $hook ) {
				return clone $hook;
			},
			$GLOBALS['wp_filter']
		);
	}
}
