<?php
/**
 * Work that sends the customer nothing.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Holds the shop's customer mails back while something is done; those to the shop's own people go out. REST has no
 * parameter for it (WooCommerce reference 2, §4).
 *
 * Every mail that says it is for customers is held back, those that other plugins add among them. A shop may put
 * its mails off to a later request, in which nothing of this would hold: meanwhile they are sent at once.
 */
class Quiet_Mails {

	/** After everybody else: nobody switches a mail on again. */
	const LAST = PHP_INT_MAX;

	/** What WooCommerce hooks in where mails are put off, and where they are sent at once. */
	const PUT_OFF = array( 'WC_Emails', 'queue_transactional_email' );
	const AT_ONCE = array( 'WC_Emails', 'send_transactional_email' );

	/**
	 * Does work without customer mails. Afterwards everything is as it was, also when the work throws.
	 *
	 * @param callable $work Work.
	 * @return mixed What the work returns.
	 */
	public static function during( callable $work ) {
		$ids     = self::customer_mails();
		$put_off = self::send_at_once();
		// Of our own: taking them away again takes nothing of anybody else's.
		$never  = static function (): bool {
			return false;
		};
		$nobody = static function (): string {
			return '';
		};
		foreach ( $ids as $id ) {
			add_filter( "woocommerce_email_enabled_$id", $never, self::LAST );
			add_filter( "woocommerce_email_recipient_$id", $nobody, self::LAST );
		}
		try {
			return $work();
		} finally {
			foreach ( $ids as $id ) {
				remove_filter( "woocommerce_email_enabled_$id", $never, self::LAST );
				remove_filter( "woocommerce_email_recipient_$id", $nobody, self::LAST );
			}
			foreach ( $put_off as $hook => $priority ) {
				remove_action( $hook, self::AT_ONCE, $priority );
				add_action( $hook, self::PUT_OFF, $priority, 10 );
			}
		}
	}

	/**
	 * Ids of the mails that go to customers.
	 *
	 * @return list<string>
	 */
	private static function customer_mails(): array {
		$ids = array();
		foreach ( WC()->mailer()->get_emails() as $mail ) {
			if ( $mail instanceof \WC_Email && $mail->is_customer_email() ) {
				$ids[] = (string) $mail->id;
			}
		}
		return array_values( array_unique( $ids ) );
	}

	/**
	 * Takes care that no mail is put off.
	 *
	 * @return array<string, int> Hook => priority of what was changed.
	 */
	private static function send_at_once(): array {
		$changed = array();
		foreach ( array_keys( $GLOBALS['wp_filter'] ) as $hook ) {
			$hook     = (string) $hook;
			$priority = has_action( $hook, self::PUT_OFF );
			if ( is_int( $priority ) ) {
				remove_action( $hook, self::PUT_OFF, $priority );
				add_action( $hook, self::AT_ONCE, $priority, 10 );
				$changed[ $hook ] = $priority;
			}
		}
		return $changed;
	}
}
