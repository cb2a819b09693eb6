/** What bundles consist of. */
import { z } from 'zod';
import type { BundleCache, BundleComponent } from '../../contracts/database.ts';
import { chunks, type Sql } from '../tables.ts';

const componentsSchema: z.ZodType< readonly BundleComponent[] > = z.array(
	z.object( { productId: z.int(), quantity: z.number() } )
);

export function createBundleCache( sql: Sql ): BundleCache {
	return {
		async components( account, productIds ) {
			const found = new Map< number, readonly BundleComponent[] >();
			for ( const piece of chunks( [ ...new Set( productIds ) ] ) ) {
				const rows = await sql
					.selectFrom( 'bundles' )
					.select( [ 'product_id', 'components' ] )
					.where( 'account', '=', account )
					.where( 'product_id', 'in', piece )
					.execute();
				for ( const row of rows ) {
					found.set(
						row.product_id,
						componentsSchema.parse( JSON.parse( row.components ) )
					);
				}
			}
			return found;
		},
		put: ( account, bundles ) =>
			sql.transaction().execute( async ( trx ) => {
				for ( const piece of chunks( [ ...bundles ] ) ) {
					await trx
						.insertInto( 'bundles' )
						.values(
							piece.map( ( [ productId, components ] ) => ( {
								account,
								product_id: productId,
								components: JSON.stringify( components ),
							} ) )
						)
						.onConflict( ( conflict ) =>
							conflict
								.columns( [ 'account', 'product_id' ] )
								.doUpdateSet( ( eb ) => ( {
									components: eb.ref( 'excluded.components' ),
								} ) )
						)
						.execute();
				}
			} ),
		drop: ( account, productIds ) =>
			sql.transaction().execute( async ( trx ) => {
				for ( const piece of chunks( productIds ) ) {
					await trx
						.deleteFrom( 'bundles' )
						.where( 'account', '=', account )
						.where( 'product_id', 'in', piece )
						.execute();
				}
			} ),
	};
}
