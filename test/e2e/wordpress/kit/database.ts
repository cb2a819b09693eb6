/** What a WordPress holds in its database, so that two moments can be compared. */
import type { Shop } from './shop.ts';

export interface Inventory {
	readonly tables: readonly string[];
	readonly options: readonly string[];
	readonly userMeta: readonly string[];
	readonly cron: readonly string[];
	readonly webhooks: number;
	readonly apiKeys: number;
	/** Wherever the plugin's name is left, by table. */
	readonly traces: readonly string[];
}

const TAKE = `
	global $wpdb;
	$tables  = $wpdb->get_col( 'SHOW TABLES' );
	$count   = function ( $table ) use ( $wpdb, $tables ) { return in_array( $wpdb->prefix . $table, $tables, true ) ? (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}$table" ) : 0; };
	$cron    = array();
	foreach ( _get_cron_array() as $hooks ) { $cron = array_merge( $cron, array_keys( $hooks ) ); }
	$traces  = array();
	foreach ( $tables as $table ) {
		foreach ( $wpdb->get_results( "SELECT * FROM $table", ARRAY_A ) as $row ) {
			$text = wp_json_encode( $row );
			// WordPress itself keeps lists of the plugins it finds in the folder.
			if ( preg_match( '/^(_site_transient_|recently_activated)/', $row['option_name'] ?? '' ) ) { continue; }
			if ( false !== stripos( $text, 'pearlbridge' ) ) { $traces[] = "$table: " . substr( $text, 0, 200 ); }
		}
	}
	sort( $tables );
	$cron = array_values( array_unique( $cron ) ); sort( $cron );
	echo wp_json_encode( array(
		'tables'   => $tables,
		'options'  => $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name NOT LIKE '%transient%' ORDER BY option_name" ),
		'userMeta' => $wpdb->get_col( "SELECT DISTINCT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE '%pearlbridge%'" ),
		'cron'     => $cron,
		'webhooks' => $count( 'wc_webhooks' ),
		'apiKeys'  => $count( 'woocommerce_api_keys' ),
		'traces'   => $traces,
	) );`;

export async function inventory( shop: Shop ): Promise< Inventory > {
	return JSON.parse( await shop.run( TAKE ) ) as Inventory;
}
