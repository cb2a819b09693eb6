<?php
/**
 * `wp pearlbridge`.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Secret_Store;
use WP_CLI;

defined( 'ABSPATH' ) || exit;

/**
 * For whoever has the server's shell, who can read the database and wp-config.php anyway. It is
 * the only way out for the secret: no route ever answers it.
 */
final class Command {

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * Says nothing yet.
	 *
	 * @param Pairing      $pairing Pairing.
	 * @param Secret_Store $secrets Keys.
	 */
	public function __construct( Pairing $pairing, Secret_Store $secrets ) {
		$this->pairing = $pairing;
		$this->secrets = $secrets;
	}

	/**
	 * Adds the commands.
	 */
	public function register(): void {
		if ( class_exists( 'WP_CLI' ) ) {
			WP_CLI::add_command( 'pearlbridge status', array( $this, 'status' ) );
			WP_CLI::add_command( 'pearlbridge secret', array( $this, 'secret' ) );
		}
	}

	/**
	 * Says whether the pairing works. WP_CLI::error() ends the process.
	 */
	public function status(): void {
		$result = $this->pairing->ping();
		if ( is_wp_error( $result ) ) {
			WP_CLI::error( $result->get_error_message() );
		}
		WP_CLI::success( sprintf( 'Paired with %s as connection %s.', $this->pairing->sidecar_url(), $this->pairing->connection() ) );
	}

	/**
	 * Prints the line that moves the secret from the database to wp-config.php. The stored copy goes
	 * with the next visit to wp-admin.
	 */
	public function secret(): void {
		$key = $this->secrets->current();
		if ( null === $key ) {
			WP_CLI::error( 'There is no secret that can be read.' );
		}
		WP_CLI::line( sprintf( "define( 'PEARLBRIDGE_SECRET', '%s' );", Secret_Store::written( $key ) ) );
	}
}
