/**
 * Rows by themselves: `order/{id}/row` and `sales-order/{id}/row` (resources reference, §1.3, §1.6).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	bundleOf,
	codes,
	firstRow,
	keys,
	made,
	makeSale,
	makeStockSale,
	readOrder,
	refused,
	reserve,
	response,
	silent,
	taxCodeOf,
} from '../order-kit.ts';

const rowPath = ( orderId: number, rowId?: number ): string =>
	`/order-service/order/${ orderId }/row${ rowId === undefined ? '' : `/${ rowId }` }`;

const legacyRow = (
	taxCode: string,
	more: Readonly< Record< string, unknown > > = {}
) => ( {
	productName: 'Conformance',
	quantity: { magnitude: 1 },
	rowValue: {
		taxCode,
		rowNet: { value: '10.00' },
		rowTax: { value: '2.00' },
	},
	...more,
} );

const replace = (
	api: Api,
	[ orderId, rowId ]: readonly [ number, number ],
	path: string,
	value: unknown
): Promise< ApiReply > =>
	api.patch( rowPath( orderId, rowId ), [ { op: 'replace', path, value } ] );

async function makeRow( api: Api ): Promise< readonly [ number, number ] > {
	const orderId = await makeSale( api );
	const [ rowId ] = await firstRow( api, orderId );
	return [ orderId, rowId ];
}

export const rowCases: readonly ConformanceCase[] = [
	{
		id: 'order-row/post-answers-the-row-id',
		fact: 'A posted row answers its id and stands on the order',
		source: 'resources §1.6',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const orderId = await makeSale( api );
			const id = made(
				await api.post( rowPath( orderId ), legacyRow( code ) )
			);
			const rows = at( await readOrder( api, orderId ), 'orderRows' );
			assert.equal( at( rows, String( id ), 'productId' ), 1000 );
			assert.equal(
				at( rows, String( id ), 'productName' ),
				'Conformance'
			);
		},
	},
	{
		id: 'order-row/bad-order-and-no-product-together',
		fact: 'A bad order id and a row without product or name are told together',
		source: 'resources §1.6',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post( rowPath( 123 ), {} );
			refused( reply );
			assert.deepEqual( codes( reply ), [ 'ORDC-003', 'ORDC-026' ] );
			assert.equal(
				at( reply.json, 'errors', 0, 'message' ),
				'You have supplied an invalid order id: 123'
			);
		},
	},
	{
		id: 'order-row/bundle-answers-the-parent',
		fact: 'A posted bundle answers the id of its own row; the components’ rows come by themselves',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const productId = await bundleOf( api );
			const orderId = await makeSale( api, { rows: [] } );
			const id = made(
				await api.post(
					rowPath( orderId ),
					legacyRow( code, { productId, productName: undefined } )
				)
			);
			const rows = at( await readOrder( api, orderId ), 'orderRows' );
			assert.equal(
				at( rows, String( id ), 'composition', 'bundleParent' ),
				true
			);
			const children = keys( rows ).filter(
				( key ) =>
					at( rows, key, 'composition', 'parentOrderRowId' ) === id
			);
			assert( children.length > 0 );
		},
	},
	{
		id: 'order-row/net-recalculates-tax',
		fact: 'Changing the net recalculates the tax by the row’s code',
		source: 'resources §1.6, platform §7.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const { rate } = await taxCodeOf( api );
			const reply = await replace(
				api,
				await makeRow( api ),
				'/rowValue/rowNet/value',
				'200'
			);
			assert.equal( reply.status, 200, reply.text );
			assert.equal(
				response( reply, 'rowValue', 'rowTax', 'value' ),
				( rate * 2 ).toFixed( 2 )
			);
			assert.equal(
				response( reply, 'rowValue', 'rowNet', 'value' ),
				'200.0000'
			);
		},
	},
	{
		id: 'order-row/manual-tax-stays',
		fact: '`taxCalculator` can be replaced; with `manual` a new net leaves the tax as it is',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const row = await makeRow( api );
			const path = '/rowValue/taxCalculator';
			refused( await replace( api, row, path, 'nobody' ) );
			await replace( api, row, path, 'manual' );
			const reply = await replace(
				api,
				row,
				'/rowValue/rowNet/value',
				'200'
			);
			assert.equal(
				response( reply, 'rowValue', 'taxCalculator' ),
				'manual'
			);
			assert.equal(
				response( reply, 'rowValue', 'rowTax', 'value' ),
				'2.00'
			);
		},
	},
	{
		id: 'order-row/patchable-paths',
		fact: 'Quantity, tax, nominal code and sequence of a row can be replaced',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const row = await makeRow( api );
			const [ , shown ] = await firstRow( api, row[ 0 ] );
			const changes: readonly ( readonly [ string, unknown ] )[] = [
				[ '/quantity/magnitude', '2' ],
				[ '/rowValue/rowTax/value', '1.50' ],
				[ '/nominalCode', at( shown, 'nominalCode' ) ],
				[ '/orderRowSequence', '30' ],
			];
			for ( const [ path, value ] of changes ) {
				const reply = await replace( api, row, path, value );
				assert.equal( reply.status, 200, `${ path }: ${ reply.text }` );
			}
			const [ , after ] = await firstRow( api, row[ 0 ] );
			assert.equal( at( after, 'quantity', 'magnitude' ), '2.0000' );
			assert.equal( at( after, 'rowValue', 'rowTax', 'value' ), '1.50' );
			assert.equal( at( after, 'orderRowSequence' ), '30' );
		},
	},
	{
		id: 'order-row/nominal-must-exist',
		fact: 'A nominal code that does not exist is refused',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const row = await makeRow( api );
			refused( await replace( api, row, '/nominalCode', 'none' ) );
		},
	},
	{
		id: 'order-row/quantity-covers-what-is-reserved',
		fact: 'A quantity cannot go below what is reserved, and is whole where stock is tracked',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await makeStockSale( api, '3' );
			await reserve( api, sale, 2 );
			const row = [ sale.orderId, sale.rowId ] as const;
			const path = '/quantity/magnitude';
			refused( await replace( api, row, path, '1' ) );
			refused( await replace( api, row, path, '2.5' ) );
			assert.equal(
				( await replace( api, row, path, '2' ) ).status,
				200
			);
		},
	},
	{
		id: 'order-row/delete-is-silent',
		fact: '`DELETE` of a row is 200 `{}`',
		source: 'resources §1.6',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const [ orderId, rowId ] = await makeRow( api );
			silent( await api.delete( rowPath( orderId, rowId ) ) );
			assert.deepEqual(
				at( await readOrder( api, orderId ), 'orderRows' ),
				{}
			);
		},
	},
	{
		id: 'order-row/replaced-in-place',
		fact: '`PUT sales-order/{id}/row/{ids}` replaces rows in place',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const [ orderId, rowId ] = await makeRow( api );
			silent(
				await api.put(
					`/order-service/sales-order/${ orderId }/row/${ rowId }`,
					[
						{
							id: rowId,
							name: 'Renamed',
							quantity: '2',
							taxCode: code,
							net: '7.5000',
							tax: '1.5000',
						},
					]
				)
			);
			const [ id, row ] = await firstRow( api, orderId );
			assert.equal( id, rowId );
			assert.equal( at( row, 'productName' ), 'Renamed' );
			assert.equal( at( row, 'rowValue', 'rowNet', 'value' ), '7.5000' );
		},
	},
	{
		id: 'order-row/replaced-ids-must-match',
		fact: 'The ids of the replaced rows must be those of the address',
		source: 'resources §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const [ orderId, rowId ] = await makeRow( api );
			refused(
				await api.put(
					`/order-service/sales-order/${ orderId }/row/${ rowId }`,
					[
						{
							id: rowId + 1,
							name: 'Other',
							quantity: '1',
							taxCode: code,
							net: '1',
							tax: '0',
						},
					]
				)
			);
		},
	},
];
