<?php
/**
 * Tells the sidecar at once that the outbox has something.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Sidecar_Client;

defined( 'ABSPATH' ) || exit;

/**
 * Decides whether and when to nudge; the client limits what it may cost (100 ms to connect, 150 ms in all).
 * After a failure nobody nudges for a minute, in any process: an unreachable sidecar costs the shop at most
 * 0.15 s a minute, and loses nothing, because it reads the outbox by itself as well.
 */
class Nudge {

	/** Seconds without nudges after one that failed. */
	const PAUSE_SECONDS = 60;

	/**
	 * Unix seconds until which nobody nudges; 0 = the last one arrived. Autoloaded, so that asking costs nothing.
	 */
	const OPTION = 'pearlbridge_nudge_paused_until';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Constructor.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 */
	public function __construct( Pairing $pairing, Sidecar_Client $client ) {
		$this->pairing = $pairing;
		$this->client  = $client;
	}

	/**
	 * Until when nudges pause, or null.
	 */
	public function paused_until(): ?int {
		$until = (int) get_option( self::OPTION, 0 );
		return $until > time() ? $until : null;
	}

	/**
	 * Sends one nudge, if it is worth trying. Belongs where nobody waits, or waits as briefly as can be: behind
	 * Response::finish(), or in a process without a visitor. Never throws.
	 *
	 * @param array<string, int[]> $body Ids that could not be written to the outbox; as a rule nothing.
	 */
	public function send( array $body = array() ): void {
		try {
			if ( ! $this->pairing->is_live() || ! $this->may_try() ) {
				return;
			}
			if ( ! $this->client->nudge( $body ) ) {
				$this->set_paused_until( time() + self::PAUSE_SECONDS );
			} elseif ( 0 !== (int) get_option( self::OPTION, 0 ) ) {
				$this->set_paused_until( 0 );
			}
		} catch ( \Throwable $error ) {
			// The shopper's request is worth more than the nudge.
			unset( $error );
		}
	}

	/**
	 * Whether this process may try. When a pause has run out, one process alone tries: it moves the end of the
	 * pause on first, by compare and swap, and whoever comes second sees a pause again.
	 */
	private function may_try(): bool {
		global $wpdb;
		$until = (int) get_option( self::OPTION, 0 );
		if ( 0 === $until ) {
			return true;
		}
		if ( $until > time() ) {
			return false;
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- the options API has no compare and swap.
		$won = $wpdb->update(
			$wpdb->options,
			array( 'option_value' => (string) ( time() + self::PAUSE_SECONDS ) ),
			array(
				'option_name'  => self::OPTION,
				'option_value' => (string) $until,
			)
		);
		wp_cache_delete( 'alloptions', 'options' );
		return 1 === $won;
	}

	/**
	 * Notes until when nobody nudges.
	 *
	 * @param int $until Unix seconds; 0 = no pause.
	 */
	private function set_paused_until( int $until ): void {
		update_option( self::OPTION, (string) $until, true );
	}
}
