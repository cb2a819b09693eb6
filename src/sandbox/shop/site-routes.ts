/** What a client asks of the site itself: settings, versions, currency. */
import { renderMoneyName } from './currencies.ts';
import { links, restError, textOf } from './rest.ts';
import type { Reply } from './rest.ts';
import { CHANGE, READ } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';
import { WOOCOMMERCE_VERSION, WORDPRESS_VERSION } from './shop.ts';
import { makeRates } from './tax.ts';
import { offsetAt } from './dates.ts';
import { seededHex } from './random.ts';

interface Option {
	readonly id: string;
	readonly label: string;
	readonly type: string;
	readonly value: string;
}

function yesNo( flag: boolean ): string {
	return flag ? 'yes' : 'no';
}

function option(
	id: string,
	label: string,
	type: string,
	value: string
): Option {
	return { id, label, type, value };
}

function optionsOf( shop: Shop, group: string ): Option[] {
	const { settings } = shop;
	switch ( group ) {
		case 'general':
			return [
				option(
					'woocommerce_default_country',
					'Country / State',
					'select',
					settings.baseCountry
				),
				option(
					'woocommerce_calc_taxes',
					'Enable taxes',
					'checkbox',
					'yes'
				),
				option(
					'woocommerce_currency',
					'Currency',
					'select',
					settings.currency
				),
				option(
					'woocommerce_price_num_decimals',
					'Number of decimals',
					'number',
					String( settings.decimals )
				),
			];
		case 'tax':
			return [
				option(
					'woocommerce_prices_include_tax',
					'Prices entered with tax',
					'radio',
					yesNo( settings.pricesIncludeTax )
				),
				option(
					'woocommerce_tax_based_on',
					'Calculate tax based on',
					'select',
					'shipping'
				),
				option(
					'woocommerce_shipping_tax_class',
					'Shipping tax class',
					'select',
					'inherit'
				),
				option(
					'woocommerce_tax_round_at_subtotal',
					'Rounding',
					'checkbox',
					yesNo( settings.roundAtSubtotal )
				),
			];
		default:
			return [];
	}
}

function renderOption( shop: Shop, group: string, entry: Option ): unknown {
	return {
		id: entry.id,
		label: entry.label,
		description: '',
		type: entry.type,
		default: '',
		value: entry.value,
		_links: links( shop.home, `settings/${ group }/${ entry.id }`, [
			'GET',
			'POST',
			'PUT',
			'PATCH',
		] ),
	};
}

function saidHome( { home, settings }: Shop ): string {
	return settings.saysHome ?? home;
}

/** A UUID, as the recorded shop has one. */
function storeIdOf( seed: number ): string {
	return seededHex( seed, 'store id' )
		.slice( 0, 32 )
		.replace( /^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5' );
}

/** The index at `/wp-json/`, open to everybody. */
export function siteIndex( shop: Shop ): Reply {
	return {
		status: 200,
		body: {
			name: shop.settings.name.replaceAll( '&', '&amp;' ),
			description: '',
			url: saidHome( shop ),
			home: saidHome( shop ),
			gmt_offset:
				offsetAt( shop.settings.timeZone, shop.clock.now() ) /
				3_600_000,
			timezone_string: shop.settings.timeZone,
			namespaces: [ 'oembed/1.0', 'wc/v3', 'wc/v2', 'wc/v1', 'wp/v2' ],
			authentication: {},
			routes: {},
		},
	};
}

function systemStatus( shop: Shop ): Reply {
	const { settings } = shop;
	return {
		status: 200,
		body: {
			environment: {
				home_url: saidHome( shop ),
				site_url: saidHome( shop ),
				store_id: settings.storeId ?? storeIdOf( shop.seed ),
				version: WOOCOMMERCE_VERSION,
				wp_version: WORDPRESS_VERSION,
				wp_multisite: false,
				language: 'en_US',
				server_info: 'Pearlbridge sandbox',
				php_version: '8.2.35',
				default_timezone: 'UTC',
			},
			database: { wc_database_version: WOOCOMMERCE_VERSION },
			active_plugins: [
				{
					plugin: 'woocommerce/woocommerce.php',
					name: 'WooCommerce',
					version: WOOCOMMERCE_VERSION,
				},
			],
			settings: {
				api_enabled: false,
				force_ssl: false,
				currency: settings.currency,
				currency_symbol: renderMoneyName( settings.currency ).symbol,
				currency_position: 'left',
				thousand_separator: ',',
				decimal_separator: '.',
				number_of_decimals: settings.decimals,
				HPOS_enabled: true,
				HPOS_sync_enabled: false,
			},
			security: { secure_connection: false, hide_errors: true },
		},
	};
}

export function siteRoutes( shop: Shop ): Route[] {
	const groups = [ 'general', 'tax' ];
	const optionRoutes = groups.flatMap( ( group ): Route[] =>
		optionsOf( shop, group ).flatMap( ( { id } ): Route[] => {
			const find = (): Reply => {
				const entry = optionsOf( shop, group ).find(
					( one ) => one.id === id
				);
				return entry
					? { status: 200, body: renderOption( shop, group, entry ) }
					: restError(
							404,
							'rest_setting_setting_invalid',
							'Invalid setting.'
						);
			};
			return [
				{
					methods: READ,
					path: `/settings/${ group }/${ id }`,
					right: 'view',
					handle: find,
				},
				{
					methods: CHANGE,
					path: `/settings/${ group }/${ id }`,
					right: 'edit',
					handle: ( { body } ) => {
						const isYes = textOf( body[ 'value' ] ) === 'yes';
						if ( id === 'woocommerce_prices_include_tax' ) {
							changeTax( shop, { pricesIncludeTax: isYes } );
						}
						if ( id === 'woocommerce_tax_round_at_subtotal' ) {
							changeTax( shop, { roundAtSubtotal: isYes } );
						}
						return find();
					},
				},
			];
		} )
	);
	return [
		...groups.map( ( group ): Route => ( {
			methods: READ,
			path: `/settings/${ group }`,
			right: 'list',
			handle: () => ( {
				status: 200,
				body: optionsOf( shop, group ).map( ( entry ) =>
					renderOption( shop, group, entry )
				),
			} ),
		} ) ),
		...optionRoutes,
		{
			methods: READ,
			path: '/system_status',
			right: 'list',
			handle: () => systemStatus( shop ),
		},
		{
			methods: READ,
			path: '/data/currencies/current',
			right: 'list',
			handle: () => ( {
				status: 200,
				body: {
					...renderMoneyName( shop.settings.currency ),
					_links: links(
						shop.home,
						`data/currencies/${ shop.settings.currency }`,
						[ 'GET' ]
					),
				},
			} ),
		},
	];
}

/** The rates are made anew, as people do when they change their mind: other ids, same percents. */
export function changeTax(
	shop: Shop,
	change: { pricesIncludeTax?: boolean; roundAtSubtotal?: boolean }
): void {
	shop.settings = { ...shop.settings, ...change };
	shop.rates = makeRates( () => shop.nextId( 'rate' ) );
	shop.touch();
}
