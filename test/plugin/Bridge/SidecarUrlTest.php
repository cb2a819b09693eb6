<?php
/**
 * Which addresses a person may pair with.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Sidecar_Url;
use Pearlbridge\Tests\PairingTestCase;

final class SidecarUrlTest extends PairingTestCase {

	/**
	 * @param string $typed Typed.
	 * @param bool   $confirm Confirmed.
	 * @return string|\WP_Error
	 */
	private function read( string $typed, bool $confirm = false ) {
		$urls = new Sidecar_Url(
			static function ( string $host ) {
				$known = array(
					'inside.example.test' => array( '10.1.2.3', '192.168.0.9' ),
					'meta.example.test'   => array( '10.1.2.3', '169.254.169.254' ),
					'mixed.example.test'  => array( '10.1.2.3', '203.0.113.7' ),
					'shop.example.test'   => array( '203.0.113.7' ),
				);
				return $known[ $host ] ?? false;
			}
		);
		return $urls->read( $typed, $confirm );
	}

	public function test_keeps_https_addresses_in_one_form(): void {
		$this->assertSame( 'https://bridge.example.test', $this->read( ' HTTPS://Bridge.Example.test/ ' ) );
		$this->assertSame( 'https://bridge.example.test:8443/a/b', $this->read( 'https://bridge.example.test:8443/a/b/' ) );
	}

	/**
	 * @dataProvider no_addresses
	 */
	public function test_refuses_what_is_no_address( string $typed ): void {
		$result = $this->read( $typed, true );
		$this->assertFailure( 'invalid_url', 400, $result );
		$this->assertSame( 'url', $result->get_error_data()['details'][0]['path'] );
	}

	/**
	 * @return list<array{string}>
	 */
	public function no_addresses(): array {
		return array(
			array( '' ),
			array( 'bridge.example.test' ),
			array( 'ftp://bridge.example.test' ),
			array( 'https://' ),
			array( 'https://user@bridge.example.test' ),
			array( 'https://user:pass@bridge.example.test' ),
			array( 'https://bridge.example.test?x=1' ),
			array( 'https://bridge.example.test/#x' ),
			array( 'https://bridge.example.test\\@evil.example' ),
			array( "https://bridge.example.test/\r\nX: y" ),
			array( 'https://bridge example.test' ),
			array( 'javascript:alert(1)' ),
			// Link-local, or no machine at all.
			array( 'https://169.254.169.254' ),
			array( 'http://169.254.1.1:8780' ),
			array( 'http://0.0.0.0:8780' ),
			array( 'https://0.1.2.3' ),
			array( 'http://[fe80::1]' ),
			array( 'https://[febf::1]' ),
			array( 'http://[::]' ),
			array( 'https://[::ffff:169.254.169.254]' ),
			array( 'https://[::ffff:0.0.0.0]' ),
			// Other ways to write an IPv4 address: 8.8.8.8, and three times 169.254.169.254.
			array( 'http://134744072' ),
			array( 'https://2852039166' ),
			array( 'https://0xA9FEA9FE' ),
			array( 'https://0xa9.0376.43518' ),
		);
	}

	/**
	 * @dataProvider private_hosts
	 */
	public function test_http_on_a_private_network_needs_a_confirmation( string $url ): void {
		$this->assertFailure( 'http_unconfirmed', 400, $this->read( $url ) );
		$this->assertSame( $url, $this->read( $url, true ) );
	}

	/**
	 * @return list<array{string}>
	 */
	public function private_hosts(): array {
		return array(
			array( 'http://127.0.0.1:8780' ),
			array( 'http://10.0.0.5' ),
			array( 'http://172.31.255.1' ),
			array( 'http://192.168.1.2:8780/pearl' ),
			array( 'http://100.64.0.1' ),
			array( 'http://100.127.255.254' ),
			array( 'http://[::1]:8780' ),
			array( 'http://[fd00::1]' ),
			array( 'http://sidecar:8780' ),
			array( 'http://localhost:8780' ),
			array( 'http://inside.example.test' ),
		);
	}

	/**
	 * @dataProvider public_hosts
	 */
	public function test_http_elsewhere_is_refused_even_when_confirmed( string $url ): void {
		$this->assertFailure( 'http_not_private', 400, $this->read( $url, true ) );
	}

	/**
	 * @return list<array{string}>
	 */
	public function public_hosts(): array {
		return array(
			array( 'http://203.0.114.7' ),
			array( 'http://172.32.0.1' ),
			array( 'http://100.128.0.1' ),
			array( 'http://[2a00:1450::1]' ),
			array( 'http://shop.example.test' ),
			array( 'http://mixed.example.test' ),
			array( 'http://unknown.example.test' ),
			array( 'http://meta.example.test' ),
		);
	}
}
