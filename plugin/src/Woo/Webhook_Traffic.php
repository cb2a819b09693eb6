<?php
/**
 * What our webhooks need on their way to the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce refuses to deliver to private hosts and unusual ports, and signs deliveries without a time. Both is
 * mended here for our own webhooks and the paired sidecar alone, in every process that runs WooCommerce's queue.
 * From a copy of the shop our webhooks deliver nothing: whole orders would reach the sidecar of the original.
 */
class Webhook_Traffic {

	/** Argument that marks a request which must not leave. */
	const HELD_BACK = 'pearlbridge_held_back';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Makes signatures.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Our webhooks.
	 *
	 * @var Webhook_Set
	 */
	private $set;

	/**
	 * Constructor.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Sidecar_Client $client  Makes signatures.
	 * @param Webhook_Set    $set     Our webhooks.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client, Webhook_Set $set ) {
		$this->pairing = $pairing;
		$this->client  = $client;
		$this->set     = $set;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_filter( 'http_request_host_is_external', array( $this, 'allow_host' ), 10, 3 );
		add_filter( 'http_allowed_safe_ports', array( $this, 'allow_port' ), 10, 3 );
		add_filter( 'woocommerce_webhook_http_args', array( $this, 'sign' ), 10, 3 );
		add_filter( 'woocommerce_webhook_should_deliver', array( $this, 'should_deliver' ), 10, 2 );
		add_filter( 'pre_http_request', array( $this, 'hold_back' ), 0, 2 );
	}

	/**
	 * `http_request_host_is_external`: lets the paired sidecar stand on a private network.
	 *
	 * @param mixed $external What others say.
	 * @param mixed $host     Host.
	 * @param mixed $url      Address.
	 * @return mixed
	 */
	public function allow_host( $external, $host = '', $url = '' ) {
		return $this->is_sidecar( $url ) ? true : $external;
	}

	/**
	 * `http_allowed_safe_ports`: lets the paired sidecar listen on its port.
	 *
	 * @param mixed $ports Allowed ports.
	 * @param mixed $host  Host.
	 * @param mixed $url   Address.
	 * @return mixed
	 */
	public function allow_port( $ports, $host = '', $url = '' ) {
		if ( ! is_array( $ports ) || ! $this->is_sidecar( $url ) ) {
			return $ports;
		}
		$origin = Origin::of( (string) $url );
		if ( null !== $origin ) {
			$ports[] = $origin[2];
		}
		return $ports;
	}

	/**
	 * `woocommerce_webhook_should_deliver`: our webhooks say nothing while the pairing does not work here.
	 *
	 * @param mixed $should  What others say.
	 * @param mixed $webhook Webhook.
	 * @return mixed
	 */
	public function should_deliver( $should, $webhook = null ) {
		return $webhook instanceof \WC_Webhook && $this->is_ours( $webhook->get_id() ) && ! $this->pairing->is_live() ? false : $should;
	}

	/**
	 * `pre_http_request`: ends a request that sign() has marked. A copy inherits the queue of the shop, and what
	 * stands in the queue has been asked for its `should_deliver` already.
	 *
	 * @param mixed $answer What others say; false = ask the network.
	 * @param mixed $args   Request.
	 * @return mixed
	 */
	public function hold_back( $answer, $args = array() ) {
		return is_array( $args ) && isset( $args[ self::HELD_BACK ] ) ? Failure::not_paired() : $answer;
	}

	/**
	 * `woocommerce_webhook_http_args`: adds our signature, which has a time and a nonce, so that nobody can send a
	 * delivery twice. Only to deliveries of our webhooks that really go to the sidecar: their address can be edited.
	 *
	 * @param mixed $args       Request.
	 * @param mixed $resource   What the delivery is about.
	 * @param mixed $webhook_id Webhook.
	 * @return mixed
	 */
	public function sign( $args, $resource = null, $webhook_id = 0 ) {
		if ( is_array( $args ) && $this->is_ours( $webhook_id ) && ! $this->pairing->is_live() ) {
			return array_merge( $args, array( self::HELD_BACK => true ) );
		}
		$topic   = array_search( (int) $webhook_id, $this->set->ids(), true );
		$webhook = false === $topic ? null : $this->set->find( $topic, (int) $webhook_id );
		if ( ! is_array( $args ) || null === $webhook ) {
			return $args;
		}
		$url = $webhook->get_delivery_url( 'edit' );
		if ( ! $this->is_sidecar( $url ) ) {
			return $args;
		}
		$body            = isset( $args['body'] ) && is_string( $args['body'] ) ? $args['body'] : '';
		$headers         = $this->client->signed_headers( 'POST', Origin::path_below( $url, $this->pairing->sidecar_url() ), $body );
		$args['headers'] = array_merge( (array) ( $args['headers'] ?? array() ), $headers );
		return $args;
	}

	/**
	 * Whether a webhook is one of ours.
	 *
	 * @param mixed $webhook_id Webhook.
	 */
	private function is_ours( $webhook_id ): bool {
		return is_numeric( $webhook_id ) && in_array( (int) $webhook_id, $this->set->ids(), true );
	}

	/**
	 * Whether an address is the paired sidecar's.
	 *
	 * @param mixed $url Address.
	 */
	private function is_sidecar( $url ): bool {
		return is_string( $url ) && $this->pairing->is_live() && Origin::same( $url, $this->pairing->sidecar_url() );
	}
}
