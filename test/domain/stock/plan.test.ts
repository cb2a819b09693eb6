import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CachedProduct } from '../../../src/contracts/database.ts';
import type { Flight } from '../../../src/domain/stock/in-flight.ts';
import { itemKey, type ItemKey } from '../../../src/domain/stock/items.ts';
import {
	matchItems,
	sharedSkusOf,
	type MappedItem,
	type StockItem,
} from '../../../src/domain/stock/match.ts';
import { planStock, type StockFacts } from '../../../src/domain/stock/plan.ts';

function item(
	productId: number,
	sku: string,
	change: Partial< StockItem > = {}
): StockItem {
	return {
		productId,
		variationId: null,
		sku,
		quantity: 5,
		backorders: false,
		...change,
	};
}

function product(
	productId: number,
	sku: string,
	stockTracked = true
): CachedProduct {
	return { productId, sku, stockTracked, status: 'LIVE' };
}

function match(
	items: StockItem[],
	products: CachedProduct[]
): ReturnType< typeof matchItems > {
	return matchItems( {
		items,
		products: Map.groupBy( products, ( { sku } ) => sku ),
		sharedSkus: sharedSkusOf( items ),
	} );
}

describe( 'matching the shop with Brightpearl', () => {
	test( 'goes by the exact SKU', () => {
		const matched = match(
			[ item( 1, 'MUG' ), item( 2, 'mug' ), item( 3, 'MUG ' ) ],
			[ product( 1001, 'MUG' ) ]
		);
		expect( matched.mapped ).toEqual( [
			{ item: item( 1, 'MUG' ), product: 1001 },
		] );
		expect(
			matched.unmapped.map( ( { productId } ) => productId )
		).toEqual( [ 2, 3 ] );
	} );

	test( 'never matches an empty SKU, though Brightpearl has products with one', () => {
		const matched = match(
			[ item( 1, '' ), item( 2, '' ) ],
			[ product( 1001, '' ) ]
		);
		expect( matched.unmapped ).toHaveLength( 2 );
		expect( matched.errors ).toEqual( [] );
	} );

	test( 'never guesses between two products of one SKU', () => {
		const matched = match(
			[ item( 1, 'MUG' ) ],
			[ product( 1002, 'MUG' ), product( 1001, 'MUG' ) ]
		);
		expect( matched.mapped ).toEqual( [] );
		expect( matched.errors ).toEqual( [
			expect.objectContaining( {
				sku: 'MUG',
				code: 'sku-duplicate',
				message: expect.stringContaining( 'products 1001, 1002' ),
			} ),
		] );
	} );

	test( 'never sells the same pieces under two things of the shop', () => {
		const twice = [
			item( 1, 'MUG' ),
			item( 2, 'MUG', { variationId: 20 } ),
		];
		const matched = match( twice, [ product( 1001, 'MUG' ) ] );
		expect( matched.mapped ).toEqual( [] );
		expect( matched.errors.map( ( { message } ) => message ) ).toEqual( [
			expect.stringContaining( 'product 1' ),
			expect.stringContaining( 'variation 20 of product 2' ),
		] );
	} );

	test( 'leaves alone what Brightpearl keeps no stock of', () => {
		const matched = match(
			[ item( 1, 'GIFT' ) ],
			[ product( 1001, 'GIFT', false ) ]
		);
		expect( matched.untracked ).toHaveLength( 1 );
		expect( matched.mapped ).toEqual( [] );
	} );
} );

const LIMITS = { buffer: 0, minimum: 0, maximum: null };

function facts( change: Partial< StockFacts > = {} ): StockFacts {
	return {
		onHand: new Map( [ [ 1001, new Map( [ [ 2, 12 ] ] ) ] ] ),
		counted: null,
		inFlight: new Map(),
		limits: LIMITS,
		...change,
	};
}

const MUG: MappedItem = { item: item( 1, 'MUG' ), product: 1001 };

