<?php
/**
 * Constants that WordPress and WooCommerce define and their stubs leave out. Read by PHPStan only.
 *
 * @package Pearlbridge
 */

define( 'ABSPATH', '/' );
define( 'WPINC', 'wp-includes' );
define( 'WP_CONTENT_DIR', '/wp-content' );
define( 'WP_PLUGIN_DIR', '/wp-content/plugins' );
define( 'WP_DEBUG', false );
define( 'WP_UNINSTALL_PLUGIN', 'pearlbridge/pearlbridge.php' );
define( 'WC_VERSION', '11.3.0' );
define( 'MINUTE_IN_SECONDS', 60 );
define( 'HOUR_IN_SECONDS', 3600 );
define( 'DAY_IN_SECONDS', 86400 );
define( 'WEEK_IN_SECONDS', 604800 );
define( 'MONTH_IN_SECONDS', 2592000 );
define( 'YEAR_IN_SECONDS', 31536000 );
define( 'KB_IN_BYTES', 1024 );
define( 'MB_IN_BYTES', 1048576 );
define( 'OBJECT', 'OBJECT' );
define( 'ARRAY_A', 'ARRAY_A' );
define( 'ARRAY_N', 'ARRAY_N' );
define( 'COOKIEPATH', '/' );
define( 'COOKIE_DOMAIN', '' );
define( 'ADMIN_COOKIE_PATH', '/wp-admin' );
define( 'AUTH_SALT', '' );
define( 'AUTH_KEY', '' );
