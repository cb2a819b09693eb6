/** `/webhooks`: kept through REST; the secret never comes back. */
import { gmtText, localText } from './dates.ts';
import { checkList, datedFilter, pageOf, sortDated } from './lists.ts';
import type { Webhook } from './model.ts';
import type { Reply, RestRequest } from './rest.ts';
import { flagOf, invalidParam, links, restError, textOf } from './rest.ts';
import { CHANGE, MAKE, READ, REMOVE } from './router.ts';
import type { Route } from './router.ts';
import type { Shop } from './shop.ts';

const HOOKS: Readonly< Record< string, readonly string[] > > = {
	'order.created': [ 'woocommerce_new_order' ],
	'order.updated': [
		'woocommerce_update_order',
		'woocommerce_order_refunded',
	],
	'order.deleted': [ 'wp_trash_post', 'woocommerce_trash_order' ],
	'order.restored': [ 'untrashed_post', 'woocommerce_untrash_order' ],
	'product.created': [
		'woocommerce_process_product_meta',
		'woocommerce_new_product',
		'woocommerce_new_product_variation',
	],
	'product.updated': [
		'woocommerce_process_product_meta',
		'woocommerce_update_product',
		'woocommerce_update_product_variation',
	],
	'product.deleted': [ 'wp_trash_post' ],
	'product.restored': [ 'untrashed_post' ],
	'coupon.created': [
		'woocommerce_process_shop_coupon_meta',
		'woocommerce_new_coupon',
	],
	'coupon.updated': [
		'woocommerce_process_shop_coupon_meta',
		'woocommerce_update_coupon',
	],
	'coupon.deleted': [ 'wp_trash_post' ],
	'coupon.restored': [ 'untrashed_post' ],
	'customer.created': [
		'user_register',
		'woocommerce_created_customer',
		'woocommerce_new_customer',
	],
	'customer.updated': [ 'profile_update', 'woocommerce_update_customer' ],
	'customer.deleted': [ 'delete_user' ],
};

const STATES = [ 'active', 'paused', 'disabled' ] as const;

function stateOf( value: unknown ): Webhook[ 'status' ] | null {
	return STATES.find( ( state ) => state === value ) ?? null;
}

function render( shop: Shop, webhook: Webhook ): Record< string, unknown > {
	const [ resource = '', ...event ] = webhook.topic.split( '.' );
	const { timeZone } = shop.settings;
	return {
		id: webhook.id,
		name: webhook.name,
		status: webhook.status,
		topic: webhook.topic,
		resource,
		event: event.join( '.' ),
		hooks: HOOKS[ webhook.topic ] ?? [ event.join( '.' ) ],
		delivery_url: webhook.delivery_url,
		date_created: localText( timeZone, webhook.created ),
		date_created_gmt: gmtText( webhook.created ),
		date_modified: localText( timeZone, webhook.modified ),
		date_modified_gmt: gmtText( webhook.modified ),
		_links: links( shop.home, `webhooks/${ webhook.id }` ),
	};
}

function unknown( status: number ): Reply {
	return restError(
		status,
		'woocommerce_rest_shop_webhook_invalid_id',
		status === 404 ? 'ID is invalid.' : 'Invalid ID.'
	);
}

function checkTopic( topic: string ): Reply | null {
	return HOOKS[ topic ] || /^action\.\w+$/.test( topic )
		? null
		: restError(
				400,
				'woocommerce_rest_shop_webhook_invalid_topic',
				'Webhook topic is required and must be valid.'
			);
}

function checkUrl( url: string ): Reply | null {
	return /^https?:\/\/[^\s/]/.test( url ) && URL.canParse( url )
		? null
		: restError(
				400,
				'woocommerce_rest_shop_webhook_invalid_delivery_url',
				'Webhook delivery URL must be a valid URL starting with http:// or https://.'
			);
}

function checkStatus( { body }: RestRequest ): Reply | null {
	return body[ 'status' ] === undefined || stateOf( body[ 'status' ] )
		? null
		: invalidParam(
				'status',
				'status is not one of active, paused, and disabled.',
				'rest_not_in_enum'
			);
}

