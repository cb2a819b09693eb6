<?php
/**
 * The screen in wp-admin.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Admin;

use Pearlbridge\Admin\Console_Page;
use Pearlbridge\Admin\Menu;
use Pearlbridge\Tests\PairingTestCase;

final class ConsolePageTest extends PairingTestCase {

	/**
	 * Folder of a console, as its build makes it.
	 *
	 * @var string
	 */
	private $assets;

	protected function setUp(): void {
		parent::setUp();
		$this->assets = get_temp_dir() . uniqid( 'pearlbridge-assets-' );
		mkdir( $this->assets );
		file_put_contents( $this->assets . '/console.asset.php', "<?php return array( 'dependencies' => array( 'wp-api-fetch' ), 'version' => 'abc' );" );
	}

	protected function tearDown(): void {
		unlink( $this->assets . '/console.asset.php' );
		rmdir( $this->assets );
		parent::tearDown();
	}

	/**
	 * The menu as this user gets it.
	 *
	 * @return array<int, array<int, string>>
	 */
	private function submenu(): array {
		global $menu, $submenu;
		$menu    = array();
		$submenu = array();
		( new Menu( new Console_Page( $this->pairing, $this->assets ) ) )->add();
		return $submenu['woocommerce'] ?? array();
	}

	public function test_stands_under_woocommerce_for_whoever_manages_the_shop(): void {
		$this->as_admin();
		$entry = current( $this->submenu() );
		$this->assertSame( array( 'Pearlbridge', 'manage_woocommerce', 'pearlbridge' ), array( $entry[0], $entry[1], $entry[2] ) );
		$this->as_role( 'subscriber' );
		$this->assertSame( array(), $this->submenu() );
	}

	public function test_offers_to_open_it_in_the_list_of_plugins(): void {
		$this->as_admin();
		$links = apply_filters( 'plugin_action_links_' . plugin_basename( PEARLBRIDGE_FILE ), array( 'deactivate' => 'x' ) );
		$this->assertStringContainsString( 'admin.php?page=pearlbridge', $links[0] );
	}

	public function test_gives_the_script_a_place_and_says_so_without_one(): void {
		ob_start();
		( new Console_Page( $this->pairing, $this->assets ) )->render();
		$html = (string) ob_get_clean();
		$this->assertStringContainsString( '<div id="pearlbridge">', $html );
		$this->assertStringContainsString( 'role="status"', $html );
		$this->assertStringContainsString( '<noscript>', $html );
		ob_start();
		( new Console_Page( $this->pairing, $this->assets . '/none' ) )->render();
		$this->assertStringContainsString( 'Install the plugin again', (string) ob_get_clean() );
	}

	public function test_loads_its_script_on_its_own_screen_only_and_without_secrets(): void {
		$this->as_admin();
		$this->paired();
		$page = new Console_Page( $this->pairing, $this->assets );
		set_current_screen( 'woocommerce_page_pearlbridge' );
		do_action( 'admin_enqueue_scripts', 'index.php' );
		$this->assertFalse( wp_script_is( Console_Page::HANDLE ) );
		$page->load();
		do_action( 'admin_enqueue_scripts', 'woocommerce_page_pearlbridge' );
		$this->assertTrue( wp_script_is( Console_Page::HANDLE ) );
		$script = wp_scripts()->registered[ Console_Page::HANDLE ];
		$this->assertContains( 'wp-api-fetch', $script->deps );
		$this->assertSame( 'abc', $script->ver );
		$this->assertSame( 'defer', $script->extra['strategy'] );
		$before = implode( '', $script->extra['before'] );
		preg_match( '/window\.pearlbridgeBoot = (\{.*\});/', $before, $match );
		$boot = json_decode( $match[1], true );
		$this->assertSame( array( 'restRoot', 'nonce', 'state', 'connection', 'version', 'adminUrl' ), array_keys( $boot ) );
		$this->assertSame( array( 'paired', 'main' ), array( $boot['state'], $boot['connection'] ) );
		$this->assertStringNotContainsString( self::URL, $before );
		$this->assertStringNotContainsString( self::KEY_ID, $before );
		$this->assertContains( 'wp-components', wp_styles()->registered[ Console_Page::HANDLE ]->deps );
	}

	public function test_its_words_come_from_one_file_named_by_the_handle(): void {
		$this->as_admin();
		( new Console_Page( $this->pairing, $this->assets ) )->enqueue();
		add_filter(
			'pre_determine_locale',
			static function (): string {
				return 'de_DE';
			}
		);
		$path = plugin_dir_path( PEARLBRIDGE_FILE ) . 'languages/pearlbridge-de_DE-pearlbridge-console.json';
		$jed  = '{"locale_data":{"messages":{"Orders":["Bestellungen"]}}}';
		add_filter(
			'pre_load_script_translations',
			static function ( $none, $file ) use ( $path, $jed ) {
				return $path === $file ? $jed : $none;
			},
			10,
			2
		);
		$this->assertStringContainsString( 'Bestellungen', (string) wp_scripts()->print_translations( Console_Page::HANDLE, false ) );
	}

	public function test_names_no_address_that_does_not_exist(): void {
		$this->assertStringNotContainsString( '.example/', (string) file_get_contents( PEARLBRIDGE_FILE ) );
		$readme = (string) file_get_contents( plugin_dir_path( PEARLBRIDGE_FILE ) . 'readme.txt' );
		$this->assertStringContainsString( '== Source code ==', $readme );
		$this->assertStringContainsString( 'npm run build', $readme );
	}
}
