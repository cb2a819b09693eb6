<?php
/**
 * Composition root.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge;

use Pearlbridge\Admin\Consent_Return;
use Pearlbridge\Admin\Console_Page;
use Pearlbridge\Admin\Menu;
use Pearlbridge\Admin\Moved_Form;
use Pearlbridge\Admin\Notices;
use Pearlbridge\Admin\Order_Box;
use Pearlbridge\Admin\Order_Bulk;
use Pearlbridge\Admin\Order_Column;
use Pearlbridge\Admin\Privacy;
use Pearlbridge\Admin\Site_Health;
use Pearlbridge\Bridge\Handshake;
use Pearlbridge\Bridge\Nonce_Table;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Request_Guard;
use Pearlbridge\Bridge\Rotation;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Bridge\Sidecar_Url;
use Pearlbridge\Bridge\Signer;
use Pearlbridge\Rest\Console_Controller;
use Pearlbridge\Rest\Events_Controller;
use Pearlbridge\Rest\Health_Controller;
use Pearlbridge\Rest\Never_Cached;
use Pearlbridge\Rest\Overview_Cache;
use Pearlbridge\Rest\Pairing_Controller;
use Pearlbridge\Rest\Pairing_View;

defined( 'ABSPATH' ) || exit;

/**
 * Builds every part by hand and says what hangs together; the only place that knows them all.
 */
final class Plugin {

	/**
	 * On `plugins_loaded`.
	 */
	public static function boot(): void {
		add_filter( 'wpmu_drop_tables', array( Installation::class, 'tables' ) );
		$fault = Requirements::fault();
		if ( null !== $fault ) {
			Requirements::show( $fault );
			return;
		}
		Installation::ensure();
		self::register();
	}

	/**
	 * The keys of this site.
	 */
	public static function secrets(): Secret_Store {
		return new Secret_Store( defined( 'PEARLBRIDGE_SECRET' ) ? (string) constant( 'PEARLBRIDGE_SECRET' ) : null );
	}

	/**
	 * The way to the sidecar of this site.
	 *
	 * @param Secret_Store $secrets Keys.
	 */
	public static function client( Secret_Store $secrets ): Sidecar_Client {
		return new Sidecar_Client( new Signer( $secrets, 'time' ), 'time' );
	}

	/**
	 * The pairing of this site.
	 *
	 * @param Secret_Store   $secrets Keys.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 */
	public static function pairing( Secret_Store $secrets, Sidecar_Client $client ): Pairing {
		return new Pairing(
			$secrets,
			$client,
			new Handshake( $secrets, $client, new Sidecar_Url( 'gethostbynamel' ), 'time' ),
			new Rotation( $secrets, $client, 'time' )
		);
	}

	/**
	 * Hooks everything in.
	 */
	private static function register(): void {
		global $wpdb;
		$secrets = self::secrets();
		$client  = self::client( $secrets );
		$pairing = self::pairing( $secrets, $client );
		$client->register();
		$guard   = new Request_Guard( $secrets, new Nonce_Table( $wpdb ), 'time' );

		$outbox   = new Woo\Outbox_Table( $wpdb );
		$nudge    = new Woo\Nudge( $pairing, $client );
		$recorder = new Woo\Outbox_Recorder( $pairing, $outbox, $nudge, 'time' );
		$webhooks = new Woo\Webhooks( $pairing, $client );
		$keys     = new Woo\Keys( $pairing, $client );
		$recorder->register();
		$webhooks->register();
		$keys->register();

		// What hangs on the pairing follows it.
		add_action( 'pearlbridge_paired', array( $webhooks, 'resume' ) );
		add_action( 'pearlbridge_rotated', array( $webhooks, 'rotate_secret' ) );
		add_action( 'pearlbridge_unpairing', array( $webhooks, 'remove' ) );
		add_action( 'pearlbridge_unpairing', array( $keys, 'forget' ) );
		add_action( 'pearlbridge_unpairing', array( $outbox, 'clear' ) );
		add_action( 'pearlbridge_deactivating', array( $webhooks, 'pause' ) );
		add_action( 'pearlbridge_deactivating', array( $recorder, 'deactivate' ) );

		$view  = new Pairing_View( $pairing, $secrets, $keys, $webhooks, $outbox, $nudge );
		$cache = new Overview_Cache( 'microtime' );
		$read  = array( $view, 'read' );
		( new Never_Cached() )->register();
		( new Pairing_Controller( $pairing, $view ) )->register();
		( new Console_Controller( $pairing, $client, $cache ) )->register();
		( new Events_Controller( $client, $cache ) )->register();
		( new Woo\Rest\Sidecar_Controller( $guard, $pairing, $outbox, $recorder ) )->register();
		( new Woo\Rest\Keys_Controller( $keys, $read ) )->register();
		( new Woo\Rest\Webhooks_Controller( $webhooks, $read ) )->register();

		$page   = new Console_Page( $pairing, plugin_dir_path( PEARLBRIDGE_FILE ) . 'assets' );
		$health = new Site_Health( $pairing, $secrets, $client );
		( new Health_Controller( $health ) )->register();
		$health->register();
		( new Menu( $page ) )->register();
		( new Notices( $pairing, $secrets ) )->register();
		( new Moved_Form( $pairing ) )->register();
		( new Consent_Return( $client ) )->register();
		( new Privacy() )->register();
		( new Order_Column( $pairing ) )->register();
		( new Order_Bulk( $pairing, $client, $cache ) )->register();
		( new Order_Box( $pairing ) )->register();
		add_action(
			'admin_init',
			static function () use ( $secrets, $webhooks ): void {
				$secrets->drop_shadowed();
				// Also admin-ajax.php gets here, with a shopper who waits: only somebody in wp-admin waits for the sidecar.
				if ( ! wp_doing_ajax() && current_user_can( 'manage_woocommerce' ) && Installation::is_to_resume() ) {
					$webhooks->resume();
				}
			}
		);
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			( new Command( $pairing, $secrets ) )->register();
		}
	}
}
