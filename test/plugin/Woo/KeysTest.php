<?php
/**
 * The three ways to an API key.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Tests\Fake_Sidecar;
use Pearlbridge\Woo\Authorization;
use Pearlbridge\Woo\Key_Table;
use Pearlbridge\Woo\Keys;

final class KeysTest extends ShopTestCase {

	const STATE = 'state-0123456789abcdef0123456789abcdef';

	/**
	 * The sidecar.
	 *
	 * @var Fake_Sidecar
	 */
	private $sidecar;

	protected function setUp(): void {
		parent::setUp();
		$this->sidecar = $this->paired();
		$this->as_admin();
	}

	public function test_a_click_makes_a_key_hands_it_over_and_keeps_its_id_alone(): void {
		$this->takes_keys();
		$response = $this->rest( 'POST', '/pearlbridge/v1/keys/own' );
		$this->assertSame( 200, $response->get_status() );
		$told = json_decode( $this->sidecar->only_request( 'PUT', '/v1/store' )['body'], true );
		$row  = $this->rows()[ $told['keyId'] ];
		$this->assertSame( wc_api_hash( $told['consumerKey'] ), $row['consumer_key'] );
		$this->assertSame( $told['consumerSecret'], $row['consumer_secret'] );
		$this->assertSame( substr( $told['consumerKey'], -7 ), $row['truncated_key'] );
		$this->assertSame( array( 'read_write', (string) get_current_user_id() ), array( $row['permissions'], $row['user_id'] ) );
		$this->assertStringStartsWith( 'Pearlbridge - ', $row['description'] );
		$this->assertSame(
			array(
				'state' => 'own',
				'keyId' => $told['keyId'],
			),
			$this->data( $response )['keys']
		);
		$this->assertNowhere( $told['consumerKey'] );
		$this->assertNowhere( $told['consumerSecret'], array( $GLOBALS['wpdb']->prefix . 'woocommerce_api_keys' ) );
		$this->assertStringNotContainsString( $told['consumerSecret'], (string) wp_json_encode( $response->get_data() ) );
	}

	public function test_a_second_click_revokes_the_first_key_only_after_the_second_arrived(): void {
		$foreign = $this->key_row( 'Shipping - API (2026)', 'read_write' )['id'];
		$this->takes_keys();
		$this->keys()->make_own();
		$first = $this->keys()->status()['keyId'];
		$this->takes_no_keys( 422 );
		$this->assertFailure( 'sidecar_rejected', 422, $this->keys()->make_own() );
		$this->assertSame( array( $foreign, $first ), array_keys( $this->rows() ), 'The one that was refused is gone.' );
		$this->assertSame( $first, $this->keys()->status()['keyId'] );
		$this->takes_keys();
		$this->keys()->make_own();
		$second = $this->keys()->status()['keyId'];
		$this->assertNotSame( $first, $second );
		$this->assertSame( array( $foreign, $second ), array_keys( $this->rows() ) );
	}

	public function test_after_a_lost_answer_the_key_stays_because_the_sidecar_may_work_with_it(): void {
		$this->sidecar->fail( 'PUT', '/v1/store', 'http_request_failed', 'cURL error 28: timed out' );
		$this->assertFailure( 'sidecar_timeout', 504, $this->keys()->make_own() );
		$this->assertCount( 1, $this->rows() );
		$this->takes_keys();
		$this->keys()->make_own();
		$this->assertSame( array( $this->keys()->status()['keyId'] ), array_keys( $this->rows() ), 'The next one in use sweeps it.' );
	}

	public function test_a_pasted_key_must_be_this_shops_and_may_read_and_write(): void {
		$this->takes_keys();
		$good     = $this->key_row( 'Made by hand', 'read_write' );
		$reads    = $this->key_row( 'Made by hand', 'read' );
		$response = $this->paste( " {$good['key']}\n", " {$good['secret']} " );
		$this->assertSame( 200, $response->get_status() );
		$this->assertSame( array( 'pasted', $good['id'] ), array_values( $this->data( $response )['keys'] ) );
		$this->assertSame( $good['id'], json_decode( $this->sidecar->only_request( 'PUT', '/v1/store' )['body'], true )['keyId'] );

		$this->assertSame( 'api_key_may_not_write', $this->paste( $reads['key'], $reads['secret'] )->get_data()['code'] );
		$this->assertSame( 'unknown_api_key', $this->paste( $good['key'], $reads['secret'] )->get_data()['code'] );
		$this->assertSame( 'unknown_api_key', $this->paste( 'ck_' . str_repeat( 'a', 40 ), 'cs_' . str_repeat( 'b', 40 ) )->get_data()['code'] );
		$this->assertSame( 400, $this->paste( 'my key', 'my secret' )->get_status() );
		$this->assertCount( 1, $this->sidecar->requests_to( 'PUT', '/v1/store' ) );
	}

	public function test_a_key_somebody_revoked_is_no_key(): void {
		$this->takes_keys();
		$this->keys()->make_own();
		global $wpdb;
		$wpdb->query( "DELETE FROM {$wpdb->prefix}woocommerce_api_keys" );
		$this->assertSame( array( 'none', null ), array_values( $this->keys()->status() ) );
	}

	public function test_forgetting_revokes_what_was_made_for_the_sidecar_and_nothing_else(): void {
		$foreign = $this->key_row( 'Shipping - API (2026)', 'read_write' )['id'];
		$this->takes_keys();
		$this->keys()->make_own();
		$asked = count( $this->sidecar->requests );
		$this->keys()->forget();
		$this->assertSame( array( $foreign ), array_keys( $this->rows() ) );
		$this->assertSame( 'none', $this->keys()->status()['state'] );
		$this->assertCount( $asked, $this->sidecar->requests, 'Needs no sidecar.' );

		$pasted = $this->key_row( 'Pearlbridge - made by hand', 'read_write' );
		$this->paste( $pasted['key'], $pasted['secret'] );
		$this->keys()->forget();
		$this->assertArrayHasKey( $pasted['id'], $this->rows(), 'A pasted key is its owner’s.' );
	}

	public function test_a_key_somebody_made_by_hand_stays_however_its_description_begins(): void {
		$theirs = array(
			$this->key_row( 'Pearlbridge - made by hand', 'read_write' )['id'],
			$this->key_row( 'Pearlbridge - API (till, 2026)', 'read_write' )['id'],
			$this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00) for the till', 'read_write' )['id'],
		);
		$this->takes_keys();
		$this->keys()->make_own();
		$first = $this->keys()->status()['keyId'];
		$this->keys()->make_own();
		$this->assertSame( array_merge( $theirs, array( $this->keys()->status()['keyId'] ) ), array_keys( $this->rows() ) );
		$this->assertNotSame( $first, $this->keys()->status()['keyId'] );
		$this->keys()->forget();
		$this->assertSame( $theirs, array_keys( $this->rows() ) );
	}

	public function test_on_plain_http_there_is_no_approval(): void {
		$this->assertFalse( $this->keys()->can_authorize() );
		$response = $this->rest( 'POST', '/pearlbridge/v1/keys/authorize' );
		$this->assertSame( array( 409, 'https_needed' ), array( $response->get_status(), $response->get_data()['code'] ) );
		$this->assertSame( array(), $this->sidecar->requests );
	}

	public function test_the_approval_begins_with_the_sidecars_state_and_callback(): void {
		$query = $this->begin( 'https://sidecar.example.test/oauth/woocommerce' );
		$this->assertSame(
			array(
				'app_name'     => 'Pearlbridge',
				'scope'        => 'read_write',
				'user_id'      => self::STATE,
				'return_url'   => admin_url( 'admin.php?page=pearlbridge' ),
				'callback_url' => 'https://sidecar.example.test/oauth/woocommerce',
			),
			$query
		);
		$this->assertNowhere( self::STATE );
	}

	public function test_a_private_sidecar_gets_the_key_through_a_one_shot_route_of_the_shop(): void {
		$query = $this->begin( null );
		$this->assertSame( 'https', wp_parse_url( $query['callback_url'], PHP_URL_SCHEME ) );
		$this->takes_keys();
		$key = $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' );
		$this->as_nobody();
		$response = $this->call_back( $key );
		$this->assertSame( 200, $response->get_status(), 'Anything else and WooCommerce revokes the key.' );
		$told = json_decode( $this->sidecar->only_request( 'PUT', '/v1/store' )['body'], true );
		$this->assertSame( array( $key['key'], $key['secret'], $key['id'] ), array( $told['consumerKey'], $told['consumerSecret'], $told['keyId'] ) );
		$this->assertSame( array( 'wc-auth', $key['id'] ), array_values( $this->keys()->status() ) );
		$this->assertNowhere( $key['key'] );
		$this->assertSame( 401, $this->call_back( $key )->get_status(), 'It works once.' );
	}

	public function test_the_one_shot_route_refuses_what_does_not_belong(): void {
		$this->begin( null );
		$key = $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' );
		$this->as_nobody();
		$this->assertSame( 401, $this->call_back( $key, array( 'user_id' => 'somebody-elses-state-0123' ) )->get_status() );
		$this->assertSame( 400, $this->call_back( $key, array( 'consumer_key' => 'x' ) )->get_status() );
		$this->assertSame( array(), $this->sidecar->requests_to( 'PUT', '/v1/store' ) );
		// With the state, but a key that WooCommerce did not make here.
		$this->assertSame( 400, $this->call_back( $key, array( 'consumer_secret' => 'cs_' . str_repeat( 'x', 40 ) ) )->get_status() );
		$this->assertSame( array(), $this->sidecar->requests_to( 'PUT', '/v1/store' ) );
		$this->assertSame( 401, $this->call_back( $key )->get_status(), 'That used the state up.' );
	}

	public function test_a_key_that_may_only_read_is_not_taken(): void {
		$this->begin( null );
		$this->assertSame( 400, $this->call_back( $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read' ), array( 'key_permissions' => 'read' ) )->get_status() );
	}

	public function test_when_the_sidecar_refuses_the_callback_fails_and_woocommerce_revokes(): void {
		$this->begin( null );
		$this->takes_no_keys( 422 );
		$this->assertSame( 422, $this->call_back( $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' ) )->get_status() );
		$this->assertSame( 'none', $this->keys()->status()['state'] );
	}

	public function test_an_approval_is_forgotten_after_ten_minutes(): void {
		$this->begin( null );
		$pending          = get_option( Authorization::OPTION );
		$pending['until'] = time() - 1;
		update_option( Authorization::OPTION, $pending );
		$this->assertSame( 401, $this->call_back( $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' ) )->get_status() );
	}

	public function test_without_an_approval_the_route_is_closed(): void {
		$this->assertSame( 401, $this->call_back( $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' ) )->get_status() );
		$this->begin( 'https://sidecar.example.test/oauth/woocommerce' );
		$this->assertSame( 401, $this->call_back( $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' ) )->get_status(), 'Also while the sidecar is the callback.' );
	}

	public function test_coming_back_with_the_state_notes_which_key_the_sidecar_took(): void {
		$old = $this->key_row( 'Pearlbridge - API (2025-11-21 10:00:00)', 'read_write' )['id'];
		$this->begin( 'https://sidecar.example.test/oauth/woocommerce' );
		$new = $this->key_row( 'Pearlbridge - API (2026-11-21 10:00:00)', 'read_write' )['id'];
		$this->come_back( 'forged-state-0123456789', '1' );
		$this->assertSame( 'none', $this->keys()->status()['state'] );
		$this->come_back( self::STATE, '1' );
		$this->assertSame( array( 'wc-auth', $new ), array_values( $this->keys()->status() ) );
		$this->assertArrayNotHasKey( $old, $this->rows() );
	}

	public function test_who_declines_changes_nothing(): void {
		$old = $this->key_row( 'Pearlbridge - API (2025-11-21 10:00:00)', 'read_write' )['id'];
		$this->begin( 'https://sidecar.example.test/oauth/woocommerce' );
		$this->come_back( self::STATE, '0' );
		$this->assertSame( 'none', $this->keys()->status()['state'] );
		$this->assertSame( array( $old ), array_keys( $this->rows() ) );
		$this->assertFalse( get_option( Authorization::OPTION ) );
	}

	public function test_only_who_manages_the_shop_gives_keys(): void {
		$this->as_role( 'subscriber' );
		foreach ( array( 'own', 'authorize' ) as $route ) {
			$this->assertSame( 403, $this->rest( 'POST', "/pearlbridge/v1/keys/$route" )->get_status() );
		}
		$this->assertSame( 403, $this->paste( 'ck_' . str_repeat( 'a', 40 ), 'cs_' . str_repeat( 'b', 40 ) )->get_status() );
		$this->assertSame( array(), $this->rows() );
	}

	private function keys(): Keys {
		return new Keys( $this->pairing, $this->client );
	}

	/**
	 * The browser comes back from WooCommerce's screen.
	 *
	 * @param string $state   State.
	 * @param string $success '1' or '0'.
	 */
	private function come_back( string $state, string $success ): void {
		$_GET = array(
			'page'    => 'pearlbridge',
			'user_id' => $state,
			'success' => $success,
		);
		( new Authorization( $this->client, $this->keys(), new Key_Table() ) )->on_return();
	}

	private function takes_keys(): void {
		$this->sidecar->stop();
		$this->sidecar = $this->sidecar( self::URL );
		$this->sidecar->answer( 'PUT', '/v1/store', 200, array( 'ok' => true ) );
	}

	private function takes_no_keys( int $status ): void {
		$this->sidecar->stop();
		$this->sidecar = $this->sidecar( self::URL );
		$this->sidecar->answer_with(
			'PUT',
			'/v1/store',
			static function () use ( $status ) {
				return self::refusal( $status, 'store-refused' );
			}
		);
	}

	/**
	 * Begins an approval on a shop with https; returns what the address of the screen says.
	 *
	 * @param string|null $callback The sidecar's callback.
	 */
	private function begin( ?string $callback ): array {
		$https = static function ( $url ) {
			return str_replace( 'http://', 'https://', (string) $url );
		};
		// The pairing knows the home by its hash: pair again under https.
		add_filter( 'option_home', $https );
		add_filter( 'option_siteurl', $https );
		$this->sidecar->stop();
		$this->sidecar = $this->paired();
		$this->sidecar->answer(
			'POST',
			'/v1/store/authorization',
			200,
			array(
				'state'       => self::STATE,
				'callbackUrl' => $callback,
				'expiresAt'   => gmdate( 'Y-m-d\TH:i:s\Z', time() + 600 ),
			)
		);
		$response = $this->rest( 'POST', '/pearlbridge/v1/keys/authorize' );
		$this->assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$url = $response->get_data()['url'];
		$this->assertStringStartsWith( home_url( '/wc-auth/v1/authorize?' ), $url );
		wp_parse_str( (string) wp_parse_url( $url, PHP_URL_QUERY ), $query );
		return $query;
	}

	private function paste( string $key, string $secret ): \WP_REST_Response {
		return $this->rest(
			'POST',
			'/pearlbridge/v1/keys/paste',
			array(
				'consumerKey'    => $key,
				'consumerSecret' => $secret,
			)
		);
	}

	/**
	 * What WooCommerce posts.
	 *
	 * @param array{id: int, key: string, secret: string} $key   Key.
	 * @param array<string, mixed>                        $other Changes.
	 */
	private function call_back( array $key, array $other = array() ): \WP_REST_Response {
		if ( ! isset( $this->sidecar ) ) {
			$this->takes_keys();
		}
		return $this->rest(
			'POST',
			'/pearlbridge/v1/keys/callback',
			array_merge(
				array(
					'key_id'          => $key['id'],
					'user_id'         => self::STATE,
					'consumer_key'    => $key['key'],
					'consumer_secret' => $key['secret'],
					'key_permissions' => 'read_write',
				),
				$other
			)
		);
	}

	/**
	 * A key as WooCommerce makes it.
	 *
	 * @param string $description Description.
	 * @param string $permissions Permissions.
	 * @return array{id: int, key: string, secret: string}
	 */
	private function key_row( string $description, string $permissions ): array {
		global $wpdb;
		$key    = 'ck_' . wc_rand_hash();
		$secret = 'cs_' . wc_rand_hash();
		$wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array(
				'user_id'         => get_current_user_id(),
				'description'     => $description,
				'permissions'     => $permissions,
				'consumer_key'    => wc_api_hash( $key ),
				'consumer_secret' => $secret,
				'truncated_key'   => substr( $key, -7 ),
			)
		);
		return array(
			'id'     => (int) $wpdb->insert_id,
			'key'    => $key,
			'secret' => $secret,
		);
	}

	/**
	 * All keys of the shop, by id.
	 *
	 * @return array<int, array<string, string>>
	 */
	private function rows(): array {
		global $wpdb;
		return array_column( $wpdb->get_results( "SELECT * FROM {$wpdb->prefix}woocommerce_api_keys ORDER BY key_id", ARRAY_A ), null, 'key_id' );
	}

	/**
	 * A secret stands in no table.
	 *
	 * @param string   $secret Secret.
	 * @param string[] $but    Tables that may hold it.
	 */
	private function assertNowhere( string $secret, array $but = array() ): void {
		global $wpdb;
		foreach ( array( $wpdb->options, $wpdb->usermeta, $wpdb->postmeta, $wpdb->prefix . 'woocommerce_api_keys' ) as $table ) {
			if ( ! in_array( $table, $but, true ) ) {
				$this->assertStringNotContainsString( $secret, (string) wp_json_encode( $wpdb->get_results( "SELECT * FROM $table", ARRAY_A ) ), $table );
			}
		}
	}
}
