import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

/** An order of 12.00 in total. */
const order = async ( more: Record< string, unknown > = {} ) => {
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, {
			rows: [
				{ name: 'Thing', quantity: 1, taxCode: 'T20', net: 10, tax: 2 },
			],
			...more,
		} )
	);
	return Number( made.json.response );
};

let serial = 0;
const pay = ( orderId: number, more: Record< string, unknown > = {} ) =>
	bp.call( 'POST', '/accounting-service/customer-payment', {
		transactionRef: `ref-${ ++serial }`,
		paymentMethodCode: 'CARD',
		paymentType: 'RECEIPT',
		orderId,
		currencyIsoCode: 'GBP',
		amountPaid: '12.00',
		paymentDate: '2026-07-01T10:00:00+00:00',
		...more,
	} );

const status = async ( id: number ) =>
	( await bp.call( 'GET', `/order-service/order/${ id }` ) ).json
		.response[ 0 ]?.orderPaymentStatus;

test( 'payments move the status from UNPAID over PARTIALLY_PAID to PAID and back', async () => {
	const id = await order();
	expect( await status( id ) ).toBe( 'UNPAID' );
	await pay( id, { amountPaid: 5 } );
	expect( await status( id ) ).toBe( 'PARTIALLY_PAID' );
	const last = await pay( id, {
		amountPaid: '7.00',
		paymentType: 'CAPTURE',
	} );
	expect( await status( id ) ).toBe( 'PAID' );
	await pay( id, { paymentType: 'PAYMENT', amountPaid: '12.00' } );
	expect( await status( id ) ).toBe( 'UNPAID' );
	const gone = await bp.call(
		'DELETE',
		`/accounting-service/customer-payment/${ String( last.json.response ) }`
	);
	expect( gone.text ).toBe( '{}' );
	expect(
		await bp.search(
			`/accounting-service/customer-payment-search?orderId=${ id }`
		)
	).toHaveLength( 2 );
	const twice = await bp.call(
		'DELETE',
		`/accounting-service/customer-payment/${ String( last.json.response ) }`
	);
	expect( twice.status ).toBe( 404 );
} );

test( 'an authorization is no money', async () => {
	const id = await order();
	const held = await pay( id, {
		paymentType: 'AUTH',
		amountAuthorized: '12.00',
		authorizationExpiry: '2026-07-08',
	} );
	expect( held.status ).toBe( 200 );
	expect( await status( id ) ).toBe( 'UNPAID' );
	const [ row ] = await bp.search(
		`/accounting-service/customer-payment-search?orderId=${ id }&columns=amountAuthorized,amountPaid,journalId`
	);
	expect( row ).toEqual( [ '12.00', '0.00', null ] );
	expect( ( await pay( id, { paymentType: 'AUTH' } ) ).status ).toBe( 400 );
} );

test( 'reference and method together are unique', async () => {
	const id = await order();
	const body = { transactionRef: 'shop-1-p1', amountPaid: '1.00' };
	expect( ( await pay( id, body ) ).status ).toBe( 200 );
	const twin = await pay( id, body );
	expect( twin.status ).toBe( 400 );
	expect( twin.json.errors?.[ 0 ]?.code ).toBe( 'ACCC-901' );
	expect(
		( await pay( id, { ...body, paymentMethodCode: 'BACS' } ) ).status
	).toBe( 200 );
	expect(
		await bp.search(
			'/accounting-service/customer-payment-search?transactionRef=shop-1-p1&columns=paymentMethodCode'
		)
	).toEqual( [ [ 'CARD' ], [ 'BACS' ] ] );
	// Without a reference nothing guards against a second one.
	for ( let n = 0; n < 2; n++ ) {
		expect(
			( await pay( id, { transactionRef: undefined } ) ).status
		).toBe( 200 );
	}
} );

test( 'a method that exists gets a journal, another stands without', async () => {
	const id = await order();
	await pay( id, { paymentMethodCode: 'PAYPAL' } );
	await pay( id, { paymentMethodCode: 'SOMETHING-ELSE' } );
	const rows = await bp.search(
		`/accounting-service/customer-payment-search?orderId=${ id }&columns=journalId`
	);
	expect( rows ).toEqual( [ [ expect.any( Number ) ], [ null ] ] );
} );

test( 'a payment is in the currency of its order', async () => {
	const id = await order( { currency: { code: 'EUR' } } );
	const refused = await pay( id );
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'ACCC-902' );
	expect( ( await pay( id, { currencyIsoCode: 'EUR' } ) ).status ).toBe(
		200
	);
	bp.sandbox.setSwitches( { paymentCurrency: 'any' } );
	expect( ( await pay( id ) ).status ).toBe( 200 );
	bp.sandbox.setSwitches( { paymentCurrency: 'order' } );
} );

test.each( [
	[ 'an unknown order', { orderId: 1 }, 'ORDC-003' ],
	[ 'no date', { paymentDate: undefined }, 'CMNC-904' ],
	[ 'a date that is none', { paymentDate: '2026-02-31' }, 'CMNC-904' ],
	[ 'no method', { paymentMethodCode: '' }, 'CMNC-904' ],
	[ 'a method of 37', { paymentMethodCode: 'x'.repeat( 37 ) }, 'CMNC-904' ],
	[ 'a reference of 65', { transactionRef: 'x'.repeat( 65 ) }, 'CMNC-904' ],
	[ 'an unknown type', { paymentType: 'GIFT' }, 'CMNC-904' ],
	[ 'three decimals', { amountPaid: '1.001' }, 'CMNC-904' ],
	[ 'an exchange rate of 0', { exchangeRate: '0' }, 'ACCC-903' ],
	[ 'an unknown field', { colour: 'red' }, 'CMNC-903' ],
] )( 'a payment with %s is refused', async ( _name, more, code ) => {
	const id = await order();
	const refused = await pay( id, more );
	expect( refused.status ).toBe( 400 );
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( code );
	expect( await status( id ) ).toBe( 'UNPAID' );
} );

test( "a bare payment date is UTC midnight, shown in the account's zone", async () => {
	const id = await order();
	await pay( id, { paymentDate: '2026-06-01' } );
	const [ row ] = await bp.search(
		`/accounting-service/customer-payment-search?orderId=${ id }&columns=paymentDate`
	);
	expect( row ).toEqual( [ '2026-06-01T01:00:00.000+01:00' ] );
} );
