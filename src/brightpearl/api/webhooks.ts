/**
 * Webhook subscriptions. The list is the account's: other apps' hooks stand in it too, and only
 * our own may ever be touched.
 */
import type { Result } from '../../contracts/result.ts';

export interface WebhookBody {
	/** An event, or the beginning of several (platform reference, §6.3). */
	readonly subscribeTo: string;
	readonly httpMethod: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Absolute; may hold variables such as `${resource-id}`. */
	readonly uriTemplate: string;
	/** For POST and PUT. */
	readonly bodyTemplate?: string;
	readonly contentType?: string;
	/** One call with an id set instead of one for each id. */
	readonly idSetAccepted: boolean;
	/** 1 = at least once. */
	readonly qualityOfService: 0 | 1;
}

export interface Webhook {
	readonly id: number;
	readonly subscribeTo: string;
	readonly httpMethod: string;
	readonly uriTemplate: string;
	readonly bodyTemplate: string | null;
	readonly contentType: string | null;
	readonly idSetAccepted: boolean;
	readonly qualityOfService: number;
}

export interface WebhooksApi {
	/** All of the account, other apps' included. */
	webhooks(): Promise< Result< readonly Webhook[] > >;
	/** Its id. They cannot be changed, and the same twice fires twice: look before. */
	createWebhook( body: WebhookBody ): Promise< Result< number > >;
	/** One that is gone already is no failure. */
	deleteWebhook( id: number ): Promise< Result< void > >;
	/** Makes Brightpearl really call the target; at most 10 ids. Variable (`${resource-id}`) → value. */
	simulateWebhook(
		id: number,
		testData: Readonly< Record< string, string > >
	): Promise< Result< void > >;
}
