/**
 * Reads a webhook delivery ("WooCommerce, as measured": *webhooks*).
 *
 * The signature covers the raw body and nothing else: topic, resource and source are hints,
 * good enough to look at an order again and for nothing more. Deliveries are not told apart
 * by their id, which is not unique.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type WebhookHeaders = Readonly<
	Record< string, string | readonly string[] | undefined >
>;

export interface WebhookDelivery {
	/** The exact bytes received. */
	readonly rawBody: Uint8Array;
	readonly headers: WebhookHeaders;
	readonly secret: string;
}

export type WebhookVerdict =
	/** Sent on creation, unsigned: answer exactly 200 and do nothing. */
	| { readonly kind: 'ping' }
	| {
			readonly kind: 'ok';
			/** Such as `order.updated`; unknown ones are accepted. '' when not told. */
			readonly topic: string;
			readonly resource: string;
			readonly id: number | null;
			/** Set when the resource is an order. */
			readonly orderId: number | null;
			/** The shop's home address, as the shop says. */
			readonly source: string | null;
			/** Validly signed, but an error document: the record is gone or its owner has no rights. */
			readonly errorPayload: boolean;
	  }
	| {
			readonly kind: 'rejected';
			readonly reason: 'missing-signature' | 'bad-signature';
	  }
	/** Validly signed, but no JSON. */
	| { readonly kind: 'unreadable' };

const PING = /^webhook_id=\d+$/;
/** A ping is a dozen bytes: more is not looked at without a signature. */
const LONGEST_PING = 64;

export function verifyWebhook( delivery: WebhookDelivery ): WebhookVerdict {
	const header = readerOf( delivery.headers );
	const signature = header( 'x-wc-webhook-signature' );
	if ( signature === null || signature === '' ) {
		return isPing( delivery.rawBody )
			? { kind: 'ping' }
			: { kind: 'rejected', reason: 'missing-signature' };
	}
	if ( ! isSignedWith( delivery, signature ) ) {
		return { kind: 'rejected', reason: 'bad-signature' };
	}
	const body = parse( delivery.rawBody );
	if ( body === undefined ) {
		return { kind: 'unreadable' };
	}
	const topic = header( 'x-wc-webhook-topic' ) ?? '';
	const resource =
		header( 'x-wc-webhook-resource' ) ?? topic.split( '.' )[ 0 ] ?? '';
	const id = idOf( body );
	return {
		kind: 'ok',
		topic,
		resource,
		id,
		orderId: resource === 'order' ? id : null,
		source: header( 'x-wc-webhook-source' ),
		// A coupon has a `code` too, but with its id.
		errorPayload:
			id === null && isRecord( body ) && typeof body.code === 'string',
	};
}

function isSignedWith( delivery: WebhookDelivery, signature: string ): boolean {
	const expected = createHmac( 'sha256', delivery.secret )
		.update( delivery.rawBody )
		.digest();
	const given = Buffer.from( signature, 'base64' );
	return (
		given.length === expected.length && timingSafeEqual( given, expected )
	);
}

function isPing( rawBody: Uint8Array ): boolean {
	return (
		rawBody.byteLength <= LONGEST_PING &&
		PING.test( Buffer.from( rawBody ).toString( 'latin1' ) )
	);
}

function parse( rawBody: Uint8Array ): unknown {
	try {
		const text = Buffer.from( rawBody ).toString( 'utf8' );
		return JSON.parse( text.replace( /^\uFEFF/, '' ) ) as unknown;
	} catch {
		return undefined;
	}
}

function isRecord( value: unknown ): value is Record< string, unknown > {
	return (
		typeof value === 'object' && value !== null && ! Array.isArray( value )
	);
}

function idOf( body: unknown ): number | null {
	const id = isRecord( body ) ? body.id : null;
	return typeof id === 'number' && Number.isSafeInteger( id ) && id > 0
		? id
		: null;
}

function readerOf(
	headers: WebhookHeaders
): ( name: string ) => string | null {
	const byName = new Map(
		Object.entries( headers ).map( ( [ name, value ] ) => [
			name.toLowerCase(),
			typeof value === 'string' ? value : ( value?.[ 0 ] ?? null ),
		] )
	);
	return ( name ) => byName.get( name )?.trim() ?? null;
}
