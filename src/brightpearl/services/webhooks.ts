/**
 * Webhook subscriptions (platform reference, §6.1).
 */
import { z } from 'zod';
import type { Webhook, WebhooksApi } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { createdId, read } from '../answers/decode.ts';
import { count, flag, id, textOrNone } from '../answers/fields.ts';
import type { Link } from './link.ts';
import { remove, write } from './writes.ts';

const HOOKS = '/integration-service/webhook';

/** Body and content type are left out of those that send none. */
const webhooksSchema = z.array(
	z
		.object( {
			id,
			subscribeTo: z.string(),
			httpMethod: z.string(),
			uriTemplate: z.string(),
			bodyTemplate: textOrNone,
			contentType: textOrNone,
			idSetAccepted: flag.nullish(),
			qualityOfService: count.nullish(),
		} )
		.transform( ( hook ): Webhook => ( {
			...hook,
			idSetAccepted: hook.idSetAccepted ?? false,
			qualityOfService: hook.qualityOfService ?? 0,
		} ) )
);

export function createWebhooksApi( { ask }: Link ): WebhooksApi {
	return {
		// Whether none at all are an empty list or a 404 was not recorded.
		webhooks: () =>
			read( ask, { method: 'GET', path: HOOKS }, webhooksSchema, [] ),
		async createWebhook( body ) {
			const call: Call = { method: 'POST', path: HOOKS, body };
			return createdId( await ask( call ), call );
		},
		deleteWebhook: ( hookId ) => remove( ask, `${ HOOKS }/${ hookId }` ),
		simulateWebhook: ( hookId, testData ) =>
			write( ask, {
				method: 'POST',
				path: `${ HOOKS }/${ hookId }/simulate`,
				body: { testData },
				// It calls somebody else: that must not hold up a batch of writes.
				batch: false,
			} ),
	};
}
