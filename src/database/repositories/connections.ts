/** Connections and their OAuth tokens; every secret is sealed on its way in. */
import { z } from 'zod';
import type {
	Connections,
	StoredConnection,
	StoredToken,
} from '../../contracts/database.ts';
import type { ConnectionFile } from '../../contracts/connection.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import { openConnection, sealConnection } from '../secrets.ts';
import { isoNow, nextNumber, type Sql, type Tables } from '../tables.ts';
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

export function createConnections(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Connections {
	const toConnection = (
		row: Tables[ 'connections' ]
	): StoredConnection => ( {
		file: openConnection( row.doc, sealer ),
		revision: row.revision,
		pushedOnce: row.pushed_once === 1,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	} );

	async function write(
		trx: Sql,
		file: ConnectionFile
	): Promise< StoredConnection > {
		const now = isoNow( clock );
		const changed = {
			account: file.brightpearl.account,
			doc: sealConnection( file, sealer ),
			// One counter for all: a connection that was removed and added again is not
			// mistaken for the one that was.
			revision: await nextNumber( trx, 'revision' ),
			updated_at: now,
		};
		const row = await trx
			.insertInto( 'connections' )
			.values( {
				...changed,
				name: file.name,
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
		async find( name ) {
			const row = await sql
				.selectFrom( 'connections' )
				.selectAll()
				.where( 'name', '=', name )
				.executeTakeFirst();
			return row ? toConnection( row ) : null;
		},
		put: ( file ) =>
			sql.transaction().execute( ( trx ) => write( trx, file ) ),
		saveSettings: ( name, settings ) =>
			sql.transaction().execute( async ( trx ) => {
				const row = await trx
					.selectFrom( 'connections' )
					.selectAll()
					.where( 'name', '=', name )
					.executeTakeFirst();
				if ( ! row ) {
					throw new Error( `There is no connection ${ name }.` );
				}
				return write( trx, { ...toConnection( row ).file, settings } );
			} ),
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
