/** Where sweeps have got to. */
import type { Cursors } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { isoNow, type Sql } from '../tables.ts';

export function createCursors( sql: Sql, clock: Clock ): Cursors {
	return {
		async get( connection, name ) {
			const row = await sql
				.selectFrom( 'cursors' )
				.select( [ 'cursor', 'at' ] )
				.where( 'connection', '=', connection )
				.where( 'name', '=', name )
				.executeTakeFirst();
			return row ? { ...row } : null;
		},
		async set( connection, name, cursor ) {
			const reached = { cursor, at: isoNow( clock ) };
			await sql
				.insertInto( 'cursors' )
				.values( { connection, name, ...reached } )
				.onConflict( ( conflict ) =>
					conflict
						.columns( [ 'connection', 'name' ] )
						.doUpdateSet( reached )
				)
				.execute();
		},
	};
}
