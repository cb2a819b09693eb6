<?php
/**
 * The pairing of this shop with a sidecar.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Bridge;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Its life: made with a one-time code, used, moved along with the shop, ended. What else hangs on
 * it (webhooks, WooCommerce keys) follows the actions.
 */
class Pairing {

	const UNPAIRED = 'unpaired';
	const PAIRED   = 'paired';
	const MOVED    = 'moved';

	/** The lock of everything that changes the pairing or its keys. */
	const LOCK = 'pairing';

	/**
	 * Keys.
	 *
	 * @var Secret_Store
	 */
	private $secrets;

	/**
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * How a pairing begins.
	 *
	 * @var Handshake
	 */
	private $handshake;

	/**
	 * How its key is replaced.
	 *
	 * @var Rotation
	 */
	private $rotation;

	/**
	 * Does nothing yet.
	 *
	 * @param Secret_Store   $secrets   Keys.
	 * @param Sidecar_Client $client    The way to the sidecar.
	 * @param Handshake      $handshake How a pairing begins.
	 * @param Rotation       $rotation  How its key is replaced.
	 */
	public function __construct( Secret_Store $secrets, Sidecar_Client $client, Handshake $handshake, Rotation $rotation ) {
		$this->secrets   = $secrets;
		$this->client    = $client;
		$this->handshake = $handshake;
		$this->rotation  = $rotation;
	}

	/**
	 * One of the constants above.
	 */
	public function state(): string {
		$record = Pairing_Record::load();
		if ( null === $record ) {
			return self::UNPAIRED;
		}
		return Clone_Guard::has_moved( $record->home ) ? self::MOVED : self::PAIRED;
	}

	/**
	 * Paired, at the pinned address, and the secret can be read: calls can be signed.
	 */
	public function is_live(): bool {
		return self::PAIRED === $this->state() && null !== $this->secrets->current();
	}

	/**
	 * Base URL of the sidecar without a slash at its end; empty when unpaired.
	 */
	public function sidecar_url(): string {
		$record = $this->record();
		return null === $record ? '' : $record->sidecar_url;
	}

	/**
	 * Where webhooks deliver, when the sidecar says so.
	 */
	public function webhook_url(): ?string {
		$record = $this->record();
		return null === $record ? null : $record->webhook_url;
	}

	/**
	 * The connection the key belongs to; empty when unpaired.
	 */
	public function connection(): string {
		$record = $this->record();
		return null === $record ? '' : $record->connection;
	}

	/**
	 * Names this site.
	 */
	public function site_id(): string {
		return Clone_Guard::site_id();
	}

	/**
	 * What is kept of the pairing, or null when unpaired.
	 */
	public function record(): ?Pairing_Record {
		return Pairing_Record::load();
	}

	/**
	 * Pairs with a sidecar.
	 *
	 * @param string $url          Its address.
	 * @param string $code         The one-time code.
	 * @param bool   $confirm_http The person accepts plain http on a private network.
	 * @return true|WP_Error
	 */
	public function pair( string $url, string $code, bool $confirm_http ) {
		return Lock::run(
			self::LOCK,
			function () use ( $url, $code, $confirm_http ) {
				if ( self::UNPAIRED !== $this->state() ) {
					return Failure::of(
						'already_paired',
						409,
						__( 'This shop is paired already.', 'pearlbridge' ),
						__( 'Forget the pairing first.', 'pearlbridge' )
					);
				}
				$done = $this->handshake->pair( $url, $code, $confirm_http );
				if ( true === $done ) {
					/** Calls can be signed from now on. */
					do_action( 'pearlbridge_paired' );
				}
				return $done;
			}
		);
	}

	/**
	 * Asks the sidecar whether it knows us, and learns what it says of itself.
	 *
	 * @return true|WP_Error
	 */
	public function ping() {
		if ( null !== $this->secrets->next() ) {
			$settled = Lock::run( self::LOCK, array( $this->rotation, 'settle' ) );
			if ( is_wp_error( $settled ) && 'busy' === $settled->get_error_code() ) {
				return $settled;
			}
		}
		$answer = $this->client->ping();
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$record = $this->record();
		return null === $record ? Failure::not_paired() : $record->learn( $answer );
	}

	/**
	 * Replaces the key.
	 *
	 * @return true|WP_Error
	 */
	public function rotate() {
		$done = Lock::run( self::LOCK, array( $this->rotation, 'rotate' ) );
		if ( true === $done ) {
			/** A new key signs from now on. */
			do_action( 'pearlbridge_rotated' );
		}
		return $done;
	}

	/**
	 * Ends the pairing. A shop that has moved ends it here alone, because the sidecar may still be
	 * working for the shop this one was copied from.
	 *
	 * @return true|WP_Error
	 */
	public function forget() {
		return Lock::run(
			self::LOCK,
			function () {
				$is_copy = self::MOVED === $this->state();
				/**
				 * The pairing is about to end.
				 *
				 * @param bool $is_copy Nothing but this site's own database may be touched.
				 */
				do_action( 'pearlbridge_unpairing', $is_copy );
				if ( $this->is_live() ) {
					// Ends here even when the sidecar cannot be told; its operator can unpair there, too.
					$this->client->request( 'POST', '/v1/revoke', array(), Sidecar_Client::READ );
				}
				$this->clear();
				if ( $is_copy ) {
					Clone_Guard::renew_site_id();
				}
				return true;
			}
		);
	}

	/**
	 * A person says that this is the shop, at a new address: the pairing goes on here.
	 *
	 * @return true|WP_Error
	 */
	public function move() {
		return Lock::run(
			self::LOCK,
			function () {
				$record = $this->record();
				$key    = $this->secrets->current();
				if ( null === $record || null === $key ) {
					return Failure::not_paired();
				}
				if ( ! Clone_Guard::has_moved( $record->home ) ) {
					return true;
				}
				$answer = $this->client->request_as(
					$record,
					$key,
					'POST',
					'/v1/moved',
					array(
						'siteId'   => $this->site_id(),
						'storeUrl' => Clone_Guard::home(),
					)
				);
				if ( is_wp_error( $answer ) ) {
					return $answer;
				}
				$record->home = Clone_Guard::fingerprint();
				$record->save();
				$record->learn( $answer );
				/** This action is documented in pair(). */
				do_action( 'pearlbridge_paired' );
				return true;
			}
		);
	}

	/**
	 * Nothing of the pairing stays.
	 */
	private function clear(): void {
		Pairing_Record::delete();
		$this->secrets->forget();
		Usage::forget();
		Sidecar_Address::forget();
	}
}
