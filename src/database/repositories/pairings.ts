/** Which site a connection is paired with. */
import { z } from 'zod';
import type { Pairing, Pairings } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import type { Sql, Tables } from '../tables.ts';
import { writeConnection } from './connection-rows.ts';
import { burnCode, createPairingCodes } from './pairing-codes.ts';
import { createPairingKeys, removeKeys, writeKey } from './pairing-keys.ts';

const idsSchema = z.array( z.int() );

export function createPairings(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Pairings {
	const pairings = () => sql.selectFrom( 'pairings' ).selectAll();

	return {
		...createPairingKeys( sql, clock, sealer ),
		...createPairingCodes( sql, clock, sealer ),
		async find( connection ) {
			const row = await pairings()
				.where( 'connection', '=', connection )
				.executeTakeFirst();
			return row ? toPairing( row ) : null;
		},
		async findBySite( siteId ) {
			const row = await pairings()
				.where( 'site_id', '=', siteId )
				.executeTakeFirst();
			return row ? toPairing( row ) : null;
		},
		async list() {
			const rows = await pairings().orderBy( 'connection' ).execute();
			return rows.map( toPairing );
		},
		save: ( pairing ) =>
			sql.transaction().execute( async ( trx ) => {
				const { connection } = pairing;
				const before = await trx
					.selectFrom( 'pairings' )
					.select( 'site_id' )
					.where( 'connection', '=', connection )
					.executeTakeFirst();
				if ( before && before.site_id !== pairing.siteId ) {
					// A key belongs to the site it was given to.
					await removeKeys( trx, connection );
				}
				await writePairing( trx, pairing );
			} ),
		remove: ( connection ) =>
			sql
				.transaction()
				.execute( ( trx ) => removePairing( trx, connection ) ),
		grant: ( codeId, { begun, pairing, key } ) =>
			sql.transaction().execute( async ( trx ) => {
				if ( ! ( await burnCode( trx, codeId, clock.now() ) ) ) {
					return false;
				}
				if ( begun !== null ) {
					await writeConnection( trx, begun, null, {
						clock,
						sealer,
					} );
				}
				await removePairing( trx, pairing.connection );
				await writePairing( trx, pairing );
				await writeKey( trx, key, clock.now(), sealer );
				return true;
			} ),
	};
}

async function writePairing( trx: Sql, pairing: Pairing ): Promise< void > {
	const row = toRow( pairing );
	await trx
		.insertInto( 'pairings' )
		.values( row )
		.onConflict( ( conflict ) =>
			conflict.column( 'connection' ).doUpdateSet( row )
		)
		.execute();
}

/** Runs inside the caller's transaction; false when there is none. */
export async function removePairing(
	trx: Sql,
	connection: string
): Promise< boolean > {
	await removeKeys( trx, connection );
	const removed = await trx
		.deleteFrom( 'pairings' )
		.where( 'connection', '=', connection )
		.returning( 'connection' )
		.executeTakeFirst();
	return removed !== undefined;
}

const toRow = ( pairing: Pairing ): Tables[ 'pairings' ] => ( {
	connection: pairing.connection,
	site_id: pairing.siteId,
	store_url: pairing.storeUrl,
	plugin_version: pairing.pluginVersion,
	wp_version: pairing.wpVersion,
	wc_version: pairing.wcVersion,
	woo_key_id: pairing.wooKeyId,
	webhook_ids: JSON.stringify( pairing.webhookIds ),
	since: pairing.since,
} );

const toPairing = ( row: Tables[ 'pairings' ] ): Pairing => ( {
	connection: row.connection,
	siteId: row.site_id,
	storeUrl: row.store_url,
	pluginVersion: row.plugin_version,
	wpVersion: row.wp_version,
	wcVersion: row.wc_version,
	wooKeyId: row.woo_key_id,
	webhookIds: idsSchema.parse( JSON.parse( row.webhook_ids ) ),
	since: row.since,
} );
