<?php
/**
 * Signature v1, by the vectors the sidecar's tests read too.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Key;
use Pearlbridge\Bridge\Signature;
use Pearlbridge\Tests\TestCase;

final class SignatureTest extends TestCase {

	public function test_signs_as_the_vectors_say(): void {
		$vectors = $this->vectors( 'signature-v1.json' );
		$key     = Key::read( $vectors['keys'][0]['keyId'], $vectors['keys'][0]['secret'] );
		$this->assertNotEmpty( $vectors['sign'] );
		foreach ( $vectors['sign'] as $case ) {
			$body = (string) base64_decode( $case['bodyBase64'], true );
			$path = Signature::path_below( $case['baseUrl'], $case['url'] );
			$this->assertSame( $case['path'], $path, $case['name'] );
			$headers = Signature::headers( $key, $case['method'], $path, $body, $case['timestamp'], (string) base64_decode( $case['nonceBase64'], true ) );
			$this->assertSame( $case['headers'], $headers, $case['name'] );
			$this->assertSame(
				$case['canonical'],
				Signature::canonical( $key->id(), $headers['X-Bridge-Timestamp'], $headers['X-Bridge-Nonce'], $case['method'], $path, $body ),
				$case['name']
			);
		}
	}

	public function test_finds_the_signed_part_of_an_address(): void {
		foreach ( $this->vectors( 'signature-v1.json' )['paths'] as $case ) {
			$this->assertSame( $case['path'], Signature::path_below( $case['base'], $case['url'] ), $case['base'] . ' ' . $case['url'] );
		}
	}

	public function test_judges_as_the_vectors_say(): void {
		$vectors = $this->vectors( 'signature-v1.json' );
		$keys    = array();
		foreach ( $vectors['keys'] as $key ) {
			$keys[ $key['keyId'] ] = Key::read( $key['keyId'], $key['secret'] );
		}
		$this->assertNotEmpty( $vectors['verify'] );
		foreach ( $vectors['verify'] as $case ) {
			$headers = array();
			foreach ( $case['headers'] as $name => $value ) {
				$headers[ implode( '-', array_map( 'ucfirst', explode( '-', strtolower( $name ) ) ) ) ] = $value;
			}
			$verdict = Signature::verify(
				$headers,
				$case['method'],
				$case['path'],
				(string) base64_decode( $case['bodyBase64'], true ),
				static function ( string $id ) use ( $keys ): ?Key {
					return $keys[ $id ] ?? null;
				},
				$case['now']
			);
			$this->assertSame( $case['expect'], $verdict['reason'], $case['name'] );
		}
	}

	public function test_a_key_does_not_show_its_secret(): void {
		$key = new Key( 'pk_0123456789abcdef', str_repeat( 's', 32 ) );
		ob_start();
		var_dump( $key );
		$this->assertStringNotContainsString( 'ssss', (string) ob_get_clean() );
	}
}
