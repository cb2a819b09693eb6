<?php
/**
 * What the console shows of the pairing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Rest;

use Pearlbridge\Bridge\Clone_Guard;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Woo\Keys;
use Pearlbridge\Woo\Nudge;
use Pearlbridge\Woo\Outbox_Table;
use Pearlbridge\Woo\Webhooks;

defined( 'ABSPATH' ) || exit;

/**
 * Of the keys only ids and ages. Times are ISO-8601 in UTC; unknown is null.
 */
final class Pairing_View {

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keys of the pairing.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * WooCommerce's keys.
	 *
	 * @var Keys
	 */
	private $keys;

	/**
	 * Webhooks.
	 *
	 * @var Webhooks
	 */
	private $webhooks;

	/**
	 * Outbox.
	 *
	 * @var Outbox_Table
	 */
	private $outbox;

	/**
	 * Nudge.
	 *
	 * @var Nudge
	 */
	private $nudge;

	/**
	 * Asks nobody yet.
	 *
	 * @param Pairing      $pairing  Pairing.
	 * @param Secret_Store $secrets  Keys of the pairing.
	 * @param Keys         $keys     WooCommerce's keys.
	 * @param Webhooks     $webhooks Webhooks.
	 * @param Outbox_Table $outbox   Outbox.
	 * @param Nudge        $nudge    Nudge.
	 */
	public function __construct( Pairing $pairing, Secret_Store $secrets, Keys $keys, Webhooks $webhooks, Outbox_Table $outbox, Nudge $nudge ) {
		$this->pairing  = $pairing;
		$this->secrets  = $secrets;
		$this->keys     = $keys;
		$this->webhooks = $webhooks;
		$this->outbox   = $outbox;
		$this->nudge    = $nudge;
	}

	/**
	 * The view.
	 *
	 * @return array<string, mixed>
	 */
	public function read(): array {
		$record = $this->pairing->record();
		$key    = null === $record ? null : $this->secrets->current();
		$outbox = $this->outbox->waiting();
		return array(
			'state'            => $this->pairing->state(),
			'sidecarUrl'       => null === $record ? null : $record->sidecar_url,
			'connection'       => null === $record ? null : $record->connection,
			'sidecarId'        => null === $record ? null : $record->sidecar_id,
			'keyId'            => null === $key ? null : $key->id(),
			'keyCreatedAt'     => null === $key ? null : self::time( $key->created_at() ),
			'lastUsedAt'       => null === $record ? null : self::time( Usage::last_used() ),
			'since'            => null === $record ? null : self::time( $record->since ),
			'siteId'           => $this->pairing->site_id(),
			'secretFromConfig' => $this->secrets->is_from_config(),
			'https'            => 'https' === wp_parse_url( Clone_Guard::home(), PHP_URL_SCHEME ),
			'canAuthorize'     => $this->keys->can_authorize(),
			'keys'             => $this->keys->status(),
			'webhooks'         => $this->webhooks->status(),
			'outbox'           => array(
				'waiting'  => $outbox['waiting'],
				'oldestAt' => self::time( $outbox['oldestAt'] ),
			),
			'nudge'            => array( 'pausedUntil' => self::time( $this->nudge->paused_until() ) ),
		);
	}

	/**
	 * ISO-8601 in UTC, or null.
	 *
	 * @param int|null $at Unix seconds; 0 = unknown.
	 */
	private static function time( ?int $at ): ?string {
		return null === $at || $at <= 0 ? null : gmdate( 'Y-m-d\TH:i:s\Z', $at );
	}
}
