<?php
/**
 * The way back from Brightpearl's consent page.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Admin\Consent_Return;
use Pearlbridge\Tests\Fake_Sidecar;
use Pearlbridge\Tests\PairingTestCase;

final class ConsentReturnTest extends PairingTestCase {

	const STATE = 'Qx3-s_7WQ0ZyJr1m9Kf8Tn2LhVb4Cd5Eg6Ui7Op8Aa0';
	const CODE  = 'QUJD+REVGR0hJ/SktMTU5PUFFSU1RVVldYWVo=';

	protected function tearDown(): void {
		$_GET = array();
		parent::tearDown();
	}

	/**
	 * A browser that comes back.
	 *
	 * @param array<string, mixed> $query Query.
	 * @return string|null Where it is sent; null = it stays.
	 */
	private function come( array $query ): ?string {
		remove_all_filters( 'wp_redirect' );
		$_GET = wp_slash( $query );
		$sent = null;
		add_filter(
			'wp_redirect',
			static function ( string $location ) use ( &$sent ): void {
				$sent = $location;
				throw new \RuntimeException( 'redirected' );
			}
		);
		try {
			( new Consent_Return( $this->client ) )->on_return();
		} catch ( \RuntimeException $error ) {
			$this->assertSame( 'redirected', $error->getMessage() );
		}
		return $sent;
	}

	/**
	 * What the screen shows.
	 *
	 * @param string $screen Screen.
	 */
	private function shown( string $screen = 'woocommerce_page_pearlbridge' ): string {
		set_current_screen( $screen );
		ob_start();
		( new Consent_Return( $this->client ) )->show();
		return (string) ob_get_clean();
	}

	/**
	 * A consent that was given.
	 *
	 * @param array<string, mixed> $change Changes of the query.
	 * @return array<string, mixed>
	 */
	private static function consent( array $change = array() ): array {
		return array_merge(
			array(
				'page'  => 'pearlbridge',
				'state' => self::STATE,
				'code'  => self::CODE,
			),
			$change
		);
	}

	/**
	 * A paired shop with somebody who may.
	 */
	private function ready(): Fake_Sidecar {
		$sidecar = $this->paired();
		$this->as_admin();
		return $sidecar;
	}

	public function test_code_and_state_go_to_the_sidecar_signed_and_leave_the_address(): void {
		$sidecar = $this->ready();
		$sidecar->answer(
			'POST',
			'/v1/oauth/brightpearl',
			200,
			array(
				'ok'         => true,
				'connection' => 'main',
			)
		);
		$sent = $this->come( self::consent() );
		$this->assertStringEndsWith( '/wp-admin/admin.php?page=pearlbridge#/pairing', (string) $sent );
		$this->assertStringStartsWith( '/', (string) $sent );
		$request = $sidecar->only_request( 'POST', '/v1/oauth/brightpearl' );
		$this->assertSignedBy( $request );
		$this->assertSame(
			array(
				'state' => self::STATE,
				'code'  => self::CODE,
			),
			json_decode( $request['body'], true )
		);
		$html = $this->shown();
		$this->assertStringContainsString( 'notice-success', $html );
		$this->assertStringNotContainsString( self::CODE, $html );
		$this->assertSame( '', $this->shown(), 'Told once.' );
	}

	public function test_a_refusal_is_told_in_the_words_of_the_sidecar(): void {
		$sidecar = $this->ready();
		$sidecar->answer(
			'POST',
			'/v1/oauth/brightpearl',
			422,
			array(
				'error' => array(
					'code'    => 'credentials-brightpearl',
					'message' => 'The consent was refused in Brightpearl <b>(access_denied)</b>.',
					'fix'     => 'Ask somebody who may.',
					'details' => null,
				),
			)
		);
		$query = self::consent(
			array(
				'error'             => 'access_denied',
				'error_description' => 'No.',
			)
		);
		unset( $query['code'] );
		$this->come( $query );
		$this->assertSame(
			array(
				'state'            => self::STATE,
				'error'            => 'access_denied',
				'errorDescription' => 'No.',
			),
			json_decode( $sidecar->only_request( 'POST', '/v1/oauth/brightpearl' )['body'], true )
		);
		$this->assertSame( '', $this->shown( 'plugins' ) );
		$html = $this->shown();
		$this->assertStringContainsString( 'notice-error', $html );
		$this->assertStringContainsString( 'refused in Brightpearl (access_denied)', $html );
		$this->assertStringContainsString( 'Ask somebody who may.', $html );
	}

	public function test_a_sidecar_that_does_not_answer_is_told(): void {
		$sidecar = $this->ready();
		$sidecar->fail( 'POST', '/v1/oauth/brightpearl' );
		$this->assertNotNull( $this->come( self::consent() ) );
		$this->assertStringContainsString( 'notice-error', $this->shown() );
	}

	public function test_what_cannot_be_a_code_is_not_handed_on(): void {
		$sidecar = $this->ready();
		foreach ( array( array( 'a' ), '', "a\nb", str_repeat( 'a', 2001 ), 'ä' ) as $code ) {
			$this->assertNotNull( $this->come( self::consent( array( 'code' => $code ) ) ) );
			$this->assertStringContainsString( 'notice-error', $this->shown() );
		}
		$this->assertSame( array(), $sidecar->requests_to( 'POST', '/v1/oauth/brightpearl' ) );
	}

	public function test_other_pages_and_other_people_are_left_alone(): void {
		$sidecar = $this->ready();
		$this->assertNull( $this->come( self::consent( array( 'page' => 'wc-admin' ) ) ) );
		$this->assertNull( $this->come( array( 'page' => 'pearlbridge' ) ) );
		$this->assertNull( $this->come( array( 'page' => 'pearlbridge', 'state' => self::STATE ) ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing.AssociativeArrayFound
		$this->as_role( 'subscriber' );
		$this->assertNull( $this->come( self::consent() ) );
		$this->assertSame( array(), $sidecar->requests_to( 'POST', '/v1/oauth/brightpearl' ) );
	}

	public function test_the_sidecar_is_told_where_to_send_the_browser(): void {
		$this->assertSame( admin_url( 'admin.php?page=pearlbridge' ), Consent_Return::url() );
	}
}
