<?php
/**
 * WooCommerce's approval of a key (wc-auth v1).
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Sidecar_Client;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce shows the approval screen, makes the key and posts it to a callback that must be https and names no
 * shop: a single-use state is all that ties it to its beginning. The callback is the sidecar's own where that has a
 * public https address, else a one-shot route of this shop, which hands the key on over the signed channel and
 * keeps nothing. Anything but 200 makes WooCommerce revoke the key again.
 */
class Authorization {

	/** Option with the one approval under way. Only a hash of the state: what is read cannot be used. */
	const OPTION = 'pearlbridge_authorization';

	/** WooCommerce shows this as the app's name, and begins the key's description with it. */
	const APP_NAME = 'Pearlbridge';

	/** Seconds an approval may take at most. */
	const LIFE = 600;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Where an approved key goes.
	 *
	 * @var Keys
	 */
	private $keys;

	/**
	 * WooCommerce's keys.
	 *
	 * @var Key_Table
	 */
	private $table;

	/**
	 * Constructor.
	 *
	 * @param Sidecar_Client $client The way to the sidecar.
	 * @param Keys           $keys   Where an approved key goes.
	 * @param Key_Table      $table  WooCommerce's keys.
	 */
	public function __construct( Sidecar_Client $client, Keys $keys, Key_Table $table ) {
		$this->client = $client;
		$this->keys   = $keys;
		$this->table  = $table;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_route' ) );
		add_action( 'admin_init', array( $this, 'on_return' ) );
	}

	/**
	 * The one-shot callback.
	 */
	public function register_route(): void {
		register_rest_route(
			'pearlbridge/v1',
			'/keys/callback',
			array(
				'methods'             => \WP_REST_Server::CREATABLE,
				'callback'            => array( $this, 'receive' ),
				// WooCommerce posts without credentials: the state is the right to call.
				'permission_callback' => array( $this, 'may_receive' ),
				'args'                => array(
					'key_id'          => array(
						'type'     => 'integer',
						'minimum'  => 1,
						'required' => true,
					),
					'user_id'         => array(
						'type'      => 'string',
						'minLength' => 16,
						'maxLength' => 200,
						'required'  => true,
					),
					'consumer_key'    => array(
						'type'     => 'string',
						'pattern'  => '^ck_[A-Za-z0-9]{20,100}\z',
						'required' => true,
					),
					'consumer_secret' => array(
						'type'     => 'string',
						'pattern'  => '^cs_[A-Za-z0-9]{20,100}\z',
						'required' => true,
					),
					'key_permissions' => array(
						'type'     => 'string',
						'enum'     => array( 'read', 'write', 'read_write' ),
						'required' => true,
					),
				),
			)
		);
	}

	/**
	 * Begins an approval.
	 *
	 * @return string|\WP_Error Address of WooCommerce's screen.
	 */
	public function begin() {
		$given = $this->client->request( 'POST', '/v1/store/authorization', array(), 15 );
		if ( is_wp_error( $given ) ) {
			return $given;
		}
		$state    = isset( $given['state'] ) && is_string( $given['state'] ) ? $given['state'] : '';
		$callback = isset( $given['callbackUrl'] ) && is_string( $given['callbackUrl'] ) ? $given['callbackUrl'] : null;
		if ( strlen( $state ) < 16 ) {
			return Failure::of( 'sidecar_unreachable', 502, __( 'The sidecar gave no state for the approval.', 'pearlbridge' ), __( 'Bring the sidecar and the plugin to the same version.', 'pearlbridge' ) );
		}
		if ( null !== $callback && 'https' !== wp_parse_url( $callback, PHP_URL_SCHEME ) ) {
			$callback = null;
		}
		update_option(
			self::OPTION,
			array(
				'state'  => hash( 'sha256', $state ),
				'until'  => time() + self::LIFE,
				'newest' => $this->table->newest(),
				'here'   => null === $callback,
			),
			false
		);
		return add_query_arg(
			array_map(
				'rawurlencode',
				array(
					'app_name'     => self::APP_NAME,
					'scope'        => 'read_write',
					'user_id'      => $state,
					'return_url'   => admin_url( 'admin.php?page=pearlbridge' ),
					'callback_url' => $callback ?? rest_url( 'pearlbridge/v1/keys/callback' ),
				)
			),
			'' === (string) get_option( 'permalink_structure' )
				? home_url( '/?wc-auth-version=1&wc-auth-route=authorize' )
				: home_url( '/wc-auth/v1/authorize' )
		);
	}

