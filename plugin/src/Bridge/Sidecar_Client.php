<?php
/**
 * The way to the sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * The only code that opens a connection to the sidecar: to the paired address and no other, no
 * redirect followed, every call signed and limited in time and size. Nothing goes out before a
 * person has paired, nor from a copy of the shop.
 */
class Sidecar_Client {

	/** Seconds a read may take. */
	const READ = 5;

	/** Seconds a command may take. */
	const COMMAND = 15;

	/** Milliseconds a nudge may cost a request: to connect, and in all. */
	const NUDGE_CONNECT = 100;
	const NUDGE_TOTAL   = 150;

	/**
	 * Signs.
	 *
	 * @var Signer
	 */
	private $signer;

	/**
	 * Unix seconds.
	 *
	 * @var callable(): int
	 */
	private $clock;

	/**
	 * Opens nothing yet.
	 *
	 * @param Signer          $signer Signs.
	 * @param callable(): int $clock  Unix seconds.
	 */
	public function __construct( Signer $signer, callable $clock ) {
		$this->signer = $signer;
		$this->clock  = $clock;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_action( 'pearlbridge_sidecar_called', array( $this, 'learn_address' ) );
	}

	/**
	 * `pearlbridge_sidecar_called`: the sidecar is there, and no shopper waits. When nudges do not
	 * know where it is, it is asked once its own call has been answered.
	 */
	public function learn_address(): void {
		$target = $this->signer->target();
		if ( ! is_wp_error( $target ) && Sidecar_Address::is_to_learn( $target[0]->sidecar_url, ( $this->clock )() ) ) {
			add_action(
				'shutdown',
				function (): void {
					if ( function_exists( 'fastcgi_finish_request' ) ) {
						fastcgi_finish_request();
					} elseif ( function_exists( 'litespeed_finish_request' ) ) {
						litespeed_finish_request();
					}
					$this->ping();
				},
				PHP_INT_MAX
			);
		}
	}

	/**
	 * A signed call; JSON objects come back as arrays.
	 *
	 * @param string                    $method  HTTP method.
	 * @param string                    $path    Path with query below the base URL.
	 * @param array<string, mixed>|null $body    Body, or null.
	 * @param int                       $timeout Seconds.
	 * @return array<string, mixed>|WP_Error
	 */
	public function request( string $method, string $path, ?array $body = null, int $timeout = self::READ ) {
		return self::decode( $this->send( $method, $path, self::encode( $body ), $timeout ) );
	}

	/**
	 * A signed call whose JSON passes through as it is: objects stay objects, also empty ones.
	 *
	 * @param string $method  HTTP method.
	 * @param string $path    Path with query below the base URL.
	 * @param string $json    Body; empty = none.
	 * @param int    $timeout Seconds.
	 * @return array<string, mixed>|WP_Error
	 */
	public function forward( string $method, string $path, string $json, int $timeout ) {
		$answer = $this->send( $method, $path, $json, $timeout );
		return is_wp_error( $answer ) ? $answer : (array) json_decode( $answer );
	}

	/**
	 * Whether the sidecar answers, and what it says of itself.
	 *
	 * @return array<string, mixed>|WP_Error
	 */
	public function ping() {
		return $this->request( 'GET', '/v1/ping' );
	}

	/**
	 * A call signed with a key of the caller's choice, past the clone guard: for a pairing that
	 * begins, a rotation, and a shop that has moved.
	 *
	 * @param Pairing_Record            $record Pairing.
	 * @param Key                       $key    Signs.
	 * @param string                    $method HTTP method.
	 * @param string                    $path   Path with query below the base URL.
	 * @param array<string, mixed>|null $body   Body, or null.
	 * @return array<string, mixed>|WP_Error
	 */
	public function request_as( Pairing_Record $record, Key $key, string $method, string $path, ?array $body = null ) {
		return self::decode( $this->send_as( $record, $key, $method, $path, self::encode( $body ), null === $body ? self::READ : self::COMMAND ) );
	}

