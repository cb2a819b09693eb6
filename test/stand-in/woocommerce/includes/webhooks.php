<?php
/**
 * Webhooks.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * A webhook.
 */
class WC_Webhook extends WC_Data {
	const HOOKS = array(
		'order.created'  => array( 'woocommerce_new_order' ),
		'order.updated'  => array( 'woocommerce_update_order', 'woocommerce_order_refunded' ),
		'order.deleted'  => array( 'woocommerce_trash_order' ),
		'order.restored' => array( 'woocommerce_untrash_order' ),
	);

	protected $object_type = 'webhook';

	protected $data = array(
		'name'             => '',
		'status'           => 'disabled',
		'user_id'          => 0,
		'delivery_url'     => '',
		'secret'           => '',
		'topic'            => '',
		'api_version'      => 3,
		'failure_count'    => 0,
		'pending_delivery' => false,
	);

	/**
	 * Resources this request has told of.
	 *
	 * @var array<int, bool>
	 */
	protected $processed = array();

	public function __construct( $data = 0 ) {
		$this->data_store = WC_Data_Store::load( 'webhook' );
		$this->set_id( $data instanceof WC_Webhook ? $data->get_id() : (int) $data );
		if ( $this->get_id() ) {
			$this->data_store->read( $this );
		}
		$this->set_object_read( true );
	}

	public function enqueue() {
		foreach ( $this->get_hooks() as $hook ) {
			add_action( $hook, array( $this, 'process' ) );
		}
	}

	public function process( $arg ) {
		if ( ! $this->should_deliver( $arg ) ) {
			return;
		}
		$this->processed[ (int) $arg ] = true;
		do_action( 'woocommerce_webhook_process_delivery', $this, $arg );
		return $arg;
	}

	public function deliver( $arg ) {
		$payload     = wp_json_encode( $this->build_payload( $arg ) );
		$args        = array(
			'method'      => 'POST',
			'timeout'     => 60,
			'redirection' => 0,
			'httpversion' => '1.0',
			'blocking'    => true,
			'user-agent'  => 'WooCommerce/' . WC_VERSION . ' Hookshot (WordPress/' . $GLOBALS['wp_version'] . ')',
			'body'        => trim( $payload ),
			'headers'     => array( 'Content-Type' => 'application/json' ),
			'cookies'     => array(),
		);
		$delivery_id = $this->get_new_delivery_id();
		$args        = apply_filters( 'woocommerce_webhook_http_args', $args, $arg, $this->get_id() );

		$args['headers']['X-WC-Webhook-Source']      = home_url( '/' );
		$args['headers']['X-WC-Webhook-Topic']       = $this->get_topic();
		$args['headers']['X-WC-Webhook-Resource']    = $this->get_resource();
		$args['headers']['X-WC-Webhook-Event']       = $this->get_event();
		$args['headers']['X-WC-Webhook-Signature']   = $this->generate_signature( trim( $payload ) );
		$args['headers']['X-WC-Webhook-ID']          = $this->get_id();
		$args['headers']['X-WC-Webhook-Delivery-ID'] = $delivery_id;

		$started  = microtime( true );
		$response = wp_safe_remote_request( $this->get_delivery_url(), $args );
		$duration = round( microtime( true ) - $started, 5 );
		$this->log_delivery( $delivery_id, $args, $response, $duration );
		do_action( 'woocommerce_webhook_delivery', $args, $response, $duration, $arg, $this->get_id() );
	}

	public function build_payload( $resource_id ) {
		if ( 'deleted' === $this->get_event() ) {
			return array( 'id' => (int) $resource_id );
		}
		$current = get_current_user_id();
		wp_set_current_user( $this->get_user_id() );
		$order   = wc_get_order( $resource_id );
		$payload = ! current_user_can( 'manage_woocommerce' )
			? array(
				'code'    => 'woocommerce_rest_cannot_view',
				'message' => 'Sorry, you cannot view this resource.',
				'data'    => array( 'status' => 403 ),
			)
			: ( $order instanceof WC_Order ? Pearlbridge_Stand_In\order_json( $order ) : array(
				'code'    => 'woocommerce_rest_shop_order_invalid_id',
				'message' => 'Invalid ID.',
				'data'    => array( 'status' => 404 ),
			) );
		wp_set_current_user( $current );
		return apply_filters( 'woocommerce_webhook_payload', $payload, $this->get_resource(), $resource_id, $this->get_id() );
	}

	public function generate_signature( $payload ) {
		return base64_encode( hash_hmac( 'sha256', $payload, wp_specialchars_decode( $this->get_secret(), ENT_QUOTES ), true ) );
	}

	public function get_new_delivery_id() {
		return wp_hash( $this->get_id() . strtotime( 'now' ) );
	}

	public function log_delivery( $delivery_id, $request, $response, $duration ) {
		$code = is_wp_error( $response ) ? 0 : (int) wp_remote_retrieve_response_code( $response );
		if ( $code >= 200 && $code < 303 ) {
			$this->set_failure_count( 0 );
			$this->save();
		} else {
			$this->failed_delivery();
		}
	}

