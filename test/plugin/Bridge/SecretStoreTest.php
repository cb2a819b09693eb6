<?php
/**
 * Where the keys are kept.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Bridge;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Tests\PairingTestCase;

final class SecretStoreTest extends PairingTestCase {

	public function test_keeps_a_key_and_gives_it_back(): void {
		$this->assertSame( Secret_Store::NONE, $this->secrets->health() );
		$this->assertTrue( $this->secrets->keep( self::key() ) );
		$this->assertSame( self::key()->secret(), ( new Secret_Store( null ) )->current()->secret() );
		$this->assertSame( 1795000000, $this->secrets->current()->created_at() );
		$this->assertSame( Secret_Store::OK, $this->secrets->health() );
	}

	public function test_a_secret_does_not_open_once_the_salts_have_changed(): void {
		$this->paired();
		add_filter(
			'salt',
			static function (): string {
				return 'another salt';
			}
		);
		$this->assertNull( $this->secrets->current() );
		$this->assertSame( Secret_Store::UNREADABLE, $this->secrets->health() );
		$this->assertFalse( $this->pairing->is_live() );
		$result = $this->client->ping();
		$this->assertFailure( 'not_paired', 409, $result );
		$this->assertStringContainsString( 'salts', $result->get_error_message() );
		$this->assertStringContainsString( 'pair again', (string) Failure::datum( $result, 'fix' ) );
	}

	public function test_a_sealed_secret_cannot_be_moved_under_another_id(): void {
		$this->secrets->keep( self::key() );
		$stored                     = get_option( Secret_Store::OPTION );
		$stored['current']['keyId'] = 'pk_other_other_other';
		update_option( Secret_Store::OPTION, $stored );
		$this->assertNull( $this->secrets->current() );
	}

	public function test_the_constant_wins(): void {
		$this->secrets->keep( self::key() );
		$other = self::key( 'pk_config_config', 'c' );
		$this->build( Secret_Store::written( $other ) );
		$this->assertTrue( $this->secrets->is_from_config() );
		$this->assertSame( $other->id(), $this->secrets->current()->id() );
		$this->assertSame( $other->secret(), $this->secrets->current()->secret() );
		$this->assertNull( $this->secrets->find( self::KEY_ID, $this->now ), 'What is stored counts for nothing then.' );
		$this->assertSame( Secret_Store::OK, $this->secrets->health() );
	}

	public function test_a_constant_that_is_no_key_is_told_and_nothing_else_is_used(): void {
		$this->paired();
		foreach ( array( '', 'nonsense', 'pk_0123456789abcdef:short', ':' . base64_encode( str_repeat( 'x', 32 ) ) ) as $config ) {
			$this->build( $config );
			$this->assertNull( $this->secrets->current(), $config );
			$this->assertSame( Secret_Store::WRONG_CONFIG, $this->secrets->health(), $config );
			$this->assertStringContainsString( 'PEARLBRIDGE_SECRET', $this->client->ping()->get_error_message() );
		}
	}

	public function test_the_stored_copy_goes_once_the_same_key_stands_in_wp_config(): void {
		$this->secrets->keep( self::key() );
		( new Secret_Store( Secret_Store::written( self::key( 'pk_config_config' ) ) ) )->drop_shadowed();
		$this->assertNotFalse( get_option( Secret_Store::OPTION ), 'Another key is none of our business.' );
		( new Secret_Store( Secret_Store::written( self::key() ) ) )->drop_shadowed();
		$this->assertFalse( get_option( Secret_Store::OPTION ) );
	}
}
