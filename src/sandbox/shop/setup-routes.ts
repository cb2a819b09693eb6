/** What a shop is set up with: gateways, shipping zones, tax rates and classes, order statuses. */
import { checkList, pageOf } from './lists.ts';
import { LABELS } from './order-status.ts';
import { links, restError } from './rest.ts';
import type { Reply } from './rest.ts';
import { READ } from './router.ts';
import type { Route } from './router.ts';
import {
	gatewaySettings,
	KINDS,
	shippingSettings,
	type Gateway,
	type ShippingMethod,
} from './setup-fields.ts';
import type { Shop } from './shop.ts';
import { METHODS } from './wish.ts';

const GATEWAYS: readonly Gateway[] = [
	{
		id: 'bacs',
		title: METHODS.bacs,
		description:
			'Make your payment directly into our bank account. Please use your Order ID as the payment reference. Your order will not be shipped until the funds have cleared in our account.',
		enabled: true,
		methodTitle: 'Direct bank transfer',
		methodDescription:
			'Take payments in person via BACS. More commonly known as direct bank/wire transfer.',
		offline: true,
	},
	{
		id: 'cheque',
		title: 'Check payments',
		description:
			'Please send a check to Store Name, Store Street, Store Town, Store State / County, Store Postcode.',
		enabled: false,
		methodTitle: 'Check payments',
		methodDescription:
			'Take payments in person via checks. This offline gateway can also be useful to test purchases.',
		offline: true,
	},
	{
		id: 'cod',
		title: METHODS.cod,
		description: '',
		enabled: true,
		methodTitle: 'Cash on delivery',
		methodDescription:
			'Let your shoppers pay upon delivery — by cash or other methods of payment.',
		offline: true,
	},
	{
		id: 'stripe',
		title: METHODS.stripe,
		description: null,
		enabled: true,
		methodTitle: 'Stripe',
		methodDescription: 'Card payments.',
		offline: false,
	},
	{
		id: 'paypal',
		title: METHODS.paypal,
		description: null,
		enabled: true,
		methodTitle: 'PayPal',
		methodDescription: 'PayPal payments.',
		offline: false,
	},
];

const flat = (
	id: number,
	title: string,
	cost: string,
	taxed = true
): ShippingMethod => ( { id, kind: 'flat_rate', title, cost, taxed } );

/** The recorded shop's; what the checkout picks from is among them. */
const ZONES: readonly {
	readonly id: number;
	readonly name: string;
	readonly methods: readonly ShippingMethod[];
}[] = [
	{
		id: 0,
		name: 'Locations not covered by your other zones',
		methods: [
			flat( 7, 'International Standard', '14.50' ),
			flat( 8, 'Economy', '7', false ),
		],
	},
	{
		id: 2,
		name: 'UK',
		methods: [
			flat( 2, 'Royal Mail Tracked 48', '4.95' ),
			flat( 3, 'DPD Next Day (by 12:00)', '11.99' ),
			flat( 4, 'Untaxed courier', '5.25', false ),
			{
				id: 5,
				kind: 'local_pickup',
				title: 'Click & Collect',
				cost: '0',
				taxed: true,
			},
			{
				id: 6,
				kind: 'free_shipping',
				title: 'Free delivery',
				cost: '0',
				taxed: true,
			},
		],
	},
];

const CLASSES = [
	[ 'standard', 'Standard rate' ],
	[ 'reduced-rate', 'Reduced rate' ],
	[ 'zero-rate', 'Zero rate' ],
] as const;

/** Lists without paging, which tell their totals all the same (recorded). */
function whole( body: readonly unknown[] ): Reply {
	return {
		status: 200,
		headers: {
			'x-wp-total': String( body.length ),
			'x-wp-totalpages': '1',
		},
		body,
	};
}

