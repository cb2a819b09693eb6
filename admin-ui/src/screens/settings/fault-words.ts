/**
 * The schemas speak of the file of `settings set`; here the same is said of the field a person
 * types in. What is not named here reads well in both places.
 */
import { __ } from '@wordpress/i18n';

export const AMOUNTS: readonly string[] = [ 'orders.roundingLimit' ];
export const DURATIONS: readonly string[] = [
	'orders.delay',
	'sweep.every',
	'sweep.overlap',
	'sweep.deep',
	'stock.every',
];
const ORDER_RULE = /^orders\.rules\.\d+$/;
const PERCENT = /^orders\.tax\.\d+\.percent$/;

export function faultWords( path: string, message: string ): string {
	if ( AMOUNTS.includes( path ) && message.includes( 'decimal' ) ) {
		return __( 'type an amount such as 0.05', 'pearlbridge' );
	}
	if ( PERCENT.test( path ) && message.includes( 'decimal' ) ) {
		return __( 'type a percentage such as 20 or 5.5', 'pearlbridge' );
	}
	if (
		DURATIONS.includes( path ) &&
		message.includes( 'duration such as' )
	) {
		return __( 'type a whole number', 'pearlbridge' );
	}
	if ( DURATIONS.includes( path ) && message.includes( '500ms' ) ) {
		return __( 'type 1 or more', 'pearlbridge' );
	}
	if ( DURATIONS.includes( path ) && message.includes( '720h' ) ) {
		return __( 'must be at most 30 days (720 hours)', 'pearlbridge' );
	}
	if ( path === 'goLive' && message.includes( 'offset' ) ) {
		return __( 'choose a day and a time', 'pearlbridge' );
	}
	if ( path === 'stock.warehouses' && message.includes( 'list' ) ) {
		return __( 'choose at least one warehouse', 'pearlbridge' );
	}
	if ( ORDER_RULE.test( path ) ) {
		return __(
			'choose a channel or a warehouse, or let such orders stay in the shop',
			'pearlbridge'
		);
	}
	if ( path === 'orders.guestEmail' ) {
		return __( 'type an e-mail address', 'pearlbridge' );
	}
	return message;
}
