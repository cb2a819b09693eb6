/**
 * Explain: "why is this product at 3?", from live figures of both sides.
 */
import type { Explain } from '../../contracts/answers.ts';
import { ok, type Result } from '../../contracts/result.ts';
import { stockSentence } from '../../domain/stock/explain.ts';
import type { Flight } from '../../domain/stock/in-flight.ts';
import { itemKey } from '../../domain/stock/items.ts';
import { nameOf } from '../../domain/stock/match.ts';
import { figuresOf } from '../../domain/stock/plan.ts';
import { onHandByProduct } from './availability.ts';
import {
	readBrightpearl,
	readStore,
	type BrightpearlSide,
	type StoreSide,
} from './explain-sides.ts';
import type { StockParts } from './parts.ts';

export async function explainStock(
	parts: StockParts,
	sku: string
): Promise< Result< Explain | null > > {
	const store = await readStore( parts, sku );
	if ( ! store.ok ) {
		return store;
	}
	const brightpearl = await readBrightpearl(
		parts,
		store.value.item?.sku ?? sku
	);
	if ( ! brightpearl.ok ) {
		return brightpearl;
	}
	if (
		store.value.item === null &&
		brightpearl.value.products.length === 0
	) {
		return ok( null );
	}
	const flight = await store.value.flight( brightpearl.value.askedAt );
	return ok(
		await answer( parts, sku, store.value, brightpearl.value, flight )
	);
}

async function answer(
	{ connection, database, settings }: StockParts,
	sku: string,
	store: StoreSide,
	brightpearl: BrightpearlSide,
	flight: Flight
): Promise< Explain > {
	const { item } = store;
	const { product } = brightpearl;
	const limits = settings.stock;
	const warehouses =
		product === null ? [] : warehouseRows( brightpearl, product.productId );
	const why = whyNot( sku, store, brightpearl );
	const figures =
		why !== null || item === null || product === null
			? null
			: figuresOf(
					{ item, product: product.productId },
					{
						onHand: onHandByProduct( brightpearl.byProduct ),
						counted: brightpearl.counted,
						inFlight: new Map( [
							[
								itemKey( item.productId, item.variationId ),
								flight,
							],
						] ),
						limits,
					}
				);
	return {
		sku: item?.sku ?? sku,
		shown: item?.quantity ?? null,
		wanted: figures?.wanted ?? null,
		store:
			item === null
				? null
				: {
						productId: item.productId,
						variationId: item.variationId,
						managesStock: item.managesStock === true,
						readAt: store.readAt,
					},
		brightpearl:
			product === null
				? null
				: {
						productId: product.productId,
						readAt: brightpearl.askedAt,
						warehouses,
					},
		inFlight: { total: flight.total, orders: [ ...flight.orders ] },
		buffer: limits.buffer,
		minimum: limits.minimum,
		maximum: limits.maximum,
		lastWrite: await database.stockRuns.lastWrite(
			connection,
			item?.sku ?? sku
		),
		why:
			why ??
			stockSentence( {
				warehouses: placesOf( warehouses ),
				orders: flight.orders,
				limits,
				wanted: figures?.wanted ?? 0,
			} ),
	};
}

type WarehouseRow = NonNullable<
	Explain[ 'brightpearl' ]
>[ 'warehouses' ][ number ];

/** Those Brightpearl names, and those that count though it names them not: they hold none. */
function warehouseRows(
	side: BrightpearlSide,
	product: number
): WarehouseRow[] {
	const held = side.byProduct.get( product )?.warehouses ?? new Map();
	const counts = ( id: number ): boolean =>
		side.counted === null || side.counted.has( id );
	const ids = new Set( [
		...held.keys(),
		...( side.counted ?? side.warehouses.map( ( { id } ) => id ) ),
	] );
	return [ ...ids ]
		.sort( ( a, b ) => a - b )
		.map( ( id ) => {
			const { inStock, allocated, onHand } = held.get( id ) ?? {
				inStock: 0,
				allocated: 0,
				onHand: 0,
			};
			const name =
				side.warehouses.find( ( warehouse ) => warehouse.id === id )
					?.name ?? null;
			return {
				id,
				name,
				inStock,
				allocated,
				onHand,
				counted: counts( id ),
			};
		} );
}

function placesOf(
	warehouses: readonly WarehouseRow[]
): { name: string; onHand: number }[] {
	const counted = warehouses.filter( ( warehouse ) => warehouse.counted );
	const holding = counted.filter( ( { onHand } ) => onHand !== 0 );
	return ( holding.length > 0 ? holding : counted ).map(
		( { id, name, onHand } ) => ( {
			name: name ?? `warehouse ${ id }`,
			onHand,
		} )
	);
}

/** Why no pull writes this product; null when it does. */
function whyNot(
	sku: string,
	store: StoreSide,
	brightpearl: BrightpearlSide
): string | null {
	const { item, shared } = store;
	const { product, products } = brightpearl;
	if ( item === null ) {
		return `The shop has no product with SKU "${ sku }", so nothing is written`;
	}
	if ( item.managesStock === 'parent' ) {
		return `${ capital( nameOf( item ) ) } follows the stock of its product ${ item.productId }, so nothing is written to it`;
	}
	if ( ! item.managesStock ) {
		return `${ capital( nameOf( item ) ) } does not manage stock in the shop, so it is left alone`;
	}
	if ( products.length === 0 ) {
		return `Brightpearl has no product with exactly SKU "${ brightpearl.sku }", so the shop’s stock is left alone`;
	}
	if ( product === null ) {
		const ids = products.map( ( { productId } ) => productId ).join( ', ' );
		return `Brightpearl has SKU "${ brightpearl.sku }" on several products (${ ids }), so the shop’s stock is left alone`;
	}
	if ( ! product.stockTracked ) {
		return `Brightpearl does not track stock of product ${ product.productId }, so the shop’s stock is left alone`;
	}
	if ( shared.length > 1 ) {
		return `The shop keeps stock under SKU "${ brightpearl.sku }" in ${ shared.map( nameOf ).join( ' and ' ) }, so none of them is written`;
	}
	return null;
}

function capital( text: string ): string {
	return text.charAt( 0 ).toUpperCase() + text.slice( 1 );
}
