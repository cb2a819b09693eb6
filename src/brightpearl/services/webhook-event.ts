/**
 * What a webhook of ours tells. There is no fixed payload: the body is the text its subscriber
 * wrote, filled in without any escaping (platform reference, §6.2).
 */
import { z } from 'zod';
import { parseIdSet } from '../search/id-set.ts';

/** What to subscribe with; production's usual one. */
export const WEBHOOK_BODY = JSON.stringify( {
	accountCode: '${account-code}',
	resourceType: '${resource-type}',
	id: '${resource-id}',
	lifecycleEvent: '${lifecycle-event}',
	fullEvent: '${full-event}',
	raisedOn: '${raised-on}',
	brightpearlVersion: '${brightpearl-version}',
} );
export const WEBHOOK_CONTENT_TYPE = 'application/json';

export interface WebhookEvent {
	readonly account: string | null;
	/** Such as `product.modified.on-hand-modified`. */
	readonly event: string | null;
	/** In no order that means anything; empty when none are told. */
	readonly ids: readonly number[];
	readonly version: string | null;
}

/** Who has the token may still send nonsense, and some of this is logged. */
const LONGEST = 200;
const text = z.string().max( LONGEST ).nullish();

const bodySchema = z.object( {
	accountCode: text,
	/** One id or a set with ranges; a template may leave the quotes out. */
	id: z.union( [ z.string(), z.int() ] ).nullish(),
	fullEvent: text,
	brightpearlVersion: text,
} );

/** Null when it is none that we can read; a field that is missing is null, or no ids. */
export function readWebhook( rawBody: Uint8Array ): WebhookEvent | null {
	const read = bodySchema.safeParse( jsonOf( rawBody ) );
	if ( ! read.success ) {
		return null;
	}
	const { accountCode, brightpearlVersion, fullEvent, id } = read.data;
	const ids = ( id ?? '' ) === '' ? [] : parseIdSet( `${ id }` );
	return ids === null
		? null
		: {
				account: accountCode ?? null,
				event: fullEvent ?? null,
				ids,
				version: brightpearlVersion ?? null,
			};
}

function jsonOf( rawBody: Uint8Array ): unknown {
	try {
		return JSON.parse( Buffer.from( rawBody ).toString( 'utf8' ) );
	} catch {
		return undefined;
	}
}
