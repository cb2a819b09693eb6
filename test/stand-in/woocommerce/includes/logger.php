<?php
/**
 * The log.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

interface WC_Logger_Interface {
	public function log( $level, $message, $context = array() );
	public function error( $message, $context = array() );
	public function warning( $message, $context = array() );
	public function info( $message, $context = array() );
	public function debug( $message, $context = array() );
}

/**
 * Tells everything to the action `stand_in_logged`, which WooCommerce does not have, and keeps nothing.
 */
class WC_Logger implements WC_Logger_Interface {
	public function log( $level, $message, $context = array() ) {
		// WooCommerce asks this filter what goes into the log; null = nothing.
		$message = apply_filters( 'woocommerce_logger_log_message', $message, $level, $context, null );
		if ( null !== $message ) {
			do_action( 'stand_in_logged', $level, $message, $context );
		}
	}

	public function error( $message, $context = array() ) {
		$this->log( 'error', $message, $context );
	}

	public function warning( $message, $context = array() ) {
		$this->log( 'warning', $message, $context );
	}

	public function info( $message, $context = array() ) {
		$this->log( 'info', $message, $context );
	}

	public function debug( $message, $context = array() ) {
		$this->log( 'debug', $message, $context );
	}
}

function wc_get_logger() {
	static $logger = null;
	if ( null === $logger ) {
		$logger = apply_filters( 'woocommerce_logging_class', null );
		$logger = $logger instanceof WC_Logger_Interface ? $logger : new WC_Logger();
	}
	return $logger;
}
