/**
 * Subscriptions and what became of each call they led to (platform reference, §6).
 */
export type WebhookMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Webhook {
	id: number;
	/** `order.modified.order-status`, or a prefix such as `product`. */
	subscribeTo: string;
	httpMethod: WebhookMethod;
	uriTemplate: string;
	/** Null = none, as for GET. */
	bodyTemplate: string | null;
	contentType: string | null;
	idSetAccepted: boolean;
	qualityOfService: 0 | 1;
}

/** `waiting`: to be sent, or sent again. `dropped`: by a fault. `not-called`: not this machine. */
export type DeliveryState =
	'waiting' | 'delivered' | 'failed' | 'dropped' | 'not-called';

export interface Delivery {
	id: number;
	webhookId: number;
	qualityOfService: 0 | 1;
	fullEvent: string;
	/** An id, or an id set. */
	resourceId: string;
	method: WebhookMethod;
	uri: string;
	body: string | null;
	contentType: string | null;
	raisedAt: number;
	/** Sent again at. */
	dueAt: number;
	state: DeliveryState;
	/** Status of each attempt; null = nobody answered. */
	attempts: ( number | null )[];
}
