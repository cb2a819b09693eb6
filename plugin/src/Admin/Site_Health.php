<?php
/**
 * Site Health.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Bridge\Failure;
use Pearlbridge\Bridge\Pairing;
use Pearlbridge\Bridge\Secret_Store;
use Pearlbridge\Bridge\Sidecar_Client;
use Pearlbridge\Bridge\Usage;
use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * One test at once (is it configured), one that takes its time (does the sidecar answer, do the
 * clocks agree), and a section of information.
 */
final class Site_Health {

	const ROUTE = '/site-health/sidecar';

	/** Seconds by which the clocks may differ before it is mentioned; at 300 calls are refused. */
	const CLOCK = 60;

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
	 * The way to the sidecar.
	 *
	 * @var Sidecar_Client
	 */
	private $client;

	/**
	 * Tests nothing yet.
	 *
	 * @param Pairing        $pairing Pairing.
	 * @param Secret_Store   $secrets Keys.
	 * @param Sidecar_Client $client  The way to the sidecar.
	 */
	public function __construct( Pairing $pairing, Secret_Store $secrets, Sidecar_Client $client ) {
		$this->pairing = $pairing;
		$this->secrets = $secrets;
		$this->client  = $client;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'tests' ) );
		add_filter( 'debug_information', array( $this, 'information' ) );
	}

	/**
	 * Adds the tests.
	 *
	 * @param array<string, array<string, mixed>> $tests Tests.
	 * @return array<string, array<string, mixed>>
	 */
	public function tests( $tests ): array {
		$tests = is_array( $tests ) ? $tests : array();

		$tests['direct']['pearlbridge_configured'] = array(
			'label' => __( 'Pearlbridge is configured', 'pearlbridge' ),
			'test'  => array( $this, 'configured' ),
		);
		if ( $this->pairing->is_live() ) {
			$tests['async']['pearlbridge_sidecar'] = array(
				'label'             => __( 'The sidecar of Pearlbridge answers', 'pearlbridge' ),
				'test'              => rest_url( Rights::NAMESPACE_V1 . self::ROUTE ),
				'has_rest'          => true,
				'async_direct_test' => array( $this, 'sidecar' ),
			);
		}
		return $tests;
	}

	/**
	 * Is it configured?
	 *
	 * @return array<string, mixed>
	 */
	public function configured(): array {
		$test = 'pearlbridge_configured';
		switch ( $this->pairing->state() ) {
			case Pairing::UNPAIRED:
				return self::result( $test, 'recommended', __( 'Pearlbridge is not paired yet', 'pearlbridge' ), __( 'Until it is paired with its sidecar, no order reaches Brightpearl and no stock comes back.', 'pearlbridge' ) );
			case Pairing::MOVED:
				return self::result( $test, 'critical', __( 'Pearlbridge is paused because this site has moved', 'pearlbridge' ), __( 'Say whether this is the shop at its new address or a copy of it.', 'pearlbridge' ) );
		}
		if ( Secret_Store::WRONG_CONFIG === $this->secrets->health() ) {
			return self::result( $test, 'critical', __( 'PEARLBRIDGE_SECRET is not a key', 'pearlbridge' ), __( 'Write it in wp-config.php as key id, colon, secret in base64; or remove it and pair again.', 'pearlbridge' ) );
		}
		if ( Secret_Store::OK !== $this->secrets->health() ) {
			return self::result( $test, 'critical', __( 'The secret of Pearlbridge’s pairing cannot be read', 'pearlbridge' ), __( 'The salts in wp-config.php have changed since. Forget the pairing and pair again.', 'pearlbridge' ) );
		}
		if ( Usage::is_lost() ) {
			return self::result( $test, 'critical', __( 'The sidecar does not know this shop any more', 'pearlbridge' ), __( 'Forget the pairing and pair again.', 'pearlbridge' ) );
		}
		$key     = $this->secrets->current();
		$created = null === $key ? null : $key->created_at();
		if ( null !== $created && $created > 0 && time() - $created > YEAR_IN_SECONDS ) {
			return self::result( $test, 'recommended', __( 'The key of Pearlbridge’s pairing is over a year old', 'pearlbridge' ), __( 'Replace it on the pairing screen; nothing stops while that happens.', 'pearlbridge' ) );
		}
		return self::result( $test, 'good', __( 'Pearlbridge is configured', 'pearlbridge' ), __( 'The shop is paired with a sidecar.', 'pearlbridge' ) );
	}

	/**
	 * Does the sidecar answer, and do the clocks agree?
	 *
	 * @return array<string, mixed>
	 */
	public function sidecar(): array {
		$test   = 'pearlbridge_sidecar';
		$answer = $this->client->ping();
		if ( is_wp_error( $answer ) ) {
			$fix = Failure::datum( $answer, 'fix' );
			return self::result( $test, 'critical', __( 'The sidecar of Pearlbridge does not answer as it should', 'pearlbridge' ), $answer->get_error_message() . ( is_string( $fix ) ? ' ' . $fix : '' ) );
		}
		$there = is_string( $answer['time'] ?? null ) ? strtotime( $answer['time'] ) : false;
		if ( false !== $there && abs( $there - time() ) > self::CLOCK ) {
			return self::result(
				$test,
				'recommended',
				__( 'The clocks of this server and of Pearlbridge’s sidecar differ', 'pearlbridge' ),
				/* translators: %s: a span of time such as "2 minutes". */
				sprintf( __( 'They differ by %s. From five minutes on, calls are refused. Let both machines set their clocks by a time server.', 'pearlbridge' ), human_time_diff( $there, time() ) )
			);
		}
		return self::result( $test, 'good', __( 'The sidecar of Pearlbridge answers', 'pearlbridge' ), __( 'It knows this shop, and the clocks agree.', 'pearlbridge' ) );
	}

	/**
	 * The section of information.
	 *
	 * @param array<string, array<string, mixed>> $sections Sections.
	 * @return array<string, array<string, mixed>>
	 */
	public function information( $sections ): array {
		$sections = is_array( $sections ) ? $sections : array();
		$key      = $this->secrets->current();
		$last     = Usage::last_used();
		$never    = __( 'never', 'pearlbridge' );
		$none     = __( 'none', 'pearlbridge' );

		$sections['pearlbridge'] = array(
			'label'  => __( 'Pearlbridge', 'pearlbridge' ),
			'fields' => array(
				'version'     => array(
					'label' => __( 'Version', 'pearlbridge' ),
					'value' => PEARLBRIDGE_VERSION,
				),
				'state'       => array(
					'label' => __( 'Pairing', 'pearlbridge' ),
					'value' => $this->pairing->state(),
				),
				'connection'  => array(
					'label' => __( 'Connection', 'pearlbridge' ),
					'value' => '' === $this->pairing->connection() ? $none : $this->pairing->connection(),
				),
				'secret'      => array(
					'label' => __( 'Secret', 'pearlbridge' ),
					'value' => $this->secrets->health() . ( $this->secrets->is_from_config() ? ' (wp-config.php)' : '' ),
				),
				'last_used'   => array(
					'label' => __( 'Last signed call', 'pearlbridge' ),
					'value' => null === $last ? $never : gmdate( 'c', $last ),
				),
				'sidecar_url' => array(
					'label'   => __( 'Address of the sidecar', 'pearlbridge' ),
					'value'   => '' === $this->pairing->sidecar_url() ? $none : $this->pairing->sidecar_url(),
					'private' => true,
				),
				'key_id'      => array(
					'label'   => __( 'Key id', 'pearlbridge' ),
					'value'   => null === $key ? $none : $key->id(),
					'private' => true,
				),
			),
		);
		return $sections;
	}

	/**
	 * What a test answers.
	 *
	 * @param string $test        Test.
	 * @param string $status      `good`, `recommended` or `critical`.
	 * @param string $label       Title.
	 * @param string $description Plain text.
	 * @return array<string, mixed>
	 */
	private static function result( string $test, string $status, string $label, string $description ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Pearlbridge', 'pearlbridge' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $description ) . '</p>',
			'actions'     => 'good' === $status ? '' : sprintf( '<p><a href="%s">%s</a></p>', esc_url( Menu::url() ), esc_html__( 'Open Pearlbridge', 'pearlbridge' ) ),
			'test'        => $test,
		);
	}
}
