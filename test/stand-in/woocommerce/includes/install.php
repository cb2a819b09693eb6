<?php
/**
 * Tables, rights, post types and the menu.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In {
	defined( 'ABSPATH' ) || exit;

	function register_post_types() {
		$hidden = array(
			'public'  => false,
			'show_ui' => false,
		);
		register_post_type( 'product', array_merge( $hidden, array( 'label' => 'Products' ) ) );
		register_post_type( 'product_variation', array_merge( $hidden, array( 'label' => 'Variations' ) ) );
		register_post_type( 'shop_order', array_merge( $hidden, array( 'label' => 'Orders' ) ) );
		register_post_type( 'shop_order_refund', array_merge( $hidden, array( 'label' => 'Refunds' ) ) );
		// Orders take their ids from the same well as posts, so that no product has the id of an order.
		register_post_type( 'shop_order_placehold', array_merge( $hidden, array( 'label' => 'Order ids' ) ) );
		foreach ( array_keys( wc_get_order_statuses() ) as $status ) {
			register_post_status( $status, array( 'public' => false ) );
		}
	}

	function register_menu() {
		add_menu_page( 'WooCommerce', 'WooCommerce', 'edit_others_shop_orders', 'woocommerce', '__return_null', 'dashicons-cart', 55.5 );
		add_submenu_page( 'woocommerce', 'Orders', 'Orders', 'edit_others_shop_orders', 'wc-orders', '__return_null' );
	}
}

namespace {
	/**
	 * Installing.
	 */
	class WC_Install {
		public static function install() {
			self::create_tables();
			add_role( 'shop_manager', 'Shop manager', array( 'read' => true ) );
			add_role( 'customer', 'Customer', array( 'read' => true ) );
			foreach ( array( 'administrator', 'shop_manager' ) as $name ) {
				$role = get_role( $name );
				foreach ( array( 'manage_woocommerce', 'edit_others_shop_orders', 'read_private_shop_orders' ) as $right ) {
					$role->add_cap( $right );
				}
			}
			add_option( 'woocommerce_version', WC_VERSION );
			add_option( 'woocommerce_currency', 'GBP' );
			add_option( 'woocommerce_manage_stock', 'yes' );
			add_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
		}

		public static function create_tables() {
			global $wpdb;
			require_once ABSPATH . 'wp-admin/includes/upgrade.php';
			$charset = $wpdb->get_charset_collate();
			$tables  = array(
				'wc_orders'               => 'id bigint(20) unsigned NOT NULL, status varchar(20) NOT NULL, type varchar(20) NOT NULL,
					parent_order_id bigint(20) unsigned NOT NULL DEFAULT 0, date_updated_gmt datetime NOT NULL, props longtext NOT NULL,
					PRIMARY KEY  (id), KEY parent_order_id (parent_order_id)',
				'wc_orders_meta'          => 'id bigint(20) unsigned NOT NULL AUTO_INCREMENT, order_id bigint(20) unsigned NOT NULL,
					meta_key varchar(255) NOT NULL, meta_value longtext NOT NULL, PRIMARY KEY  (id), KEY order_id (order_id)',
				'woocommerce_order_items' => 'order_item_id bigint(20) unsigned NOT NULL AUTO_INCREMENT, order_id bigint(20) unsigned NOT NULL,
					order_item_type varchar(200) NOT NULL, props longtext NOT NULL, PRIMARY KEY  (order_item_id), KEY order_id (order_id)',
				'wc_webhooks'             => 'webhook_id bigint(20) unsigned NOT NULL AUTO_INCREMENT, status varchar(200) NOT NULL, name text NOT NULL,
					user_id bigint(20) unsigned NOT NULL, delivery_url text NOT NULL, secret text NOT NULL, topic varchar(200) NOT NULL,
					api_version smallint(4) NOT NULL, failure_count smallint(10) NOT NULL DEFAULT 0, pending_delivery tinyint(1) NOT NULL DEFAULT 0,
					PRIMARY KEY  (webhook_id)',
				'woocommerce_api_keys'    => 'key_id bigint(20) unsigned NOT NULL AUTO_INCREMENT, user_id bigint(20) unsigned NOT NULL,
					description varchar(200) NULL, permissions varchar(10) NOT NULL, consumer_key char(64) NOT NULL, consumer_secret char(43) NOT NULL,
					nonces longtext NULL, truncated_key char(7) NOT NULL, last_access datetime NULL, PRIMARY KEY  (key_id), KEY consumer_key (consumer_key)',
				'stand_in_queue'          => 'id bigint(20) unsigned NOT NULL AUTO_INCREMENT, due int(10) unsigned NOT NULL, hook varchar(190) NOT NULL,
					args longtext NOT NULL, grp varchar(190) NOT NULL, PRIMARY KEY  (id)',
			);
			foreach ( $tables as $name => $columns ) {
				$columns = preg_replace( '/,\s+/', ",\n", $columns );
				dbDelta( "CREATE TABLE {$wpdb->prefix}{$name} (\n{$columns}\n) {$charset};" );
			}
		}
	}
}