	/**
	 * Asks to pair. Not signed, because there is no key yet: the proof of the code stands for it.
	 *
	 * @param string $url   Base URL.
	 * @param string $body  Raw body.
	 * @param string $proof 32 raw bytes over that body.
	 * @return array<string, mixed>|WP_Error
	 */
	public function pair( string $url, string $body, string $proof ) {
		return self::decode(
			$this->open(
				'POST',
				$url . '/v1/pair',
				$body,
				array( Pairing_Code::PROOF_HEADER => base64_encode( $proof ) ), // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- The proof is bytes.
				self::COMMAND
			)
		);
	}

	/**
	 * "Read my outbox." Costs at most NUDGE_TOTAL milliseconds, and never looks a name up: without a
	 * known address nothing is sent. Never throws, logs or prints. True = it was heard.
	 *
	 * @param array<string, mixed> $body As a rule empty.
	 */
	public function nudge( array $body = array() ): bool {
		$target = $this->signer->target();
		if ( is_wp_error( $target ) ) {
			return false;
		}
		list( $record, $key ) = $target;
		$url                  = $record->sidecar_url . '/v1/nudge';
		$json                 = self::encode( $body );
		$pin                  = Sidecar_Address::pin( $url );
		if ( null === $pin ) {
			return false;
		}
		// `blocking` false would still wait for up to a second, and say nothing of a failure.
		$limit = static function ( $handle, $args, $asked ) use ( $url, $pin ) {
			if ( $asked === $url ) {
				curl_setopt_array( $handle, self::nudge_limits( $pin ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- The HTTP API has no limit below a second.
			}
		};
		// Without curl nothing limits the look-up of a name.
		$refuse = static function () use ( $pin ) {
			if ( '' !== $pin ) {
				throw new \RuntimeException( 'A nudge needs curl.' );
			}
		};
		add_action( 'http_api_curl', $limit, PHP_INT_MAX, 3 );
		add_action( 'requests-fsockopen.before_request', $refuse );
		try {
			$answer = wp_remote_request( $url, $this->arguments( 'POST', $json, $this->signer->sign( $key, 'POST', '/v1/nudge', $json ), 1 ) );
			$status = (int) wp_remote_retrieve_response_code( $answer );
			if ( $status >= 200 && $status < 300 ) {
				return true;
			}
			$read    = Sidecar_Answer::read( $answer, '', ( $this->clock )() );
			$refusal = is_wp_error( $read ) ? Failure::datum( $read, 'refusal' ) : null;
			if ( null === $refusal ) {
				Sidecar_Address::doubt();
			} elseif ( 'unknown-key' === $refusal ) {
				Usage::refused( ( $this->clock )() );
			}
			return false;
		} catch ( \Throwable $error ) {
			return false;
		} finally {
			remove_action( 'http_api_curl', $limit, PHP_INT_MAX );
			remove_action( 'requests-fsockopen.before_request', $refuse );
		}
	}

	/**
	 * What curl is told for a nudge.
	 *
	 * @param string $pin Of Sidecar_Address::pin(), known.
	 * @return array<int, mixed>
	 */
	public static function nudge_limits( string $pin ): array {
		$limits = array(
			CURLOPT_CONNECTTIMEOUT_MS => self::NUDGE_CONNECT,
			CURLOPT_TIMEOUT_MS        => self::NUDGE_TOTAL,
			// Where libcurl looks names up itself, limits below a second fail at once without this.
			CURLOPT_NOSIGNAL          => true,
		);
		if ( '' !== $pin ) {
			$limits[ CURLOPT_RESOLVE ] = array( $pin );
		}
		return $limits;
	}

	/**
	 * The headers that sign something another sends to the sidecar (WooCommerce's webhooks); empty
	 * when there is no working pairing.
	 *
	 * @param string $method HTTP method.
	 * @param string $path   Path with query below the base URL.
	 * @param string $body   Raw body.
	 * @return array<string, string>
	 */
	public function signed_headers( string $method, string $path, string $body ): array {
		$target = $this->signer->target();
		return is_wp_error( $target ) ? array() : $this->signer->sign( $target[1], $method, $path, $body );
	}

	/**
	 * A signed call over the working pairing.
	 *
	 * @param string $method  HTTP method.
	 * @param string $path    Path with query below the base URL.
	 * @param string $json    Body; empty = none.
	 * @param int    $timeout Seconds.
	 * @return string|WP_Error JSON text.
	 */
	private function send( string $method, string $path, string $json, int $timeout ) {
		$target = $this->signer->target();
		return is_wp_error( $target ) ? $target : $this->send_as( $target[0], $target[1], $method, $path, $json, $timeout );
	}

	/**
	 * A signed call.
	 *
	 * @param Pairing_Record $record  Pairing.
	 * @param Key            $key     Signs.
	 * @param string         $method  HTTP method.
	 * @param string         $path    Path with query below the base URL.
	 * @param string         $json    Body; empty = none.
	 * @param int            $timeout Seconds.
	 * @return string|WP_Error JSON text.
	 */
	private function send_as( Pairing_Record $record, Key $key, string $method, string $path, string $json, int $timeout ) {
		$ip   = '';
		$note = static function ( $headers, $info = null ) use ( &$ip ) {
			$ip = is_array( $info ) && is_string( $info['primary_ip'] ?? null ) ? $info['primary_ip'] : '';
		};
		add_action( 'requests-curl.after_request', $note, 10, 2 );
		try {
			$answer = $this->open( $method, $record->sidecar_url . $path, $json, $this->signer->sign( $key, $method, $path, $json ), $timeout );
		} finally {
			remove_action( 'requests-curl.after_request', $note, 10 );
		}
		if ( ! is_wp_error( $answer ) ) {
			Usage::worked( ( $this->clock )() );
			Sidecar_Address::learn( $record->sidecar_url, $ip );
		} elseif ( 'unknown-key' === Failure::datum( $answer, 'refusal' ) ) {
			Usage::refused( ( $this->clock )() );
		}
		return $answer;
	}

	/**
	 * Opens the connection.
	 *
	 * @param string                $method  HTTP method.
	 * @param string                $url     Address.
	 * @param string                $json    Body; empty = none.
	 * @param array<string, string> $headers Proof or signature.
	 * @param int                   $timeout Seconds.
	 * @return string|WP_Error JSON text.
	 */
	private function open( string $method, string $url, string $json, array $headers, int $timeout ) {
		$request_id = wp_generate_uuid4();
		$headers   += array( 'X-Request-Id' => $request_id );
		$answer     = Sidecar_Answer::read(
			wp_remote_request( $url, $this->arguments( $method, $json, $headers, $timeout ) ),
			$request_id,
			( $this->clock )()
		);
		if ( is_wp_error( $answer ) ) {
			Log::warning(
				'A call to the sidecar failed.',
				array(
					'code'      => $answer->get_error_code(),
					'refusal'   => Failure::datum( $answer, 'refusal' ),
					'method'    => $method,
					'path'      => (string) wp_parse_url( $url, PHP_URL_PATH ),
					'requestId' => $request_id,
				)
			);
		}
		return $answer;
	}

	/**
	 * The arguments of every call.
	 *
	 * @param string                $method  HTTP method.
	 * @param string                $json    Body; empty = none.
	 * @param array<string, string> $headers Own headers.
	 * @param int                   $timeout Seconds.
	 * @return array<string, mixed>
	 */
	private function arguments( string $method, string $json, array $headers, int $timeout ): array {
		$headers += array(
			'Accept'          => 'application/json',
			// What is compressed could grow past the limit once it is unpacked.
			'Accept-Encoding' => 'identity',
		);
		if ( '' !== $json ) {
			$headers['Content-Type'] = 'application/json';
		}
		return array(
			'method'              => $method,
			'body'                => '' === $json ? null : $json,
			'headers'             => $headers,
			'timeout'             => $timeout,
			'redirection'         => 0,
			'decompress'          => false,
			'limit_response_size' => Sidecar_Answer::LIMIT + 1,
			// The address was judged when a person paired with it, and may well be private.
			'reject_unsafe_urls'  => false,
			'user-agent'          => 'Pearlbridge/' . PEARLBRIDGE_VERSION,
		);
	}

	/**
	 * A body as it goes over the wire; nothing in it = an empty object.
	 *
	 * @param array<string, mixed>|null $body Body.
	 */
	private static function encode( ?array $body ): string {
		return null === $body ? '' : (string) wp_json_encode( (object) $body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}

	/**
	 * An answer as arrays.
	 *
	 * @param string|WP_Error $answer JSON text.
	 * @return array<string, mixed>|WP_Error
	 */
	private static function decode( $answer ) {
		return is_wp_error( $answer ) ? $answer : (array) json_decode( $answer, true );
	}
}
