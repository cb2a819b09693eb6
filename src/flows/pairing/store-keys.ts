/**
 * `PUT /v1/store`, and WooCommerce's wc-auth callback: the keys of the shop's API and the secret
 * of its webhooks. Keys are kept only after the shop has answered to them.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
	wcAuthCallbackSchema,
	type StoreKeys,
	type storeAuthorizationSchema,
} from '../../contracts/pairing.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import { retryAfterChange } from '../operations/connection-rules.ts';
import { withEarlierSecret } from '../store-secrets.ts';
import { inTurn, type BridgeContext } from './bridge.ts';
import { BUSY, GONE, refuse, refusedByStore, type Answer } from './refusal.ts';

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
	const { type, url } = stored.record.store;
	if ( consumerKey !== null && consumerSecret !== null ) {
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
	return inTurn( context, connection, () =>
		keep( context, connection, keys, url )
	);
}

/** @param checkedAt The address at which the shop has answered to the keys. */
async function keep(
	context: BridgeContext,
	connection: string,
	keys: StoreKeys,
	checkedAt: string
): Promise< Answer< void > > {
	const { database, world } = context;
	// Read again: asking the shop has taken its time.
	const stored = await database.connections.find( connection );
	if ( stored === null ) {
		return GONE;
	}
	const { store } = stored.record;
	if ( store.url !== checkedAt ) {
		return BUSY;
	}
	const { consumerKey, consumerSecret, webhookSecret } = keys;
	const brings = consumerKey !== null || webhookSecret !== null;
	if ( brings ) {
		await database.connections.replace( {
			...stored.record,
			store: withEarlierSecret(
				store,
				{
					...store,
					...( consumerKey === null
						? {}
						: { consumerKey, consumerSecret } ),
					...( webhookSecret === null ? {} : { webhookSecret } ),
				},
				world.clock.now()
			),
		} );
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
	if ( consumerKey !== null ) {
		// What the keys until now had stopped goes on.
		await retryAfterChange( context, connection, stored.record.settings );
	}
	world.logger.info(
		{
			connection,
			keys: consumerKey !== null,
			webhookSecret: webhookSecret !== null,
		},
		'The plugin has stored keys of the shop.'
	);
	return { ok: true, value: undefined };
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
