/**
 * The demo shop's webhooks, made over its REST API as a plugin or a person would make them, and
 * pointed at the service's present address at each start.
 */
import { z } from 'zod';
import { createHttpFetch } from '../net/http-fetch.ts';
import { createTransport } from '../woocommerce/transport.ts';
import type { SandboxOptions } from './sandbox-port.ts';

const TOPICS = [
	'order.created',
	'order.updated',
	'order.deleted',
	'order.restored',
] as const;

const webhooksSchema = z.array(
	z.object( {
		id: z.int(),
		topic: z.string(),
		delivery_url: z.string(),
		status: z.string(),
	} )
);

export async function ensureWebhooks(
	{ clock, random, logger }: SandboxOptions,
	shop: {
		readonly url: string;
		readonly consumerKey: string;
		readonly consumerSecret: string;
		readonly webhookSecret: string;
	},
	deliveryUrl: string
): Promise< void > {
	const fetch = createHttpFetch( { clock } );
	const transport = createTransport( {
		connection: 'demo',
		config: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.consumerKey,
			consumerSecret: shop.consumerSecret,
		},
		world: { clock, random, logger, fetch },
		readSecret: ( secret ) => ( { ok: true, value: String( secret ) } ),
	} );
	try {
		const listed = await transport.get( 'webhooks', { per_page: 100 } );
		const existing =
			webhooksSchema.safeParse( listed.ok ? listed.body : [] ).data ?? [];
		for ( const topic of TOPICS ) {
			const webhook = existing.find( ( entry ) => entry.topic === topic );
			const wanted = { delivery_url: deliveryUrl, status: 'active' };
			if ( webhook === undefined ) {
				await transport.send( 'POST', 'webhooks', {
					...wanted,
					topic,
					name: `Pearlbridge ${ topic }`,
					secret: shop.webhookSecret,
				} );
			} else if (
				webhook.delivery_url !== deliveryUrl ||
				webhook.status !== 'active'
			) {
				await transport.send(
					'PUT',
					`webhooks/${ webhook.id }`,
					wanted
				);
			}
		}
	} finally {
		await fetch.close();
	}
}
