/**
 * Brightpearl's products per account, in generations: a new catalogue is filled beside the
 * one that readers see and takes its place in one transaction. A crash, or pages that stop
 * half way, leave the old one standing. Pages come over the network, so no transaction is
 * open while one is awaited.
 */
import type { CachedProduct, ProductCache } from '../../contracts/database.ts';
import { chunks, flag, nextNumber, type Sql, type Tables } from '../tables.ts';

const PAGE = 1000;

export function createProductCache( sql: Sql ): ProductCache {
	const visible = ( account: string ) =>
		sql
			.selectFrom( 'products' )
			.innerJoin( 'catalogues', ( join ) =>
				join
					.onRef( 'catalogues.account', '=', 'products.account' )
					.onRef( 'catalogues.current', '=', 'products.generation' )
			)
			.where( 'products.account', '=', account );
	const columns = [
		'products.product_id as product_id',
		'products.sku as sku',
		'products.stock_tracked as stock_tracked',
		'products.status as status',
	] as const;

	/** A generation nobody else fills; what an earlier try left behind is swept away. */
	const begin = ( account: string ) =>
		sql.transaction().execute( async ( trx ) => {
			const building = await nextNumber( trx, 'generation' );
			const { current } = await trx
				.insertInto( 'catalogues' )
				.values( { account, current: null, building } )
				.onConflict( ( conflict ) =>
					conflict.column( 'account' ).doUpdateSet( { building } )
				)
				.returning( 'current' )
				.executeTakeFirstOrThrow();
			await trx
				.deleteFrom( 'products' )
				.where( 'account', '=', account )
				.where( 'generation', '<>', current ?? 0 )
				.execute();
			return building;
		} );

	/** False when a later replacement has overtaken this one, which is then dropped. */
	const swap = ( account: string, building: number ) =>
		sql.transaction().execute( async ( trx ) => {
			const { numUpdatedRows } = await trx
				.updateTable( 'catalogues' )
				.set( { current: building, building: null } )
				.where( 'account', '=', account )
				.where( 'building', '=', building )
				.executeTakeFirstOrThrow();
			const swapped = Number( numUpdatedRows ) === 1;
			await trx
				.deleteFrom( 'products' )
				.where( 'account', '=', account )
				.where( 'generation', swapped ? '<>' : '=', building )
				.execute();
			return swapped;
		} );

	const discard = ( account: string, building: number ) =>
		sql
			.deleteFrom( 'products' )
			.where( 'account', '=', account )
			.where( 'generation', '=', building )
			.execute();

	return {
		async replaceAll( account, products ) {
			const building = await begin( account );
			const seen = new Set< number >();
			try {
				for await ( const page of products ) {
					for ( const product of page ) {
						seen.add( product.productId );
					}
					for ( const piece of chunks( page ) ) {
						// A product may come twice when pages shift; what was looked up live
						// in the meantime is newer than the page.
						await sql
							.insertInto( 'products' )
							.values( toRows( account, building, piece ) )
							.onConflict( ( conflict ) => conflict.doNothing() )
							.execute();
					}
				}
			} catch ( error ) {
				await discard( account, building );
				throw error;
			}
			await swap( account, building );
			return seen.size;
		},
		upsert: ( account, products ) =>
			sql.transaction().execute( async ( trx ) => {
				const catalogue = await trx
					.selectFrom( 'catalogues' )
					.select( [ 'current', 'building' ] )
					.where( 'account', '=', account )
					.executeTakeFirst();
				const current =
					catalogue?.current ??
					( await nextNumber( trx, 'generation' ) );
				if ( catalogue?.current == null ) {
					await trx
						.insertInto( 'catalogues' )
						.values( { account, current, building: null } )
						.onConflict( ( conflict ) =>
							conflict
								.column( 'account' )
								.doUpdateSet( { current } )
						)
						.execute();
				}
				const building = catalogue?.building ?? null;
				// Also into the one being filled, or the swap would lose it.
				for ( const generation of building === null
					? [ current ]
					: [ current, building ] ) {
					for ( const piece of chunks( lastOfEach( products ) ) ) {
						await trx
							.insertInto( 'products' )
							.values( toRows( account, generation, piece ) )
							.onConflict( ( conflict ) =>
								conflict
									.columns( [
										'account',
										'generation',
										'product_id',
									] )
									.doUpdateSet( ( eb ) => ( {
										sku: eb.ref( 'excluded.sku' ),
										stock_tracked: eb.ref(
											'excluded.stock_tracked'
										),
										status: eb.ref( 'excluded.status' ),
									} ) )
							)
							.execute();
					}
				}
			} ),
		async bySku( account, skus ) {
			const found: CachedProduct[] = [];
			for ( const piece of chunks( [ ...new Set( skus ) ] ) ) {
				const rows = await visible( account )
					.select( columns )
					.where( 'products.sku', 'in', piece )
					.orderBy( 'products.product_id' )
					.execute();
				found.push( ...rows.map( toProduct ) );
			}
			return found;
		},
		async byId( account, ids ) {
			const found: CachedProduct[] = [];
			for ( const piece of chunks( [ ...new Set( ids ) ] ) ) {
				const rows = await visible( account )
					.select( columns )
					.where( 'products.product_id', 'in', piece )
					.orderBy( 'products.product_id' )
					.execute();
				found.push( ...rows.map( toProduct ) );
			}
			return found;
		},
		async count( account ) {
			const { count } = await visible( account )
				.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) )
				.executeTakeFirstOrThrow();
			return Number( count );
		},
		async *all( account ) {
			let after = -1;
			for (;;) {
				const rows = await visible( account )
					.select( columns )
					.where( 'products.product_id', '>', after )
					.orderBy( 'products.product_id' )
					.limit( PAGE )
					.execute();
				const last = rows.at( -1 );
				if ( ! last ) {
					return;
				}
				yield rows.map( toProduct );
				after = last.product_id;
			}
		},
	};
}

function toRows(
	account: string,
	generation: number,
	products: readonly CachedProduct[]
): Tables[ 'products' ][] {
	return products.map( ( product ) => ( {
		account,
		generation,
		product_id: product.productId,
		sku: product.sku,
		stock_tracked: flag( product.stockTracked ),
		status: product.status,
	} ) );
}

function toProduct(
	row: Omit< Tables[ 'products' ], 'account' | 'generation' >
): CachedProduct {
	return {
		productId: row.product_id,
		sku: row.sku,
		stockTracked: row.stock_tracked === 1,
		status: row.status,
	};
}

function lastOfEach( products: readonly CachedProduct[] ): CachedProduct[] {
	return [
		...new Map(
			products.map( ( product ) => [ product.productId, product ] )
		).values(),
	];
}