	/**
	 * Whether a callback belongs to the approval under way.
	 *
	 * @param \WP_REST_Request $request Callback.
	 * @return true|\WP_Error
	 */
	public function may_receive( \WP_REST_Request $request ) {
		$pending = $this->pending();
		return null !== $pending && $pending['here'] && $this->is_state( $pending, $request['user_id'] )
			? true
			: new \WP_Error( 'unknown_state', __( 'There is no approval under way with this state.', 'pearlbridge' ), array( 'status' => 401 ) );
	}

	/**
	 * Takes the key WooCommerce made and hands it on.
	 *
	 * @param \WP_REST_Request $request Callback.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function receive( \WP_REST_Request $request ) {
		// Whoever deletes it has it: a second callback with the same state comes too late.
		if ( ! delete_option( self::OPTION ) ) {
			return new \WP_Error( 'unknown_state', __( 'This approval has been used already.', 'pearlbridge' ), array( 'status' => 401 ) );
		}
		$known = $this->table->find( (string) $request['consumer_key'] );
		if ( 'read_write' !== $request['key_permissions'] || null === $known || (int) $request['key_id'] !== $known['id'] || ! hash_equals( $known['secret'], (string) $request['consumer_secret'] ) ) {
			return new \WP_Error( 'unknown_api_key', __( 'This key was not made by this shop, or may not both read and write.', 'pearlbridge' ), array( 'status' => 400 ) );
		}
		$told = $this->keys->hand_over( (string) $request['consumer_key'], (string) $request['consumer_secret'], $known['id'] );
		if ( is_wp_error( $told ) ) {
			return $told;
		}
		$this->keys->use_key( 'wc-auth', $known['id'] );
		return new \WP_REST_Response( array( 'ok' => true ), 200 );
	}

	/**
	 * The browser comes back from the approval. When the sidecar took the key itself, this is how we learn which
	 * one it was: WooCommerce keeps only a key whose callback was answered with 200.
	 */
	public function on_return(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- WooCommerce sends the browser here; the state is the proof.
		if ( ! isset( $_GET['page'], $_GET['user_id'], $_GET['success'] ) || 'pearlbridge' !== $_GET['page'] || ! current_user_can( 'manage_woocommerce' ) ) {
			return;
		}
		$state   = sanitize_text_field( wp_unslash( $_GET['user_id'] ) );
		$success = '1' === $_GET['success'];
		// phpcs:enable
		$pending = $this->pending();
		if ( null === $pending || ! $this->is_state( $pending, $state ) || ! delete_option( self::OPTION ) ) {
			return;
		}
		$id = $success && ! $pending['here'] ? $this->table->newest_after( $pending['newest'] ) : null;
		if ( null !== $id ) {
			$this->keys->use_key( 'wc-auth', $id );
		}
	}

	/**
	 * Forgets the approval under way.
	 */
	public function forget(): void {
		delete_option( self::OPTION );
	}

	/**
	 * The approval under way.
	 *
	 * @return array{state: string, newest: int, here: bool}|null
	 */
	private function pending(): ?array {
		$pending = get_option( self::OPTION );
		if ( ! is_array( $pending ) || ! isset( $pending['state'], $pending['until'] ) || $pending['until'] < time() ) {
			return null;
		}
		return array(
			'state'  => (string) $pending['state'],
			'newest' => (int) ( $pending['newest'] ?? 0 ),
			'here'   => true === ( $pending['here'] ?? false ),
		);
	}

	/**
	 * Whether somebody knows the state.
	 *
	 * @param array{state: string, newest: int, here: bool} $pending Approval under way.
	 * @param mixed                                         $state   What they say.
	 */
	private function is_state( array $pending, $state ): bool {
		return is_string( $state ) && hash_equals( $pending['state'], hash( 'sha256', $state ) );
	}
}
