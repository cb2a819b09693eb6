<?php
/**
 * The entry under WooCommerce.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Admin;

use Pearlbridge\Rest\Rights;

defined( 'ABSPATH' ) || exit;

/**
 * One submenu, the header of WooCommerce's screens, and a link in the list of plugins.
 */
final class Menu {

	const SLUG = 'pearlbridge';

	/**
	 * The screen.
	 *
	 * @var Console_Page
	 */
	private $page;

	/**
	 * Adds nothing yet.
	 *
	 * @param Console_Page $page The screen.
	 */
	public function __construct( Console_Page $page ) {
		$this->page = $page;
	}

	/**
	 * Hooks in.
	 */
	public function register(): void {
		// After WooCommerce has made its menu.
		add_action( 'admin_menu', array( $this, 'add' ), 60 );
		add_filter( 'plugin_action_links_' . plugin_basename( PEARLBRIDGE_FILE ), array( $this, 'links' ) );
	}

	/**
	 * Where the screen is.
	 *
	 * @param array<string, string> $query More of the query.
	 */
	public static function url( array $query = array() ): string {
		return add_query_arg( array( 'page' => self::SLUG ) + $query, admin_url( 'admin.php' ) );
	}

	/**
	 * Adds the submenu.
	 */
	public function add(): void {
		$title = __( 'Pearlbridge', 'pearlbridge' );
		$hook  = add_submenu_page( 'woocommerce', $title, $title, Rights::CAPABILITY, self::SLUG, array( $this->page, 'render' ) );
		if ( false === $hook ) {
			return;
		}
		add_action( 'load-' . $hook, array( $this->page, 'load' ) );
		if ( function_exists( 'wc_admin_connect_page' ) ) {
			wc_admin_connect_page(
				array(
					'id'        => self::SLUG,
					'screen_id' => $hook,
					'title'     => $title,
					'path'      => add_query_arg( 'page', self::SLUG, 'admin.php' ),
				)
			);
		}
	}

	/**
	 * Links in the list of plugins.
	 *
	 * @param string[] $links Links.
	 * @return string[]
	 */
	public function links( $links ): array {
		$links = is_array( $links ) ? $links : array();
		if ( current_user_can( Rights::CAPABILITY ) ) {
			array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Open', 'pearlbridge' ) ) );
		}
		return $links;
	}
}
