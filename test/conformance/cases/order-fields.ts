/**
 * Every field of a new sales order, sent and left out (resources reference, §1.2, §1.4, §5.2).
 */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	assertOrder,
	assertSale,
	foreignCurrency,
	fullBody,
	instant,
	lastOf,
	RATE,
	sellingList,
} from '../order-fields-kit.ts';
import {
	at,
	configured,
	found,
	list,
	makeContact,
	makeSale,
	readOrder,
	readSale,
	response,
	taxCodeOf,
	textRow,
} from '../order-kit.ts';

export const fieldCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order/every-field-comes-back',
		fact: 'What the POST names stands in `sales-order` and in `order`',
		source: 'resources §1.2, §1.3, §1.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			// Without project and team: no resource that lists them is known.
			const sent = await fullBody( api );
			const id = await makeSale( api, sent );
			assertSale( await readSale( api, id ), sent );
			assertOrder( await readOrder( api, id ), sent );
		},
	},
	{
		id: 'sales-order/every-field-is-searched',
		fact: 'What the POST names stands in its columns of sales-order-search',
		source: 'resources §1.10',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sent = await fullBody( api );
			const id = await makeSale( api, sent );
			const [ row ] = await found(
				api,
				'/order-service/sales-order-search',
				{ salesOrderId: String( id ) }
			);
			assert( row );
			assert.equal( row.customerId, sent.customer.id );
			assert.equal( row.customerRef, sent.ref );
			assert.equal( row.orderStatusId, sent.statusId );
			assert.equal( row.externalRef, sent.externalRef );
			assert.equal( row.warehouseId, sent.warehouseId );
			assert.equal( row.staffOwnerId, sent.staffOwnerId );
			assert.equal( row.channelId, sent.channelId );
			assert.equal( instant( row.taxDate ), instant( sent.taxDate ) );
			assert.equal(
				instant( row.deliveryDate ),
				instant( sent.delivery.date )
			);
		},
	},
	{
		id: 'sales-order/defaults-of-the-customer',
		fact: "Left out, price list and lead source are the customer's, billing goes to the primary contact of its organisation, the status is the configured one, the time now",
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const primary = await makeContact( api );
			const priceListId = await sellingList( api );
			const leadSourceId = await lastOf(
				api,
				'/contact-service/lead-source'
			);
			const id = await makeContact( api, {
				organisation: { organisationId: primary },
				financialDetails: { priceListId },
				assignment: { current: { leadSourceId } },
			} );
			const sale = await readSale(
				api,
				await makeSale( api, { customer: { id } } )
			);
			assert.equal( at( sale, 'priceListId' ), priceListId );
			assert.equal( at( sale, 'leadSourceId' ), leadSourceId );
			assert.equal( at( sale, 'billing', 'contactId' ), primary );
			assert.equal(
				String( at( sale, 'statusId' ) ),
				await configured( api, 'newSalesOrderStatusId' )
			);
			assert.equal(
				at( sale, 'currency', 'code' ),
				await configured( api, 'baseCurrencyCode' )
			);
			const waited =
				instant( at( sale, 'createdOn' ) ) -
				instant( at( sale, 'placedOn' ) );
			assert( Math.abs( waited ) < 60_000, String( waited ) );
		},
	},
	{
		id: 'sales-order/base-is-order-currency-by-rate',
		fact: 'Base totals are those of the order divided by the exchange rate: 31.25 at 1.2349 is 25.31',
		source: 'resources §5.2',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await taxCodeOf( api );
			const id = await makeSale( api, {
				currency: {
					code: await foreignCurrency( api ),
					exchangeRate: RATE,
				},
				rows: [ textRow( code, { net: '31.2500', tax: '6.25' } ) ],
			} );
			const order = await readOrder( api, id );
			assert.equal(
				at( order, 'currency', 'accountingCurrencyCode' ),
				await configured( api, 'baseCurrencyCode' )
			);
			const total = at( order, 'totalValue' );
			assert.equal( at( total, 'net' ), '31.25' );
			assert.equal( at( total, 'baseNet' ), '25.31' );
			assert.equal( at( total, 'baseTaxAmount' ), '5.06' );
			assert.equal( at( total, 'baseTotal' ), '30.37' );
			const sale = at( await readSale( api, id ), 'total' );
			assert.equal( at( sale, 'baseNet' ), '25.31' );
			assert.equal( at( sale, 'baseGross' ), '30.37' );
		},
	},
	{
		id: 'sales-order/price-mode-of-the-list',
		fact: "Left out, the price mode is the price list's; sent, it overrides it",
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const lists = list(
				response( await api.get( '/product-service/price-list' ) )
			).filter(
				( entry ) => at( entry, 'priceListTypeCode' ) === 'SELL'
			);
			for ( const entry of lists ) {
				const priceListId = Number( at( entry, 'id' ) );
				const own = at( entry, 'gross' ) === true ? 'INC' : 'EXC';
				const other = own === 'INC' ? 'EXC' : 'INC';
				for ( const [ more, wanted ] of [
					[ {}, own ],
					[ { priceModeCode: other }, other ],
				] as const ) {
					const id = await makeSale( api, { priceListId, ...more } );
					const sale = await readSale( api, id );
					assert.equal( at( sale, 'priceModeCode' ), wanted );
				}
			}
		},
	},
];
