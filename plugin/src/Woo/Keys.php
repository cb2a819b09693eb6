<?php
/**
 * The WooCommerce API key the sidecar works with.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;

defined( 'ABSPATH' ) || exit;

/**
 * Three ways to one key: the plugin makes it, WooCommerce's approval screen does, or somebody pastes it. Each needs a
 * click. The key goes to the sidecar and only its id stays here; a new one is handed over before the old are
 * revoked, so that the sidecar is never left without.
 */
class Keys {

	/** Option: how the key came to be and its id. */
	const OPTION = 'pearlbridge_keys';

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
	 * WooCommerce's keys.
	 *
	 * @var Key_Table
	 */
	private $table;

	/**
	 * Constructor.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client ) {
		$this->pairing = $pairing;
		$this->client  = $client;
		$this->table   = new Key_Table();
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		$this->authorization()->register();
	}

	/**
	 * How the key came to be, and WooCommerce's id of it.
	 *
	 * @return array{state: string, keyId: int|null}
	 */
	public function status(): array {
		$known = get_option( self::OPTION, array() );
		$state = is_array( $known ) && isset( $known['state'] ) ? (string) $known['state'] : 'none';
		$id    = is_array( $known ) && isset( $known['keyId'] ) ? (int) $known['keyId'] : 0;
		if ( 'none' === $state || $id < 1 || ! $this->table->exists( $id ) ) {
			return array(
				'state' => 'none',
				'keyId' => null,
			);
		}
		return array(
			'state' => $state,
			'keyId' => $id,
		);
	}

	/**
	 * Whether WooCommerce's approval screen can be used: it insists on an https callback.
	 */
	public function can_authorize(): bool {
		return 'https' === wp_parse_url( home_url(), PHP_URL_SCHEME );
	}

	/**
	 * Makes a key for whoever clicked.
	 *
	 * @return true|\WP_Error
	 */
	public function make_own() {
		if ( ! $this->pairing->is_live() ) {
			return Failure::not_paired();
		}
		$made = $this->table->make( get_current_user_id() );
		if ( null === $made ) {
			return Failure::of( 'key_not_made', 500, __( 'WooCommerce’s table of API keys could not be written.', 'pearlbridge' ) );
		}
		$told = $this->hand_over( $made['key'], $made['secret'], $made['id'] );
		if ( is_wp_error( $told ) ) {
			// After a lost answer the sidecar may work with it already: then it stays until a later one is in use.
			if ( 'sidecar_rejected' === $told->get_error_code() ) {
				$this->table->delete( $made['id'] );
			}
			return $told;
		}
		$this->use_key( 'own', $made['id'] );
		return true;
	}

	/**
	 * Begins WooCommerce's approval.
	 *
	 * @return string|\WP_Error Address of the approval screen.
	 */
	public function authorize() {
		if ( ! $this->can_authorize() ) {
			return Failure::of(
				'https_needed',
				409,
				__( 'WooCommerce’s approval screen needs a shop that runs on https.', 'pearlbridge' ),
				__( 'Let Pearlbridge make the key itself.', 'pearlbridge' )
			);
		}
		return $this->pairing->is_live() ? $this->authorization()->begin() : Failure::not_paired();
	}

	/**
	 * Takes a key somebody made in WooCommerce's settings.
	 *
	 * @param string $key    Consumer key.
	 * @param string $secret Consumer secret.
	 * @return true|\WP_Error
	 */
	public function paste( string $key, string $secret ) {
		if ( ! $this->pairing->is_live() ) {
			return Failure::not_paired();
		}
		$known = $this->table->find( $key );
		if ( null === $known || ! hash_equals( $known['secret'], $secret ) ) {
			return Failure::of(
				'unknown_api_key',
				400,
				__( 'This is not a key of this shop, or its secret is another.', 'pearlbridge' ),
				__( 'Make one under WooCommerce → Settings → Advanced → REST API and copy both parts.', 'pearlbridge' )
			);
		}
		if ( 'read_write' !== $known['permissions'] ) {
			return Failure::of(
				'api_key_may_not_write',
				400,
				__( 'This key may not both read and write.', 'pearlbridge' ),
				__( 'Set its permissions to Read/Write.', 'pearlbridge' )
			);
		}
		$told = $this->hand_over( $key, $secret, $known['id'] );
		if ( is_wp_error( $told ) ) {
			return $told;
		}
		$this->use_key( 'pasted', $known['id'] );
		return true;
	}

	/**
	 * Revokes the keys that were made for the sidecar; a pasted one is its owner's. Needs no sidecar.
	 */
	public function forget(): void {
		$this->table->sweep( 'pasted' === $this->status()['state'] ? (int) $this->status()['keyId'] : 0 );
		$this->authorization()->forget();
		delete_option( self::OPTION );
	}

	/**
	 * Gives a key to the sidecar.
	 *
	 * @param string $key    Consumer key.
	 * @param string $secret Consumer secret.
	 * @param int    $id     WooCommerce's id of it.
	 * @return array<string, mixed>|\WP_Error
	 */
	public function hand_over( string $key, string $secret, int $id ) {
		return $this->client->request(
			'PUT',
			'/v1/store',
			array(
				'consumerKey'    => $key,
				'consumerSecret' => $secret,
				'keyId'          => $id,
			),
			15
		);
	}

	/**
	 * Notes which key is in use and revokes our older ones.
	 *
	 * @param string $state 'own', 'wc-auth' or 'pasted'.
	 * @param int    $id    Key.
	 */
	public function use_key( string $state, int $id ): void {
		update_option(
			self::OPTION,
			array(
				'state' => $state,
				'keyId' => $id,
			),
			false
		);
		$this->table->sweep( $id );
	}

	/**
	 * The approval.
	 */
	private function authorization(): Authorization {
		return new Authorization( $this->client, $this, $this->table );
	}
}
