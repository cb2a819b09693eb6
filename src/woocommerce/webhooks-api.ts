/**
 * The shop's webhooks over REST (WooCommerce reference, *Webhooks*; part 2, §7). The secret is
 * written and never comes back.
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../contracts/result.ts';
import type { Store, StoreWebhook } from '../contracts/store.ts';
import type { Reply } from './classify.ts';
import * as problems from './problems.ts';
import { whyRefused } from './schemas.ts';
import type { Transport } from './transport.ts';

const PER_PAGE = 100;
/** A shop has a handful; one that pages for ever is not read to its end. */
const MOST_PAGES = 20;
const UNKNOWN = 'woocommerce_rest_shop_webhook_invalid_id';

const webhookSchema = z
	.object( {
		id: z.int().positive(),
		name: z.string().catch( '' ),
		topic: z.string(),
		status: z.enum( [ 'active', 'paused', 'disabled' ] ),
		delivery_url: z.string().catch( '' ),
	} )
	.transform( ( { delivery_url: deliveryUrl, ...rest } ): StoreWebhook => ( {
		...rest,
		deliveryUrl,
	} ) );
const FIELDS = 'id,name,topic,status,delivery_url';

type WebhooksApi = Pick<
	Store,
	'webhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook'
>;

export function createWebhooksApi( transport: Transport ): WebhooksApi {
	return {
		async webhooks() {
			const found: StoreWebhook[] = [];
			for ( let page = 1; page <= MOST_PAGES; page += 1 ) {
				const reply = await transport.get( 'webhooks', {
					per_page: PER_PAGE,
					page,
					orderby: 'id',
					order: 'asc',
					_fields: FIELDS,
				} );
				if ( ! reply.ok ) {
					return fail( reply.failure );
				}
				const read = z.array( webhookSchema ).safeParse( reply.body );
				if ( ! read.success ) {
					return unreadable( 'GET webhooks', read.error );
				}
				found.push( ...read.data );
				if ( read.data.length < PER_PAGE ) {
					break;
				}
			}
			return ok( found );
		},

		async createWebhook( { name, topic, deliveryUrl, secret } ) {
			const reply = await transport.send( 'POST', 'webhooks', {
				name,
				topic,
				delivery_url: deliveryUrl,
				secret,
				status: 'active',
			} );
			return one( 'POST webhooks', reply );
		},

		async updateWebhook( id, { status, deliveryUrl, secret } ) {
			const route = `webhooks/${ id }`;
			const reply = await transport.send( 'PUT', route, {
				...( status === undefined ? {} : { status } ),
				...( deliveryUrl === undefined
					? {}
					: { delivery_url: deliveryUrl } ),
				...( secret === undefined ? {} : { secret } ),
			} );
			return isUnknown( reply )
				? ok( null )
				: one( `PUT ${ route }`, reply );
		},

		async deleteWebhook( id ) {
			// Without `force` the shop answers 501: webhooks have no trash.
			const reply = await transport.remove( `webhooks/${ id }`, {
				force: 'true',
			} );
			return reply.ok || isUnknown( reply )
				? ok( undefined )
				: fail( reply.failure );
		},
	};
}

function one( what: string, reply: Reply ): Result< StoreWebhook > {
	if ( ! reply.ok ) {
		return fail( reply.failure );
	}
	const read = webhookSchema.safeParse( reply.body );
	return read.success ? ok( read.data ) : unreadable( what, read.error );
}

/** 404 for reading and deleting, 400 for changing. */
function isUnknown( reply: Reply ): boolean {
	return ! reply.ok && reply.code === UNKNOWN;
}

function unreadable( what: string, error: z.ZodError ) {
	return hold( problems.unreadable( what, whyRefused( error ) ) );
}
