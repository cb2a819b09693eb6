/** Single-use states of Brightpearl's consent. */
import type { Consents } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sql } from '../tables.ts';

export function createConsents( sql: Sql, clock: Clock ): Consents {
	return {
		add: ( entry ) =>
			sql.transaction().execute( async ( trx ) => {
				await trx
					.deleteFrom( 'consents' )
					.where( 'expires_at', '<=', clock.now() )
					.execute();
				await trx
					.insertInto( 'consents' )
					.values( {
						state_hash: entry.stateHash,
						connection: entry.connection,
						redirect_uri: entry.redirectUri,
						expires_at: entry.expiresAt,
					} )
					.execute();
			} ),
		async take( stateHash ) {
			const taken = await sql
				.deleteFrom( 'consents' )
				.where( 'state_hash', '=', stateHash )
				.where( 'expires_at', '>', clock.now() )
				.returning( [ 'connection', 'redirect_uri', 'expires_at' ] )
				.executeTakeFirst();
			return taken
				? {
						connection: taken.connection,
						redirectUri: taken.redirect_uri,
						expiresAt: taken.expires_at,
					}
				: null;
		},
	};
}
