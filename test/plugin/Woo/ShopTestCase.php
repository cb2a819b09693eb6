<?php
/**
 * What tests around the shop start from.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Tests\Woo;

use Pearlbridge\Tests\Fake_Sidecar;
use Pearlbridge\Tests\PairingTestCase;
use Pearlbridge\Woo\Outbox_Recorder;
use Pearlbridge\Woo\Outbox_Table;

/**
 * The plugin as it is wired, and a request that can be ended.
 */
abstract class ShopTestCase extends PairingTestCase {

	/**
	 * The outbox.
	 *
	 * @var Outbox_Table
	 */
	protected $outbox;

	protected function setUp(): void {
		parent::setUp();
		$this->outbox = new Outbox_Table( $GLOBALS['wpdb'] );
		// Nothing of a test before.
		$this->recorder()->flush();
	}

	/**
	 * A paired shop whose sidecar hears nudges.
	 */
	protected function shop(): Fake_Sidecar {
		$sidecar = $this->paired();
		$sidecar->answer( 'POST', '/v1/nudge', 200, array( 'ok' => true ) );
		return $sidecar;
	}

	/**
	 * The recorder that is hooked in.
	 */
	protected function recorder(): Outbox_Recorder {
		foreach ( $GLOBALS['wp_filter']['shutdown']->callbacks[ PHP_INT_MAX ] ?? array() as $callback ) {
			if ( is_array( $callback['function'] ) && $callback['function'][0] instanceof Outbox_Recorder ) {
				return $callback['function'][0];
			}
		}
		$this->fail( 'No recorder is hooked in.' );
	}

	/**
	 * What the recorder does on shutdown.
	 */
	protected function end_request(): void {
		$this->recorder()->flush();
	}

	/**
	 * What the outbox holds, oldest first.
	 *
	 * @return string[] 'order:7'.
	 */
	protected function waiting(): array {
		global $wpdb;
		return $wpdb->get_col( "SELECT CONCAT(kind, ':', object_id) FROM {$this->outbox->name()} ORDER BY id" );
	}
}
