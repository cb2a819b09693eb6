/**
 * The readiness report's part on SKUs: which things that the shop sells Brightpearl has, and which
 * it would not find.
 */
import type { MappingItem, MappingReport } from '../../contracts/answers.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreItem } from '../../contracts/store.ts';
import { nameOf } from '../stock/match.ts';

export type SoldItem = Pick<
	StoreItem,
	'productId' | 'variationId' | 'sku' | 'managesStock'
>;

/** Brightpearl's SKUs, by themselves and without capitals and spaces. */
export interface SkuIndex {
	/** SKU → how many products have it. */
	readonly exact: Map< string, number >;
	/** Folded SKU → the SKUs that it stands for. */
	readonly folded: Map< string, string[] >;
}

export const emptySkuIndex = (): SkuIndex => ( {
	exact: new Map(),
	folded: new Map(),
} );

export function indexSku( { exact, folded }: SkuIndex, sku: string ): void {
	if ( sku === '' ) {
		return;
	}
	const times = exact.get( sku ) ?? 0;
	exact.set( sku, times + 1 );
	if ( times === 0 ) {
		const key = foldSku( sku );
		const alike = folded.get( key );
		if ( alike === undefined ) {
			folded.set( key, [ sku ] );
		} else {
			alike.push( sku );
		}
	}
}

const foldSku = ( sku: string ): string =>
	sku.replace( /\s+/g, '' ).toLowerCase();

export interface SkuReport {
	readonly counts: MappingReport[ 'skus' ];
	readonly items: readonly MappingItem[];
}

interface Sold {
	readonly sku: string;
	/** The first item of that SKU. */
	readonly item: SoldItem;
	readonly items: number;
	/** Variations that have no SKU but their parent's. */
	readonly inherited: number;
}

export function reportSkus(
	items: readonly SoldItem[],
	index: SkuIndex,
	aliases: ReadonlyMap< string, string >,
	missingSku: Settings[ 'orders' ][ 'missingSku' ]
): SkuReport {
	const stops = missingSku === 'hold' ? 'error' : 'warning';
	const counts = {
		total: 0,
		matched: 0,
		aliased: 0,
		missing: 0,
		duplicate: 0,
		similar: 0,
		parentOnly: 0,
		empty: 0,
	};
	const found: MappingItem[] = [];
	const { sold, empty } = sortOut( items );
	for ( const one of sold ) {
		counts.total += 1;
		const { sku } = one;
		const alias = aliases.get( sku );
		const meant = alias ?? sku;
		const times = index.exact.get( meant ) ?? 0;
		const base = {
			kind: 'sku',
			store: sku,
			name: nameOf( one.item ),
			orders: null,
		} as const;
		if ( one.inherited > 0 ) {
			counts.parentOnly += one.inherited;
			found.push( {
				...base,
				code: 'sku-parent-only',
				level: 'warning',
				brightpearl: times > 0 ? meant : null,
				proposal: null,
				message: `${ one.inherited } ${ one.inherited === 1 ? 'variation has' : 'variations have' } no SKU but "${ sku }" of the product: all of them would be one product in Brightpearl. Give each its own SKU.`,
			} );
		}
		if ( times === 1 ) {
			counts[ alias === undefined ? 'matched' : 'aliased' ] += 1;
			if ( one.items > 1 && one.inherited === 0 ) {
				found.push( {
					...base,
					code: 'sku-shared',
					level: 'warning',
					brightpearl: meant,
					proposal: null,
					message: `${ one.items } things of the shop have SKU "${ sku }": orders find the product, and stock is not written to any of them. Give each its own SKU.`,
				} );
			}
		} else if ( times > 1 ) {
			counts.duplicate += 1;
			found.push( {
				...base,
				code: 'sku-duplicate',
				level: 'error',
				brightpearl: meant,
				proposal: null,
				message: `Brightpearl has SKU "${ meant }" on ${ times } products: nobody can tell which one is sold. Give each its own SKU there.`,
			} );
		} else {
			const alike =
				alias === undefined
					? ( index.folded.get( foldSku( sku ) ) ?? [] )
					: [];
			const [ first ] = alike;
			counts[ first === undefined ? 'missing' : 'similar' ] += 1;
			found.push(
				first === undefined
					? {
							...base,
							code: 'sku-missing',
							level: stops,
							brightpearl: null,
							proposal: null,
							message:
								alias === undefined
									? `Brightpearl has no product with SKU "${ sku }". Create it there, or give it an alias.`
									: `"${ sku }" is an alias of "${ alias }", and Brightpearl has no product with that SKU.`,
						}
					: {
							...base,
							...similar( sku, first, alike.length ),
							level: stops,
							brightpearl: null,
						}
			);
		}
	}
	for ( const item of empty ) {
		counts.empty += 1;
		found.push( {
			kind: 'sku',
			code: 'sku-empty',
			level: stops,
			store: '',
			name: nameOf( item ),
			brightpearl: null,
			proposal: null,
			message: `The ${ nameOf( item ) } has no SKU, so Brightpearl cannot know what is sold. Give it one in the shop.`,
			orders: null,
		} );
	}
	return { counts, items: found };
}

function similar(
	sku: string,
	other: string,
	alike: number
): Pick< MappingItem, 'code' | 'proposal' | 'message' > {
	const bySpaces = sku.replace( /\s+/g, '' ) === other.replace( /\s+/g, '' );
	const how = bySpaces
		? 'spaces'
		: foldedAlone( sku ) === foldedAlone( other )
			? 'capitals'
			: 'capitals and spaces';
	return {
		code: bySpaces ? 'sku-spaces' : 'sku-case',
		proposal:
			alike > 1
				? null
				: {
						key: 'alias',
						value: other,
						label: other,
						why: `It differs by ${ how } only.`,
					},
		message: `Brightpearl has no product with SKU "${ sku }", but ${ alike > 1 ? `${ alike } that differ by capitals or spaces` : `"${ other }", which differs by ${ how } only` }. Change one of them, or make it an alias.`,
	};
}

const foldedAlone = ( sku: string ): string => sku.toLowerCase();

/** By SKU; products that are sold as their variations are no things of their own. */
function sortOut( items: readonly SoldItem[] ): {
	readonly sold: Iterable< Sold >;
	readonly empty: readonly SoldItem[];
} {
	const parents = new Set< number >();
	const skuOfProduct = new Map< number, string >();
	for ( const { productId, variationId, sku } of items ) {
		if ( variationId === null ) {
			skuOfProduct.set( productId, sku );
		} else {
			parents.add( productId );
		}
	}
	const sold = new Map< string, Sold >();
	const empty: SoldItem[] = [];
	for ( const item of items ) {
		if ( item.variationId === null && parents.has( item.productId ) ) {
			continue;
		}
		if ( item.sku === '' ) {
			empty.push( item );
			continue;
		}
		const before = sold.get( item.sku );
		const inherits =
			item.variationId !== null &&
			skuOfProduct.get( item.productId ) === item.sku;
		sold.set( item.sku, {
			sku: item.sku,
			item: before?.item ?? item,
			items: ( before?.items ?? 0 ) + 1,
			inherited: ( before?.inherited ?? 0 ) + ( inherits ? 1 : 0 ),
		} );
	}
	return { sold: sold.values(), empty };
}
