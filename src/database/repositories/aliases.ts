/**
 * SKU aliases: what Brightpearl calls a product that the shop calls otherwise. SKUs are compared
 * to the character; who stores one has trimmed it.
 */
import type { SkuAliases } from '../../contracts/database.ts';
import { chunks, type Sql } from '../tables.ts';

export function createSkuAliases( sql: Sql ): SkuAliases {
	const of = ( connection: string ) =>
		sql
			.selectFrom( 'sku_aliases' )
			.select( [ 'sku', 'alias' ] )
			.where( 'connection', '=', connection );

	return {
		replaceAll: ( connection, aliases ) =>
			sql.transaction().execute( async ( trx ) => {
				await trx
					.deleteFrom( 'sku_aliases' )
					.where( 'connection', '=', connection )
					.execute();
				for ( const piece of chunks( aliases ) ) {
					await trx
						.insertInto( 'sku_aliases' )
						.values(
							piece.map( ( { sku, alias } ) => ( {
								connection,
								sku,
								alias,
							} ) )
						)
						.execute();
				}
			} ),
		list: ( connection ) => of( connection ).orderBy( 'sku' ).execute(),
		async of( connection, skus ) {
			const found = new Map< string, string >();
			for ( const piece of chunks( [ ...new Set( skus ) ] ) ) {
				const rows = await of( connection )
					.where( 'sku', 'in', piece )
					.execute();
				rows.forEach( ( { sku, alias } ) => found.set( sku, alias ) );
			}
			return found;
		},
		async skusFor( connection, aliases ) {
			const found: string[] = [];
			for ( const piece of chunks( [ ...new Set( aliases ) ] ) ) {
				const rows = await of( connection )
					.where( 'alias', 'in', piece )
					.execute();
				found.push( ...rows.map( ( { sku } ) => sku ) );
			}
			return found.sort();
		},
	};
}
