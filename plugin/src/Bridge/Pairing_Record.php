<?php
/**
 * What is kept of a pairing beside its keys.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Written only after the first signed call was answered. Nothing in it is secret. One option, loaded with the others because every request that changes
 * an order asks for it.
 */
final class Pairing_Record {

	const OPTION = 'pearlbridge_pairing';

	/**
	 * Base URL of the sidecar, without a slash at its end.
	 *
	 * @var string
	 */
	public $sidecar_url = '';

	/**
	 * The sidecar's own id.
	 *
	 * @var string
	 */
	public $sidecar_id = '';

	/**
	 * The connection the key belongs to.
	 *
	 * @var string
	 */
	public $connection = '';

	/**
	 * Where webhooks deliver, or null.
	 *
	 * @var string|null
	 */
	public $webhook_url = null;

	/**
	 * Fingerprint of the home URL it is pinned to.
	 *
	 * @var string
	 */
	public $home = '';

	/**
	 * Unix seconds.
	 *
	 * @var int
	 */
	public $since = 0;

	/**
	 * The record of this site, or null.
	 */
	public static function load(): ?self {
		$stored = get_option( self::OPTION );
		if ( ! is_array( $stored ) || ! isset( $stored['sidecarUrl'], $stored['home'] ) ) {
			return null;
		}
		$record              = new self();
		$record->sidecar_url = (string) $stored['sidecarUrl'];
		$record->sidecar_id  = (string) ( $stored['sidecarId'] ?? '' );
		$record->connection  = (string) ( $stored['connection'] ?? '' );
		$record->webhook_url = isset( $stored['webhookUrl'] ) ? (string) $stored['webhookUrl'] : null;
		$record->home        = (string) $stored['home'];
		$record->since       = (int) ( $stored['since'] ?? 0 );
		return $record;
	}

	/**
	 * Writes it.
	 */
	public function save(): void {
		update_option(
			self::OPTION,
			array(
				'sidecarUrl' => $this->sidecar_url,
				'sidecarId'  => $this->sidecar_id,
				'connection' => $this->connection,
				'webhookUrl' => $this->webhook_url,
				'home'       => $this->home,
				'since'      => $this->since,
			),
			true
		);
	}

	/**
	 * Keeps what the sidecar says of itself.
	 *
	 * @param array<string, mixed> $answer Of a ping.
	 * @param bool                 $save   Writes it when it changed.
	 * @return true|WP_Error
	 */
	public function learn( array $answer, bool $save = true ) {
		if ( Json::text( $answer, 'sidecarId' ) !== $this->sidecar_id ) {
			return Failure::of(
				'sidecar_rejected',
				409,
				__( 'Another sidecar answers at this address than the one this shop was paired with.', 'pearlbridge' ),
				__( 'Forget the pairing and pair again, or bring the former sidecar back.', 'pearlbridge' )
			);
		}
		$connection  = Json::text( $answer, 'connection' );
		$webhook_url = Json::address( $answer['webhookUrl'] ?? null );
		$connection  = '' === $connection ? $this->connection : $connection;
		if ( $connection !== $this->connection || $webhook_url !== $this->webhook_url ) {
			$this->connection  = $connection;
			$this->webhook_url = $webhook_url;
			if ( $save ) {
				$this->save();
			}
		}
		return true;
	}

	/**
	 * Forgets it.
	 */
	public static function delete(): void {
		delete_option( self::OPTION );
	}
}
