<?php
/**
 * Lets API keys in: Basic over https, OAuth 1.0a (HMAC-SHA256) over http, as WooCommerce does.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Who asks.
 */
class Authentication {
	/**
	 * The key that was used.
	 *
	 * @var array<string, string>|null
	 */
	private static $key = null;

	/**
	 * What was wrong with it.
	 *
	 * @var WP_Error|null
	 */
	private static $error = null;

	public static function register() {
		add_filter( 'determine_current_user', array( self::class, 'authenticate' ), 15 );
		add_filter( 'rest_authentication_errors', array( self::class, 'error' ), 15 );
		add_filter( 'rest_pre_dispatch', array( self::class, 'permissions' ), 10, 3 );
	}

	public static function authenticate( $user_id ) {
		$uri = (string) ( $_SERVER['REQUEST_URI'] ?? '' );
		if ( $user_id || false === strpos( $uri, rest_get_url_prefix() . '/wc/' ) ) {
			return $user_id;
		}
		$by        = is_ssl() ? self::basic() : self::oauth();
		self::$key = is_array( $by ) ? $by : null;
		return null === self::$key ? $user_id : (int) self::$key['user_id'];
	}

	public static function error( $error ) {
		return null === self::$error ? $error : self::$error;
	}

	public static function permissions( $result, $server, $request ) {
		if ( null === self::$key || 'read_write' === self::$key['permissions'] ) {
			return $result;
		}
		$reads = in_array( $request->get_method(), array( 'GET', 'HEAD', 'OPTIONS' ), true );
		return ( $reads ? 'read' : 'write' ) === self::$key['permissions'] ? $result
			: new WP_Error( 'woocommerce_rest_authentication_error', 'The API key provided does not have ' . ( $reads ? 'read' : 'write' ) . ' permissions.', array( 'status' => 401 ) );
	}

	private static function find( string $consumer_key ): ?array {
		global $wpdb;
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}woocommerce_api_keys WHERE consumer_key = %s", wc_api_hash( $consumer_key ) ), ARRAY_A );
		return is_array( $row ) ? $row : null;
	}

	private static function basic(): ?array {
		$key    = (string) ( $_SERVER['PHP_AUTH_USER'] ?? $_GET['consumer_key'] ?? '' );
		$secret = (string) ( $_SERVER['PHP_AUTH_PW'] ?? $_GET['consumer_secret'] ?? '' );
		if ( '' === $key ) {
			return null;
		}
		$row = self::find( $key );
		return null !== $row && hash_equals( $row['consumer_secret'], $secret ) ? $row : self::refuse( 'Consumer secret is invalid.' );
	}

	private static function oauth(): ?array {
		$params = wp_unslash( $_GET );
		$header = (string) wp_unslash( $_SERVER['HTTP_AUTHORIZATION'] ?? '' );
		if ( 0 === stripos( $header, 'OAuth ' ) ) {
			preg_match_all( '/(oauth_[a-z_]+)="([^"]*)"/', $header, $found, PREG_SET_ORDER );
			foreach ( $found as $one ) {
				$params[ $one[1] ] = rawurldecode( $one[2] );
			}
		}
		if ( ! isset( $params['oauth_consumer_key'], $params['oauth_signature'], $params['oauth_timestamp'] ) ) {
			return null;
		}
		$row = self::find( (string) $params['oauth_consumer_key'] );
		if ( null === $row || abs( time() - (int) $params['oauth_timestamp'] ) > 15 * MINUTE_IN_SECONDS ) {
			return self::refuse( 'Consumer key is invalid.' );
		}
		$signature = base64_decode( (string) $params['oauth_signature'] );
		unset( $params['oauth_signature'] );
		$url  = home_url( (string) wp_parse_url( (string) $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
		$text = strtoupper( (string) $_SERVER['REQUEST_METHOD'] ) . '&' . rawurlencode( $url ) . '&' . rawurlencode( self::query( $params ) );
		return hash_equals( hash_hmac( 'sha256', $text, $row['consumer_secret'] . '&', true ), $signature ) ? $row : self::refuse( 'Invalid signature - provided signature does not match.' );
	}

	private static function query( array $params, string $of = '' ): string {
		$pairs = array();
		ksort( $params, SORT_STRING );
		foreach ( $params as $name => $value ) {
			$name    = '' === $of ? (string) $name : $of . '[' . $name . ']';
			$pairs[] = is_array( $value ) ? self::query( $value, $name ) : rawurlencode( $name ) . '=' . rawurlencode( (string) $value );
		}
		return implode( '&', $pairs );
	}

	private static function refuse( string $why ) {
		self::$error = new WP_Error( 'woocommerce_rest_authentication_error', $why, array( 'status' => 401 ) );
		return null;
	}
}

Authentication::register();