/** `ping` sends the form ping that follows a creation; `defaultSecret` when none is given. */
export function webhooksRoutes(
	shop: Shop,
	defaultSecret: string,
	ping: ( webhook: Webhook ) => void
): Route[] {
	const create = ( { body }: RestRequest ): Reply => {
		const topic = textOf( body[ 'topic' ] );
		const url = textOf( body[ 'delivery_url' ] );
		const error = checkTopic( topic ) ?? checkUrl( url );
		if ( error ) {
			return error;
		}
		const now = shop.now();
		const webhook: Webhook = {
			id: shop.nextId( 'webhook' ),
			name:
				textOf( body[ 'name' ] ) ||
				`Webhook created on ${ localText( shop.settings.timeZone, now ) }`,
			status: stateOf( body[ 'status' ] ) ?? 'active',
			topic,
			delivery_url: url,
			secret: textOf( body[ 'secret' ] ) || defaultSecret,
			created: now,
			modified: now,
			failures: 0,
			pending_ping: true,
		};
		shop.webhooks.set( webhook.id, webhook );
		shop.touch();
		ping( webhook );
		return {
			status: 201,
			headers: {
				location: `${ shop.home }/wp-json/wc/v3/webhooks/${ webhook.id }`,
			},
			body: render( shop, webhook ),
		};
	};
	const update = ( request: RestRequest ): Reply => {
		const webhook = shop.webhooks.get( request.path[ 'id' ] ?? 0 );
		if ( ! webhook ) {
			return unknown( 400 );
		}
		const { body } = request;
		const topic = textOf( body[ 'topic' ] ?? webhook.topic );
		const url = textOf( body[ 'delivery_url' ] ?? webhook.delivery_url );
		const error = checkTopic( topic ) ?? checkUrl( url );
		if ( error ) {
			return error;
		}
		webhook.topic = topic;
		webhook.delivery_url = url;
		webhook.name = textOf( body[ 'name' ] ?? webhook.name );
		webhook.secret = textOf( body[ 'secret' ] ?? webhook.secret );
		// The failure count stays: one more failure disables a reactivated one again (measured).
		webhook.status = stateOf( body[ 'status' ] ) ?? webhook.status;
		webhook.modified = shop.now();
		shop.touch();
		return { status: 200, body: render( shop, webhook ) };
	};
	const remove = ( request: RestRequest ): Reply => {
		const webhook = shop.webhooks.get( request.path[ 'id' ] ?? 0 );
		if ( ! webhook ) {
			return unknown( 404 );
		}
		if ( ! flagOf( request.query[ 'force' ] ?? request.body[ 'force' ] ) ) {
			return restError(
				501,
				'woocommerce_rest_trash_not_supported',
				'Webhooks do not support trashing.'
			);
		}
		shop.webhooks.delete( webhook.id );
		shop.touch();
		return { status: 200, body: render( shop, webhook ) };
	};
	return [
		{
			methods: READ,
			path: '/webhooks',
			right: 'list',
			check: ( request ) =>
				checkList( shop, request, [ 'date', 'id', 'title' ] ),
			handle: ( request ) => {
				const status = request.query[ 'status' ] ?? 'all';
				const dated = datedFilter( shop, request.query );
				const found = [ ...shop.webhooks.values() ].filter(
					( webhook ) =>
						( status === 'all' || webhook.status === status ) &&
						dated( webhook )
				);
				return pageOf(
					shop,
					request,
					sortDated( found, request.query ),
					( webhook ) => render( shop, webhook )
				);
			},
		},
		{
			methods: MAKE,
			path: '/webhooks',
			right: 'create',
			check: checkStatus,
			handle: create,
		},
		{
			methods: READ,
			path: '/webhooks/:id',
			right: 'view',
			handle: ( request ) => {
				const webhook = shop.webhooks.get( request.path[ 'id' ] ?? 0 );
				return webhook
					? { status: 200, body: render( shop, webhook ) }
					: unknown( 404 );
			},
		},
		{
			methods: CHANGE,
			path: '/webhooks/:id',
			right: 'edit',
			check: checkStatus,
			handle: update,
		},
		{
			methods: REMOVE,
			path: '/webhooks/:id',
			right: 'delete',
			handle: remove,
		},
	];
}
