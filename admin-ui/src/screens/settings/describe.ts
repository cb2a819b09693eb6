/** A value of the settings in words, for the history and for comparing. */
import { __ } from '@wordpress/i18n';
import type { Choices } from '../../../../src/contracts/answers.ts';
import { formatDateTime } from '../../components/format.ts';
import { durationWords } from './duration.ts';
import { DURATIONS } from './fault-words.ts';
import { sourceName } from './sources.ts';
import { nameOf, optionsOf } from './options.ts';
import type { ListName } from './options.ts';
import { isTree } from '../../../../src/contracts/json.ts';

const LISTS: Readonly< Record< string, ListName > > = {
	'orders.channelId': 'channels',
	'orders.warehouseId': 'warehouses',
	'orders.priceListId': 'priceLists',
	'orders.leadSourceId': 'leadSources',
	'orders.cancelledStatusId': 'orderStatuses',
	'orders.taxDefault': 'taxCodes',
	'orders.status': 'orderStatuses',
	'orders.payments': 'paymentMethods',
	'orders.shipping': 'shippingMethods',
	'orders.nominal': 'nominalCodes',
	'stock.warehouses': 'warehouses',
};

export function describeValue(
	path: string,
	value: unknown,
	choices: Choices | null
): string {
	const key = Object.keys( LISTS ).find(
		( prefix ) => path === prefix || path.startsWith( `${ prefix }.` )
	);
	const options =
		key === undefined ? null : optionsOf( choices, LISTS[ key ]! );
	const word = ( one: unknown ): string => {
		if ( one === null || one === undefined || one === '' ) {
			return emptyWord( path );
		}
		if ( typeof one === 'boolean' ) {
			return one ? __( 'yes', 'pearlbridge' ) : __( 'no', 'pearlbridge' );
		}
		if (
			path === 'goLive' &&
			! Number.isNaN( Date.parse( String( one ) ) )
		) {
			return formatDateTime( String( one ) );
		}
		if ( DURATIONS.includes( path ) ) {
			return durationWords( String( one ) );
		}
		if ( path.startsWith( 'orders.customFields' ) ) {
			return sourceName( String( one ) ) ?? String( one );
		}
		return isTree( one ) ? JSON.stringify( one ) : nameOf( options, one );
	};
	if ( Array.isArray( value ) ) {
		return value.length === 0
			? __( 'none', 'pearlbridge' )
			: value
					.map( ( one: unknown ) =>
						! isTree( one )
							? word( one )
							: path.startsWith( 'orders.rules' )
								? orderRuleText( one, choices )
								: ruleText( one )
					)
					.join( ', ' );
	}
	if ( isTree( value ) ) {
		const entries = Object.entries( value );
		return entries.length === 0
			? __( 'none', 'pearlbridge' )
			: entries
					.map(
						( [ name, one ] ) =>
							`${ name === '' ? '""' : name } → ${ word( one ) }`
					)
					.join( ', ' );
	}
	return word( value );
}

function emptyWord( path: string ): string {
	switch ( path ) {
		case 'goLive':
			return __( 'not live', 'pearlbridge' );
		case 'stock.every':
			return __( 'off', 'pearlbridge' );
		case 'stock.maximum':
			return __( 'no limit', 'pearlbridge' );
		case 'orders.guestEmail':
			return __( 'none: they are held', 'pearlbridge' );
		case 'orders.exchangeRateMeta':
			return __( 'Brightpearl’s own rate', 'pearlbridge' );
		default:
			return path.startsWith( 'orders.payments' ) ||
				path.startsWith( 'orders.shipping' ) ||
				path === 'orders.taxDefault'
				? __( 'not set', 'pearlbridge' )
				: __( 'the account’s own', 'pearlbridge' );
	}
}

/** `20 % in GB → T20`. */
function ruleText( rule: Readonly< Record< string, unknown > > ): string {
	const { percent, code, ...conditions } = rule;
	const said = [
		...( typeof percent === 'string' ? [ `${ percent } %` ] : [] ),
		...Object.values( conditions ).map( String ),
	].join( ' ' );
	return `${ said === '' ? '*' : said } → ${ String( code ) }`;
}

/** `GB stripe → Web store (7)`. */
function orderRuleText(
	rule: Readonly< Record< string, unknown > >,
	choices: Choices | null
): string {
	const { channelId, warehouseId, push, meta, ...conditions } = rule;
	const said = [
		...Object.values( conditions ).map( String ),
		...( isTree( meta )
			? [ Object.values( meta ).map( String ).join( '=' ) ]
			: [] ),
	].join( ' ' );
	const goes =
		push === false
			? [ __( 'stays in the shop', 'pearlbridge' ) ]
			: [
					...( channelId === undefined
						? []
						: [
								nameOf(
									optionsOf( choices, 'channels' ),
									channelId
								),
							] ),
					...( warehouseId === undefined
						? []
						: [
								nameOf(
									optionsOf( choices, 'warehouses' ),
									warehouseId
								),
							] ),
				];
	return `${ said === '' ? '*' : said } → ${ goes.join( ', ' ) }`;
}
