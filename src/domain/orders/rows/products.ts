/**
 * Which product of Brightpearl each line is: by exact SKU, else by `orders.missingSku`.
 */
import type { CachedProduct, PushedRow } from '../../../contracts/database.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import type { StoreLine } from '../../../contracts/store.ts';
import { skuDuplicate, skuUnknown } from '../../problems.ts';
import { lineName } from './names.ts';
import type { PlanInput } from '../types.ts';

/**
 * Brightpearl's product for each line, by line id; a line that is absent is a free-text row.
 *
 * @param agreed Rows that were agreed on before: they keep their product, whatever became of it.
 */
export function productsOf(
	{ order, settings, products }: PlanInput,
	agreed: ReadonlyMap< string, PushedRow >
): {
	products: ReadonlyMap< number, number >;
	problems: readonly ProblemDraft[];
} {
	const { missingSku } = settings.orders;
	const found = new Map< number, number >();
	const unknown: StoreLine[] = [];
	const duplicates = new Map< string, readonly CachedProduct[] >();
	for ( const line of order.lines ) {
		const before = agreed.get( `line-${ line.id }` );
		if ( before !== undefined ) {
			if ( before.productId !== null ) {
				found.set( line.id, before.productId );
			}
			continue;
		}
		const matches =
			line.sku === '' ? [] : ( products.get( line.sku ) ?? [] );
		const [ product ] = matches;
		if ( matches.length > 1 ) {
			duplicates.set( line.sku, matches );
		} else if ( product !== undefined ) {
			found.set( line.id, product.productId );
		} else if ( missingSku === 'hold' ) {
			unknown.push( line );
		} else if ( missingSku !== 'text-row' ) {
			found.set( line.id, missingSku.productId );
		}
	}
	return {
		products: found,
		problems: [
			...( unknown.length > 0
				? [
						skuUnknown(
							unknown.map( ( line ) => ( {
								name: lineName( line ),
								sku: line.sku,
							} ) )
						),
					]
				: [] ),
			...( duplicates.size > 0
				? [
						skuDuplicate(
							[ ...duplicates ].map( ( [ sku, matches ] ) => ( {
								sku,
								productIds: matches.map(
									( { productId } ) => productId
								),
							} ) )
						),
					]
				: [] ),
		],
	};
}