	public function deliver_ping() {
		$response = wp_safe_remote_post(
			$this->get_delivery_url(),
			array(
				'user-agent' => 'WooCommerce/' . WC_VERSION . ' Hookshot (WordPress/' . $GLOBALS['wp_version'] . ')',
				'body'       => 'webhook_id=' . $this->get_id(),
			)
		);
		if ( is_wp_error( $response ) ) {
			return new WP_Error( 'error', 'Error: Delivery URL cannot be reached: ' . $response->get_error_message() );
		}
		if ( 200 !== wp_remote_retrieve_response_code( $response ) ) {
			return new WP_Error( 'error', 'Error: Delivery URL returned response code: ' . wp_remote_retrieve_response_code( $response ) );
		}
		$this->set_pending_delivery( false );
		$this->save();
		return true;
	}

	public function get_name( $context = 'view' ) {
		return $this->get_prop( 'name', $context );
	}

	public function get_status( $context = 'view' ) {
		return $this->get_prop( 'status', $context );
	}

	public function get_user_id( $context = 'view' ) {
		return $this->get_prop( 'user_id', $context );
	}

	public function get_delivery_url( $context = 'view' ) {
		return $this->get_prop( 'delivery_url', $context );
	}

	public function get_secret( $context = 'view' ) {
		return $this->get_prop( 'secret', $context );
	}

	public function get_topic( $context = 'view' ) {
		return $this->get_prop( 'topic', $context );
	}

	public function get_api_version( $context = 'view' ) {
		$version = $this->get_prop( 'api_version', $context );
		return 'view' === $context ? 'wp_api_v' . $version : $version;
	}

	public function get_failure_count( $context = 'view' ) {
		return $this->get_prop( 'failure_count', $context );
	}

	public function get_pending_delivery( $context = 'view' ) {
		return $this->get_prop( 'pending_delivery', $context );
	}

	public function set_name( $name ) {
		$this->set_prop( 'name', $name );
	}

	public function set_status( $status ) {
		if ( in_array( $status, array( 'active', 'paused', 'disabled' ), true ) ) {
			$this->set_prop( 'status', $status );
		}
	}

	public function set_user_id( $user_id ) {
		$this->set_prop( 'user_id', (int) $user_id );
	}

	public function set_delivery_url( $url ) {
		$this->set_prop( 'delivery_url', esc_url_raw( $url, array( 'http', 'https' ) ) );
	}

	public function set_secret( $secret ) {
		$this->set_prop( 'secret', $secret );
	}

	public function set_topic( $topic ) {
		$this->set_prop( 'topic', wc_is_webhook_valid_topic( $topic ) ? $topic : '' );
	}

	public function set_api_version( $version ) {
		$this->set_prop( 'api_version', (int) str_replace( 'wp_api_v', '', (string) $version ) );
	}

	public function set_failure_count( $failure_count ) {
		$this->set_prop( 'failure_count', (int) $failure_count );
	}

	public function set_pending_delivery( $pending_delivery ) {
		$this->set_prop( 'pending_delivery', (bool) $pending_delivery );
	}

	public function get_hooks() {
		return apply_filters( 'woocommerce_webhook_hooks', self::HOOKS[ $this->get_topic() ] ?? array(), $this );
	}

	public function get_resource() {
		return explode( '.', $this->get_topic() )[0];
	}

	public function get_event() {
		return explode( '.', $this->get_topic() )[1] ?? '';
	}

	protected function is_already_processed( $arg ) {
		return isset( $this->processed[ (int) $arg ] );
	}

	/**
	 * Six failures are borne; the seventh disables, and leaves the count.
	 */
	private function failed_delivery() {
		$failures = $this->get_failure_count();
		if ( $failures > apply_filters( 'woocommerce_max_webhook_delivery_failures', 5 ) ) {
			$this->set_status( 'disabled' );
			do_action( 'woocommerce_webhook_disabled_due_delivery_failures', $this->get_id() );
		} else {
			$this->set_failure_count( ++$failures );
		}
		$this->save();
	}

	private function should_deliver( $arg ) {
		$order  = wc_get_order( $arg );
		$draft  = $order && in_array( $order->get_status(), array( 'auto-draft', 'checkout-draft' ), true );
		$should = 'active' === $this->get_status() && '' !== $this->get_topic() && ! $draft && ! $this->is_already_processed( $arg );
		return apply_filters( 'woocommerce_webhook_should_deliver', $should, $this, $arg );
	}
}

function wc_is_webhook_valid_topic( $topic ) {
	return 1 === preg_match( '/^(coupon|customer|order|product)\.(created|updated|deleted|restored)$/', (string) $topic );
}

function wc_get_webhook( $id ) {
	$webhook = new WC_Webhook( $id );
	return 0 !== $webhook->get_id() ? $webhook : null;
}

function wc_load_webhooks( $status = '', $limit = null ) {
	$ids = WC_Data_Store::load( 'webhook' )->get_webhooks_ids( $status );
	foreach ( $ids as $id ) {
		wc_get_webhook( $id )->enqueue();
	}
	return array() !== $ids;
}
