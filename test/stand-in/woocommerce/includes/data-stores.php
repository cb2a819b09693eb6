<?php
/**
 * Finding the data store of a type.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * In WooCommerce a wrapper around the store; here the store itself.
 */
class WC_Data_Store {
	/**
	 * The store.
	 *
	 * @var object
	 */
	private $instance;

	public function __construct( $object_type ) {
		$stores = array(
			'order'   => Pearlbridge_Stand_In\Order_Store::class,
			'product' => WC_Product_Data_Store_CPT::class,
			'webhook' => WC_Webhook_Data_Store::class,
		);
		if ( ! isset( $stores[ $object_type ] ) ) {
			throw new Exception( 'Invalid data store.' );
		}
		$this->instance = new $stores[ $object_type ]();
	}

	public static function load( $object_type ) {
		return new self( $object_type );
	}

	public function read( &$data ) {
		$this->instance->read( $data );
	}

	public function create( &$data ) {
		$this->instance->create( $data );
	}

	public function update( &$data ) {
		$this->instance->update( $data );
	}

	public function delete( &$data, $args = array() ) {
		$this->instance->delete( $data, $args );
	}

	public function __call( $method, $parameters ) {
		return $this->instance->$method( ...$parameters );
	}
}
