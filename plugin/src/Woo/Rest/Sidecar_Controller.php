<?php
/**
 * What the sidecar may ask of the shop.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo\Rest;

use Pearlbridge\Admin\Consent_Return;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Request_Guard;
use Pearlbridge\Woo\Order_Meta;
use Pearlbridge\Woo\Order_Status;
use Pearlbridge\Woo\Outbox_Recorder;
use Pearlbridge\Woo\Outbox_Table;
use Pearlbridge\Woo\Stock;

defined( 'ABSPATH' ) || exit;

/**
 * Routes below `sidecar/`. No user and no cookie: the signature over the raw request is the permission.
 */
class Sidecar_Controller {

	/** Rows of the outbox in one page: as a rule, and at most. An hour's orders come with one request. */
	const PAGE     = 1000;
	const PAGE_MAX = 5000;

	/** Products or orders in one write. */
	const WRITE_MAX = 100;

	/** Of one product. Far from where the difference of two figures would no longer be an integer. */
	const QUANTITY_MAX = 1000000000;

	/**
	 * Checks signatures.
	 *
	 * @var Request_Guard
	 */
	private $guard;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The outbox.
	 *
	 * @var Outbox_Table
	 */
	private $table;

	/**
	 * Writes orders' meta.
	 *
	 * @var Order_Meta
	 */
	private $meta;

