<?php
/**
 * Our webhooks in WooCommerce.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Lock;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;

defined( 'ABSPATH' ) || exit;

/**
 * Creates, repairs, pauses and removes the webhooks that deliver to the sidecar. They are the spare way: the outbox
 * and its nudge are faster. Webhooks of others are never touched: ours are known by id.
 */
class Webhooks {

	/** Cron event that looks again whether disabled webhooks can be switched on. */
	const REPAIR_EVENT = 'pearlbridge_repair_webhooks';

	/** Seconds until it does, and between two repairs nobody asked for. */
	const REPAIR_SECONDS = 15 * 60;

	/**
	 * The pairing.
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
	 * What we made in WooCommerce.
	 *
	 * @var Webhook_Set
	 */
	private $set;

	/**
	 * Constructor.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client ) {
		$this->pairing = $pairing;
		$this->client  = $client;
		$this->set     = new Webhook_Set();
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		( new Webhook_Traffic( $this->pairing, $this->client, $this->set ) )->register();
		add_action( 'woocommerce_webhook_disabled_due_delivery_failures', array( $this, 'on_disabled' ) );
		add_action( self::REPAIR_EVENT, array( $this, 'repair_disabled' ) );
		add_filter( 'pearlbridge_notices', array( $this, 'notices' ) );
	}

	/**
	 * How our webhooks are.
	 *
	 * @return list<array{id: int, topic: string, status: string, failures: int}>
	 */
	public function status(): array {
		return $this->set->status();
	}

	/**
	 * Creates what is missing, mends what was changed and switches everything on, after the sidecar has answered and
	 * has learnt the secret and the ids. Until then new webhooks stay paused: nothing is delivered that the sidecar
	 * could not verify.
	 *
	 * @return true|\WP_Error
	 */
	public function ensure() {
		if ( ! $this->pairing->is_live() ) {
			return Failure::not_paired();
		}
		$reachable = $this->client->ping();
		if ( is_wp_error( $reachable ) ) {
			return $reachable;
		}
		return $this->apply( null );
	}

	/**
	 * Gives our webhooks a new secret. The sidecar hears of it first and accepts both for an hour.
	 *
	 * @return true|\WP_Error
	 */
	public function rotate_secret() {
		if ( ! $this->pairing->is_live() ) {
			return Failure::not_paired();
		}
		return $this->apply( self::new_secret() );
	}

	/**
	 * Stops deliveries while the plugin is inactive: nobody would add the headers and open the port.
	 */
	public function pause(): void {
		wp_clear_scheduled_hook( self::REPAIR_EVENT );
		foreach ( $this->set->existing() as $webhook ) {
			if ( 'active' === $webhook->get_status( 'edit' ) ) {
				$webhook->set_status( 'paused' );
				$webhook->save();
			}
		}
	}

	/**
	 * Starts deliveries again. When the sidecar does not answer now, it is tried again later.
	 */
	public function resume(): void {
		if ( $this->pairing->is_live() && is_wp_error( $this->ensure() ) ) {
			$this->try_later();
		}
	}

	/**
	 * Deletes our webhooks. Needs no sidecar.
	 */
	public function remove(): void {
		wp_clear_scheduled_hook( self::REPAIR_EVENT );
		foreach ( $this->set->existing() as $webhook ) {
			$webhook->delete( true );
		}
		$this->set->forget();
	}

	/**
	 * `woocommerce_webhook_disabled_due_delivery_failures`: WooCommerce gave up after too many failures, and will
	 * never try again by itself.
	 *
	 * @param mixed $webhook_id Webhook.
	 */
	public function on_disabled( $webhook_id = 0 ): void {
		if ( in_array( (int) $webhook_id, $this->set->ids(), true ) ) {
			// Not at once: WooCommerce is in the middle of saving it, and the sidecar did just fail to answer.
			$this->try_later();
		}
	}

	/**
	 * Switches webhooks on that were disabled or paused, once the sidecar answers.
	 */
	public function repair_disabled(): void {
		if ( ! $this->pairing->is_live() ) {
			return;
		}
		foreach ( $this->set->status() as $webhook ) {
			if ( 'active' !== $webhook['status'] ) {
				if ( is_wp_error( $this->ensure() ) ) {
					$this->try_later();
				}
				return;
			}
		}
	}

