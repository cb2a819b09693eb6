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
	 * Rules for addresses.
	 *
	 * @var Sidecar_Url
	 */
	private $urls;

	/**
	 * Unix seconds.
	 *
	 * @var callable(): int
	 */
	private $clock;

	/**
	 * Does nothing yet.
	 *
	 * @param Secret_Store    $secrets Keys.
	 * @param Sidecar_Client  $client  The way to the sidecar.
	 * @param Sidecar_Url     $urls    Rules for addresses.
	 * @param callable(): int $clock   Unix seconds.
	 */
	public function __construct( Secret_Store $secrets, Sidecar_Client $client, Sidecar_Url $urls, callable $clock ) {
		$this->secrets = $secrets;
		$this->client  = $client;
		$this->urls    = $urls;
		$this->clock   = $clock;
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
				if ( $this->secrets->is_from_config() ) {
					return self::fixed_in_config( __( 'A new pairing brings a new secret, but PEARLBRIDGE_SECRET in wp-config.php would win over it.', 'pearlbridge' ) );
				}
				$address = $this->urls->read( $url, $confirm_http );
				if ( is_wp_error( $address ) ) {
					return $address;
				}
				$read = Pairing_Code::read( $code );
				return null === $read ? self::no_code() : $this->begin( $address, $read );
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
			$settled = Lock::run( self::LOCK, array( $this, 'settle' ) );
			if ( is_wp_error( $settled ) && 'busy' === $settled->get_error_code() ) {
				return $settled;
			}
		}
		$answer = $this->client->ping();
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$record = $this->record();
		return null === $record ? Failure::not_paired() : self::learn( $record, $answer );
	}

	/**
	 * Replaces the key: the sidecar makes the next one, a call signed with it proves that it arrived,
	 * and only then it becomes the current one.
	 *
	 * @return true|WP_Error
	 */
	public function rotate() {
		return Lock::run(
			self::LOCK,
			function () {
				if ( $this->secrets->is_from_config() ) {
					return self::fixed_in_config( __( 'The secret stands in wp-config.php, where Pearlbridge cannot change it.', 'pearlbridge' ) );
				}
				// A rotation that was cut short is finished first: the sidecar may be ahead of us.
				$this->settle();
				$answer = $this->client->request( 'POST', '/v1/rotate', array(), Sidecar_Client::COMMAND );
				if ( is_wp_error( $answer ) ) {
					return $answer;
				}
				$current = $this->secrets->current();
				$plain   = null === $current ? null : Pairing_Code::unseal_rotation( $current, self::text( $answer, 'sealed' ) );
				$grant   = self::object( $plain );
				$next    = Key::read( $grant['keyId'] ?? null, $grant['secret'] ?? null, ( $this->clock )() );
				if ( null === $next ) {
					return self::bad_seal( __( 'Nothing was changed. Try again.', 'pearlbridge' ) );
				}
				if ( ! $this->secrets->keep_next( $next ) ) {
					return self::not_stored();
				}
				return $this->settle();
			}
		);
	}

	/**
	 * Finishes a rotation: when the sidecar takes the next key it becomes the current one, and when
	 * the sidecar does not know it, it goes. Under the lock.
	 *
	 * @return true|WP_Error
	 */
	public function settle() {
		$record = $this->record();
		$next   = $this->secrets->next();
		if ( null === $record || null === $next ) {
			return true;
		}
		if ( Clone_Guard::has_moved( $record->home ) ) {
			return Failure::site_moved();
		}
		$answer = $this->client->request_as( $record, $next, 'GET', '/v1/ping' );
		if ( ! is_wp_error( $answer ) ) {
			$this->secrets->promote( ( $this->clock )() );
			return true;
		}
		if ( in_array( Failure::datum( $answer, 'refusal' ), array( 'unknown-key', 'wrong-signature' ), true ) ) {
			$this->secrets->drop_next();
		}
		return $answer;
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
				self::learn( $record, $answer );
				/** Calls can be signed, and were not until now. */
				do_action( 'pearlbridge_paired' );
				return true;
			}
		);
	}

	/**
	 * The exchange itself.
	 *
	 * @param string       $url  Base URL.
	 * @param Pairing_Code $code Code.
	 * @return true|WP_Error
	 */
	private function begin( string $url, Pairing_Code $code ) {
		$body   = (string) wp_json_encode(
			array(
				'connection'    => null,
				'storeUrl'      => Clone_Guard::home(),
				'siteId'        => $this->site_id(),
				'pluginVersion' => PEARLBRIDGE_VERSION,
				'wpVersion'     => (string) get_bloginfo( 'version' ),
				'wcVersion'     => defined( 'WC_VERSION' ) ? (string) WC_VERSION : null,
				'time'          => ( $this->clock )(),
			),
			JSON_UNESCAPED_SLASHES
		);
		$proof  = $code->proof( $body );
		$answer = $this->client->pair( $url, $body, $proof );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$grant = self::object( $code->unseal( self::text( $answer, 'sealed' ), $proof ) );
		$key   = Key::read( $grant['keyId'] ?? null, $grant['secret'] ?? null, ( $this->clock )() );
		if ( null === $key || '' === self::text( $grant, 'sidecarId' ) || '' === self::text( $grant, 'connection' ) ) {
			return self::bad_seal( __( 'Check the address; then ask the sidecar for a new code.', 'pearlbridge' ) );
		}
		$record              = new Pairing_Record();
		$record->sidecar_url = $url;
		$record->sidecar_id  = self::text( $grant, 'sidecarId' );
		$record->connection  = self::text( $grant, 'connection' );
		$record->webhook_url = self::address( $grant['webhookUrl'] ?? null );
		$record->home        = Clone_Guard::fingerprint();
		$record->since       = ( $this->clock )();
		return $this->go_live( $record, $key );
	}

	/**
	 * Keeps the secret, and takes the pairing for real once a signed call was answered.
	 *
	 * @param Pairing_Record $record Pairing.
	 * @param Key            $key    Its key.
	 * @return true|WP_Error
	 */
	private function go_live( Pairing_Record $record, Key $key ) {
		if ( ! $this->secrets->keep( $key ) ) {
			return self::not_stored();
		}
		Usage::forget();
		$answer = $this->client->request_as( $record, $key, 'GET', '/v1/ping' );
		if ( is_wp_error( $answer ) && (int) Failure::datum( $answer, 'status' ) >= 500 ) {
			// The code is burnt by now: one lost packet should not cost a new one.
			$answer = $this->client->request_as( $record, $key, 'GET', '/v1/ping' );
		}
		$learnt = is_wp_error( $answer ) ? $answer : self::learn( $record, $answer, false );
		if ( is_wp_error( $learnt ) ) {
			$this->client->request_as( $record, $key, 'POST', '/v1/revoke', array() );
			$this->clear();
			return Failure::of(
				(string) $learnt->get_error_code(),
				(int) ( Failure::datum( $learnt, 'status' ) ?? 502 ),
				/* translators: %s: what went wrong, one sentence. */
				sprintf( __( 'The pairing was agreed on, but the first signed call failed: %s', 'pearlbridge' ), $learnt->get_error_message() ),
				__( 'Ask the sidecar for a new code and pair again.', 'pearlbridge' )
			);
		}
		$record->save();
		/** Calls can be signed from now on. */
		do_action( 'pearlbridge_paired' );
		return true;
	}

	/**
	 * Keeps what the sidecar says of itself.
	 *
	 * @param Pairing_Record       $record Pairing.
	 * @param array<string, mixed> $answer Of a ping.
	 * @param bool                 $save   Writes it when it changed.
	 * @return true|WP_Error
	 */
	private static function learn( Pairing_Record $record, array $answer, bool $save = true ) {
		if ( self::text( $answer, 'sidecarId' ) !== $record->sidecar_id ) {
			return Failure::of(
				'sidecar_rejected',
				409,
				__( 'Another sidecar answers at this address than the one this shop was paired with.', 'pearlbridge' ),
				__( 'Forget the pairing and pair again, or bring the former sidecar back.', 'pearlbridge' )
			);
		}
		$before              = clone $record;
		$record->connection  = '' === self::text( $answer, 'connection' ) ? $record->connection : self::text( $answer, 'connection' );
		$record->webhook_url = self::address( $answer['webhookUrl'] ?? null );
		if ( $save && $before != $record ) { // phpcs:ignore WordPress.PHP.StrictComparisons.LooseComparison, Universal.Operators.StrictComparisons -- By value: two objects of one class.
			$record->save();
		}
		return true;
	}

	/**
	 * Nothing of the pairing stays.
	 */
	private function clear(): void {
		Pairing_Record::delete();
		$this->secrets->forget();
		Usage::forget();
	}

	/**
	 * A text of an answer; empty when there is none.
	 *
	 * @param array<string, mixed> $answer Answer.
	 * @param string               $name   Field.
	 */
	private static function text( array $answer, string $name ): string {
		return is_string( $answer[ $name ] ?? null ) ? $answer[ $name ] : '';
	}

	/**
	 * A http(s) address, or null.
	 *
	 * @param mixed $said What the sidecar said.
	 */
	private static function address( $said ): ?string {
		return is_string( $said ) && 1 === preg_match( '#\Ahttps?://[^\s\x00-\x1f]+\z#i', $said ) ? $said : null;
	}

	/**
	 * A JSON object; empty when it is none.
	 *
	 * @param string|null $json JSON.
	 * @return array<string, mixed>
	 */
	private static function object( ?string $json ): array {
		$value = null === $json ? null : json_decode( $json, true );
		return is_array( $value ) ? $value : array();
	}

	/**
	 * What was typed is no code.
	 */
	private static function no_code(): WP_Error {
		$message = __( 'This is not a pairing code.', 'pearlbridge' );
		return Failure::of(
			'invalid_code',
			400,
			$message,
			__( 'A code has twenty letters and digits, such as the sidecar prints for “pearlbridge pair”.', 'pearlbridge' ),
			array(
				'details' => array(
					array(
						'path'    => 'code',
						'message' => $message,
					),
				),
			)
		);
	}

	/**
	 * Whoever answered does not know the code, or the key.
	 *
	 * @param string $fix What to do.
	 */
	private static function bad_seal( string $fix ): WP_Error {
		return Failure::of(
			'bad_seal',
			502,
			__( 'What answered could not prove that it is your sidecar.', 'pearlbridge' ),
			$fix
		);
	}

	/**
	 * The option could not be written.
	 */
	private static function not_stored(): WP_Error {
		return Failure::of(
			'not_stored',
			500,
			__( 'The secret could not be stored in the database of this site.', 'pearlbridge' ),
			__( 'Look into the log of the database, then try again with a new code.', 'pearlbridge' )
		);
	}

	/**
	 * The constant stands in the way.
	 *
	 * @param string $message What cannot be done.
	 */
	private static function fixed_in_config( string $message ): WP_Error {
		return Failure::of( 'secret_from_config', 409, $message, __( 'Remove PEARLBRIDGE_SECRET from wp-config.php first.', 'pearlbridge' ) );
	}
}
