/** The keys of a pairing, and the nonces that were used with them. */
import type { PairingKey, Pairings } from '../../contracts/database.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import { isoNow, type Sql, type Tables } from '../tables.ts';

/** `lastUsedAt` is for people: it need not cost a write with every call. */
const USED_EVERY = MINUTE;
const SLOTS = [ 'current', 'next', 'previous' ] as const;

type Keys = Pick<
	Pairings,
	'key' | 'keys' | 'putKey' | 'promote' | 'used' | 'takeNonce'
>;

export function createPairingKeys(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Keys {
	const valid = () =>
		sql
			.selectFrom( 'pairing_keys' )
			.selectAll()
			.where( ( eb ) =>
				eb.or( [
					eb( 'expires_at', 'is', null ),
					eb( 'expires_at', '>', clock.now() ),
				] )
			);

	const toKey = ( row: Tables[ 'pairing_keys' ] ): PairingKey => ( {
		keyId: row.key_id,
		connection: row.connection,
		secret: sealer.openBytes( row.sealed, placeOf( row ) ),
		slot: row.slot,
		createdAt: row.created_at,
		lastUsedAt: row.last_used_at,
		expiresAt: row.expires_at,
	} );

	return {
		async key( keyId ) {
			const row = await valid()
				.where( 'key_id', '=', keyId )
				.executeTakeFirst();
			return row ? toKey( row ) : null;
		},
		async keys( connection ) {
			const rows = await valid()
				.where( 'connection', '=', connection )
				.execute();
			return rows
				.map( toKey )
				.sort(
					( a, b ) =>
						SLOTS.indexOf( a.slot ) - SLOTS.indexOf( b.slot )
				);
		},
		putKey: ( key ) =>
			sql
				.transaction()
				.execute( ( trx ) =>
					writeKey( trx, key, clock.now(), sealer )
				),
		promote: ( keyId, previousUntil ) =>
			sql.transaction().execute( async ( trx ) => {
				const next = await trx
					.selectFrom( 'pairing_keys' )
					.select( [ 'connection', 'expires_at' ] )
					.where( 'key_id', '=', keyId )
					.where( 'slot', '=', 'next' )
					.executeTakeFirst();
				if (
					! next ||
					( next.expires_at ?? Infinity ) <= clock.now()
				) {
					return false;
				}
				await trx
					.deleteFrom( 'pairing_keys' )
					.where( 'connection', '=', next.connection )
					.where( 'slot', '=', 'previous' )
					.execute();
				await trx
					.updateTable( 'pairing_keys' )
					.set( { slot: 'previous', expires_at: previousUntil } )
					.where( 'connection', '=', next.connection )
					.where( 'slot', '=', 'current' )
					.execute();
				await trx
					.updateTable( 'pairing_keys' )
					.set( { slot: 'current', expires_at: null } )
					.where( 'key_id', '=', keyId )
					.execute();
				return true;
			} ),
		async used( keyId ) {
			const before = new Date( clock.now() - USED_EVERY ).toISOString();
			await sql
				.updateTable( 'pairing_keys' )
				.set( { last_used_at: isoNow( clock ) } )
				.where( 'key_id', '=', keyId )
				.where( ( eb ) =>
					eb.or( [
						eb( 'last_used_at', 'is', null ),
						eb( 'last_used_at', '<=', before ),
					] )
				)
				.execute();
		},
		takeNonce: ( keyId, nonce, expiresAt ) =>
			sql.transaction().execute( async ( trx ) => {
				await trx
					.deleteFrom( 'nonces' )
					.where( 'expires_at', '<=', clock.now() )
					.execute();
				const taken = await trx
					.insertInto( 'nonces' )
					.values( { key_id: keyId, nonce, expires_at: expiresAt } )
					.onConflict( ( conflict ) => conflict.doNothing() )
					.returning( 'nonce' )
					.executeTakeFirst();
				return taken !== undefined;
			} ),
	};
}

/** Replaces the connection's key in that slot; inside the caller's transaction. */
export async function writeKey(
	trx: Sql,
	key: Omit< PairingKey, 'lastUsedAt' >,
	now: number,
	sealer: Sealer
): Promise< void > {
	await trx
		.deleteFrom( 'pairing_keys' )
		.where( 'connection', '=', key.connection )
		.where( ( eb ) =>
			eb.or( [
				eb( 'slot', '=', key.slot ),
				eb( 'expires_at', '<=', now ),
			] )
		)
		.execute();
	const row = {
		key_id: key.keyId,
		connection: key.connection,
		slot: key.slot,
		created_at: key.createdAt,
		last_used_at: null,
		expires_at: key.expiresAt,
	};
	await trx
		.insertInto( 'pairing_keys' )
		.values( {
			...row,
			sealed: sealer.sealBytes( key.secret, placeOf( row ) ),
		} )
		.execute();
}

/** Takes a connection's keys with the nonces used with them; inside the caller's transaction. */
export async function removeKeys(
	trx: Sql,
	connection: string
): Promise< void > {
	await trx
		.deleteFrom( 'nonces' )
		.where( 'key_id', 'in', ( eb ) =>
			eb
				.selectFrom( 'pairing_keys' )
				.select( 'key_id' )
				.where( 'connection', '=', connection )
		)
		.execute();
	await trx
		.deleteFrom( 'pairing_keys' )
		.where( 'connection', '=', connection )
		.execute();
}

const placeOf = ( row: {
	readonly connection: string;
	readonly key_id: string;
} ) => [ row.connection, 'pairing key', row.key_id ];
