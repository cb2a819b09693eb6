<?php
/**
 * What tests of the pairing start from.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

use Pearlbridge\Bridge\Clone_Guard;
use Pearlbridge\Bridge\Handshake;
use Pearlbridge\Bridge\Key;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Pairing_Record;
use Pearlbridge\Bridge\Rotation;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Sidecar_Address;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Bridge\Sidecar_Url;
use Pearlbridge\Bridge\Signature;
use Pearlbridge\Bridge\Signer;
use WP_Error;

/**
 * A sidecar that seals, signs and checks as the real one; nothing of WooCommerce follows a pairing.
 */
abstract class PairingTestCase extends TestCase {

	const URL        = 'https://sidecar.example.test';
	const CODE       = '7H3KQ-9VX2M-0TBWE-5GZ8N';
	const KEY_ID     = 'pk_0123456789abcdef';
	const SIDECAR_ID = '0b9c3a52-6d5e-4f21-9a3b-7c8d9e0f1a2b';

	/**
	 * Unix seconds, for what is built by hand.
	 *
	 * @var int
	 */
	protected $now;

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	protected $secrets;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	protected $client;

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	protected $pairing;

	protected function setUp(): void {
		parent::setUp();
		$this->now = time();
		remove_all_actions( 'pearlbridge_paired' );
		remove_all_actions( 'pearlbridge_unpairing' );
		remove_all_actions( 'pearlbridge_rotated' );
		$this->build( null );
	}

	/**
	 * Builds the parts by hand.
	 *
	 * @param string|null $config What wp-config.php says.
	 */
	protected function build( ?string $config ): void {
		$clock         = function (): int {
			return $this->now;
		};
		$this->secrets = new Secret_Store( $config );
		$this->client  = new Sidecar_Client( new Signer( $this->secrets, $clock ), $clock );
		$urls          = new Sidecar_Url(
			static function ( string $host ) {
				return 'inside.example.test' === $host ? array( '10.1.2.3' ) : array( '203.0.113.7' );
			}
		);
		$this->pairing = new Pairing(
			$this->secrets,
			$this->client,
			new Handshake( $this->secrets, $this->client, $urls, $clock ),
			new Rotation( $this->secrets, $this->client, $clock )
		);
	}

	/**
	 * The key of the grant, or another.
	 *
	 * @param string $id    Key id.
	 * @param string $fill  One byte of the secret.
	 */
	protected static function key( string $id = self::KEY_ID, string $fill = 'k' ): Key {
		return new Key( $id, str_repeat( $fill, 32 ), 1795000000 );
	}

	/**
	 * What a ping answers.
	 *
	 * @param array<string, mixed> $other Changes.
	 * @return array<string, mixed>
	 */
	protected static function ping( array $other = array() ): array {
		return array_merge(
			array(
				'ok'         => true,
				'sidecarId'  => self::SIDECAR_ID,
				'version'    => '0.1.0',
				'connection' => 'main',
				'webhookUrl' => self::URL . '/webhooks/woocommerce/main',
				'time'       => gmdate( 'Y-m-d\TH:i:s\Z' ),
			),
			$other
		);
	}

	/**
	 * A sidecar that grants to whoever proves the code.
	 *
	 * @param array<string, mixed> $other Changes of the grant.
	 * @param string               $url   Where it is.
	 */
	protected function granting( array $other = array(), string $url = self::URL ): Fake_Sidecar {
		$sidecar = $this->sidecar( $url );
		$grant   = array_merge(
			array(
				'sidecarId'  => self::SIDECAR_ID,
				'keyId'      => self::KEY_ID,
				'secret'     => base64_encode( self::key()->secret() ),
				'connection' => 'main',
				'webhookUrl' => $url . '/webhooks/woocommerce/main',
			),
			$other
		);
		$sidecar->answer_with(
			'POST',
			'/v1/pair',
			static function ( array $request ) use ( $grant ) {
				$material = str_replace( '-', '', self::CODE );
				$proof    = hash_hmac( 'sha256', $request['body'], hash_hkdf( 'sha256', $material, 32, 'pair v1 auth', '' ), true );
				if ( base64_encode( $proof ) !== $request['headers']['X-Bridge-Proof'] ) {
					return self::refusal( 401, 'wrong-proof' );
				}
				return self::response( 200, array( 'sealed' => self::seal( hash_hkdf( 'sha256', $material, 32, 'pair v1 seal', '' ), (string) wp_json_encode( $grant ), $proof ) ) );
			}
		);
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$sidecar->answer( 'POST', '/v1/revoke', 200, array( 'ok' => true ) );
		return $sidecar;
	}

