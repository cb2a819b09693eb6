/**
 * The webhook queue: late, serial, without retries (platform notes, "Webhooks").
 *
 * A change of a record that already waits for a webhook is not queued again; the body is
 * built when it is sent, so it shows the last state.
 */
import { createHmac } from 'node:crypto';
import type { Webhook } from './model.ts';
import { renderOrder, unknownOrder } from './orders-render.ts';
import { phpJson } from './php-json.ts';
import { post } from './post.ts';
import { renderProduct, unknownProduct } from './products-render.ts';
import { md5 } from './random.ts';
import type { Shop } from './shop.ts';
import { WOOCOMMERCE_VERSION, WORDPRESS_VERSION } from './shop.ts';

const USER_AGENT = `WooCommerce/${ WOOCOMMERCE_VERSION } Hookshot (WordPress/${ WORDPRESS_VERSION })`;

/** WooCommerce waits a minute for a receiver; so one slow receiver stalls all. */
const TIMEOUT = 60_000;

/** The failure after this many in a row disables; the count itself stays. */
const FAILURES_ALLOWED = 6;

interface Job {
	readonly webhookId: number;
	readonly resourceId: number;
	/** Null = only a ping. */
	readonly topic: string | null;
	readonly due: number;
}

export interface Deliveries {
	fire( topic: string, resourceId: number ): void;
	ping( webhook: Webhook ): void;
	/** Deliveries that wait or are on their way. */
	readonly waiting: number;
	/** Drops what waits, ends what is on its way. */
	stop(): Promise< void >;
}

/** What a webhook says of a record, as it is now; gone = the error document, signed all the same. */
function payloadOf( shop: Shop, topic: string, id: number ): unknown {
	const [ resource, event ] = topic.split( '.' );
	if ( event === 'deleted' ) {
		return { id };
	}
	if ( resource === 'order' ) {
		const order = shop.orders.get( id );
		return order ? renderOrder( shop, order ) : unknownOrder( 404 ).body;
	}
	const product = shop.catalog.get( id );
	return product
		? renderProduct( shop, product )
		: unknownProduct( 404 ).body;
}

export function createDeliveries( shop: Shop, speed: number ): Deliveries {
	const queue = new Map< string, Job >();
	const urgent: string[] = [];
	const stopping = new AbortController();
	let running: Promise< void > | null = null;
	let sending = 0;

	const send = async (
		webhook: Webhook,
		headers: Readonly< Record< string, string > >,
		body: string
	): Promise< number | null > =>
		post(
			webhook.delivery_url,
			{
				'User-Agent': USER_AGENT,
				Accept: '*/*',
				'Accept-Encoding': 'deflate, gzip, br, zstd',
				...headers,
			},
			Buffer.from( body ),
			TIMEOUT,
			stopping.signal
		);

	/** Until one is answered with exactly 200, a ping follows every delivery. */
	const sendPing = async ( webhook: Webhook ): Promise< void > => {
		const status = await send(
			webhook,
			{ 'Content-Type': 'application/x-www-form-urlencoded' },
			`webhook_id=${ webhook.id }`
		);
		if ( status === 200 ) {
			webhook.pending_ping = false;
			shop.touch();
		}
	};

	const count = ( webhook: Webhook, isGood: boolean ): void => {
		if ( isGood ) {
			webhook.failures = 0;
		} else if ( webhook.failures < FAILURES_ALLOWED ) {
			webhook.failures += 1;
		} else {
			webhook.status = 'disabled';
			webhook.modified = shop.now();
			shop.emit( {
				kind: 'webhook-disabled',
				webhookId: webhook.id,
				topic: webhook.topic,
			} );
		}
		shop.touch();
	};

	const deliver = async ( webhook: Webhook, job: Job ): Promise< void > => {
		const { topic, resourceId } = job;
		if ( topic === null ) {
			await sendPing( webhook );
			return;
		}
		const [ resource = '', event = '' ] = topic.split( '.' );
		const body = phpJson( payloadOf( shop, topic, resourceId ) );
		const status = await send(
			webhook,
			{
				'Content-Type': 'application/json',
				'X-WC-Webhook-Source': `${ shop.settings.saysHome ?? shop.home }/`,
				'X-WC-Webhook-Topic': topic,
				'X-WC-Webhook-Resource': resource,
				'X-WC-Webhook-Event': event,
				'X-WC-Webhook-Signature': createHmac( 'sha256', webhook.secret )
					.update( body )
					.digest( 'base64' ),
				'X-WC-Webhook-ID': String( webhook.id ),
				// Webhook and second, nothing of the record: several share one (measured).
				'X-WC-Webhook-Delivery-ID': md5(
					`${ webhook.id }${ shop.now() / 1000 }`
				),
			},
			body
		);
		if ( stopping.signal.aborted ) {
			return;
		}
		const isGood = status !== null && status >= 200 && status <= 302;
		count( webhook, isGood );
		shop.emit( {
			kind: 'delivery',
			webhookId: webhook.id,
			topic,
			resourceId,
			status,
			ok: isGood,
		} );
		if ( webhook.pending_ping ) {
			await sendPing( webhook );
		}
	};

	const isOn = ( webhook: Webhook ): boolean =>
		webhook.status === 'active' && shop.settings.webhooks;

	const run = async (): Promise< void > => {
		while ( queue.size > 0 && ! stopping.signal.aborted ) {
			// In the order of the changes; only pings go before the others.
			const key = queue.has( urgent[ 0 ] ?? '' )
				? urgent.shift()
				: queue.keys().next().value;
			const job = key === undefined ? undefined : queue.get( key );
			if ( key === undefined || ! job ) {
				return;
			}
			const wait = job.due - shop.clock.now();
			if ( wait > 0 ) {
				await shop.clock.sleep( wait, stopping.signal );
				continue;
			}
			queue.delete( key );
			const webhook = shop.webhooks.get( job.webhookId );
			if ( webhook && isOn( webhook ) ) {
				sending = 1;
				await deliver( webhook, job );
				sending = 0;
			}
		}
	};

	const push = ( key: string, job: Job ): void => {
		if ( stopping.signal.aborted || queue.has( key ) ) {
			return;
		}
		queue.set( key, job );
		running ??= run().finally( () => {
			running = null;
		} );
	};

	return {
		fire( topic, resourceId ) {
			const due = shop.clock.now() + shop.settings.webhookDelay / speed;
			for ( const webhook of shop.webhooks.values() ) {
				if ( webhook.topic === topic && isOn( webhook ) ) {
					push( `${ webhook.id } ${ resourceId }`, {
						webhookId: webhook.id,
						resourceId,
						topic,
						due,
					} );
				}
			}
		},
		ping( webhook ) {
			if ( webhook.status === 'active' ) {
				const key = `${ webhook.id } ping`;
				if ( ! queue.has( key ) ) {
					urgent.push( key );
				}
				push( key, {
					webhookId: webhook.id,
					resourceId: 0,
					topic: null,
					due: shop.clock.now(),
				} );
			}
		},
		get waiting() {
			return queue.size + sending;
		},
		async stop() {
			stopping.abort();
			queue.clear();
			urgent.length = 0;
			await running;
		},
	};
}