describe( 'the plan of a run', () => {
	test( 'names the change with the figures it comes from', () => {
		const inFlight = new Map< ItemKey, Flight >( [
			[ itemKey( 1, null ), { total: 2, orders: [] } ],
		] );
		const [ planned ] = planStock(
			[ MUG ],
			facts( { inFlight, limits: { ...LIMITS, buffer: 1 } } )
		);
		expect( planned?.change ).toEqual( {
			sku: 'MUG',
			productId: 1,
			variationId: null,
			from: 5,
			to: 9,
			onHand: 12,
			inFlight: 2,
			buffer: 1,
			written: false,
		} );
	} );

	test( 'leaves out what the shop shows already', () => {
		const right = { ...MUG, item: item( 1, 'MUG', { quantity: 12 } ) };
		expect( planStock( [ right ], facts() ) ).toEqual( [] );
	} );

	test( 'gives a figure to an item that has none yet', () => {
		const none = { ...MUG, item: item( 1, 'MUG', { quantity: null } ) };
		expect( planStock( [ none ], facts() )[ 0 ]?.change ).toMatchObject( {
			from: null,
			to: 12,
		} );
	} );

	test( 'takes a product that Brightpearl’s answer leaves out to have none', () => {
		expect(
			planStock( [ MUG ], facts( { onHand: new Map() } ) )[ 0 ]?.change
		).toMatchObject( { onHand: 0, to: 0 } );
	} );

	test( 'counts a variation’s flight apart from its product’s', () => {
		const inFlight = new Map< ItemKey, Flight >( [
			[ itemKey( 1, 10 ), { total: 4, orders: [] } ],
		] );
		const own = { ...MUG, item: item( 1, 'MUG-S', { variationId: 10 } ) };
		const planned = planStock( [ MUG, own ], facts( { inFlight } ) );
		expect( planned.map( ( { change } ) => change.to ) ).toEqual( [
			12, 8,
		] );
	} );

	const scene = fc.record( {
		items: fc.uniqueArray(
			fc.record( {
				productId: fc.integer( { min: 1, max: 30 } ),
				quantity: fc.option( fc.integer( { min: -10, max: 30 } ) ),
				backorders: fc.boolean(),
				onHand: fc.option( fc.integer( { min: -5, max: 30 } ) ),
				inFlight: fc.nat( 20 ),
			} ),
			{ selector: ( { productId } ) => productId }
		),
		buffer: fc.nat( 3 ),
		minimum: fc.integer( { min: -2, max: 2 } ),
		maximum: fc.option( fc.integer( { min: 0, max: 20 } ) ),
	} );

	function build(
		drawn: typeof scene extends fc.Arbitrary< infer T > ? T : never
	) {
		const mapped = drawn.items.map(
			( { productId, quantity, backorders } ) => ( {
				item: item( productId, `SKU-${ productId }`, {
					quantity,
					backorders,
				} ),
				product: 1000 + productId,
			} )
		);
		const known: StockFacts = {
			onHand: new Map(
				drawn.items.flatMap( ( { productId, onHand } ) =>
					onHand === null
						? []
						: [
								[
									1000 + productId,
									new Map( [ [ 2, onHand ] ] ),
								] as const,
							]
				)
			),
			counted: new Set( [ 2 ] ),
			inFlight: new Map(
				drawn.items.map( ( { productId, inFlight } ) => [
					itemKey( productId, null ),
					{ total: inFlight, orders: [] },
				] )
			),
			limits: {
				buffer: drawn.buffer,
				minimum: drawn.minimum,
				maximum: drawn.maximum,
			},
		};
		return { mapped, known };
	}

	test( 'never publishes more than can be sold unless the minimum says so', () => {
		fc.assert(
			fc.property( scene, ( drawn ) => {
				const { mapped, known } = build( drawn );
				for ( const {
					change,
					mapped: { item: planned },
				} of planStock( mapped, known ) ) {
					const sellable =
						change.onHand - change.inFlight - change.buffer;
					expect( change.to ).toBeLessThanOrEqual(
						planned.backorders
							? sellable
							: Math.max( sellable, drawn.minimum )
					);
				}
			} )
		);
	} );

	test( 'changes nothing when it is made again after it was applied', () => {
		fc.assert(
			fc.property( scene, ( drawn ) => {
				const { mapped, known } = build( drawn );
				const to = new Map(
					planStock( mapped, known ).map( ( { change } ) => [
						change.productId,
						change.to,
					] )
				);
				const applied = mapped.map( ( each ) => ( {
					...each,
					item: {
						...each.item,
						quantity:
							to.get( each.item.productId ) ?? each.item.quantity,
					},
				} ) );
				expect( planStock( applied, known ) ).toEqual( [] );
			} )
		);
	} );
} );
