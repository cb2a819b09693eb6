/** The secrets of a shop, wherever they change. */
import { isDeepStrictEqual } from 'node:util';
import type { ConnectionRecord, SecretInput } from '../contracts/connection.ts';
import { HOUR } from '../contracts/primitives.ts';

type Store = ConnectionRecord[ 'store' ];

/** Deliveries are asynchronous: those under way were signed with the secret until now. */
const OVERLAP = HOUR;

/** Of pointers: the same place, whatever stands there. */
export function isSameSecret(
	one: SecretInput | null | undefined,
	other: SecretInput | null | undefined
): boolean {
	return isDeepStrictEqual( one, other );
}

/**
 * `after`, in which the webhook secret of `before` stays good for a while when it was replaced.
 * The same secret once more does not end that while.
 *
 * @param now Milliseconds since the epoch.
 */
export function withEarlierSecret(
	before: Store,
	after: Store,
	now: number
): Store {
	const rest = { ...after };
	delete rest.previousWebhookSecret;
	const { webhookSecret, previousWebhookSecret } = before;
	if ( after.webhookSecret === undefined ) {
		return rest;
	}
	if ( isSameSecret( after.webhookSecret, webhookSecret ) ) {
		return previousWebhookSecret === undefined
			? rest
			: { ...rest, previousWebhookSecret };
	}
	return webhookSecret === undefined
		? rest
		: {
				...rest,
				previousWebhookSecret: {
					secret: webhookSecret,
					until: new Date( now + OVERLAP ).toISOString(),
				},
			};
}
