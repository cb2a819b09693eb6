/**
 * `PUT /v1/store`, and WooCommerce's wc-auth callback: the keys of the shop's API and the secret
 * of its webhooks. Keys are kept only after the shop has answered to them.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ConnectionRecord } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import {
	wcAuthCallbackSchema,
	type StoreKeys,
	type storeAuthorizationSchema,
} from '../../contracts/pairing.ts';
import { HOUR, MINUTE } from '../../contracts/primitives.ts';
import { retryAfterChange } from '../operations/connection-rules.ts';
import {
	refuse,
	refusedByStore,
	type Answer,
	type BridgeContext,
} from './bridge.ts';

/** Deliveries are asynchronous: those under way were signed with the secret until now. */
const WEBHOOK_OVERLAP = HOUR;
const AUTHORIZATION_GOOD_FOR = 10 * MINUTE;
/** 192 bits; hexadecimal, because it travels as WooCommerce's `user_id`. */
const STATE_BYTES = 24;

export async function storeKeys(
	context: BridgeContext,
	connection: string,
	keys: StoreKeys
): Promise< Answer< void > > {
	const { consumerKey, consumerSecret } = keys;
	if ( ( consumerKey === null ) !== ( consumerSecret === null ) ) {
		return refuse(
			'bad-request',
			'The consumer key and the consumer secret go together.'
		);
	}
	const { database } = context;
	const stored = await database.connections.find( connection );
	if ( stored === null ) {
		return GONE;
	}
	if ( consumerKey !== null && consumerSecret !== null ) {
		const { type, url } = stored.record.store;
		const checked = await context.checkKeys( connection, {
			type,
			url,
			consumerKey,
			consumerSecret,
		} );
		if ( ! checked.ok ) {
			return refusedByStore( checked.failure );
		}
	}
	return keep( context, connection, keys );
}

const GONE = refuse( 'not-found', 'The connection has been removed.' );

async function keep(
	context: BridgeContext,
	connection: string,
	keys: StoreKeys
): Promise< Answer< void > > {
	const { database, world } = context;
	// Read again: asking the shop has taken its time.
	const stored = await database.connections.find( connection );
	if ( stored === null ) {
		return GONE;
	}
	const store = storeWith( stored, keys, world.clock.now() );
	if ( store !== stored.record.store ) {
		await database.connections.put( { ...stored.record, store } );
	}
	const pairing = await database.pairings.find( connection );
	if ( pairing !== null ) {
		await database.pairings.save( {
			...pairing,
			wooKeyId: keys.keyId ?? pairing.wooKeyId,
			webhookIds: keys.webhookIds ?? pairing.webhookIds,
		} );
	}
	await context.changed();
	if ( keys.consumerKey !== null ) {
		// What the keys until now had stopped goes on.
		await retryAfterChange( context, connection, stored.record.settings );
	}
	world.logger.info(
		{
			connection,
			keys: keys.consumerKey !== null,
			webhookSecret: keys.webhookSecret !== null,
		},
		'The plugin has stored keys of the shop.'
	);
	return { ok: true, value: undefined };
}

function storeWith(
	{ record: { store } }: StoredConnection,
	{ consumerKey, consumerSecret, webhookSecret }: StoreKeys,
	now: number
): ConnectionRecord[ 'store' ] {
	const rotates =
		webhookSecret !== null && webhookSecret !== store.webhookSecret;
	if ( ! rotates && consumerKey === null ) {
		return store;
	}
	return {
		...store,
		...( consumerKey === null ? {} : { consumerKey, consumerSecret } ),
		...( rotates ? { webhookSecret } : {} ),
		...( rotates && store.webhookSecret !== undefined
			? {
					previousWebhookSecret: {
						secret: store.webhookSecret,
						until: new Date( now + WEBHOOK_OVERLAP ).toISOString(),
					},
				}
			: {} ),
	};
}

/** The state of one approval in the standard wc-auth screen (pairing design, C2). */
export async function openAuthorization(
	{ database, service, world }: BridgeContext,
	connection: string
): Promise< z.infer< typeof storeAuthorizationSchema > > {
	const state = Buffer.from( world.random.bytes( STATE_BYTES ) ).toString(
		'hex'
	);
	const expiresAt = world.clock.now() + AUTHORIZATION_GOOD_FOR;
	await database.pairings.addAuthorization( {
		stateHash: hashOf( state ),
		connection,
		expiresAt,
	} );
	const { publicUrl } = service();
	return {
		state,
		callbackUrl:
			publicUrl?.startsWith( 'https:' ) === true
				? `${ publicUrl.replace( /\/$/, '' ) }/oauth/woocommerce`
				: null,
		expiresAt: new Date( expiresAt ).toISOString(),
	};
}

/**
 * What WooCommerce posts after an approval. It is not signed and does not name the shop: the
 * state says which connection it is for, and that shop must answer to the keys.
 */
export async function takeCallback(
	context: BridgeContext,
	body: unknown
): Promise< Answer< void > > {
	const read = wcAuthCallbackSchema.safeParse( body );
	if ( ! read.success ) {
		return refuse( 'bad-request', 'The callback cannot be read.' );
	}
	const { user_id, key_id, consumer_key, consumer_secret, key_permissions } =
		read.data;
	const connection = await context.database.pairings.takeAuthorization(
		hashOf( user_id )
	);
	if ( connection === null ) {
		return refuse(
			'not-found',
			'This approval was not asked for, was used already or has expired.',
			'Ask for it again under WooCommerce → Pearlbridge.'
		);
	}
	if ( key_permissions !== 'read_write' ) {
		return refuse(
			'bad-request',
			'The approved key may not read and write.'
		);
	}
	return storeKeys( context, connection, {
		consumerKey: consumer_key,
		consumerSecret: consumer_secret,
		keyId: key_id,
		webhookSecret: null,
		webhookIds: null,
	} );
}

function hashOf( state: string ): string {
	return createHash( 'sha256' ).update( state ).digest( 'hex' );
}
