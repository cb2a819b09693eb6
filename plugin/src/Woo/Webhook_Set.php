<?php
/**
 * What we made among WooCommerce's webhooks.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Our webhooks, known by id; those of others are never touched. Needs no pairing.
 */
class Webhook_Set {

	/** What the webhooks tell. */
	const TOPICS = array( 'order.created', 'order.updated', 'order.deleted', 'order.restored' );

	/** Option with our webhooks: topic => id. */
	const OPTION = 'pearlbridge_webhooks';

	/**
	 * Ids of our webhooks.
	 *
	 * @return array<string, int> Topic => id.
	 */
	public function ids(): array {
		$ids = get_option( self::OPTION, array() );
		return is_array( $ids ) ? array_map( 'intval', $ids ) : array();
	}

	/**
	 * How our webhooks are.
	 *
	 * @return list<array{id: int, topic: string, status: string, failures: int}>
	 */
	public function status(): array {
		$list = array();
		foreach ( $this->ids() as $topic => $id ) {
			$webhook = $this->find( $topic, $id );
			$list[]  = array(
				'id'       => $id,
				'topic'    => $topic,
				'status'   => null === $webhook ? 'missing' : $webhook->get_status( 'edit' ),
				'failures' => null === $webhook ? 0 : (int) $webhook->get_failure_count( 'edit' ),
			);
		}
		return $list;
	}

	/**
	 * Creates a webhook, paused, and notes its id before anything else can fail.
	 *
	 * @param string $topic  Topic.
	 * @param string $secret Secret.
	 * @param string $url    Where it delivers.
	 */
	public function create( string $topic, string $secret, string $url ): ?\WC_Webhook {
		$webhook = new \WC_Webhook();
		/* translators: %s: what a webhook tells, such as order.created. */
		$webhook->set_name( sprintf( __( 'Pearlbridge: %s', 'pearlbridge' ), $topic ) );
		$webhook->set_user_id( self::owner() );
		$webhook->set_topic( $topic );
		$webhook->set_secret( $secret );
		$webhook->set_delivery_url( $url );
		$webhook->set_api_version( 'wp_api_v3' );
		$webhook->set_status( 'paused' );
		$webhook->save();
		if ( $webhook->get_id() < 1 ) {
			return null;
		}
		update_option( self::OPTION, array_merge( $this->ids(), array( $topic => $webhook->get_id() ) ), false );
		return $webhook;
	}

	/**
	 * One of our webhooks, if it still is what we made.
	 *
	 * @param string $topic Topic.
	 * @param int    $id    Webhook.
	 */
	public function find( string $topic, int $id ): ?\WC_Webhook {
		try {
			$webhook = $id > 0 ? wc_get_webhook( $id ) : null;
		} catch ( \Exception $error ) {
			// That is how WooCommerce says that a webhook is gone.
			$webhook = null;
		}
		return $webhook instanceof \WC_Webhook && $webhook->get_id() === $id && $webhook->get_topic( 'edit' ) === $topic ? $webhook : null;
	}

	/**
	 * Those of our webhooks that exist.
	 *
	 * @return \WC_Webhook[]
	 */
	public function existing(): array {
		$webhooks = array();
		foreach ( $this->ids() as $topic => $id ) {
			$webhooks[] = $this->find( $topic, $id );
		}
		return array_filter( $webhooks );
	}

	/**
	 * The secret our webhooks share, or null when there is none or somebody changed one.
	 */
	public function known_secret(): ?string {
		$secrets = array();
		foreach ( $this->existing() as $webhook ) {
			$secrets[ $webhook->get_secret( 'edit' ) ] = true;
		}
		$secret = 1 === count( $secrets ) ? (string) array_key_first( $secrets ) : '';
		return strlen( $secret ) >= 32 ? $secret : null;
	}

	/**
	 * Forgets the ids.
	 */
	public function forget(): void {
		delete_option( self::OPTION );
	}

	/**
	 * Who owns our webhooks: who does this now, if they may, else somebody who may.
	 */
	public static function owner(): int {
		if ( current_user_can( 'manage_woocommerce' ) ) {
			return get_current_user_id();
		}
		$users = get_users(
			array(
				'capability' => 'manage_woocommerce',
				'orderby'    => 'ID',
				'number'     => 1,
				'fields'     => 'ID',
			)
		);
		return (int) ( $users[0] ?? 0 );
	}
}
