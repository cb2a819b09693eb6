/** The rows of one order, shop and Brightpearl, side by side. */
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import { same } from './decimals.ts';

export type ComparedRow = NonNullable<
	OrderComparison[ 'store' ]
>[ 'rows' ][ number ];

export type Differing = 'quantity' | 'net' | 'tax' | 'sku';

export interface AlignedRow {
	/** Unique in the table, also where a key is not. */
	readonly id: string;
	/** What ties both together; null = only in Brightpearl, made by hand there. */
	readonly key: string | null;
	readonly store: ComparedRow | null;
	readonly brightpearl: ComparedRow | null;
	/** Empty where one side is missing. */
	readonly differs: readonly Differing[];
	/** Whether the two agree. A rounding row belongs to Brightpearl alone. */
	readonly agrees: boolean;
}

/** In the shop's order; what only Brightpearl has stands at the end. */
export function alignRows(
	store: readonly ComparedRow[] | null,
	brightpearl: readonly ComparedRow[] | null
): AlignedRow[] {
	const left = new Map< string, ComparedRow[] >();
	for ( const row of brightpearl ?? [] ) {
		const key = row.key ?? '';
		left.set( key, [ ...( left.get( key ) ?? [] ), row ] );
	}
	const taken = new Set< ComparedRow >();
	const ofShop = ( store ?? [] ).map( ( row, index ): AlignedRow => {
		const other =
			row.key === null ? undefined : left.get( row.key )?.shift();
		if ( other !== undefined ) {
			taken.add( other );
		}
		const differs = other === undefined ? [] : differing( row, other );
		return {
			id: `shop-${ index }`,
			key: row.key,
			store: row,
			brightpearl: other ?? null,
			differs,
			// With nothing on the other side at all there is nothing to disagree with.
			agrees:
				brightpearl === null ||
				( other !== undefined && differs.length === 0 ),
		};
	} );
	const others = ( brightpearl ?? [] )
		.filter( ( row ) => ! taken.has( row ) )
		.map( ( row, index ): AlignedRow => ( {
			id: `brightpearl-${ index }`,
			key: row.key,
			store: null,
			brightpearl: row,
			differs: [],
			agrees: store === null || row.key === 'rounding',
		} ) );
	return [ ...ofShop, ...others ];
}

function differing( a: ComparedRow, b: ComparedRow ): Differing[] {
	return [
		...( same( a.quantity, b.quantity ) ? [] : [ 'quantity' as const ] ),
		...( same( a.net, b.net ) ? [] : [ 'net' as const ] ),
		...( same( a.tax, b.tax ) ? [] : [ 'tax' as const ] ),
		// A row without a product (shipping, a fee) has no SKU in either, or in one only.
		...( a.sku === null || b.sku === null || a.sku === b.sku
			? []
			: [ 'sku' as const ] ),
	];
}
