<?php
/**
 * What orders and refunds share.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

/**
 * An order or a refund.
 */
abstract class WC_Abstract_Order extends WC_Data {
	protected $object_type = 'order';

	protected $data = array(
		'parent_id'          => 0,
		'status'             => '',
		'currency'           => '',
		'prices_include_tax' => false,
		'date_created'       => null,
		'date_modified'      => null,
		'total'              => '0',
		'total_tax'          => '0',
	);

	/**
	 * Lines, once they are read.
	 *
	 * @var WC_Order_Item[]|null
	 */
	protected $items = null;

	/**
	 * Lines that go with the next save.
	 *
	 * @var WC_Order_Item[]
	 */
	protected $items_to_delete = array();

	public function __construct( $order = 0 ) {
		$this->data_store = WC_Data_Store::load( 'order' );
		$this->set_id( $order instanceof WC_Abstract_Order ? $order->get_id() : (int) $order );
		if ( $this->get_id() ) {
			$this->data_store->read( $this );
		}
		$this->set_object_read( true );
	}

	public function get_type() {
		return 'shop_order';
	}

	public function get_parent_id( $context = 'view' ) {
		return $this->get_prop( 'parent_id', $context );
	}

	public function get_currency( $context = 'view' ) {
		return $this->get_prop( 'currency', $context );
	}

	public function get_prices_include_tax( $context = 'view' ) {
		return $this->get_prop( 'prices_include_tax', $context );
	}

	public function get_date_created( $context = 'view' ) {
		return $this->get_prop( 'date_created', $context );
	}

	public function get_date_modified( $context = 'view' ) {
		return $this->get_prop( 'date_modified', $context );
	}

	public function get_status( $context = 'view' ) {
		$status = $this->get_prop( 'status', $context );
		return '' === $status && 'view' === $context ? 'pending' : $status;
	}

	public function get_total( $context = 'view' ) {
		return $this->get_prop( 'total', $context );
	}

	public function get_total_tax( $context = 'view' ) {
		return $this->get_prop( 'total_tax', $context );
	}

	public function set_parent_id( $value ) {
		$this->set_prop( 'parent_id', absint( $value ) );
	}

	public function set_currency( $value ) {
		$this->set_prop( 'currency', $value );
	}

	public function set_prices_include_tax( $value ) {
		$this->set_prop( 'prices_include_tax', (bool) $value );
	}

	public function set_date_created( $date = null ) {
		$this->set_date_prop( 'date_created', $date );
	}

	public function set_date_modified( $date = null ) {
		$this->set_date_prop( 'date_modified', $date );
	}

	public function set_total( $value, $deprecated = '' ) {
		$this->set_prop( 'total', (string) $value );
	}

	public function set_status( $new_status ) {
		$old = $this->get_status( 'edit' );
		$new = 0 === strpos( $new_status, 'wc-' ) ? substr( $new_status, 3 ) : $new_status;
		$this->set_prop( 'status', $new );
		return array(
			'from' => $old,
			'to'   => $new,
		);
	}

	public function get_items( $types = 'line_item' ) {
		$list = array();
		foreach ( $this->read_items() as $key => $item ) {
			if ( in_array( $item->get_type(), (array) $types, true ) ) {
				$list[ $key ] = $item;
			}
		}
		return $list;
	}

	public function get_item( $item_id, $load_from_db = true ) {
		return $this->read_items()[ $item_id ] ?? false;
	}

	public function add_item( $item ) {
		$this->read_items();
		if ( $item->get_id() ) {
			$this->items[ $item->get_id() ] = $item;
		} else {
			$this->items[ 'new' . count( $this->items ) ] = $item;
		}
	}

	public function add_product( $product, $qty = 1, $args = array() ) {
		$item = new WC_Order_Item_Product();
		$item->set_product( $product );
		$item->set_quantity( $qty );
		$price = (float) $product->get_price( 'edit' ) * $qty;
		$item->set_subtotal( number_format( $price, 2, '.', '' ) );
		$item->set_total( number_format( $price, 2, '.', '' ) );
		$item->set_order_id( $this->get_id() );
		$item->save();
		$this->add_item( $item );
		return $item->get_id();
	}

	public function remove_item( $item_id ) {
		$item = $this->get_item( $item_id );
		if ( ! $item ) {
			return false;
		}
		$this->items_to_delete[] = $item;
		unset( $this->items[ $item_id ] );
	}

	public function calculate_totals( $and_taxes = true ) {
		$total = 0.0;
		foreach ( $this->get_items() as $item ) {
			$total += (float) $item->get_total( 'edit' );
		}
		$this->set_total( number_format( $total, 2, '.', '' ) );
		$this->save();
		return $total;
	}

	public function save() {
		parent::save();
		$this->save_items();
		return $this->get_id();
	}

	/**
	 * Lines are written after the order itself: `woocommerce_new_order` comes without them.
	 */
	protected function save_items() {
		foreach ( $this->items_to_delete as $item ) {
			$item->delete( true );
		}
		$this->items_to_delete = array();
		$items                 = array();
		foreach ( $this->items ?? array() as $item ) {
			$item->set_order_id( $this->get_id() );
			$items[ $item->save() ] = $item;
		}
		$this->items = null === $this->items ? null : $items;
	}

	private function read_items(): array {
		if ( null === $this->items ) {
			$this->items = $this->get_id() ? $this->data_store->stand_in_read_items( $this->get_id() ) : array();
		}
		return $this->items;
	}
}
