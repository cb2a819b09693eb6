<?php
/**
 * Notices, and the form of a site that moved.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Admin\Moved_Form;
use Pearlbridge\Admin\Notices;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Requirements;
use Pearlbridge\Tests\PairingTestCase;

final class NoticesTest extends PairingTestCase {

	/**
	 * What a screen shows.
	 *
	 * @param string $screen Screen.
	 */
	private function shown( string $screen = 'woocommerce_page_pearlbridge' ): string {
		set_current_screen( $screen );
		ob_start();
		( new Notices( $this->pairing, $this->secrets ) )->show();
		return (string) ob_get_clean();
	}

	public function test_says_nothing_while_all_is_well_or_nothing_was_begun(): void {
		$this->as_admin();
		$this->assertSame( '', $this->shown() );
		$this->paired();
		$this->assertSame( '', $this->shown() );
	}

	public function test_a_site_that_moved_is_told_once_with_two_choices(): void {
		$this->as_admin();
		$this->paired();
		Usage::refused( time() );
		self::move();
		$html = $this->shown();
		$this->assertSame( 1, substr_count( $html, 'class="notice' ) );
		$this->assertStringContainsString( 'value="moved"', $html );
		$this->assertStringContainsString( 'value="copy"', $html );
		$this->assertStringContainsString( '_wpnonce', $html );
		$this->assertStringContainsString( 'value="moved"', $this->shown( 'plugins' ) );
		$this->assertSame( '', $this->shown( 'dashboard' ) );
		$this->as_role( 'subscriber' );
		$this->assertSame( '', $this->shown() );
	}

	public function test_a_pairing_that_is_lost_is_told(): void {
		$this->as_admin();
		$this->paired();
		Usage::refused( time() );
		$this->assertStringContainsString( 'does not know this shop', $this->shown() );
		Usage::worked( time() );
		add_filter(
			'salt',
			static function (): string {
				return 'another salt';
			}
		);
		$this->assertStringContainsString( 'salts', $this->shown() );
		$this->secrets = new Secret_Store( 'nonsense' );
		$this->assertStringContainsString( 'PEARLBRIDGE_SECRET', $this->shown() );
	}

	public function test_others_may_add_theirs_as_plain_text(): void {
		$this->as_admin();
		add_filter(
			'pearlbridge_notices',
			static function ( array $notices ): array {
				$notices[] = array(
					'type'    => 'warning',
					'message' => 'A <b>webhook</b> is off.',
					'url'     => 'javascript:alert(1)',
					'label'   => 'Repair',
				);
				return $notices;
			}
		);
		$html = $this->shown();
		$this->assertStringContainsString( 'A &lt;b&gt;webhook&lt;/b&gt; is off.', $html );
		$this->assertStringNotContainsString( 'javascript:', $html );
	}

	/**
	 * Sends the form.
	 *
	 * @param string $choice Choice.
	 */
	private function choose( string $choice ): string {
		$_POST['choice']      = $choice;
		$_REQUEST['_wpnonce'] = wp_create_nonce( Moved_Form::ACTION );
		$stop                 = static function ( string $location ): string {
			throw new \RuntimeException( $location );
		};
		add_filter( 'wp_redirect', $stop );
		try {
			( new Moved_Form( $this->pairing ) )->handle();
		} catch ( \RuntimeException $redirect ) {
			return $redirect->getMessage();
		} finally {
			remove_filter( 'wp_redirect', $stop );
		}
		return '';
	}

	public function test_the_form_makes_a_copy_forget(): void {
		$this->as_admin();
		$sidecar = $this->paired();
		self::move();
		$this->assertStringContainsString( 'page=pearlbridge', $this->choose( 'neither' ) );
		$this->assertSame( Pairing::MOVED, $this->pairing->state() );
		$this->choose( 'copy' );
		$this->assertSame( Pairing::UNPAIRED, $this->pairing->state() );
		$this->assertSame( array(), $sidecar->requests );
	}

	public function test_the_form_moves_the_shop_and_says_when_it_cannot(): void {
		$this->as_admin();
		$sidecar = $this->paired();
		$sidecar->answer_with(
			'POST',
			'/v1/moved',
			static function () {
				return self::refusal( 422, 'credentials-store' );
			}
		);
		self::move();
		$this->choose( 'moved' );
		$this->assertStringContainsString( 'Refused: credentials-store.', $this->shown() );
		$this->assertStringNotContainsString( 'Refused', $this->shown(), 'Once.' );
		$sidecar->stop();
		$this->sidecar( self::URL )->answer( 'POST', '/v1/moved', 200, self::ping() );
		$this->choose( 'moved' );
		$this->assertTrue( $this->pairing->is_live() );
	}

	public function test_the_form_wants_a_nonce_and_the_right(): void {
		$this->as_admin();
		$this->paired();
		self::move();
		add_filter(
			'wp_die_handler',
			static function () {
				return static function (): void {
					throw new \RuntimeException( 'died' );
				};
			}
		);
		$_POST['choice'] = 'copy';
		foreach ( array( true, false ) as $is_admin ) {
			if ( ! $is_admin ) {
				$this->as_role( 'subscriber' );
			}
			$_REQUEST['_wpnonce'] = $is_admin ? 'wrong' : wp_create_nonce( Moved_Form::ACTION );
			try {
				( new Moved_Form( $this->pairing ) )->handle();
				$this->fail( 'It went through.' );
			} catch ( \RuntimeException $died ) {
				$this->assertSame( 'died', $died->getMessage() );
			}
		}
		$this->assertSame( Pairing::MOVED, $this->pairing->state() );
	}

	public function test_what_is_missing_is_told_to_whoever_can_mend_it(): void {
		$this->assertNull( Requirements::fault() );
		Requirements::show(
			static function (): string {
				return 'Needs <WooCommerce>.';
			}
		);
		$this->as_admin();
		set_current_screen( 'plugins' );
		ob_start();
		do_action( 'admin_notices' );
		$this->assertStringContainsString( 'Needs &lt;WooCommerce&gt;.', (string) ob_get_clean() );
	}
}
