/**
 * `order-search` and `sales-order-search` (resources reference, §0.2, §1.10; platform reference, §5).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	found,
	list,
	makeSale,
	own,
	refused,
	response,
	unique,
} from '../order-kit.ts';

const PATH = '/order-service/order-search';
const SALES = '/order-service/sales-order-search';

const COLUMNS = [
	[ 'orderId', 'IDSET' ],
	[ 'orderTypeId', 'IDSET' ],
	[ 'contactId', 'INTEGER' ],
	[ 'orderStatusId', 'INTEGER' ],
	[ 'orderStockStatusId', 'INTEGER' ],
	[ 'createdOn', 'PERIOD' ],
	[ 'createdById', 'INTEGER' ],
	[ 'customerRef', 'STRING' ],
	[ 'orderPaymentStatusId', 'INTEGER' ],
	[ 'updatedOn', 'PERIOD' ],
	[ 'parentOrderId', 'IDSET' ],
	[ 'orderShippingStatusId', 'INTEGER' ],
	[ 'externalRef', 'STRING' ],
	[ 'installedIntegrationInstanceId', 'INTEGER' ],
	[ 'warehouseId', 'IDSET' ],
	[ 'staffOwnerContactId', 'INTEGER' ],
	[ 'taxDate', 'PERIOD' ],
	[ 'departmentId', 'INTEGER' ],
	[ 'deliveryDate', 'PERIOD' ],
] as const;

const search = (
	api: Api,
	query: Readonly< Record< string, string > >,
	path = PATH
): Promise< ApiReply > => api.get( path, { query } );

export const searchCases: readonly ConformanceCase[] = [
	{
		id: 'order-search/columns',
		fact: 'The default columns, their order and types',
		source: 'resources §1.10, platform §5.5',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, { pageSize: '1' } );
			// The list may have grown since it was recorded.
			const columns = list( response( reply, 'metaData', 'columns' ) );
			assert.deepEqual(
				columns
					.slice( 0, COLUMNS.length )
					.map( ( column ) => [
						at( column, 'name' ),
						at( column, 'reportDataType' ),
					] ),
				COLUMNS
			);
		},
	},
	{
		id: 'order-search/column-shape',
		fact: 'A column tells whether it can be sorted and filtered, and its reference data',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, { pageSize: '1' } );
			assert.deepEqual( response( reply, 'metaData', 'columns', 0 ), {
				name: 'orderId',
				sortable: true,
				filterable: true,
				reportDataType: 'IDSET',
				referenceData: [],
				isFreeTextSearchable: false,
				required: false,
			} );
		},
	},
	{
		id: 'order-search/default-sort',
		fact: 'Sorted by `orderId` ascending unless asked otherwise',
		source: 'resources §1.10',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, { columns: 'orderId' } );
			assert.equal(
				response(
					reply,
					'metaData',
					'sorting',
					0,
					'filterable',
					'name'
				),
				'orderId'
			);
			assert.equal(
				response( reply, 'metaData', 'sorting', 0, 'direction' ),
				'ASC'
			);
			const ids = list( response( reply, 'results' ) ).map( ( row ) =>
				Number( at( row, 0 ) )
			);
			assert.deepEqual(
				ids,
				ids.toSorted( ( a, b ) => a - b )
			);
		},
	},
	{
		id: 'order-search/no-hits',
		fact: 'No hits: 200, no rows, zero counts, and no firstResult or lastResult',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await search( api, { customerRef: unique() } );
			assert.equal( reply.status, 200 );
			assert.deepEqual( response( reply, 'results' ), [] );
			const data = response( reply, 'metaData' );
			assert.equal( at( data, 'resultsAvailable' ), 0 );
			assert.equal( at( data, 'resultsReturned' ), 0 );
			assert.equal( at( data, 'morePagesAvailable' ), false );
			assert.equal( at( data, 'firstResult' ), undefined );
			assert.equal( at( data, 'lastResult' ), undefined );
		},
	},
	{
		id: 'order-search/reference-maps',
		fact: '`reference` stands beside `response` and maps the ids of the page to names',
		source: 'platform §5.2',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const { ref } = await own( api, { rows: [] } );
			const reply = await search( api, { customerRef: ref } );
			const maps = at( reply.json, 'reference' );
			assert.deepEqual( at( maps, 'orderTypeNames' ), {
				1: 'SALES_ORDER',
			} );
			assert.deepEqual( at( maps, 'orderStockStatusNames' ), {
				13: 'Unset',
			} );
			assert.deepEqual( at( maps, 'orderPaymentStatusNames' ), {
				5: 'NOT_APPLICABLE',
			} );
			assert.deepEqual( at( maps, 'orderShippingStatusNames' ), {
				1: 'No stock tracked products on order',
			} );
		},
	},
	{
		id: 'order-search/updated-on-null',
		fact: '`updatedOn` is null until the first change',
		source: 'platform §5.5',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const { id, ref } = await own( api );
			const query = { customerRef: ref };
			assert.equal(
				( await found( api, PATH, query ) )[ 0 ]?.updatedOn,
				null
			);
			await api.patch( `/order-service/order/${ id }`, [
				{
					op: 'replace',
					path: '/delivery/deliveryDate',
					value: '2026-08-01',
				},
			] );
			assert.notEqual(
				( await found( api, PATH, query ) )[ 0 ]?.updatedOn,
				null
			);
		},
	},
	{
		id: 'order-search/unset-ids-are-0',
		fact: 'No parent, staff owner or channel is 0 in a row, not null',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { ref } = await own( api );
			const [ row ] = await found( api, PATH, { customerRef: ref } );
			assert.equal( row?.parentOrderId, 0 );
			assert.equal( row?.staffOwnerContactId, 0 );
			assert.equal( row?.departmentId, 0 );
		},
	},
	{
		id: 'sales-order-search/columns',
		fact: 'sales-order-search names its columns in its own way, with codes as texts',
		source: 'resources §1.10',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { id, ref } = await own( api, { rows: [] } );
			const [ row ] = await found( api, SALES, { customerRef: ref } );
			assert.equal( row?.salesOrderId, id );
			assert.equal( row?.orderStockStatus, 'NON' );
			assert.equal( row?.orderPaymentStatus, 'NOT_APPLICABLE' );
			assert.equal( row?.orderShippingStatus, 'NST' );
			assert( row && 'channelId' in row && 'staffOwnerId' in row );
		},
	},
	{
		id: 'sales-order-search/several-references',
		fact: '`customerRefs` finds several references at once (here as a list with commas)',
		source: 'resources §1.10',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const one = await own( api );
			const two = await own( api );
			const rows = await found( api, SALES, {
				customerRefs: `${ one.ref },${ two.ref }`,
			} );
			assert.deepEqual(
				rows.map( ( row ) => row.salesOrderId ),
				[ one.id, two.id ]
			);
		},
	},
	{
		id: 'sales-order-search/by-external-ref',
		fact: 'An order is found by its external reference in both searches',
		source: 'resources §1.10',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const externalRef = unique();
			const id = await makeSale( api, { externalRef } );
			const [ sale ] = await found( api, SALES, {
				externalRef,
				columns: 'salesOrderId,externalRef',
			} );
			assert.deepEqual( sale, { salesOrderId: id, externalRef } );
			const [ order ] = await found( api, PATH, {
				externalRef,
				orderTypeId: '1',
			} );
			assert.equal( order?.orderId, id );
		},
	},
	{
		id: 'sales-order-search/unknown-column',
		fact: 'There is no column or filter `reference`',
		source: 'platform §5.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			refused( await search( api, { columns: 'reference' } ) );
		},
	},
];
