/** Connections and their OAuth tokens; every secret is sealed on its way in. */
import { z } from 'zod';
import type {
	Connections,
	StoredConnection,
	StoredToken,
} from '../../contracts/database.ts';
import { settingsChangeSchema } from '../../contracts/answers.ts';
import {
	completeFile,
	type ConnectionRecord,
} from '../../contracts/connection.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import { openConnection, sealConnection } from '../secrets.ts';
import {
	isoNow,
	nextNumber,
	NO_ACCOUNT,
	type Sql,
	type Tables,
} from '../tables.ts';
import { removeConnection } from './removal.ts';

const tokenSchema: z.ZodType< StoredToken > = z.object( {
	accessToken: z.string(),
	refreshToken: z.string(),
	expiresAt: z.string(),
	tokenType: z.string(),
	apiDomain: z.string().nullable(),
	installationInstanceId: z.int().nullable(),
} );
const tokenPlace = ( name: string ) => [ name, 'token' ];

const isSame = ( one: unknown, other: unknown ): boolean =>
	JSON.stringify( one ) === JSON.stringify( other );

export function createConnections(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Connections {
	function toConnection( row: Tables[ 'connections' ] ): StoredConnection {
		const record = openConnection( row.doc, sealer );
		return {
			record,
			file: completeFile( record ),
			revision: row.revision,
			settingsRevision: row.settings_revision,
			pushedOnce: row.pushed_once === 1,
			createdAt: row.created_at,
			updatedAt: row.updated_at,
		};
	}

	async function read(
		trx: Sql,
		name: string
	): Promise< StoredConnection | null > {
		const row = await trx
			.selectFrom( 'connections' )
			.selectAll()
			.where( 'name', '=', name )
			.executeTakeFirst();
		return row ? toConnection( row ) : null;
	}

	async function write(
		trx: Sql,
		record: ConnectionRecord,
		before: StoredConnection | null
	): Promise< StoredConnection > {
		const now = isoNow( clock );
		// One counter for all: a connection that was removed and added again is not mistaken
		// for the one that was, nor its settings for those that were.
		const revision = await nextNumber( trx, 'revision' );
		const changed = {
			account: record.brightpearl?.account ?? NO_ACCOUNT,
			doc: sealConnection( record, sealer ),
			revision,
			settings_revision:
				before && isSame( before.record.settings, record.settings )
					? before.settingsRevision
					: revision,
			updated_at: now,
		};
		const row = await trx
			.insertInto( 'connections' )
			.values( {
				...changed,
				name: record.name,
				pushed_once: 0,
				created_at: now,
			} )
			.onConflict( ( conflict ) =>
				conflict.column( 'name' ).doUpdateSet( changed )
			)
			.returningAll()
			.executeTakeFirstOrThrow();
		return toConnection( row );
	}

	return {
		async list() {
			const rows = await sql
				.selectFrom( 'connections' )
				.selectAll()
				.orderBy( 'name' )
				.execute();
			return rows.map( toConnection );
		},
		find: ( name ) => read( sql, name ),
		put: ( record ) =>
			sql
				.transaction()
				.execute( async ( trx ) =>
					write( trx, record, await read( trx, record.name ) )
				),
		saveSettings: ( name, settings, log ) =>
			sql.transaction().execute( async ( trx ) => {
				const before = await read( trx, name );
				if ( before === null ) {
					throw new Error( `There is no connection ${ name }.` );
				}
				if (
					log.expected !== undefined &&
					log.expected !== before.settingsRevision
				) {
					return null;
				}
				if ( log.changes.length > 0 ) {
					await trx
						.insertInto( 'settings_changes' )
						.values( {
							connection: name,
							at: isoNow( clock ),
							saved_by: log.by,
							changes: JSON.stringify( log.changes ),
						} )
						.execute();
				}
				return write( trx, { ...before.record, settings }, before );
			} ),
		async settingsHistory( name, limit ) {
			const rows = await sql
				.selectFrom( 'settings_changes' )
				.select( [ 'at', 'saved_by as by', 'changes' ] )
				.where( 'connection', '=', name )
				.orderBy( 'id', 'desc' )
				.limit( limit )
				.execute();
			return rows.map( ( row ) =>
				settingsChangeSchema.parse( {
					...row,
					changes: JSON.parse( row.changes ) as unknown,
				} )
			);
		},
		remove: ( name ) =>
			sql
				.transaction()
				.execute( ( trx ) => removeConnection( trx, name ) ),
		async markPushed( name ) {
			await sql
				.updateTable( 'connections' )
				.set( { pushed_once: 1 } )
				.where( 'name', '=', name )
				.where( 'pushed_once', '=', 0 )
				.execute();
		},
		async token( name ) {
			const row = await sql
				.selectFrom( 'tokens' )
				.selectAll()
				.where( 'connection', '=', name )
				.executeTakeFirst();
			return row
				? tokenSchema.parse(
						JSON.parse(
							sealer.open( row.sealed, tokenPlace( name ) )
						)
					)
				: null;
		},
		async saveToken( name, token ) {
			if ( token === null ) {
				await sql
					.deleteFrom( 'tokens' )
					.where( 'connection', '=', name )
					.execute();
				return;
			}
			const sealed = sealer.seal(
				JSON.stringify( token ),
				tokenPlace( name )
			);
			await sql
				.insertInto( 'tokens' )
				.values( { connection: name, sealed } )
				.onConflict( ( conflict ) =>
					conflict.column( 'connection' ).doUpdateSet( { sealed } )
				)
				.execute();
		},
	};
}
