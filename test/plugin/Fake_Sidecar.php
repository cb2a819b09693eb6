<?php
/**
 * A sidecar that is not there: answers what WordPress would have asked it over HTTP.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests;

use PHPUnit\Framework\Assert;
use WP_Error;

/**
 * Answers are given in advance, by method and path; what was asked can be looked at afterwards.
 *
 *     $sidecar->answer( 'GET', '/v1/ping', 200, array( 'sidecarId' => 'a' ) );
 *     $sidecar->fail( 'POST', '/v1/nudge', 'http_request_failed', 'cURL error 28: timed out' );
 *     $sidecar->requests[0]['headers']['X-Bridge-Key'];
 */
final class Fake_Sidecar {
	/**
	 * What was asked, in order. `url` is as sent, `path` is below the sidecar's URL, with the query.
	 *
	 * @var array<int, array{method: string, url: string, path: string, headers: array<string, string>, body: string, args: array<string, mixed>}>
	 */
	public $requests = array();

	/**
	 * Where it is said to be, without a slash at the end.
	 *
	 * @var string
	 */
	public $url;

	/**
	 * By "METHOD /path": what is answered next, the last one for good.
	 *
	 * @var array<string, array<int, callable>>
	 */
	private $answers = array();

	/**
	 * Starts to listen.
	 *
	 * @param string $url Where it is said to be.
	 */
	public function __construct( string $url = 'https://sidecar.example.test' ) {
		$this->url = $url;
		add_filter( 'pre_http_request', array( $this, 'handle' ), 1, 3 );
	}

	/**
	 * Stops listening. TestCase does it after each test.
	 */
	public function stop(): void {
		remove_filter( 'pre_http_request', array( $this, 'handle' ), 1 );
	}

	/**
	 * Says what is answered; several for one path are used up one after the other, the last stays.
	 *
	 * @param string                     $method  Method.
	 * @param string                     $path    Path below the URL; without a query it stands for all of them.
	 * @param int                        $status  Status.
	 * @param array<string, mixed>|string $body   Sent as JSON when it is an array.
	 * @param array<string, string>      $headers Headers, names in lower case.
	 */
	public function answer( string $method, string $path, int $status, $body = array(), array $headers = array() ): void {
		$text = is_array( $body ) ? (string) wp_json_encode( $body ) : $body;
		$this->answer_with(
			$method,
			$path,
			static function () use ( $status, $text, $headers ): array {
				return array(
					'headers'  => array_merge( array( 'content-type' => 'application/json' ), $headers ),
					'body'     => $text,
					'response' => array(
						'code'    => $status,
						'message' => get_status_header_desc( $status ),
					),
					'cookies'  => array(),
					'filename' => null,
				);
			}
		);
	}

	/**
	 * The network does not reach it.
	 *
	 * @param string $method  Method.
	 * @param string $path    Path.
	 * @param string $code    WordPress's error code.
	 * @param string $message And message.
	 */
	public function fail( string $method, string $path, string $code = 'http_request_failed', string $message = 'cURL error 7: Failed to connect' ): void {
		$this->answer_with(
			$method,
			$path,
			static function () use ( $code, $message ): WP_Error {
				return new WP_Error( $code, $message );
			}
		);
	}

	/**
	 * The answer depends on what was asked: the callback takes the request (as in `requests`) and
	 * returns what the filter `pre_http_request` may.
	 *
	 * @param string   $method   Method.
	 * @param string   $path     Path.
	 * @param callable $callback The answer.
	 */
	public function answer_with( string $method, string $path, callable $callback ): void {
		$this->answers[ $method . ' ' . $path ][] = $callback;
	}

	/**
	 * The one request that was made to this path.
	 *
	 * @param string $method Method.
	 * @param string $path   Path without the query.
	 * @return array{method: string, url: string, path: string, headers: array<string, string>, body: string, args: array<string, mixed>}
	 */
	public function only_request( string $method, string $path ): array {
		$found = $this->requests_to( $method, $path );
		Assert::assertCount( 1, $found, "Asked once: $method $path" );
		return $found[0];
	}

	/**
	 * The requests made to this path, in order.
	 *
	 * @param string $method Method.
	 * @param string $path   Path without the query.
	 * @return array<int, array{method: string, url: string, path: string, headers: array<string, string>, body: string, args: array<string, mixed>}>
	 */
	public function requests_to( string $method, string $path ): array {
		return array_values(
			array_filter(
				$this->requests,
				static function ( array $request ) use ( $method, $path ): bool {
					return $method === $request['method'] && strtok( $request['path'], '?' ) === $path;
				}
			)
		);
	}

	/**
	 * The filter.
	 *
	 * @param mixed                $answer What another filter answered.
	 * @param array<string, mixed> $args   As given to WordPress's HTTP functions.
	 * @param string               $url    Address.
	 * @return mixed
	 */
	public function handle( $answer, array $args, string $url ) {
		// What another filter has answered never reaches the network.
		if ( false !== $answer || 0 !== strpos( $url, $this->url . '/' ) ) {
			return $answer;
		}
		$request          = array(
			'method'  => (string) $args['method'],
			'url'     => $url,
			'path'    => substr( $url, strlen( $this->url ) ),
			'headers' => (array) $args['headers'],
			'body'    => (string) ( $args['body'] ?? '' ),
			'args'    => $args,
		);
		$this->requests[] = $request;

		$exact = $request['method'] . ' ' . $request['path'];
		$name  = isset( $this->answers[ $exact ] ) ? $exact : (string) strtok( $exact, '?' );
		if ( empty( $this->answers[ $name ] ) ) {
			Assert::fail( "The plugin asked the sidecar something the test has no answer for: $exact" );
		}
		$callback = count( $this->answers[ $name ] ) > 1
			? array_shift( $this->answers[ $name ] )
			: $this->answers[ $name ][0];
		return $callback( $request );
	}
}
