/**
 * What the settings and fields that problems speak of are called on the screens. Not the screens'
 * own tables: those bring their long texts along, and problems show on the first screen. A test
 * holds both against each other.
 */
import { __ } from '@wordpress/i18n';

/** Translated late: the texts are loaded after this module. */
export const NAMES: Readonly< Record< string, () => string > > = {
	goLive: () => __( 'Live since', 'pearlbridge' ),
	'orders.channelId': () => __( 'Channel', 'pearlbridge' ),
	'orders.warehouseId': () => __( 'Warehouse', 'pearlbridge' ),
	'orders.priceListId': () => __( 'Price list', 'pearlbridge' ),
	'orders.leadSourceId': () => __( 'Lead source', 'pearlbridge' ),
	'orders.delay': () => __( 'Wait before pushing', 'pearlbridge' ),
	'orders.refPrefix': () => __( 'Reference prefix', 'pearlbridge' ),
	'orders.status': () => __( 'Statuses that push an order', 'pearlbridge' ),
	'orders.payments': () => __( 'Payment methods', 'pearlbridge' ),
	'orders.cancelPaid': () => __( 'Paid, then cancelled', 'pearlbridge' ),
	'orders.shipping': () => __( 'Shipping methods', 'pearlbridge' ),
	'orders.tax': () => __( 'Tax rules', 'pearlbridge' ),
	'orders.taxDefault': () => __( 'When no rule fits', 'pearlbridge' ),
	'orders.missingSku': () =>
		__( 'When Brightpearl does not know a SKU', 'pearlbridge' ),
	'orders.discounts': () => __( 'Discounts', 'pearlbridge' ),
	'orders.roundingLimit': () => __( 'Largest rounding row', 'pearlbridge' ),
	'orders.rules': () => __( 'Rules', 'pearlbridge' ),
	'orders.contacts': () =>
		__( 'A customer Brightpearl knows', 'pearlbridge' ),
	'orders.guestEmail': () =>
		__( 'Orders without an e-mail address', 'pearlbridge' ),
	'orders.staffContacts': () =>
		__( 'The e-mail of staff or a supplier', 'pearlbridge' ),
	'orders.invoice': () => __( 'Invoice', 'pearlbridge' ),
	'orders.cancelledStatusId': () =>
		__( 'Status of cancelled orders', 'pearlbridge' ),
	'orders.reversal': () => __( 'How money is taken back', 'pearlbridge' ),
	'orders.refundTax': () =>
		__( 'Tax of a refund without lines', 'pearlbridge' ),
	'orders.totalMismatch': () =>
		__( 'Lines that do not add up', 'pearlbridge' ),
	'orders.exchangeRateMeta': () =>
		__( 'Exchange rate from order meta', 'pearlbridge' ),
	'orders.customFields': () => __( 'Custom fields', 'pearlbridge' ),
	'writeBack.meta': () => __( 'Brightpearl’s order id', 'pearlbridge' ),
	'writeBack.status': () => __( 'Status in the shop', 'pearlbridge' ),
	'writeBack.mails': () => __( 'Mails to the customer', 'pearlbridge' ),
	'watch.silence': () => __( 'Tell when no order arrives', 'pearlbridge' ),
	'sweep.every': () => __( 'Look for changed orders every', 'pearlbridge' ),
	'stock.every': () => __( 'Pull stock every', 'pearlbridge' ),
	'stock.warehouses': () => __( 'Warehouses that count', 'pearlbridge' ),
	webhooks: () => __( 'Webhooks of the shop', 'pearlbridge' ),
	'budget.reserve': () => __( 'Leave to other apps', 'pearlbridge' ),
	'budget.window': () =>
		__( 'How Brightpearl counts requests', 'pearlbridge' ),
	'budget.batch': () => __( 'Sending changes', 'pearlbridge' ),
	'store.url': () => __( 'Address of the shop', 'pearlbridge' ),
	'store.consumerKey': () => __( 'Consumer key', 'pearlbridge' ),
	'store.consumerSecret': () => __( 'Consumer secret', 'pearlbridge' ),
	'brightpearl.account': () => __( 'Account code', 'pearlbridge' ),
	'brightpearl.apiDomain': () => __( 'API domain', 'pearlbridge' ),
	'brightpearl.auth': () => __( 'How to sign in', 'pearlbridge' ),
	'brightpearl.auth.clientId': () => __( 'Client id', 'pearlbridge' ),
	'brightpearl.auth.clientSecret': () => __( 'Client secret', 'pearlbridge' ),
	'brightpearl.auth.refreshToken': () => __( 'Refresh token', 'pearlbridge' ),
	'brightpearl.auth.accountToken': () => __( 'Account token', 'pearlbridge' ),
	'brightpearl.auth.staffToken': () => __( 'Staff token', 'pearlbridge' ),
	'brightpearl.oauthUrl': () => __( 'OAuth address', 'pearlbridge' ),
};

/** The longest first: `orders.taxDefault` is not `orders.tax`. */
const KEYS = Object.keys( NAMES )
	// A word of its own in any sentence.
	.filter( ( key ) => key !== 'webhooks' )
	.sort( ( a, b ) => b.length - a.length )
	.map( ( key ) => key.replaceAll( '.', '\\.' ) )
	.join( '|' );

/** Alone or in backticks; not inside an address or a longer name. */
const MENTION = new RegExp(
	`\`(${ KEYS })\`|(?<![\\w./@-])(?:settings\\.)?(${ KEYS })(?![\\w/@-]|\\.\\w)`,
	'g'
);

/** “Name of the setting”; null for what no screen shows. */
export function nameOf( path: string ): string | null {
	const name = NAMES[ path ];
	return name === undefined ? null : `“${ name() }”`;
}

/** A sentence of the service with the names of the screens for the keys of the command line. */
export function inWords( text: string ): string {
	return text
		.replace(
			MENTION,
			( mention, quoted?: string, bare?: string ) =>
				nameOf( quoted ?? bare ?? '' ) ?? mention
		)
		.replace( /\s*\(orders ignore\)/g, '' )
		.replace(
			/\brun (?:`connection check`|"connection check")/g,
			__( 'check the connection', 'pearlbridge' )
		)
		.replace( /`([^`]*)`/g, '“$1”' );
}
