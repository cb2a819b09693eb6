/** Stock as it is read (resources reference, §4.1). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { bundleOf, refused } from '../order-kit.ts';
import {
	allocate,
	at,
	levels,
	list,
	makeNote,
	makeProduct,
	noteEvent,
	response,
	silent,
	stockProduct,
	stockSale,
	warehouseOf,
} from '../stock-kit.ts';

export const availabilityCases: readonly ConformanceCase[] = [
	{
		id: 'availability/is-keyed-by-product-and-warehouse',
		fact: 'Availability is an object keyed by product id with `total` and `warehouses`',
		source: 'resources §4.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 6 );
			const warehouseId = await warehouseOf( api );
			const reply = await api.get(
				`/warehouse-service/product-availability/${ id }`
			);
			const shown = response( reply, String( id ) );
			for ( const figures of [
				at( shown, 'total' ),
				at( shown, 'warehouses', String( warehouseId ) ),
			] ) {
				assert.equal( at( figures, 'inStock' ), 6 );
				assert.equal( at( figures, 'onHand' ), 6 );
				assert.equal( at( figures, 'allocated' ), 0 );
			}
		},
	},
	{
		id: 'availability/on-hand-is-in-stock-less-allocated',
		fact: '`onHand` is what can be sold: `inStock` less `allocated`',
		source: 'resources §4.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 60, 12 );
			assert.equal( ( await allocate( api, sale, 12 ) ).status, 200 );
			const { inStock, onHand, allocated } = await levels(
				api,
				sale.productId
			);
			assert.deepEqual(
				{ inStock, onHand, allocated },
				{ inStock: 60, onHand: 48, allocated: 12 }
			);
		},
	},
	{
		id: 'availability/counts-are-whole-numbers',
		fact: 'Stock counts are JSON integers',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 3 );
			for ( const figure of Object.values( await levels( api, id ) ) ) {
				assert( Number.isInteger( figure ) );
			}
		},
	},
	{
		id: 'availability/untracked-is-left-out',
		fact: 'Products whose stock is not tracked are silently left out',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const tracked = await stockProduct( api, 1 );
			const other = await makeProduct( api, {
				stock: { stockTracked: false },
			} );
			const reply = await api.get(
				`/warehouse-service/product-availability/${ tracked },${ other }`
			);
			assert.equal( reply.status, 200, reply.text );
			assert.deepEqual( Object.keys( response( reply ) as object ), [
				String( tracked ),
			] );
		},
	},
	{
		id: 'availability/only-warehouses-that-hold-it',
		fact: 'Only warehouses that hold the product now are listed',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 2 );
			const reply = await api.get(
				`/warehouse-service/product-availability/${ id }`
			);
			assert.deepEqual(
				Object.keys(
					response( reply, String( id ), 'warehouses' ) as object
				),
				[ String( await warehouseOf( api ) ) ]
			);
		},
	},
	{
		id: 'availability/takes-optional-sections',
		fact: '`includeOptional` takes breakDownByLocation, allocatedOrders, allocatedTransfers and onOrder, also after a trailing slash',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 2 );
			const reply = await api.get(
				`/warehouse-service/product-availability/${ id }/`,
				{
					query: {
						includeOptional:
							'breakDownByLocation,allocatedOrders,allocatedTransfers,onOrder',
					},
				}
			);
			assert.equal( reply.status, 200, reply.text );
			assert.equal(
				response( reply, String( id ), 'total', 'onHand' ),
				2
			);
		},
	},
	...(
		[
			'breakDownByLocation',
			'allocatedOrders',
			'allocatedTransfers',
			'onOrder',
		] as const
	 ).map( ( section ): ConformanceCase => ( {
		id: `availability/section-${ section }`,
		fact: `${ section } is shown where it is asked for, and nowhere else`,
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 3, 1 );
			silent( await allocate( api, sale, 1 ) );
			const path = `/warehouse-service/product-availability/${ sale.productId }`;
			const shown = await api.get( path, {
				query: { includeOptional: section },
			} );
			const name = `"${ section }":`;
			// Where it stands and what it holds is not documented.
			assert.equal( shown.status, 200, shown.text );
			assert( shown.text.includes( name ), shown.text );
			if ( section === 'allocatedOrders' ) {
				assert( shown.text.includes( String( sale.orderId ) ) );
			}
			const plain = await api.get( path );
			assert( ! plain.text.includes( name ), plain.text );
		},
	} ) ),
	{
		id: 'availability/an-unknown-id-can-spoil-the-set',
		fact: 'A set that holds a bad id can answer 400 as a whole',
		source: 'resources §4.1',
		mark: 'C',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const id = await stockProduct( api, 2 );
			const path = `/warehouse-service/product-availability/${ id },99999999`;
			await api.sandbox( 'POST', '/switches', {
				unknownAvailabilityIds: 'refuse',
			} );
			refused( await api.get( path ) );
			await api.sandbox( 'POST', '/switches', {
				unknownAvailabilityIds: 'ignore',
			} );
			const reply = await api.get( path );
			assert.deepEqual( Object.keys( response( reply ) as object ), [
				String( id ),
			] );
		},
	},
	{
		id: 'availability/of-one-warehouse',
		fact: 'One warehouse can be asked for by itself',
		source: 'resources §4.1',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const id = await stockProduct( api, 4 );
			const reply = await api.get(
				`/warehouse-service/warehouse/${ await warehouseOf( api ) }/product-availability/${ id }`
			);
			assert.equal( reply.status, 200, reply.text );
			assert.equal(
				response( reply, String( id ), 'total', 'onHand' ),
				4
			);
		},
	},
	{
		id: 'availability/bundle-takes-one-id',
		fact: 'bundle-availability answers one bundle: complete ones in each warehouse, and their sum',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await bundleOf( api );
			const reply = await api.get(
				`/warehouse-service/bundle-availability/${ id }`
			);
			const shown = response( reply, String( id ) );
			const places = Object.values(
				at( shown, 'warehouses' ) as Record< string, unknown >
			);
			const sum = places.reduce< number >(
				( total, place ) => total + Number( at( place, 'onHand' ) ),
				0
			);
			assert.equal( at( shown, 'total', 'onHand' ), sum );
		},
	},
	{
		id: 'availability/bundle-refuses-a-set',
		fact: 'bundle-availability takes one id, not a set',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const part = await stockProduct( api, 3 );
			const bundle = () =>
				makeProduct( api, {
					stock: { stockTracked: false },
					composition: {
						bundle: true,
						bundleComponents: [
							{ productId: part, productQuantity: 1 },
						],
					},
				} );
			const ids = [ await bundle(), await bundle() ];
			const ask = ( set: string ) =>
				api.get( `/warehouse-service/bundle-availability/${ set }` );
			for ( const id of ids ) {
				assert.equal( ( await ask( String( id ) ) ).status, 200 );
			}
			for ( const set of [ ids.join( ',' ), ids.join( '-' ) ] ) {
				refused( await ask( set ) );
			}
		},
	},
	{
		id: 'availability/bundle-from-components',
		fact: 'A bundle is available as often as its scarcest component allows',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const many = await stockProduct( api, 9 );
			const few = await stockProduct( api, 5 );
			const id = await makeProduct( api, {
				stock: { stockTracked: false },
				composition: {
					bundle: true,
					bundleComponents: [
						{ productId: many, productQuantity: 1 },
						{ productId: few, productQuantity: 2 },
					],
				},
			} );
			const reply = await api.get(
				`/warehouse-service/bundle-availability/${ id }`
			);
			assert.equal(
				response( reply, String( id ), 'total', 'onHand' ),
				2
			);
		},
	},
	{
		id: 'availability/shipping-takes-stock-and-allocation',
		fact: 'A goods-out note keeps stock allocated; only its ship event takes it away',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 2 );
			const noteId = await makeNote( api, sale, 2 );
			const before = await levels( api, sale.productId );
			assert.equal( before.inStock, 5 );
			assert.equal( before.allocated, 2 );
			await noteEvent( api, noteId, 'SHW' );
			const after = await levels( api, sale.productId );
			assert.equal( after.inStock, 3 );
			assert.equal( after.allocated, 0 );
			assert.equal( after.onHand, before.onHand );
		},
	},
	{
		id: 'fulfilment-source/on-hand-by-warehouse',
		fact: 'fulfilment-source names what is available where, and lists what is not',
		source: 'resources §4.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const here = await stockProduct( api, 3 );
			const gone = await stockProduct( api, 0 );
			const reply = await api.get(
				`/warehouse-service/fulfilment-source/${ here },${ gone }`
			);
			assert.equal(
				response(
					reply,
					'availableProducts',
					String( here ),
					'warehouses',
					String( await warehouseOf( api ) ),
					'onHand'
				),
				3
			);
			assert(
				list( response( reply, 'unavailableProducts' ) ).includes(
					gone
				)
			);
		},
	},
];
