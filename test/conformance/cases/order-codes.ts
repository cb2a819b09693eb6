/**
 * The codes that follow from what happened (resources reference, §1.11, §7.6).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import {
	at,
	made,
	makeSale,
	makeStockSale,
	readOrder,
	reserve,
} from '../order-kit.ts';

const codesOf = async ( api: Api, orderId: number ) => {
	const order = await readOrder( api, orderId );
	return [
		at( order, 'stockStatusCode' ),
		at( order, 'allocationStatusCode' ),
		at( order, 'shippingStatusCode' ),
	];
};

const pay = async ( api: Api, orderId: number, amountPaid: number ) =>
	made(
		await api.post( '/accounting-service/customer-payment', {
			paymentMethodCode: 'CONFORMANCE',
			paymentType: 'RECEIPT',
			orderId,
			currencyIsoCode: at(
				await readOrder( api, orderId ),
				'currency',
				'orderCurrencyCode'
			),
			amountPaid,
			paymentDate: '2026-04-17T10:00:00+00:00',
		} )
	);

const paymentStatus = async ( api: Api, orderId: number ) =>
	at( await readOrder( api, orderId ), 'orderPaymentStatus' );

export const codeCases: readonly ConformanceCase[] = [
	{
		id: 'order-codes/nothing-to-ship',
		fact: 'Without stock-tracked rows: NON, ANR, NST',
		source: 'resources §1.11',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			assert.deepEqual( await codesOf( api, await makeSale( api ) ), [
				'NON',
				'ANR',
				'NST',
			] );
		},
	},
	{
		id: 'order-codes/untouched',
		fact: 'With stock-tracked rows and nothing done: SON, ANA, SNS',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { orderId } = await makeStockSale( api );
			assert.deepEqual( await codesOf( api, orderId ), [
				'SON',
				'ANA',
				'SNS',
			] );
		},
	},
	{
		id: 'order-codes/allocation',
		fact: 'Allocation goes from ANA over APA to AAA',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await makeStockSale( api, '2' );
			await reserve( api, sale, 1 );
			assert.equal( ( await codesOf( api, sale.orderId ) )[ 1 ], 'APA' );
			const whole = await makeStockSale( api, '2' );
			await reserve( api, whole, 2 );
			assert.equal( ( await codesOf( api, whole.orderId ) )[ 1 ], 'AAA' );
		},
	},
	{
		id: 'order-codes/shipped',
		fact: 'Shipped whole: SOA, AAA, ASS',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await makeStockSale( api );
			await reserve( api, sale );
			await api.sandbox( 'POST', '/ship', {
				account: api.account,
				orderId: sale.orderId,
			} );
			assert.deepEqual( await codesOf( api, sale.orderId ), [
				'SOA',
				'AAA',
				'ASS',
			] );
		},
	},
	{
		id: 'order-codes/payment',
		fact: 'Payment goes from UNPAID over PARTIALLY_PAID to PAID',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			assert.equal( await paymentStatus( api, orderId ), 'UNPAID' );
			await pay( api, orderId, 5 );
			assert.equal(
				await paymentStatus( api, orderId ),
				'PARTIALLY_PAID'
			);
			await pay( api, orderId, 7 );
			assert.equal( await paymentStatus( api, orderId ), 'PAID' );
		},
	},
	{
		id: 'order-codes/nothing-to-pay',
		fact: 'A total of zero is NOT_APPLICABLE',
		source: 'resources §1.11',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api, { rows: [] } );
			assert.equal(
				await paymentStatus( api, orderId ),
				'NOT_APPLICABLE'
			);
		},
	},
];
