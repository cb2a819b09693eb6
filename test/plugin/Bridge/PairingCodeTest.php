<?php
/**
 * The pairing code, by the vectors the sidecar's tests read too.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Key;
use Pearlbridge\Bridge\Pairing_Code;
use Pearlbridge\Tests\TestCase;

final class PairingCodeTest extends TestCase {

	public function test_proves_the_code_however_it_was_typed(): void {
		$vectors = $this->vectors( 'pairing-v1.json' );
		foreach ( $vectors['typed'] as $typed ) {
			$code = Pairing_Code::read( $typed );
			$this->assertNotNull( $code, $typed );
			$this->assertSame( $vectors['proof'], base64_encode( $code->proof( $vectors['request']['body'] ) ), $typed );
		}
	}

	public function test_reads_letters_that_are_mistaken_for_digits(): void {
		$vectors = $this->vectors( 'pairing-v1.json' );
		$code    = Pairing_Code::read( str_replace( '0', 'o', $vectors['code'] ) );
		$this->assertNotNull( $code );
		$this->assertSame( $vectors['proof'], base64_encode( $code->proof( $vectors['request']['body'] ) ) );
	}

	public function test_takes_nothing_else_for_a_code(): void {
		foreach ( array( '', '7H3KQ', '7H3KQ-9VX2M-0TBWE-5GZ8U', '7H3KQ-9VX2M-0TBWE-5GZ8NN', "\xff\xfe", '7H3KQ-9VX2M-0TBWE-5GZ8N; DROP' ) as $typed ) {
			$this->assertNull( Pairing_Code::read( $typed ), $typed );
		}
	}

	public function test_proofs_of_the_vectors(): void {
		foreach ( $this->vectors( 'pairing-v1.json' )['proofs'] as $case ) {
			$code = Pairing_Code::read( $case['code'] );
			$this->assertNotNull( $code, $case['name'] );
			$proof = base64_encode( $code->proof( (string) base64_decode( $case['bodyBase64'], true ) ) );
			$this->assertSame( $case['expect'], hash_equals( $proof, (string) $case['proof'] ), $case['name'] );
		}
	}

	public function test_opens_what_was_sealed_with_the_code_and_nothing_else(): void {
		$vectors = $this->vectors( 'pairing-v1.json' );
		$opened  = 0;
		foreach ( $vectors['seals'] as $case ) {
			$code = Pairing_Code::read( $case['code'] );
			$this->assertNotNull( $code, $case['name'] );
			$plain = $code->unseal( $case['sealed'], (string) base64_decode( $case['proof'], true ) );
			$this->assertSame( $case['opens'] ? $vectors['grantJson'] : null, $plain, $case['name'] );
			$opened += $case['opens'] ? 1 : 0;
		}
		$this->assertGreaterThan( 0, $opened );
	}

	public function test_opens_the_next_key_with_the_current_one_only(): void {
		$rotation = $this->vectors( 'pairing-v1.json' )['rotation'];
		$current  = Key::read( $rotation['currentKeyId'], $rotation['currentSecret'] );
		$this->assertSame( $rotation['grantJson'], Pairing_Code::unseal_rotation( $current, $rotation['sealed'] ) );
		foreach ( $rotation['refused'] as $case ) {
			$key = Key::read( $case['keyId'] ?? $rotation['currentKeyId'], $case['secret'] ?? $rotation['currentSecret'] );
			$this->assertNull( Pairing_Code::unseal_rotation( $key, $case['sealed'] ?? $rotation['sealed'] ), $case['name'] );
		}
	}
}
