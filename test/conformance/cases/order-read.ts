/**
 * Orders as they are read (resources reference, §0.1, §1.4).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	keys,
	list,
	makeSale,
	readOrder,
	response,
	taxCodeOf,
	textRow,
} from '../order-kit.ts';

/** Ids are never reused, and nobody has so many orders. */
const NONE = 999_999_999;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}([+-]\d\d:\d\d|Z)$/;

export const readCases: readonly ConformanceCase[] = [
	{
		id: 'order/none-found-is-200-and-empty',
		fact: '`GET order/{ids}` of none that exist is 200 `[]`',
		source: 'platform §5.4',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( `/order-service/order/${ NONE }` );
			assert.equal( reply.status, 200 );
			assert.deepEqual( reply.json, { response: [] } );
		},
	},
	{
		id: 'order/partial-set',
		fact: 'A set of ids answers those that exist',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			const reply = await api.get(
				`/order-service/order/${ id },${ NONE }`
			);
			assert.equal( reply.status, 200 );
			assert.deepEqual(
				list( response( reply ) ).map( ( order ) => at( order, 'id' ) ),
				[ id ]
			);
		},
	},
	{
		id: 'order/rows-by-id',
		fact: '`orderRows` is an object whose keys are row ids',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const order = await readOrder( api, await api.existing( 'order' ) );
			const rows = at( order, 'orderRows' );
			assert( ! Array.isArray( rows ) );
			for ( const key of keys( rows ) ) {
				assert.match( key, /^\d+$/ );
			}
		},
	},
	{
		id: 'order/sequence-is-a-text-stepping-by-ten',
		fact: '`orderRowSequence` is a text and steps by ten',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const id = await makeSale( api, {
				rows: [ textRow( code ), textRow( code ) ],
			} );
			const rows = at( await readOrder( api, id ), 'orderRows' );
			assert.deepEqual(
				keys( rows ).map( ( key ) =>
					at( rows, key, 'orderRowSequence' )
				),
				[ '10', '20' ]
			);
		},
	},
	{
		id: 'order/decimals-are-texts',
		fact: 'Money, quantities and rates are texts: net 4 places, tax and totals 2, quantity 4, exchange rate 6',
		source: 'resources §0.1, §1.4',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const order = await readOrder( api, await api.existing( 'order' ) );
			const text = ( value: unknown, places: number ): void =>
				assert.match(
					String( typeof value === 'string' ? value : 'no text' ),
					new RegExp( `^-?\\d+\\.\\d{${ places }}$` )
				);
			text( at( order, 'currency', 'exchangeRate' ), 6 );
			for ( const name of [ 'net', 'taxAmount', 'total', 'baseTotal' ] ) {
				text( at( order, 'totalValue', name ), 2 );
			}
			const rows = at( order, 'orderRows' );
			for ( const key of keys( rows ) ) {
				const row = at( rows, key );
				text( at( row, 'quantity', 'magnitude' ), 4 );
				text( at( row, 'rowValue', 'rowNet', 'value' ), 4 );
				text( at( row, 'rowValue', 'rowTax', 'value' ), 2 );
				text( at( row, 'rowValue', 'taxRate' ), 4 );
			}
		},
	},
	{
		id: 'order/times-carry-an-offset-and-milliseconds',
		fact: 'Times have milliseconds and the account’s offset',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const order = await readOrder( api, await api.existing( 'order' ) );
			for ( const name of [ 'placedOn', 'createdOn' ] ) {
				assert.match( String( at( order, name ) ), TIME );
			}
		},
	},
	{
		id: 'order/unset-ids-are-0',
		fact: 'Unset foreign keys of `order` are 0, not null',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const order = await readOrder( api, await makeSale( api ) );
			assert.equal( at( order, 'parentOrderId' ), 0 );
			assert.equal( at( order, 'delivery', 'shippingMethodId' ), 0 );
			assert.equal(
				at( order, 'assignment', 'current', 'projectId' ),
				0
			);
		},
	},
	{
		id: 'order/unset-fields-are-left-out',
		fact: '`updatedOn`, `closedOn` and `deliveryDate` are left out until they are set',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const order = await readOrder( api, await makeSale( api ) );
			assert( ! keys( order ).includes( 'updatedOn' ) );
			assert( ! keys( order ).includes( 'closedOn' ) );
			assert(
				! keys( at( order, 'delivery' ) ).includes( 'deliveryDate' )
			);
			assert.deepEqual( at( order, 'state' ), { tax: 'READY' } );
			assert.equal( at( order, 'invoices', 0, 'invoiceReference' ), '' );
		},
	},
	{
		id: 'order/version-rises',
		fact: '`version` starts at 0 and rises with every change; `updatedOn` appears with the first',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			assert.equal( at( await readOrder( api, id ), 'version' ), 0 );
			await api.patch( `/order-service/order/${ id }`, [
				{ op: 'replace', path: '/reference', value: '#changed' },
			] );
			const order = await readOrder( api, id );
			assert( Number( at( order, 'version' ) ) > 0 );
			assert.match( String( at( order, 'updatedOn' ) ), TIME );
		},
	},
	{
		id: 'order/totals-are-rounded-sums',
		fact: 'Totals are the rows’ sums at two places: 9.0909 + 0.91 is 10.00',
		source: 'resources §5.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const id = await makeSale( api, {
				rows: [ textRow( code, { net: '9.0909', tax: '0.91' } ) ],
			} );
			const total = at( await readOrder( api, id ), 'totalValue' );
			assert.equal( at( total, 'net' ), '9.09' );
			assert.equal( at( total, 'taxAmount' ), '0.91' );
			assert.equal( at( total, 'total' ), '10.00' );
		},
	},
	{
		id: 'order/optional-custom-fields',
		fact: '`customFields` and `nullCustomFields` appear only with includeOptional',
		source: 'resources §0.1, §1.4',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			assert(
				! keys( await readOrder( api, id ) ).includes( 'customFields' )
			);
			const reply = await api.get( `/order-service/order/${ id }`, {
				query: { includeOptional: 'customFields,nullCustomFields' },
			} );
			const order = response( reply, 0 );
			assert( keys( order ).includes( 'customFields' ) );
			list( at( order, 'nullCustomFields' ) );
		},
	},
	{
		id: 'order/status-has-its-name',
		fact: '`orderStatus` names the status beside its id',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const order = await readOrder( api, await api.existing( 'order' ) );
			const id = Number( at( order, 'orderStatus', 'orderStatusId' ) );
			const reply = await api.get(
				`/order-service/order-status/${ id }`
			);
			assert.equal(
				at( order, 'orderStatus', 'name' ),
				response( reply, 0, 'name' )
			);
		},
	},
];
