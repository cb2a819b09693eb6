/** Searching products, and the lists beside them (resources reference, §3.2, §3.5). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	columnsOf,
	found,
	hasColumns,
	list,
	makeProduct,
	productBody,
	readProduct,
	response,
	uniqueSku,
} from '../stock-kit.ts';

const SEARCH = '/product-service/product-search';

/** Searches whose columns the references name, in part or whole. */
const LISTS: readonly ( readonly [ path: string, columns: string ] )[] = [
	[ 'brand-search', 'brandId brandName' ],
	[ 'product-type-search', 'id name' ],
	[
		'brightpearl-category-search',
		'id name parentId active createdOn createdById updatedOn updatedBy',
	],
];

export const productSearchCases: readonly ConformanceCase[] = [
	{
		id: 'product-search/columns',
		fact: 'product-search has the recorded columns in the recorded order; the SKU column is `SKU`',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				SEARCH,
				'productId productName SKU barcode EAN UPC ISBN MPN stockTracked salesChannelName createdOn updatedOn brightpearlCategoryCode productGroupId brandId productTypeId productStatus primarySupplierId'
			),
	},
	{
		id: 'product-search/types',
		fact: 'The columns have the recorded types',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const types = new Map( await columnsOf( api, SEARCH ) );
			for ( const [ name, type ] of [
				[ 'productId', 'IDSET' ],
				[ 'productName', 'SEARCH_STRING' ],
				[ 'SKU', 'STRING' ],
				[ 'stockTracked', 'BOOLEAN' ],
				[ 'createdOn', 'PERIOD' ],
				[ 'updatedOn', 'PERIOD' ],
				[ 'brightpearlCategoryCode', 'IDSET' ],
				[ 'productGroupId', 'INTEGER' ],
				[ 'brandId', 'IDSET' ],
				[ 'productStatus', 'STRING' ],
			] as const ) {
				assert.equal( types.get( name ), type, name );
			}
		},
	},
	{
		id: 'product-search/not-filterable-not-sortable',
		fact: '`salesChannelName` is no filter, and by `brightpearlCategoryCode` nothing is sorted',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const columns = list(
				response(
					await api.get( SEARCH, { query: { pageSize: '1' } } ),
					'metaData',
					'columns'
				)
			);
			const named = ( name: string ) =>
				columns.find( ( column ) => at( column, 'name' ) === name );
			assert.equal(
				at( named( 'salesChannelName' ), 'filterable' ),
				false
			);
			assert.equal(
				at( named( 'brightpearlCategoryCode' ), 'sortable' ),
				false
			);
			assert.deepEqual( at( named( 'productId' ), 'referenceData' ), [
				'productCategoryMembership',
			] );
		},
	},
	{
		id: 'product-search/by-sku',
		fact: 'A SKU is matched exactly',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const sku = uniqueSku();
			const id = await makeProduct( api, { identity: { sku } } );
			const rows = await found( api, SEARCH, { SKU: sku } );
			assert.deepEqual(
				rows.map( ( row ) => row.productId ),
				[ id ]
			);
			assert.deepEqual(
				await found( api, SEARCH, { SKU: sku.slice( 1 ) } ),
				[]
			);
		},
	},
	{
		id: 'product-search/missing-identifiers',
		fact: 'A missing SKU is an empty text, every other identifier null',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api, { identity: {} } );
			const [ row ] = await found( api, SEARCH, {
				productId: String( id ),
			} );
			assert.equal( row?.SKU, '' );
			for ( const name of [ 'barcode', 'EAN', 'UPC', 'ISBN', 'MPN' ] ) {
				assert.equal( row[ name ], null, name );
			}
		},
	},
	{
		id: 'product-search/sku-is-not-unique',
		fact: 'Two products may have one SKU',
		source: 'resources §3.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const sku = uniqueSku();
			await makeProduct( api, { identity: { sku } } );
			await makeProduct( api, { identity: { sku } } );
			const rows = await found( api, SEARCH, { SKU: sku } );
			assert.equal( rows.length, 2 );
		},
	},
	{
		id: 'product-search/name-contains',
		fact: 'A name matches anywhere inside, in any case',
		source: 'resources §0.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const body = await productBody( api );
			const id = await makeProduct( api, {
				salesChannels: body.salesChannels,
			} );
			const name = String( at( body.salesChannels, 0, 'productName' ) );
			const rows = await found( api, SEARCH, {
				productName: name.slice( 3 ).toUpperCase(),
			} );
			assert.deepEqual(
				rows.map( ( row ) => row.productId ),
				[ id ]
			);
		},
	},
	{
		id: 'product-search/category-membership',
		fact: 'The reference block lists each product’s categories by product id',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const reply = await api.get( SEARCH, {
				query: { productId: String( id ) },
			} );
			const categories = at(
				reply.json,
				'reference',
				'productCategoryMembership',
				String( id )
			);
			assert( list( categories ).every( Number.isInteger ) );
		},
	},
	{
		id: 'product-search/what-changed',
		fact: '`updatedOn` with an open end finds what changed since, and nothing when nothing has',
		source: 'resources §3.2, §6',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const at0 = String(
				at( await readProduct( api, id ), 'updatedOn' )
			);
			const rows = await found( api, SEARCH, {
				updatedOn: `${ at0 }/`,
				sort: 'updatedOn.ASC',
				productId: `${ id }`,
			} );
			assert.equal( rows.length, 1 );
			assert.deepEqual(
				await found( api, SEARCH, {
					updatedOn: '2999-01-01T00:00:00.000Z/',
				} ),
				[]
			);
		},
	},
	{
		id: 'product-search/of-a-channel',
		fact: '`channelId` is a filter',
		source: 'resources §3.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const channel = response(
				await api.get( '/product-service/channel' ),
				0,
				'id'
			);
			await found( api, SEARCH, {
				channelId: String( channel ),
				pageSize: '1',
			} );
		},
	},
	...LISTS.map( ( [ path, columns ] ): ConformanceCase => ( {
		id: `${ path }/columns`,
		fact: `${ path } has ${ columns.replaceAll( ' ', ', ' ) }`,
		source: 'resources §3.5',
		mark: 'C',
		mode: 'read',
		run: ( api ) =>
			hasColumns( api, `/product-service/${ path }`, columns ),
	} ) ),
	...[
		'brand-search',
		'collection-search',
		'option-search',
		'option-value-search',
		'product-type-search',
		'season-search',
		'brightpearl-category-search',
	].map( ( path ): ConformanceCase => ( {
		id: `${ path }/updated-on`,
		fact: `${ path } filters by updatedOn`,
		source: 'resources §3.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			assert.deepEqual(
				await found( api, `/product-service/${ path }`, {
					updatedOn: '2999-01-01T00:00:00.000Z/',
				} ),
				[]
			);
		},
	} ) ),
];