	/**
	 * A shop that is paired.
	 */
	protected function paired(): Fake_Sidecar {
		$this->secrets->keep( self::key() );
		$record              = new Pairing_Record();
		$record->sidecar_url = self::URL;
		$record->sidecar_id  = self::SIDECAR_ID;
		$record->connection  = 'main';
		$record->webhook_url = self::URL . '/webhooks/woocommerce/main';
		$record->home        = Clone_Guard::fingerprint();
		$record->since       = $this->now;
		$record->save();
		Sidecar_Address::learn( self::URL, '203.0.113.7' );
		$sidecar = $this->sidecar( self::URL );
		$sidecar->answer( 'GET', '/v1/ping', 200, self::ping() );
		$sidecar->answer( 'POST', '/v1/revoke', 200, array( 'ok' => true ) );
		return $sidecar;
	}

	/**
	 * The site now has another address.
	 */
	protected static function move( string $home = 'https://copy.example.test' ): void {
		remove_all_filters( 'option_home' );
		remove_all_filters( 'pre_option_home' );
		add_filter(
			'pre_option_home',
			static function () use ( $home ): string {
				return $home;
			}
		);
	}

	/**
	 * The headers of a call the sidecar makes.
	 *
	 * @param string      $method Method.
	 * @param string      $route  Below /wp-json, with query.
	 * @param string      $body   Body.
	 * @param Key|null    $key    Key.
	 * @param string|null $nonce  16 bytes.
	 * @return array<string, string>
	 */
	protected function signed( string $method, string $route, string $body = '', ?Key $key = null, ?string $nonce = null ): array {
		return Signature::headers( $key ?? self::key(), $method, '/wp-json' . $route, $body, $this->now, $nonce ?? random_bytes( 16 ) );
	}

	/**
	 * Asserts that a request of ours is signed by this key.
	 *
	 * @param array{method: string, path: string, headers: array<string, string>, body: string} $request Request.
	 * @param Key|null                                                                          $key     Key.
	 */
	protected function assertSignedBy( array $request, ?Key $key = null ): void {
		$key     = $key ?? self::key();
		$verdict = Signature::verify(
			$request['headers'],
			$request['method'],
			$request['path'],
			$request['body'],
			static function ( string $id ) use ( $key ): ?Key {
				return $id === $key->id() ? $key : null;
			},
			$this->now
		);
		$this->assertSame( 'ok', $verdict['reason'] );
	}

	/**
	 * Asserts a failure.
	 *
	 * @param string $code   Code.
	 * @param int    $status Status.
	 * @param mixed  $result Result.
	 */
	protected function assertFailure( string $code, int $status, $result ): void {
		$this->assertInstanceOf( WP_Error::class, $result );
		$this->assertSame( $code, $result->get_error_code(), $result->get_error_message() );
		$this->assertSame( $status, $result->get_error_data()['status'] );
	}

	/**
	 * AES-256-GCM as the sidecar seals.
	 *
	 * @param string $key   Key.
	 * @param string $plain Plain text.
	 * @param string $aad   Additional data.
	 */
	protected static function seal( string $key, string $plain, string $aad ): string {
		$iv     = random_bytes( 12 );
		$cipher = openssl_encrypt( $plain, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $aad );
		return base64_encode( $iv . $cipher . $tag );
	}

	/**
	 * An answer as the HTTP API gives it.
	 *
	 * @param int                         $status  Status.
	 * @param array<string, mixed>|string $body    Body.
	 * @param array<string, string>       $headers Headers.
	 * @return array<string, mixed>
	 */
	protected static function response( int $status, $body, array $headers = array() ): array {
		return array(
			'headers'  => $headers,
			'body'     => is_string( $body ) ? $body : (string) wp_json_encode( $body ),
			'response' => array(
				'code'    => $status,
				'message' => '',
			),
			'cookies'  => array(),
			'filename' => null,
		);
	}

	/**
	 * A refusal as the sidecar says it.
	 *
	 * @param int                  $status Status.
	 * @param string               $code   Code.
	 * @param array<string, mixed> $more   Beside `error`.
	 * @return array<string, mixed>
	 */
	protected static function refusal( int $status, string $code, array $more = array() ): array {
		return self::response(
			$status,
			array(
				'error' => array(
					'code'    => $code,
					'message' => "Refused: $code.",
					'fix'     => 'Do something.',
					'details' => null,
				),
			) + $more
		);
	}
}