export function setupRoutes( shop: Shop ): Route[] {
	const listed = ( path: string, handle: Route[ 'handle' ] ): Route => ( {
		methods: READ,
		path,
		right: 'list',
		handle,
	} );
	return [
		listed( '/payment_gateways', () =>
			whole(
				GATEWAYS.map( ( gateway, at ) => shown( shop, gateway, at ) )
			)
		),
		listed( '/shipping/zones', () =>
			whole( ZONES.map( ( { id, name } ) => zone( shop, id, name ) ) )
		),
		listed( '/shipping/zones/:id/methods', ( { path } ) => {
			const found = ZONES.find( ( { id } ) => id === path[ 'id' ] );
			return found
				? whole(
						found.methods.map( ( entry, at ) =>
							method( shop, found.id, entry, at )
						)
					)
				: restError(
						404,
						'woocommerce_rest_shipping_zone_invalid',
						'Resource does not exist.'
					);
		} ),
		listed( '/taxes/classes', () =>
			whole(
				CLASSES.map( ( [ slug, name ] ) => ( {
					slug,
					name,
					_links: {
						collection: links( shop.home, 'taxes/classes/x' )[
							'collection'
						],
					},
				} ) )
			)
		),
		{
			...listed( '/taxes', ( request ) =>
				pageOf( shop, request, shop.rates, ( rate ) => ( {
					id: rate.id,
					country: rate.country,
					state: rate.state,
					postcode: '',
					city: '',
					rate: rate.rate,
					name: rate.name,
					priority: rate.priority,
					compound: rate.compound,
					shipping: rate.shipping,
					order: shop.rates.indexOf( rate ),
					class: rate.class || 'standard',
					postcodes: [],
					cities: [],
					_links: links( shop.home, `taxes/${ rate.id }` ),
				} ) )
			),
			check: ( request ) =>
				checkList( shop, request, [ 'id', 'order', 'priority' ] ),
		},
		listed( '/reports/orders/totals', () => ( {
			status: 200,
			body: Object.entries( LABELS ).map( ( [ slug, name ] ) => ( {
				slug,
				name,
				total: [ ...shop.orders.values() ].filter(
					( { status } ) => status === slug
				).length,
			} ) ),
		} ) ),
	];
}

function shown( shop: Shop, gateway: Gateway, at: number ): unknown {
	const { id, offline } = gateway;
	const page = `${ shop.home }/wp-admin/admin.php?page=wc-settings&tab=checkout`;
	return {
		id,
		title: gateway.title,
		description: gateway.description,
		// Only those whose place a person has set have one.
		order: offline ? at + 1 : '',
		enabled: gateway.enabled,
		method_title: gateway.methodTitle,
		method_description: gateway.methodDescription,
		method_supports: offline ? [ 'products' ] : [ 'products', 'refunds' ],
		settings: gatewaySettings( gateway ),
		needs_setup: false,
		post_install_scripts: [],
		settings_url: offline
			? `${ page }&path=/offline/${ id }`
			: `${ page }&section=${ id }`,
		connection_url: null,
		setup_help_text: null,
		required_settings_keys: [],
		_links: links( shop.home, `payment_gateways/${ id }`, [
			'GET',
			'POST',
			'PUT',
			'PATCH',
		] ),
	};
}

function zone( shop: Shop, id: number, name: string ): unknown {
	const base = `${ shop.home }/wp-json/wc/v3/shipping/zones`;
	return {
		id,
		name,
		order: 0,
		_links: {
			...links( shop.home, `shipping/zones/${ id }` ),
			describedby: [ { href: `${ base }/${ id }/locations` } ],
		},
	};
}

function method(
	shop: Shop,
	zoneId: number,
	entry: ShippingMethod,
	at: number
): unknown {
	const path = `shipping/zones/${ zoneId }`;
	return {
		id: entry.id,
		instance_id: entry.id,
		title: entry.title,
		order: at + 1,
		enabled: true,
		method_id: entry.kind,
		method_title: KINDS[ entry.kind ].title,
		method_description: KINDS[ entry.kind ].description,
		settings: shippingSettings( entry ),
		_links: {
			...links( shop.home, `${ path }/methods/${ entry.id }` ),
			describes: [ { href: `${ shop.home }/wp-json/wc/v3/${ path }` } ],
		},
	};
}
