/** Sessions of the console in the sidecar's own host, and the logins that begin them. */
import type { Sessions } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sql } from '../tables.ts';

export function createSessions( sql: Sql, clock: Clock ): Sessions {
	const prune = ( trx: Sql, table: 'logins' | 'sessions' ) =>
		trx
			.deleteFrom( table )
			.where( 'expires_at', '<=', clock.now() )
			.execute();

	return {
		addLogin: ( tokenHash, expiresAt ) =>
			sql.transaction().execute( async ( trx ) => {
				await prune( trx, 'logins' );
				await trx
					.insertInto( 'logins' )
					.values( { token_hash: tokenHash, expires_at: expiresAt } )
					.execute();
			} ),
		async takeLogin( tokenHash ) {
			const taken = await sql
				.deleteFrom( 'logins' )
				.where( 'token_hash', '=', tokenHash )
				.where( 'expires_at', '>', clock.now() )
				.returning( 'token_hash' )
				.executeTakeFirst();
			return taken !== undefined;
		},
		add: ( session ) =>
			sql.transaction().execute( async ( trx ) => {
				await prune( trx, 'sessions' );
				await trx
					.insertInto( 'sessions' )
					.values( {
						token_hash: session.tokenHash,
						csrf_hash: session.csrfHash,
						expires_at: session.expiresAt,
					} )
					.execute();
			} ),
		async find( tokenHash ) {
			const row = await sql
				.selectFrom( 'sessions' )
				.select( [ 'csrf_hash', 'expires_at' ] )
				.where( 'token_hash', '=', tokenHash )
				.where( 'expires_at', '>', clock.now() )
				.executeTakeFirst();
			return row
				? { csrfHash: row.csrf_hash, expiresAt: row.expires_at }
				: null;
		},
		async extend( tokenHash, expiresAt ) {
			await sql
				.updateTable( 'sessions' )
				.set( { expires_at: expiresAt } )
				.where( 'token_hash', '=', tokenHash )
				.where( 'expires_at', '>', clock.now() )
				.where( 'expires_at', '<', expiresAt )
				.execute();
		},
		async remove( tokenHash ) {
			await sql
				.deleteFrom( 'sessions' )
				.where( 'token_hash', '=', tokenHash )
				.execute();
		},
	};
}
