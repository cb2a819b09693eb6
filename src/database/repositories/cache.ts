/** Small facts with an expiry. */
import type { Cache } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sql } from '../tables.ts';

export function createCache( sql: Sql, clock: Clock ): Cache {
	return {
		async get( scope, key ) {
			const row = await sql
				.selectFrom( 'cache' )
				.select( 'value' )
				.where( 'scope', '=', scope )
				.where( 'key', '=', key )
				.where( ( eb ) =>
					eb.or( [
						eb( 'expires_at', 'is', null ),
						eb( 'expires_at', '>', clock.now() ),
					] )
				)
				.executeTakeFirst();
			const value: unknown = row ? JSON.parse( row.value ) : undefined;
			return value;
		},
		async put( scope, key, value, ttl ) {
			const fact = {
				value: JSON.stringify( value ?? null ),
				expires_at: ttl === null ? null : clock.now() + ttl,
			};
			await sql
				.insertInto( 'cache' )
				.values( { scope, key, ...fact } )
				.onConflict( ( conflict ) =>
					conflict.columns( [ 'scope', 'key' ] ).doUpdateSet( fact )
				)
				.execute();
		},
		async drop( scope, key ) {
			let query = sql.deleteFrom( 'cache' ).where( 'scope', '=', scope );
			if ( key !== undefined ) {
				query = query.where( 'key', '=', key );
			}
			await query.execute();
		},
	};
}
