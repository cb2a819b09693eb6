/**
 * What `POST /order-service/sales-order` takes, defaults and refuses (resources reference, §1.2).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	bundleOf,
	codes,
	customerOf,
	found,
	keys,
	list,
	made,
	makeSale,
	readOrder,
	readSale,
	refused,
	response,
	saleBody,
	taxCodeOf,
	textRow,
	unique,
} from '../order-kit.ts';

const PATH = '/order-service/sales-order';

export const createCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order/create-answers-200-and-an-id',
		fact: 'A create answers 200 with the bare id, not 201',
		source: 'resources §0.1, §1.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post( PATH, await saleBody( api ) );
			assert.deepEqual( keys( reply.json ), [ 'response' ] );
			assert( made( reply ) > 0 );
		},
	},
	{
		id: 'sales-order/trailing-slash',
		fact: 'A trailing slash on the collection is the same route',
		source: 'platform §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			made( await api.post( `${ PATH }/`, await saleBody( api ) ) );
		},
	},
	{
		id: 'sales-order/customer-required',
		fact: '`customer.id` is required',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const body = await saleBody( api, { customer: undefined } );
			refused( await api.post( PATH, body ) );
		},
	},
	{
		id: 'sales-order/customer-id-alias',
		fact: 'Top-level `customerId` is accepted, and shown, in place of `customer.id`',
		source: 'resources §1.2, §1.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const customerId = await customerOf( api );
			const id = await makeSale( api, {
				customer: undefined,
				customerId,
			} );
			const sale = await readSale( api, id );
			assert.equal( at( sale, 'customerId' ), customerId );
			assert.equal( at( sale, 'customer', 'id' ), customerId );
		},
	},
	{
		id: 'sales-order/defaults',
		fact: 'A minimal order: EXC where the price list is without tax, fixed rate 1.000000, NOT_APPLICABLE, NON, ANR, NST, shipping method 0',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, { rows: [] } );
			const order = await readOrder( api, id );
			const lists = await api.get(
				`/product-service/price-list/${ String( at( order, 'priceListId' ) ) }`
			);
			assert.equal(
				at( order, 'priceModeCode' ),
				response( lists, 0, 'gross' ) === true ? 'INC' : 'EXC'
			);
			assert.equal( at( order, 'currency', 'fixedExchangeRate' ), true );
			assert.equal( at( order, 'currency', 'exchangeRate' ), '1.000000' );
			assert.equal( at( order, 'orderPaymentStatus' ), 'NOT_APPLICABLE' );
			assert.equal( at( order, 'stockStatusCode' ), 'NON' );
			assert.equal( at( order, 'allocationStatusCode' ), 'ANR' );
			assert.equal( at( order, 'shippingStatusCode' ), 'NST' );
			assert.equal( at( order, 'delivery', 'shippingMethodId' ), 0 );
			assert.deepEqual( at( order, 'orderRows' ), {} );
		},
	},
	{
		id: 'sales-order/default-tax-date',
		fact: 'The default tax date is UTC midnight of the day',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const sale = await readSale( api, await makeSale( api ) );
			const date = new Date( String( at( sale, 'taxDate' ) ) );
			assert.match( date.toISOString(), /T00:00:00\.000Z$/ );
		},
	},
	{
		id: 'sales-order/row-fields-required',
		fact: 'A row needs quantity, taxCode, net and tax',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			for ( const field of [ 'quantity', 'taxCode', 'net', 'tax' ] ) {
				const rows = [ textRow( code, { [ field ]: undefined } ) ];
				refused(
					await api.post( PATH, await saleBody( api, { rows } ) )
				);
			}
		},
	},
	{
		id: 'sales-order/row-product-or-name',
		fact: 'A row needs a product or a name',
		source: 'resources §1.2, §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const rows = [ textRow( code, { name: undefined } ) ];
			const reply = await api.post(
				PATH,
				await saleBody( api, { rows } )
			);
			refused( reply );
			assert( codes( reply ).includes( 'ORDC-026' ) );
		},
	},
	{
		id: 'sales-order/free-text-row-is-product-1000',
		fact: 'A free-text row is stored with product 1000',
		source: 'resources §1.6',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const sale = await readSale( api, await makeSale( api ) );
			assert.equal( at( sale, 'rows', 0, 'productId' ), 1000 );
			assert.equal( at( sale, 'rows', 0, 'name' ), 'Conformance' );
		},
	},
	{
		id: 'sales-order/name-overrides-product',
		fact: 'A name sent with a product replaces the product’s',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const productId = await api.existing( 'product' );
			const rows = [ textRow( code, { productId } ) ];
			const sale = await readSale( api, await makeSale( api, { rows } ) );
			assert.equal( at( sale, 'rows', 0, 'productId' ), productId );
			assert.equal( at( sale, 'rows', 0, 'name' ), 'Conformance' );
		},
	},
	{
		id: 'sales-order/stocked-rows-are-whole',
		fact: 'The quantity of a stock-tracked product is whole',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const productId = await api.existing( 'product' );
			const rows = [ textRow( code, { productId, quantity: '1.5' } ) ];
			refused( await api.post( PATH, await saleBody( api, { rows } ) ) );
		},
	},
	{
		id: 'sales-order/four-decimals',
		fact: 'Quantity, net and tax have at most four decimal places',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			for ( const field of [ 'quantity', 'net', 'tax' ] ) {
				const rows = [ textRow( code, { [ field ]: '1.23456' } ) ];
				refused(
					await api.post( PATH, await saleBody( api, { rows } ) )
				);
			}
		},
	},
	{
		id: 'sales-order/row-values-are-totals',
		fact: 'Row net and tax are row totals, whatever the quantity',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const rows = [ textRow( code, { quantity: '3' } ) ];
			const sale = await readSale( api, await makeSale( api, { rows } ) );
			assert.equal( at( sale, 'total', 'net' ), '10.00' );
			assert.equal( at( sale, 'total', 'gross' ), '12.00' );
		},
	},
	{
		id: 'sales-order/numbers-in-texts-out',
		fact: 'Numbers are accepted for decimals, which come back as texts',
		source: 'resources §1.2',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const rows = [
				textRow( code, { quantity: 1, net: 9.0909, tax: 0.91 } ),
			];
			const sale = await readSale( api, await makeSale( api, { rows } ) );
			assert.equal( at( sale, 'rows', 0, 'net' ), '9.0909' );
			assert.equal( at( sale, 'total', 'gross' ), '10.00' );
		},
	},
	{
		id: 'sales-order/row-external-ref',
		fact: 'A row’s `externalRef` comes back',
		source: 'resources §1.2',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const rows = [ textRow( code, { externalRef: 'line-7' } ) ];
			const sale = await readSale( api, await makeSale( api, { rows } ) );
			assert.equal( at( sale, 'rows', 0, 'externalRef' ), 'line-7' );
		},
	},
	{
		id: 'sales-order/bundle-expands',
		fact: 'A bundle’s row brings its components as rows of their own',
		source: 'resources §1.2, §7.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const productId = await bundleOf( api );
			const rows = [ textRow( code, { productId } ) ];
			const sale = await readSale( api, await makeSale( api, { rows } ) );
			const shown = list( at( sale, 'rows' ) );
			const parent = shown.find( ( row ) => at( row, 'bundleParent' ) );
			const children = shown.filter( ( row ) =>
				at( row, 'bundleChild' )
			);
			assert( parent !== undefined && children.length > 0 );
			for ( const child of children ) {
				assert.equal( at( child, 'parentRowId' ), at( parent, 'id' ) );
			}
		},
	},
	{
		id: 'sales-order/all-or-nothing',
		fact: 'An order is created wholly or not at all',
		source: 'resources §1.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const ref = unique();
			const rows = [ textRow( code ), textRow( 'no such code' ) ];
			refused(
				await api.post( PATH, await saleBody( api, { ref, rows } ) )
			);
			const there = await found( api, '/order-service/order-search', {
				customerRef: ref,
			} );
			assert.equal( there.length, 0 );
		},
	},
];
