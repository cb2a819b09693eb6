/**
 * Closing an order, which invoices it (resources reference, §1.12).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { close, invoiced, reference } from '../invoice-kit.ts';
import {
	at,
	customerOf,
	firstRow,
	keys,
	makeSale,
	readOrder,
	refused,
	silent,
} from '../order-kit.ts';

const soon = ( api: Api, invoiceDelayMs: number ) =>
	api.sandbox( 'POST', '/switches', { invoiceDelayMs } );

export const closeCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order-close/becomes-invoiced',
		fact: 'A closed order gets a reference, tax state INVOICED, closedOn and originalInvoiceDate',
		source: 'resources §1.4, §1.12',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			await invoiced( api, id );
			const order = await readOrder( api, id );
			assert.match( await reference( api, id ), /^SI-\d+$/ );
			assert.deepEqual( at( order, 'state' ), { tax: 'INVOICED' } );
			const shown = keys( order );
			assert( shown.includes( 'closedOn' ) );
			assert( shown.includes( 'originalInvoiceDate' ) );
		},
	},
	{
		id: 'sales-order-close/is-asynchronous',
		fact: 'A closed order is invoice pending first, and can be closed again while it is',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await soon( api, 600_000 );
			const id = await makeSale( api );
			silent( await close( api, id ) );
			assert.equal( await reference( api, id ), 'pending' );
			const order = await readOrder( api, id );
			assert.deepEqual( at( order, 'state' ), { tax: 'READY' } );
			silent( await close( api, id ) );
			await soon( api, 0 );
			assert.match( await reference( api, id ), /^SI-/ );
		},
	},
	{
		id: 'sales-order-close/tax-date',
		fact: 'Closing takes a tax date',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await soon( api, 0 );
			const id = await makeSale( api );
			silent(
				await close( api, id, { taxDate: '2026-05-06T00:00:00Z' } )
			);
			const order = await readOrder( api, id );
			assert.equal(
				Date.parse( String( at( order, 'invoices', 0, 'taxDate' ) ) ),
				Date.parse( '2026-05-06T00:00:00Z' )
			);
		},
	},
	{
		id: 'sales-order-close/once',
		fact: 'An invoiced order cannot be closed again',
		source: 'resources §1.12',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			await invoiced( api, id );
			refused( await close( api, id ) );
		},
	},
	{
		id: 'sales-order-close/locks-rows-and-contacts',
		fact: 'An invoiced order refuses new and changed rows, and another contact',
		source: 'resources §1.6, §1.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const [ rowId ] = await firstRow( api, id );
			await invoiced( api, id );
			const row = `/order-service/order/${ id }/row/${ rowId }`;
			refused(
				await api.patch( row, [
					{
						op: 'replace',
						path: '/rowValue/rowNet/value',
						value: '1',
					},
				] )
			);
			refused( await api.delete( row ) );
			refused(
				await api.patch( `/order-service/order/${ id }`, [
					{
						op: 'replace',
						path: '/parties/customer/contactId',
						value: await customerOf( api ),
					},
				] )
			);
		},
	},
	{
		id: 'sales-order-close/cannot-be-cancelled',
		fact: 'An invoiced order cannot be cancelled',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			await invoiced( api, id );
			const { json } = await api.get(
				'/integration-service/account-configuration'
			);
			refused(
				await api.put( `/order-service/order/${ id }/status`, {
					orderStatusId: Number(
						at(
							json,
							'response',
							'configuration',
							'cancelledOrderStatusId'
						)
					),
				} )
			);
		},
	},
];
