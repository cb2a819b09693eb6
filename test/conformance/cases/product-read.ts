/** Products as they are read (resources reference, §3.1 and §9). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { bundleOf } from '../order-kit.ts';
import { at, list, makeProduct, readProduct, response } from '../stock-kit.ts';

export const productReadCases: readonly ConformanceCase[] = [
	{
		id: 'product/recorded-fields',
		fact: 'A product has the recorded fields, of the recorded types',
		source: 'resources §3.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const product = await readProduct(
				api,
				await api.existing( 'product' )
			);
			const types: Record< string, readonly ( string | number )[][] > = {
				number: [
					[ 'id' ],
					[ 'brandId' ],
					[ 'productTypeId' ],
					[ 'stock', 'weight', 'magnitude' ],
					[ 'stock', 'dimensions', 'length' ],
					[ 'financialDetails', 'taxCode', 'id' ],
					[ 'version' ],
				],
				string: [
					[ 'identity', 'sku' ],
					[ 'financialDetails', 'taxCode', 'code' ],
					[ 'salesChannels', 0, 'productName' ],
					[ 'salesChannels', 0, 'description', 'text' ],
					[ 'createdOn' ],
					[ 'updatedOn' ],
					[ 'nominalCodeStock' ],
					[ 'nominalCodePurchases' ],
					[ 'nominalCodeSales' ],
					[ 'status' ],
				],
				boolean: [
					[ 'featured' ],
					[ 'stock', 'stockTracked' ],
					[ 'financialDetails', 'taxable' ],
					[ 'composition', 'bundle' ],
				],
			};
			for ( const [ type, paths ] of Object.entries( types ) ) {
				for ( const path of paths ) {
					assert.equal(
						typeof at( product, ...path ),
						type,
						path.join( '.' )
					);
				}
			}
			assert( Array.isArray( at( product, 'seasonIds' ) ) );
		},
	},
	{
		id: 'product/sold-on-brightpearl',
		fact: 'The one sales channel is called Brightpearl',
		source: 'resources §3.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const product = await readProduct(
				api,
				await api.existing( 'product' )
			);
			assert.equal(
				at( product, 'salesChannels', 0, 'salesChannelName' ),
				'Brightpearl'
			);
		},
	},
	{
		id: 'product/category-code-is-a-text',
		fact: 'A category code is a text when read, though written as a number',
		source: 'resources §3.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const product = await readProduct( api, await makeProduct( api ) );
			assert.equal(
				typeof at(
					product,
					'salesChannels',
					0,
					'categories',
					0,
					'categoryCode'
				),
				'string'
			);
		},
	},
	{
		id: 'product/every-warehouse',
		fact: '`warehouses` lists every warehouse, whatever its stock',
		source: 'resources §9',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const product = await readProduct(
				api,
				await api.existing( 'product' )
			);
			const all = list(
				response( await api.get( '/warehouse-service/warehouse' ) )
			).map( ( warehouse ) => String( at( warehouse, 'id' ) ) );
			assert.deepEqual(
				Object.keys( at( product, 'warehouses' ) as object ).sort(),
				all.sort()
			);
		},
	},
	{
		id: 'product/unset-group-and-supplier-are-omitted',
		fact: '`productGroupId` and `primarySupplierId` are left out when unset',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const product = await readProduct( api, await makeProduct( api ) );
			assert( ! ( 'productGroupId' in ( product as object ) ) );
			assert( ! ( 'primarySupplierId' in ( product as object ) ) );
		},
	},
	{
		id: 'product/weight-keeps-its-zeros',
		fact: 'Weights and dimensions are JSON numbers with fixed decimals',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const { text } = await api.get(
				`/product-service/product/${ id }`
			);
			assert.match( text, /"magnitude":\d+\.\d{4}[,}]/ );
			assert.match( text, /"length":\d+\.\d{2}[,}]/ );
		},
	},
	{
		id: 'product/only-what-exists',
		fact: 'A set answers only the products that exist',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const reply = await api.get(
				`/product-service/product/${ id },99999999`
			);
			assert.equal( reply.status, 200 );
			assert.deepEqual(
				list( response( reply ) ).map( ( one ) => at( one, 'id' ) ),
				[ id ]
			);
		},
	},
	{
		id: 'product/bundle-composition',
		fact: 'A bundle is not stock-tracked and names its components with quantities',
		source: 'resources §3.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const bundle = await readProduct( api, await bundleOf( api ) );
			assert.equal( at( bundle, 'stock', 'stockTracked' ), false );
			assert.equal( at( bundle, 'composition', 'bundle' ), true );
			for ( const part of list(
				at( bundle, 'composition', 'bundleComponents' )
			) ) {
				assert( Number.isInteger( at( part, 'productId' ) ) );
				assert( Number.isInteger( at( part, 'productQuantity' ) ) );
			}
		},
	},
	{
		id: 'product/bundles-nest',
		fact: 'A bundle in a bundle carries its own composition',
		source: 'resources §3.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const leaf = await makeProduct( api );
			const bundleOfOne = ( productId: number ) =>
				makeProduct( api, {
					stock: { stockTracked: false },
					composition: {
						bundle: true,
						bundleComponents: [ { productId, productQuantity: 2 } ],
					},
				} );
			const inner = await bundleOfOne( leaf );
			const outer = await readProduct( api, await bundleOfOne( inner ) );
			const part = at( outer, 'composition', 'bundleComponents', 0 );
			assert.equal( at( part, 'productId' ), inner );
			assert.deepEqual(
				at( part, 'composition', 'bundleComponents', 0 ),
				{ productId: leaf, productQuantity: 2 }
			);
		},
	},
	{
		id: 'product/bundle-resource',
		fact: '`product/{ids}/bundle` gives the same components',
		source: 'resources §3.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await bundleOf( api );
			const reply = await api.get(
				`/product-service/product/${ id }/bundle`
			);
			assert.equal( reply.status, 200, reply.text );
			assert.match( reply.text, /"productQuantity":/ );
		},
	},
	{
		id: 'product/custom-fields-on-demand',
		fact: 'Custom fields come only with includeOptional, what is unset as a list of codes',
		source: 'resources §0.1, §3.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const plain = await readProduct( api, id );
			assert( ! ( 'customFields' in ( plain as object ) ) );
			const reply = await api.get( `/product-service/product/${ id }`, {
				query: { includeOptional: 'customFields,nullCustomFields' },
			} );
			assert.equal(
				typeof response( reply, 0, 'customFields' ),
				'object'
			);
			assert( Array.isArray( response( reply, 0, 'nullCustomFields' ) ) );
		},
	},
	{
		id: 'product/context-channel',
		fact: '`contextChannelId` adds whether it can be sold on that channel',
		source: 'resources §3.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const channel = response(
				await api.get( '/product-service/channel' ),
				0,
				'id'
			);
			const reply = await api.get( `/product-service/product/${ id }`, {
				query: { contextChannelId: String( channel ) },
			} );
			assert.equal( reply.status, 200, reply.text );
			assert.match( reply.text, /"availableToSellOnChannel":/ );
		},
	},
];
