/**
 * Sales credits (resources reference, §1.12).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import {
	at,
	found,
	list,
	made,
	makeSale,
	readOrder,
	readSale,
	refused,
	response,
	saleBody,
	silent,
	unique,
} from '../order-kit.ts';

const RESOURCE = 'sales-credit';
const PATH = `/order-service/${ RESOURCE }`;
const NONE = 999_999_999;

const makeCredit = (
	api: Api,
	more: Readonly< Record< string, unknown > > = {}
): Promise< number > => makeSale( api, more, RESOURCE );

export const creditCases: readonly ConformanceCase[] = [
	{
		id: 'sales-credit/post-answers-an-id',
		fact: 'A credit is posted like an order and answers its id, from the orders’ id space',
		source: 'resources §1.12, §7.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const parentId = await makeSale( api );
			const id = await makeCredit( api, { parentId } );
			assert( id > parentId );
			const order = await readOrder( api, id );
			assert.equal( at( order, 'orderTypeCode' ), 'SC' );
			assert.equal( at( order, 'parentOrderId' ), parentId );
		},
	},
	{
		id: 'sales-credit/amounts-are-positive',
		fact: 'What is given back stands as positive amounts',
		source: 'resources §1.12',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const credit = await readSale(
				api,
				await makeCredit( api ),
				RESOURCE
			);
			assert.equal( at( credit, 'total', 'gross' ), '12.00' );
		},
	},
	{
		id: 'sales-credit/partial-set-is-207',
		fact: 'A set of which only some exist is 207, of which all exist 200',
		source: 'resources §0.1, §1.12',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeCredit( api );
			const whole = await api.get( `${ PATH }/${ id }` );
			assert.equal( whole.status, 200 );
			const some = await api.get( `${ PATH }/${ id },${ NONE }` );
			assert.equal( some.status, 207 );
			assert.equal( list( response( some ) ).length, 1 );
		},
	},
	{
		id: 'sales-credit/each-shows-its-kind',
		fact: 'An order is no credit, and a credit no sales order',
		source: 'resources §1.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await makeSale( api );
			const credit = await makeCredit( api );
			refused( await api.get( `${ PATH }/${ sale }` ), 404 );
			refused(
				await api.get( `/order-service/sales-order/${ credit }` ),
				404
			);
		},
	},
	{
		id: 'sales-credit/ids-are-mandatory',
		fact: '`GET sales-credit` without ids is refused',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			assert( ( await api.get( PATH ) ).status >= 400 );
		},
	},
	{
		id: 'sales-credit/found-by-order-search',
		fact: 'Credits are found through order-search, type 3',
		source: 'resources §1.10, §1.11',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const externalRef = unique();
			const id = await makeCredit( api, { externalRef } );
			const [ row ] = await found( api, '/order-service/order-search', {
				externalRef,
				orderTypeId: '3',
			} );
			assert.equal( row?.orderId, id );
			const sales = await found(
				api,
				'/order-service/sales-order-search',
				{ externalRef }
			);
			assert.equal( sales.length, 0 );
		},
	},
	{
		id: 'sales-credit/duplicates-among-themselves',
		fact: 'A repeated pair of a credit changes nothing; an order’s pair is another matter, by switch',
		source: 'resources §7.3, §8.1',
		mark: 'I',
		mode: 'write',
		needs: [ 'oauth', 'sandbox' ],
		run: async ( api ) => {
			const externalRef = unique();
			const sale = await makeSale( api, { externalRef } );
			const credit = await makeCredit( api, { externalRef } );
			assert.notEqual( credit, sale );
			assert.equal( await makeCredit( api, { externalRef } ), credit );
			await api.sandbox( 'POST', '/switches', {
				creditDuplicates: 'shared',
			} );
			const other = unique();
			const first = await makeSale( api, { externalRef: other } );
			assert.equal(
				await makeCredit( api, { externalRef: other } ),
				first
			);
		},
	},
	{
		id: 'sales-credit/close',
		fact: 'A credit is closed as an order is',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', { invoiceDelayMs: 0 } );
			const id = await makeCredit( api );
			silent( await api.post( `${ PATH }/${ id }/close`, {} ) );
			const order = await readOrder( api, id );
			assert.deepEqual( at( order, 'state' ), { tax: 'INVOICED' } );
			refused( await api.post( `${ PATH }/${ id }/close`, {} ) );
		},
	},
	{
		id: 'sales-credit/refund-pays-it',
		fact: 'A PAYMENT with the credit’s id is the refund of its money',
		source: 'resources §1.12',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeCredit( api );
			const before = await readOrder( api, id );
			assert.equal( at( before, 'orderPaymentStatus' ), 'UNPAID' );
			made(
				await api.post( '/accounting-service/customer-payment', {
					paymentMethodCode: 'CONFORMANCE',
					paymentType: 'PAYMENT',
					orderId: id,
					currencyIsoCode: at(
						before,
						'currency',
						'orderCurrencyCode'
					),
					amountPaid: 12,
					paymentDate: '2026-04-17T10:00:00+00:00',
				} )
			);
			assert.equal(
				at( await readOrder( api, id ), 'orderPaymentStatus' ),
				'PAID'
			);
		},
	},
	{
		id: 'sales-credit/refused-like-an-order',
		fact: 'A credit without a customer is refused',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const body = await saleBody( api, { customer: undefined } );
			refused( await api.post( PATH, body ) );
		},
	},
];