	/**
	 * Constructor.
	 *
	 * @param Request_Guard   $guard    Checks signatures.
	 * @param Pairing         $pairing  The pairing.
	 * @param Outbox_Table    $table    The outbox.
	 * @param Outbox_Recorder $recorder Knows what need not be told.
	 */
	public function __construct( Request_Guard $guard, Pairing $pairing, Outbox_Table $table, Outbox_Recorder $recorder ) {
		$this->guard   = $guard;
		$this->pairing = $pairing;
		$this->table   = $table;
		$this->meta    = new Order_Meta( $recorder );
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		$this->meta->register();
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	/**
	 * The routes.
	 */
	public function register_routes(): void {
		$id       = array(
			'type'     => 'integer',
			'minimum'  => 1,
			'required' => true,
		);
		$quantity = array(
			'type'     => 'integer',
			'minimum'  => -self::QUANTITY_MAX,
			'maximum'  => self::QUANTITY_MAX,
			'required' => true,
		);
		$this->route( '/sidecar/ping', \WP_REST_Server::READABLE, 'ping', array() );
		$this->route(
			'/sidecar/outbox',
			\WP_REST_Server::READABLE,
			'outbox',
			array(
				'after' => array(
					'type'    => 'integer',
					'minimum' => 0,
					'default' => 0,
				),
				'limit' => array(
					'type'    => 'integer',
					'minimum' => 1,
					'maximum' => self::PAGE_MAX,
					'default' => self::PAGE,
				),
			)
		);
		$this->route(
			'/sidecar/outbox/ack',
			\WP_REST_Server::CREATABLE,
			'acknowledge',
			array(
				'upTo' => array(
					'type'     => 'integer',
					'minimum'  => 0,
					'required' => true,
				),
			)
		);
		$this->route(
			'/sidecar/stock',
			\WP_REST_Server::CREATABLE,
			'stock',
			array(
				'writes' => self::list_of(
					array(
						'id'     => $id,
						'seen'   => $quantity,
						'wanted' => $quantity,
					)
				),
			)
		);
		$this->route(
			'/sidecar/order-meta',
			\WP_REST_Server::CREATABLE,
			'order_meta',
			array(
				'orders' => self::list_of(
					array(
						'id'   => $id,
						'meta' => array(
							'type'                 => 'object',
							'required'             => true,
							'patternProperties'    => array(
								Order_Meta::KEY_PATTERN => array(
									'type'      => array( 'string', 'null' ),
									'maxLength' => 1000,
								),
							),
							'additionalProperties' => false,
						),
					)
				),
			)
		);
		$this->route(
			'/sidecar/order-status',
			\WP_REST_Server::CREATABLE,
			'order_status',
			array(
				'id'     => $id,
				'status' => array(
					'type'     => 'string',
					'pattern'  => '^[a-z0-9_-]{1,40}\z',
					'required' => true,
				),
				'quiet'  => array(
					'type'     => 'boolean',
					'required' => true,
				),
				'note'   => array(
					'type'      => 'string',
					'maxLength' => 500,
					'default'   => '',
				),
			)
		);
	}

	/**
	 * `GET sidecar/ping`.
	 */
	public function ping(): \WP_REST_Response {
		return self::answer(
			array(
				'siteId'        => $this->pairing->site_id(),
				'pluginVersion' => PEARLBRIDGE_VERSION,
				'wpVersion'     => get_bloginfo( 'version' ),
				'wcVersion'     => defined( 'WC_VERSION' ) ? WC_VERSION : null,
				'home'          => home_url(),
				'consentUrl'    => Consent_Return::url(),
				'time'          => time(),
			)
		);
	}

	/**
	 * `GET sidecar/outbox`.
	 *
	 * @param \WP_REST_Request $request Request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function outbox( \WP_REST_Request $request ) {
		$page = $this->table->page( (int) $request['after'], (int) $request['limit'] );
		return null === $page ? self::unavailable() : self::answer( $page );
	}

	/**
	 * `POST sidecar/outbox/ack`.
	 *
	 * @param \WP_REST_Request $request Request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function acknowledge( \WP_REST_Request $request ) {
		$removed = $this->table->acknowledge( (int) $request['upTo'] );
		return null === $removed ? self::unavailable() : self::answer( array( 'acknowledged' => $removed ) );
	}

	/**
	 * `POST sidecar/stock`.
	 *
	 * @param \WP_REST_Request $request Request.
	 */
	public function stock( \WP_REST_Request $request ): \WP_REST_Response {
		return self::answer( array( 'results' => ( new Stock() )->apply( $request['writes'] ) ) );
	}

	/**
	 * `POST sidecar/order-meta`.
	 *
	 * @param \WP_REST_Request $request Request.
	 */
	public function order_meta( \WP_REST_Request $request ): \WP_REST_Response {
		return self::answer( array( 'results' => $this->meta->apply( $request['orders'] ) ) );
	}

	/**
	 * `POST sidecar/order-status`.
	 *
	 * @param \WP_REST_Request $request Request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function order_status( \WP_REST_Request $request ) {
		$set = ( new Order_Status() )->set( (int) $request['id'], $request['status'], $request['quiet'], sanitize_text_field( $request['note'] ) );
		return is_wp_error( $set ) ? $set : self::answer( $set );
	}

	/**
	 * Registers a route.
	 *
	 * @param non-falsy-string     $path     Path.
	 * @param string               $methods  Methods.
	 * @param string               $callback Method of this class.
	 * @param array<string, mixed> $args     Arguments.
	 */
	private function route( string $path, string $methods, string $callback, array $args ): void {
		register_rest_route(
			'pearlbridge/v1',
			$path,
			array(
				'methods'             => $methods,
				'callback'            => array( $this, $callback ),
				'permission_callback' => array( $this->guard, 'check' ),
				'args'                => $args,
			)
		);
	}

	/**
	 * Schema of a list of objects.
	 *
	 * @param array<string, mixed> $properties Properties of each.
	 * @return array<string, mixed>
	 */
	private static function list_of( array $properties ): array {
		return array(
			'type'     => 'array',
			'required' => true,
			'maxItems' => self::WRITE_MAX,
			'items'    => array(
				'type'                 => 'object',
				'properties'           => $properties,
				'additionalProperties' => false,
			),
		);
	}

	/**
	 * An answer no cache may keep: it is good for one reader and one moment.
	 *
	 * @param array<string, mixed> $data Data.
	 */
	private static function answer( array $data ): \WP_REST_Response {
		return new \WP_REST_Response( $data, 200, array( 'Cache-Control' => 'no-store, private' ) );
	}

	/**
	 * The database refused.
	 */
	private static function unavailable(): \WP_Error {
		return new \WP_Error( 'outbox_unavailable', __( 'The outbox cannot be read at the moment.', 'pearlbridge' ), array( 'status' => 503 ) );
	}
}
