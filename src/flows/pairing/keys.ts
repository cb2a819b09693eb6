/**
 * The keys of a pairing: made, changed for others, forgotten (pairing design, C3, *Rotation*).
 */
import type { PairingKey } from '../../contracts/database.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock, Random } from '../../contracts/world.ts';
import { IV_BYTES, rotationKey, seal } from '../../signing/seal.ts';
import { inTurn, type BridgeContext } from './bridge.ts';
import { refuse, type Answer } from './refusal.ts';

const SECRET_BYTES = 32;

/** It may still ask and tell; it changes no keys, its own successor above all. */
export function isReplaced( { slot }: PairingKey ): boolean {
	return slot === 'previous';
}

export const REPLACED_KEY = refuse(
	'replaced-key',
	'This key was replaced by another one, and may not change the connection any more.',
	'Open WooCommerce → Pearlbridge and check the connection there: that finishes the change of the key. Then try again.'
);

export function newKey(
	{ clock, random }: { readonly clock: Clock; readonly random: Random },
	connection: string,
	slot: 'current' | 'next'
): Omit< PairingKey, 'lastUsedAt' > {
	return {
		keyId: `pk_${ Buffer.from( random.bytes( 12 ) ).toString( 'base64url' ) }`,
		connection,
		secret: random.bytes( SECRET_BYTES ),
		slot,
		createdAt: new Date( clock.now() ).toISOString(),
		expiresAt: null,
	};
}

/**
 * Makes the next key, sealed for the one who signed the call: it alone can open it. The key is
 * promoted by the first call that is signed with it, so an answer that is lost changes nothing.
 */
export async function rotate(
	{ database, world }: BridgeContext,
	signedWith: PairingKey
): Promise< Answer< { readonly sealed: string } > > {
	const { connection, keyId, secret } = signedWith;
	const made = await database.locks.withLock(
		`rotate:${ connection }`,
		{ wait: 5 * SECOND },
		async () => {
			const next = newKey( world, connection, 'next' );
			await database.pairings.putKey( next );
			return next;
		}
	);
	if ( ! made.ok ) {
		return refuse(
			'busy',
			'The key is being changed already.',
			'Try again in a moment.'
		);
	}
	world.logger.info(
		{ connection, keyId: made.value.keyId },
		'The next key of the plugin was made.'
	);
	return {
		ok: true,
		value: {
			sealed: seal(
				rotationKey( secret ),
				Buffer.from(
					JSON.stringify( {
						keyId: made.value.keyId,
						secret: Buffer.from( made.value.secret ).toString(
							'base64'
						),
					} )
				),
				Buffer.from( keyId ),
				world.random.bytes( IV_BYTES )
			),
		},
	};
}

const SITE = 'site';
const scopeOf = ( connection: string ): string => `${ connection }/pairing`;

/** `POST /v1/revoke`. */
export function revoke(
	context: BridgeContext,
	connection: string
): Promise< Answer< { readonly ok: true } > > {
	return inTurn( context, connection, async () => {
		await forget( context, connection );
		return { ok: true, value: { ok: true } };
	} );
}

/**
 * Ends a pairing, while nobody else changes the connection. The site is remembered, so that it
 * finds its connection again.
 */
export async function forget(
	{
		database,
		changed,
		world,
	}: Pick< BridgeContext, 'database' | 'changed' | 'world' >,
	connection: string
): Promise< void > {
	const pairing = await database.pairings.find( connection );
	if ( pairing === null ) {
		return;
	}
	await database.cache.put(
		scopeOf( connection ),
		SITE,
		pairing.siteId,
		null
	);
	await database.pairings.remove( connection );
	await changed();
	world.logger.info( { connection }, 'The pairing was ended.' );
}

/** The site that was paired with it last, where it is not any more. */
export async function formerSite(
	{ database }: Pick< BridgeContext, 'database' >,
	connection: string
): Promise< string | null > {
	const site = await database.cache.get( scopeOf( connection ), SITE );
	return typeof site === 'string' ? site : null;
}
