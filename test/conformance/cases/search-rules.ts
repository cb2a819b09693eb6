/**
 * Resource search (platform reference, §5; resources reference, §0.2).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	list,
	made,
	makeSale,
	response,
	saleBody,
	unique,
} from '../order-kit.ts';
import { bodyOf, errorOf, metaOf, responseOf, rowsOf } from '../reading.ts';
import type { Json } from '../reading.ts';

const ORDERS = '/order-service/order-search';
const PAYMENTS = '/accounting-service/customer-payment-search';
const PRODUCTS = '/product-service/product-search';

const search = (
	api: Api,
	path: string,
	query: Record< string, string >
): Promise< ApiReply > => api.get( path, { query } );

const COLUMN = [
	'name',
	'sortable',
	'filterable',
	'reportDataType',
	'referenceData',
	'isFreeTextSearchable',
	'required',
];

const unparsed = ( reply: ApiReply, text: string ): void => {
	// 500 was recorded; a client of 2026 expects 400.
	assert( [ 500, 400 ].includes( reply.status ), String( reply.status ) );
	assert.deepEqual( errorOf( reply ), { code: 'CMNC-018', message: text } );
};

const firstOrder = ( api: Api, more: Record< string, string > = {} ) =>
	api
		.existing( 'order' )
		.then( ( id ) =>
			search( api, ORDERS, { orderId: String( id ), ...more } )
		);

export const searchCases: readonly ConformanceCase[] = [
	{
		id: 'search/reference-stands-beside-response',
		fact: '`reference` stands next to `response`, with the maps that columns name',
		source: 'platform §4.1',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const body = bodyOf( await firstOrder( api ) );
			assert( body.response && body.reference );
			assert.deepEqual( Object.keys( body.reference ).sort(), [
				'orderPaymentStatusNames',
				'orderShippingStatusNames',
				'orderStatusNames',
				'orderStockStatusNames',
				'orderTypeNames',
			] );
			assert.equal(
				body.reference.orderTypeNames?.[ '1' ],
				'SALES_ORDER'
			);
		},
	},
	{
		id: 'search/rows-by-position',
		fact: 'Rows are lists in the order of metaData.columns, each column told by seven fields',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await firstOrder( api );
			const columns = [
				...( metaOf( reply ).columns as unknown as Json[] ),
			];
			const [ row ] = rowsOf( reply );
			assert.equal( row?.length, columns.length );
			for ( const column of columns ) {
				assert.deepEqual(
					Object.keys( column ).sort(),
					COLUMN.toSorted()
				);
			}
			assert.equal( columns[ 0 ]?.name, 'orderId' );
		},
	},
	{
		id: 'search/meta-data-of-a-page',
		fact: 'metaData tells how many there are and which rows of them these are',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const meta = metaOf(
				await search( api, PRODUCTS, { pageSize: '2' } )
			);
			assert.equal( meta.resultsReturned, 2 );
			assert.equal( meta.firstResult, 1 );
			assert.equal( meta.lastResult, 2 );
			assert.equal(
				meta.morePagesAvailable,
				Number( meta.resultsAvailable ) > 2
			);
			const [ sorting ] = [ ...( meta.sorting as unknown as Json[] ) ];
			assert.equal( sorting?.filterable?.name, 'productId' );
			assert.equal( sorting?.direction, 'ASC' );
		},
	},
	{
		id: 'search/nothing-found-is-200',
		fact: 'No hits: 200, no rows, zeros, and neither firstResult nor lastResult',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, ORDERS, {
				customerRef: `nobody-${ unique() }`,
			} );
			assert.deepEqual( rowsOf( reply ), [] );
			const meta = metaOf( reply );
			assert.equal( meta.morePagesAvailable, false );
			assert.equal( meta.resultsAvailable, 0 );
			assert.equal( meta.resultsReturned, 0 );
			assert( ! ( 'firstResult' in meta ) && ! ( 'lastResult' in meta ) );
			assert.deepEqual( bodyOf( reply ).reference, {} );
		},
	},
	{
		id: 'search/columns-choose-and-order',
		fact: '`columns` chooses columns and their order',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const reply = await search( api, ORDERS, {
				orderId: String( id ),
				columns: 'orderTypeId,orderId',
			} );
			assert.deepEqual( rowsOf( reply ), [ [ 1, id ] ] );
		},
	},
	{
		id: 'search/filters-are-anded',
		fact: 'Several filters all have to fit',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const both = ( orderTypeId: string ) =>
				search( api, ORDERS, { orderId: String( id ), orderTypeId } );
			assert.equal( rowsOf( await both( '1' ) ).length, 1 );
			assert.equal( rowsOf( await both( '2' ) ).length, 0 );
		},
	},
	{
		id: 'search/sort',
		fact: '`sort=a.DESC` sorts; metaData.sorting says so',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, PRODUCTS, {
				columns: 'productId',
				sort: 'productId.DESC',
				pageSize: '3',
			} );
			const ids = rowsOf( reply ).map( ( [ id ] ) => Number( id ) );
			assert.deepEqual(
				ids,
				ids.toSorted( ( a, b ) => b - a )
			);
			const [ sorting ] = [
				...( metaOf( reply ).sorting as unknown as Json[] ),
			];
			assert.equal( sorting?.direction, 'DESC' );
		},
	},
	{
		id: 'search/several-sort-columns',
		fact: '`sort=a,b.DESC` sorts by several columns',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, PRODUCTS, {
				columns: 'stockTracked,productId',
				sort: 'stockTracked,productId.DESC',
				pageSize: '20',
			} );
			const rows = rowsOf( reply ).map( ( [ tracked, id ] ) => [
				Number( tracked ),
				Number( id ),
			] );
			assert.deepEqual(
				rows,
				rows.toSorted(
					( [ a = 0, x = 0 ], [ b = 0, y = 0 ] ) => a - b || y - x
				)
			);
		},
	},
	{
		id: 'search/first-result-is-1-based',
		fact: 'firstResult is 1-based; pages follow each other by lastResult + 1',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const page = ( firstResult: string, pageSize: string ) =>
				search( api, PRODUCTS, {
					columns: 'productId',
					sort: 'productId.ASC',
					firstResult,
					pageSize,
				} );
			const four = rowsOf( await page( '1', '4' ) );
			if ( four.length < 4 ) {
				api.skip( 'the account has fewer than four products' );
			}
			const second = await page( '3', '2' );
			assert.deepEqual( rowsOf( second ), four.slice( 2, 4 ) );
			assert.equal( metaOf( second ).firstResult, 3 );
		},
	},
	{
		id: 'search/page-of-500',
		fact: 'A page holds 500 rows at most, and that many by default',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const meta = metaOf(
				await search( api, PRODUCTS, { columns: 'productId' } )
			);
			const all = Number( meta.resultsAvailable );
			assert.equal( meta.resultsReturned, Math.min( 500, all ) );
			assert.equal( meta.morePagesAvailable, all > 500 );
		},
	},
	{
		id: 'search/count-only',
		fact: 'countOnly=true counts without rows',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const reply = await search( api, ORDERS, {
				orderId: String( id ),
				countOnly: 'true',
			} );
			// Its shape was never shown: only that no row comes is told.
			assert.equal( reply.status, 200 );
			const { results } = responseOf( reply );
			assert.equal( results?.length ?? 0, 0 );
		},
	},
	{
		id: 'search/meta-data-resource',
		fact: '`…-search/meta-data` describes the columns without a search',
		source: 'platform §5.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( `${ ORDERS }/meta-data` );
			assert.equal( reply.status, 200 );
			assert( reply.text.includes( 'orderId' ) );
		},
	},
	{
		id: 'search/unparsable-integer',
		fact: 'A filter that is no INTEGER is CMNC-018 `The filter … cannot be parsed as: INTEGER`',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			unparsed(
				await search( api, ORDERS, { orderStatusId: 'BAD PARAM' } ),
				'The filter orderStatusId=BAD PARAM cannot be parsed as: INTEGER'
			);
		},
	},
	{
		id: 'search/column-that-is-no-filter',
		fact: 'A filter on a column that is not filterable is CMNC-018 with the status of such errors, not ignored',
		source: 'platform §5.1',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const meta = list(
				response(
					await search( api, PRODUCTS, { pageSize: '1' } ),
					'metaData',
					'columns'
				)
			);
			const column = meta.find(
				( entry ) => at( entry, 'filterable' ) === false
			);
			if ( column === undefined ) {
				api.skip( 'every column of product-search is filterable' );
			}
			const reply = await search( api, PRODUCTS, {
				[ String( at( column, 'name' ) ) ]: 'x',
			} );
			assert( [ 500, 400 ].includes( reply.status ), reply.text );
			assert.equal( errorOf( reply ).code, 'CMNC-018' );
		},
	},
	{
		id: 'search/status-of-what-is-no-filter',
		fact: 'It has the one status that filters which cannot be read have: 500, or 400 for one client',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'read',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			for ( const filterStatus of [ 500, 400 ] ) {
				await api.sandbox( 'POST', '/switches', { filterStatus } );
				const reply = await search( api, PRODUCTS, {
					salesChannelName: 'x',
				} );
				assert.equal( reply.status, filterStatus );
				assert.equal( errorOf( reply ).code, 'CMNC-018' );
			}
		},
	},
	{
		id: 'search/unparsable-id-set',
		fact: 'A filter that is no IDSET is CMNC-018 too',
		source: 'resources §0.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			unparsed(
				await search( api, PRODUCTS, { productId: 'BAD PARAM' } ),
				'The filter productId=BAD PARAM cannot be parsed as: IDSET'
			);
		},
	},
	{
		id: 'search/integer-takes-no-range',
		fact: 'An INTEGER filter takes one integer: a range or list is CMNC-018',
		source: 'platform §5.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			for ( const value of [ '1-3', '1,3' ] ) {
				unparsed(
					await search( api, ORDERS, { orderStatusId: value } ),
					`The filter orderStatusId=${ value } cannot be parsed as: INTEGER`
				);
			}
		},
	},
	{
		id: 'search/id-set-filter',
		fact: 'An IDSET filter takes lists and ranges',
		source: 'resources §0.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			for ( const set of [
				`${ id }`,
				`${ id }-${ id + 3 },999999999`,
			] ) {
				const rows = rowsOf(
					await search( api, PRODUCTS, {
						productId: set,
						columns: 'productId',
					} )
				);
				assert(
					rows.some( ( [ found ] ) => found === id ),
					set
				);
			}
		},
	},
	{
		id: 'search/open-range-of-ids-is-refused',
		fact: 'An open range (`5/`) is refused on IDSET and INTEGER columns',
		source: 'platform §5.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			for ( const name of [ 'orderId', 'orderStatusId' ] ) {
				const reply = await search( api, ORDERS, { [ name ]: '5/' } );
				assert.equal( errorOf( reply ).code, 'CMNC-018' );
			}
		},
	},
	{
		id: 'search/string-is-exact',
		fact: 'A STRING filter finds what is equal',
		source: 'resources §0.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const ref = unique().slice( -40 );
			const id = await makeSale( api, { ref } );
			const by = async ( customerRef: string ) =>
				rowsOf(
					await search( api, ORDERS, {
						customerRef,
						columns: 'orderId',
					} )
				);
			assert.deepEqual( await by( ref ), [ [ id ] ] );
			assert.deepEqual( await by( ref.slice( 0, -1 ) ), [] );
		},
	},
	{
		id: 'search/search-string-is-contained',
		fact: 'A SEARCH_STRING filter finds what contains it, in either case',
		source: 'platform §5.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const name = String(
				rowsOf(
					await search( api, PRODUCTS, {
						productId: String( id ),
						columns: 'productName',
					} )
				)[ 0 ]?.[ 0 ]
			);
			const found = rowsOf(
				await search( api, PRODUCTS, {
					productName: name.slice( 1 ).toUpperCase(),
					columns: 'productId',
				} )
			);
			assert( found.some( ( [ one ] ) => one === id ) );
		},
	},
	{
		id: 'search/boolean',
		fact: 'A BOOLEAN filter takes true and false',
		source: 'platform §5.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			for ( const value of [ 'true', 'false' ] ) {
				const rows = rowsOf(
					await search( api, PRODUCTS, {
						stockTracked: value,
						columns: 'stockTracked',
						pageSize: '5',
					} )
				);
				assert(
					rows.every( ( [ cell ] ) => String( cell ) === value )
				);
			}
		},
	},
	{
		id: 'search/period',
		fact: 'A PERIOD filter takes from/to, an open start and an open end',
		source: 'platform §5.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const created = Date.parse(
				String(
					rowsOf(
						await firstOrder( api, { columns: 'createdOn' } )
					)[ 0 ]?.[ 0 ]
				)
			);
			const before = new Date( created - 60_000 ).toISOString();
			const after = new Date( created + 60_000 ).toISOString();
			const hits = async ( createdOn: string ) =>
				rowsOf(
					await search( api, ORDERS, {
						orderId: String( id ),
						createdOn,
					} )
				).length;
			assert.equal( await hits( `${ before }/${ after }` ), 1 );
			assert.equal( await hits( `${ before }/` ), 1 );
			assert.equal( await hits( `/${ after }` ), 1 );
			assert.equal( await hits( `${ after }/` ), 0 );
			assert.equal( await hits( `/${ before }` ), 0 );
		},
	},
	{
		id: 'search/updated-on-is-null-at-first',
		fact: 'updatedOn of an order that was never changed is null, so a sweep needs createdOn too',
		source: 'platform §5.5',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const rows = rowsOf(
				await search( api, ORDERS, {
					orderId: String( id ),
					columns: 'updatedOn',
				} )
			);
			assert.deepEqual( rows, [ [ null ] ] );
		},
	},
	{
		id: 'search/times-in-rows',
		fact: "Times in rows carry milliseconds and the account's offset",
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const [ row ] = rowsOf(
				await firstOrder( api, { columns: 'createdOn' } )
			);
			assert.match(
				String( row?.[ 0 ] ),
				/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/
			);
		},
	},
	{
		id: 'search/reference-by-the-rows-key',
		fact: 'A reference map may be keyed by the row: product ids to category ids',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const { reference } = bodyOf(
				await search( api, PRODUCTS, { productId: String( id ) } )
			);
			const map = reference?.productCategoryMembership;
			assert( map !== undefined );
			assert(
				Object.keys( map ).every( ( key ) => key === String( id ) )
			);
		},
	},
	{
		id: 'search/payment-amounts-are-2-decimal-texts',
		fact: 'Amounts in rows are texts with 2 decimals',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'payment' );
			const [ row ] = rowsOf(
				await search( api, PAYMENTS, {
					paymentId: String( id ),
					columns: 'amountAuthorized,amountPaid',
				} )
			);
			for ( const cell of row ?? [] ) {
				assert.match( String( cell ), /^-?\d+\.\d\d$/ );
				assert.equal( typeof cell, 'string' );
			}
		},
	},
	{
		id: 'search/new-orders-may-lag',
		fact: 'An order may be missing in a search for a while after its creation; by id it is there at once',
		source: 'resources §5.1',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const body = await saleBody( api );
			await api.sandbox( 'POST', '/switches', { indexLagMs: 60_000 } );
			const id = made(
				await api.post( '/order-service/sales-order', body )
			);
			const rows = rowsOf(
				await search( api, ORDERS, { orderId: String( id ) } )
			);
			assert.deepEqual( rows, [] );
			const found = responseOf(
				await api.get( `/order-service/order/${ id }` )
			);
			assert.equal( found.length, 1 );
		},
	},
];
