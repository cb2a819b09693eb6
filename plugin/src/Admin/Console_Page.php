<?php
/**
 * The screen that holds the console.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Pairing;

defined( 'ABSPATH' ) || exit;

/**
 * The console is one script; PHP gives it a place, what it needs to begin, and nothing secret.
 */
final class Console_Page {

	const HANDLE = 'pearlbridge-console';

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Folder of the built console.
	 *
	 * @var string
	 */
	private $assets;

	/**
	 * Shows nothing yet.
	 *
	 * @param Pairing $pairing Pairing.
	 * @param string  $assets  Folder of the built console.
	 */
	public function __construct( Pairing $pairing, string $assets ) {
		$this->pairing = $pairing;
		$this->assets  = $assets;
	}

	/**
	 * On `load-{screen}`, so that no other screen carries our scripts.
	 */
	public function load(): void {
		add_action( 'admin_enqueue_scripts', array( $this, 'enqueue' ) );
	}

	/**
	 * Scripts and styles.
	 */
	public function enqueue(): void {
		$asset = $this->asset();
		if ( null === $asset ) {
			return;
		}
		wp_enqueue_script(
			self::HANDLE,
			plugins_url( 'assets/console.js', PEARLBRIDGE_FILE ),
			$asset['dependencies'],
			$asset['version'],
			array(
				'in_footer' => true,
				'strategy'  => 'defer',
			)
		);
		wp_set_script_translations( self::HANDLE, 'pearlbridge', plugin_dir_path( PEARLBRIDGE_FILE ) . 'languages' );
		wp_add_inline_script( self::HANDLE, 'window.pearlbridgeBoot = ' . wp_json_encode( $this->boot(), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES ) . ';', 'before' );
		wp_enqueue_style( self::HANDLE, plugins_url( 'assets/console.css', PEARLBRIDGE_FILE ), array( 'wp-components' ), $asset['version'] );
	}

	/**
	 * The place, with what is shown until the script has taken it, and when it never does.
	 */
	public function render(): void {
		echo '<div class="wrap"><h1 class="screen-reader-text">', esc_html__( 'Pearlbridge', 'pearlbridge' ), '</h1><hr class="wp-header-end" />';
		echo '<div id="pearlbridge">';
		if ( null !== $this->asset() ) {
			echo '<p role="status">', esc_html__( 'Loading…', 'pearlbridge' ), '</p>';
		} else {
			wp_admin_notice( esc_html__( 'The files of the console are missing. Install the plugin again.', 'pearlbridge' ), array( 'type' => 'error' ) );
		}
		echo '<noscript><p>', esc_html__( 'This screen needs JavaScript. Switch it on in your browser and reload the page.', 'pearlbridge' ), '</p></noscript>';
		echo '</div></div>';
	}

	/**
	 * What the build says of the script, or null when there is none.
	 *
	 * @return array{dependencies: non-empty-string[], version: string}|null
	 */
	private function asset(): ?array {
		$file  = $this->assets . '/console.asset.php';
		$asset = is_readable( $file ) ? require $file : null;
		return is_array( $asset ) && isset( $asset['dependencies'], $asset['version'] ) ? $asset : null;
	}

	/**
	 * What the script begins with.
	 *
	 * @return array<string, string|null>
	 */
	private function boot(): array {
		$connection = $this->pairing->connection();
		return array(
			'restRoot'   => rest_url(),
			'nonce'      => wp_create_nonce( 'wp_rest' ),
			'state'      => $this->pairing->state(),
			'connection' => '' === $connection ? null : $connection,
			'version'    => PEARLBRIDGE_VERSION,
			'adminUrl'   => admin_url(),
		);
	}
}