	/**
	 * `pearlbridge_notices`: says that webhooks do not deliver. Asks no more than whether a repair is due, because
	 * it runs on every screen of the shop.
	 *
	 * @param mixed $notices Notices so far.
	 * @return mixed
	 */
	public function notices( $notices ) {
		if ( is_array( $notices ) && false !== wp_next_scheduled( self::REPAIR_EVENT ) && $this->pairing->is_live() ) {
			$notices[] = array(
				'id'      => 'webhooks',
				'type'    => 'warning',
				'message' => __( 'WooCommerce has switched off webhooks of Pearlbridge, because the sidecar did not answer. Until they are repaired, changed orders may arrive later than usual.', 'pearlbridge' ),
				'url'     => admin_url( 'admin.php?page=pearlbridge' ),
				'label'   => __( 'Repair them', 'pearlbridge' ),
			);
		}
		return $notices;
	}

	/**
	 * Brings all webhooks into the state wanted. One process at a time: two clicks would make two sets.
	 *
	 * @param string|null $secret Secret they shall sign with; null = the one they have.
	 * @return true|\WP_Error
	 */
	private function apply( ?string $secret ) {
		return Lock::run(
			'webhooks',
			function () use ( $secret ) {
				return $this->bring_about( $secret ?? $this->set->known_secret() ?? self::new_secret() );
			}
		);
	}

	/**
	 * Does so, under the lock.
	 *
	 * @param string $secret Secret they shall sign with.
	 * @return true|\WP_Error
	 */
	private function bring_about( string $secret ) {
		$webhooks = array();
		foreach ( Webhook_Set::TOPICS as $topic ) {
			$webhook = $this->set->find( $topic, $this->set->ids()[ $topic ] ?? 0 ) ?? $this->set->create( $topic, $secret, $this->delivery_url() );
			if ( null === $webhook ) {
				return Failure::of( 'webhook_not_created', 500, __( 'WooCommerce did not create the webhook.', 'pearlbridge' ), __( 'Its log says why.', 'pearlbridge' ) );
			}
			$webhooks[ $topic ] = $webhook;
		}
		$told = $this->client->request(
			'PUT',
			'/v1/store',
			array(
				'webhookSecret' => $secret,
				'webhookIds'    => array_values( $this->set->ids() ),
			),
			15
		);
		if ( is_wp_error( $told ) ) {
			return $told;
		}
		foreach ( $webhooks as $webhook ) {
			if ( $webhook->get_delivery_url( 'edit' ) !== $this->delivery_url() ) {
				// Saving an active webhook with another address pings that address and waits for it.
				$webhook->set_delivery_url( $this->delivery_url() );
				$webhook->set_status( 'paused' );
				$webhook->save();
			}
			$webhook->set_secret( $secret );
			$webhook->set_status( 'active' );
			// The counter stays when only the status is set: one more failure would disable it again.
			$webhook->set_failure_count( 0 );
			// So does saving one whose delivery is pending.
			$webhook->set_pending_delivery( false );
			if ( ! user_can( $webhook->get_user_id( 'edit' ), 'manage_woocommerce' ) ) {
				// A delivery is made with the owner's rights: without them it says "forbidden" instead of the order.
				$webhook->set_user_id( Webhook_Set::owner() );
			}
			$webhook->save();
		}
		wp_clear_scheduled_hook( self::REPAIR_EVENT );
		return true;
	}

	/**
	 * A new secret: 256 random bits.
	 */
	private static function new_secret(): string {
		return bin2hex( random_bytes( 32 ) );
	}

	/**
	 * Where the webhooks deliver.
	 */
	private function delivery_url(): string {
		return $this->pairing->webhook_url() ?? $this->pairing->sidecar_url() . '/webhooks/woocommerce/' . rawurlencode( (string) $this->pairing->connection() );
	}

	/**
	 * Looks again in a while.
	 */
	private function try_later(): void {
		if ( ! wp_next_scheduled( self::REPAIR_EVENT ) ) {
			wp_schedule_single_event( time() + self::REPAIR_SECONDS, self::REPAIR_EVENT );
		}
	}
}
