<?php
/**
 * What every object of the shop is made of: properties with changes, and meta.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * A time.
 */
class WC_DateTime extends DateTime {
}

/**
 * Properties and meta.
 */
abstract class WC_Data {
	protected $id          = 0;
	protected $data        = array();
	protected $changes     = array();
	protected $object_read = false;
	protected $object_type = 'data';
	protected $data_store;

	/**
	 * Key => value, as stored and as it shall be.
	 *
	 * @var array<string, mixed>|null
	 */
	protected $meta_data = null;

	public function get_id() {
		return $this->id;
	}

	public function set_id( $id ) {
		$this->id = absint( $id );
	}

	public function get_data_store() {
		return $this->data_store;
	}

	public function set_object_read( $read = true ) {
		$this->object_read = (bool) $read;
	}

	public function get_changes() {
		return $this->changes;
	}

	public function apply_changes() {
		$this->data    = array_replace( $this->data, $this->changes );
		$this->changes = array();
	}

	public function get_data() {
		return array_merge( array( 'id' => $this->get_id() ), $this->data, $this->changes );
	}

	public function set_props( $props, $context = 'set' ) {
		foreach ( $props as $name => $value ) {
			if ( is_callable( array( $this, "set_$name" ) ) ) {
				$this->{"set_$name"}( $value );
			} elseif ( array_key_exists( $name, $this->data ) ) {
				$this->set_prop( $name, $value );
			}
		}
		return true;
	}

	public function save() {
		if ( ! $this->data_store ) {
			return $this->get_id();
		}
		do_action( 'woocommerce_before_' . $this->object_type . '_object_save', $this, $this->data_store );
		if ( $this->get_id() ) {
			$this->data_store->update( $this );
		} else {
			$this->data_store->create( $this );
		}
		do_action( 'woocommerce_after_' . $this->object_type . '_object_save', $this, $this->data_store );
		return $this->get_id();
	}

	public function delete( $force_delete = false ) {
		if ( ! $this->data_store ) {
			return false;
		}
		$this->data_store->delete( $this, array( 'force_delete' => $force_delete ) );
		$this->set_id( 0 );
		return true;
	}

	public function meta_exists( $key = '' ) {
		return array_key_exists( $key, $this->meta() );
	}

	public function get_meta( $key = '', $single = true, $context = 'view' ) {
		$value = $this->meta()[ $key ] ?? '';
		return $single ? $value : array( $value );
	}

	public function get_meta_data() {
		$list = array();
		foreach ( $this->meta() as $key => $value ) {
			$list[] = (object) array(
				'id'    => 0,
				'key'   => $key,
				'value' => $value,
			);
		}
		return $list;
	}

	public function update_meta_data( $key, $value, $meta_id = 0 ) {
		$this->meta();
		$this->meta_data[ $key ] = $value;
	}

	public function add_meta_data( $key, $value, $unique = false ) {
		$this->update_meta_data( $key, $value );
	}

	public function delete_meta_data( $key ) {
		$this->meta();
		unset( $this->meta_data[ $key ] );
	}

	public function save_meta_data() {
		if ( null !== $this->meta_data ) {
			$this->data_store->stand_in_write_meta( $this->get_id(), $this->meta_data );
		}
	}

	protected function set_prop( $prop, $value ) {
		if ( ! array_key_exists( $prop, $this->data ) ) {
			return;
		}
		// A value that is what the object believes already is no change, and is not written.
		if ( ! $this->object_read ) {
			$this->data[ $prop ] = $value;
		} elseif ( $value !== $this->data[ $prop ] || array_key_exists( $prop, $this->changes ) ) {
			$this->changes[ $prop ] = $value;
		}
	}

	protected function get_prop( $prop, $context = 'view' ) {
		$value = $this->changes[ $prop ] ?? $this->data[ $prop ] ?? null;
		return 'view' === $context ? apply_filters( 'woocommerce_' . $this->object_type . '_get_' . $prop, $value, $this ) : $value;
	}

	protected function set_date_prop( $prop, $value ) {
		if ( is_numeric( $value ) ) {
			$value = new WC_DateTime( '@' . $value );
		} elseif ( is_string( $value ) && '' !== $value ) {
			$value = new WC_DateTime( $value, new DateTimeZone( 'UTC' ) );
		}
		$this->set_prop( $prop, $value instanceof WC_DateTime ? $value : null );
	}

	private function meta(): array {
		if ( null === $this->meta_data ) {
			$this->meta_data = $this->get_id() && $this->data_store ? $this->data_store->stand_in_read_meta( $this->get_id() ) : array();
		}
		return $this->meta_data;
	}
}
