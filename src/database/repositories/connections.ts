/** Connections and their OAuth tokens; every secret is sealed on its way in. */
import { z } from 'zod';
import type { Connections, StoredToken } from '../../contracts/database.ts';
import { settingsChangeSchema } from '../../contracts/answers.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import { isoNow, type Sql, type Tables } from '../tables.ts';
import {
	connectionOf,
	readConnection,
	writeConnection,
} from './connection-rows.ts';
import { removeConnection } from './removal.ts';

const tokenSchema: z.ZodType< StoredToken > = z.object( {
	accessToken: z.string(),
	refreshToken: z.string(),
	expiresAt: z.string(),
	tokenType: z.string(),
	apiDomain: z.string().nullable(),
	installationInstanceId: z.int().nullable(),
	provenBy: z.string().nullish(),
} );
const tokenPlace = ( name: string ) => [ name, 'token' ];

export function createConnections(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Connections {
	const rows = { clock, sealer };
	const toConnection = ( row: Tables[ 'connections' ] ) =>
		connectionOf( row, sealer );
	const read = ( trx: Sql, name: string ) =>
		readConnection( trx, name, rows );

	return {
		async list() {
			const all = await sql
				.selectFrom( 'connections' )
				.selectAll()
				.orderBy( 'name' )
				.execute();
			return all.map( toConnection );
		},
		find: ( name ) => read( sql, name ),
		put: ( record ) =>
			sql
				.transaction()
				.execute( async ( trx ) =>
					writeConnection(
						trx,
						record,
						await read( trx, record.name ),
						rows
					)
				),
		replace: ( record ) =>
			sql.transaction().execute( async ( trx ) => {
				const before = await read( trx, record.name );
				return before === null
					? null
					: writeConnection( trx, record, before, rows );
			} ),
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
				return writeConnection(
					trx,
					{ ...before.record, settings },
					before,
					rows
				);
			} ),
		async settingsHistory( name, limit ) {
			const changes = await sql
				.selectFrom( 'settings_changes' )
				.select( [ 'at', 'saved_by as by', 'changes' ] )
				.where( 'connection', '=', name )
				.orderBy( 'id', 'desc' )
				.limit( limit )
				.execute();
			return changes.map( ( row ) =>
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
