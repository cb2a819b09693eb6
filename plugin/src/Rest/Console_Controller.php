<?php
/**
 * What the console asks the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;
use stdClass;
use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/**
 * One route for each operation of the map, and none that takes a path: nothing but what the map
 * names gets through. The JSON goes on as it came, because PHP cannot tell `{}` from `[]` once it
 * is an array.
 */
final class Console_Controller {

	/** Operations that are given again for a moment. */
	const CACHED = array( 'status', 'activity' );

	/** Milliseconds the sidecar must be done before we stop waiting. */
	const SPARE = 500;

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

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
	 * @param Pairing        $pairing Pairing.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 * @param Overview_Cache $cache   The overview.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client, Overview_Cache $cache ) {
		$this->pairing = $pairing;
		$this->client  = $client;
		$this->cache   = $cache;
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
		foreach ( require __DIR__ . '/console-routes.php' as $route => $operation ) {
			register_rest_route(
				Rights::NAMESPACE_V1,
				'/console/' . $route,
				array(
					'methods'             => WP_REST_Server::CREATABLE,
					'callback'            => function ( WP_REST_Request $request ) use ( $operation ) {
						return $this->run( $operation, $request );
					},
					'permission_callback' => array( Rights::class, 'check' ),
					'args'                => $this->args( $operation ),
				)
			);
		}
	}

	/**
	 * Asks the sidecar.
	 *
	 * @param array{name: string, kind: string, bound: string, input: array<string, mixed>} $operation Operation.
	 * @param WP_REST_Request                                                               $request   Request.
	 * @return array<string, mixed>|WP_Error
	 */
	private function run( array $operation, WP_REST_Request $request ) {
		$input = self::input( $request );
		if ( null === $input ) {
			return Failure::of( 'rest_invalid_json', 400, __( 'The request is not JSON as the console sends it.', 'pearlbridge' ) );
		}
		$is_read = 'read' === $operation['kind'];
		$bound   = $operation['bound'];
		$named   = $input->$bound ?? null;
		if ( null !== $named && $named !== $this->pairing->connection() ) {
			return Failure::of( 'foreign_connection', 403, __( 'This shop is paired with another connection.', 'pearlbridge' ) );
		}
		unset( $input->$bound );
		$seconds = $is_read ? Sidecar_Client::READ : Sidecar_Client::COMMAND;
		$json    = (string) wp_json_encode(
			array(
				'input'          => $input,
				'timeout'        => min( (int) $request['timeout'], 1000 * $seconds - self::SPARE ),
				'idempotencyKey' => $request['idempotencyKey'],
				'by'             => self::user(),
			),
			JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION
		);
		$ask     = function () use ( $operation, $json, $seconds ) {
			return $this->client->forward( 'POST', '/v1/console/' . $operation['name'], $json, $seconds );
		};
		if ( ! $is_read ) {
			$answer = $ask();
			$this->cache->forget();
			return $answer;
		}
		// A site that has moved or was forgotten shows nothing of before.
		return $this->pairing->is_live() && in_array( $operation['name'], self::CACHED, true ) && true !== ( $input->waitIdle ?? false ) // phpcs:ignore WordPress.NamingConventions.ValidVariableName.UsedPropertyNotSnakeCase -- The sidecar's name.
			? $this->cache->remember( $operation['name'] . $this->pairing->connection() . wp_json_encode( $input ), $ask )
			: $ask();
	}

	/**
	 * What WordPress checks before it lets a call through.
	 *
	 * @param array{name: string, kind: string, bound: string, input: array<string, mixed>} $operation Operation.
	 * @return array<string, array<string, mixed>>
	 */
	private function args( array $operation ): array {
		$schema = $operation['input'];
		// The console also runs where several connections are seen, and then names one.
		$schema['properties'][ $operation['bound'] ] = array( 'type' => array( 'string', 'null' ) );
		$as_it_is                                    = static function ( $value ) {
			return $value;
		};
		return array(
			'input'          => array(
				'description'       => __( 'Input of the operation.', 'pearlbridge' ),
				'required'          => true,
				'validate_callback' => 'rest_validate_request_arg',
				'sanitize_callback' => $as_it_is,
			) + $schema,
			'timeout'        => array(
				'description' => __( 'Milliseconds to wait; the work goes on.', 'pearlbridge' ),
				'type'        => 'integer',
				'minimum'     => 0,
				'maximum'     => 60000,
				'required'    => true,
			),
			'idempotencyKey' => array(
				'description'       => __( 'The same key again is the same click.', 'pearlbridge' ),
				'type'              => 'read' === $operation['kind'] ? array( 'string', 'null' ) : 'string',
				'minLength'         => 8,
				'maxLength'         => 80,
				'required'          => 'command' === $operation['kind'],
				'validate_callback' => 'rest_validate_request_arg',
				'sanitize_callback' => $as_it_is,
			),
		);
	}

	/**
	 * The input as it came, with objects as objects; null when the body has none.
	 *
	 * @param WP_REST_Request $request Request.
	 */
	private static function input( WP_REST_Request $request ): ?stdClass {
		$body = json_decode( (string) $request->get_body() );
		return $body instanceof stdClass && isset( $body->input ) && $body->input instanceof stdClass ? $body->input : null;
	}

	/**
	 * Who asks, for the record.
	 */
	private static function user(): string {
		return mb_substr( wp_get_current_user()->user_login, 0, 100 );
	}
}
