import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderBody, START, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

let serial = 0;
async function pay( currency: string, more: Record< string, unknown > = {} ) {
	const order = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, {
			externalRef: `order-${ ++serial }`,
			currency: { code: currency },
		} )
	);
	return bp.call( 'POST', '/accounting-service/customer-payment', {
		transactionRef: `ref-${ serial }`,
		paymentMethodCode: 'CARD',
		paymentType: 'RECEIPT',
		orderId: Number( order.json.response ),
		currencyIsoCode: currency,
		amountPaid: '5.00',
		paymentDate: '2026-07-01T10:00:00+00:00',
		...more,
	} );
}

const journalOf = async ( paymentId: number ): Promise< unknown > => {
	const [ row ] = await bp.search(
		`/accounting-service/customer-payment-search?paymentId=${ paymentId }&columns=journalId`
	);
	return row?.[ 0 ];
};

test( "a method without an account in the payment's currency makes no journal", async () => {
	const pounds = Number( ( await pay( 'GBP' ) ).json.response );
	const euros = Number( ( await pay( 'EUR' ) ).json.response );
	expect( await journalOf( pounds ) ).toEqual( expect.any( Number ) );
	expect( await journalOf( euros ) ).toBeNull();
} );

test( 'a receipt is bank against debtors, a payment out the other way round', async () => {
	const lines = async ( paymentType: string ) => {
		const made = await pay( 'GBP', { paymentType } );
		const id = await journalOf( Number( made.json.response ) );
		const { json } = await bp.call(
			'GET',
			`/accounting-service/journal/${ String( id ) }`
		);
		const journal = json.response.journals?.[ 0 ];
		return [
			journal?.journalTypeCode,
			journal?.debits?.[ 0 ]?.nominalCode,
			journal?.credits?.[ 0 ]?.nominalCode,
			journal?.credits?.[ 0 ]?.change?.value,
		];
	};
	expect( await lines( 'RECEIPT' ) ).toEqual( [
		'SR',
		'1200',
		'1100',
		'5.00',
	] );
	expect( await lines( 'PAYMENT' ) ).toEqual( [
		'PP',
		'1100',
		'1200',
		'5.00',
	] );
} );

test( 'a second payment of that reference is refused with the status of the switch', async () => {
	const first = await pay( 'GBP', { transactionRef: 'twice' } );
	expect( first.status ).toBe( 200 );
	expect( ( await pay( 'GBP', { transactionRef: 'twice' } ) ).status ).toBe(
		400
	);
	bp.sandbox.setSwitches( { paymentDuplicate: 409 } );
	expect( ( await pay( 'GBP', { transactionRef: 'twice' } ) ).status ).toBe(
		409
	);
	bp.sandbox.setSwitches( { paymentDuplicate: 400 } );
} );

describe( 'exchange rates', () => {
	const EUR = 3;
	const path = `/accounting-service/currency/${ EUR }/exchange-rate`;
	const current = async () =>
		(
			await bp.search(
				`/accounting-service/currency-search?id=${ EUR }&columns=exchangeRate`
			)
		)[ 0 ]?.[ 0 ];

	test( 'one of today counts at once, one of tomorrow from midnight UTC', async () => {
		expect( await current() ).toBe( '1.154000' );
		await bp.call( 'POST', path, {
			rateActiveFrom: '2026-07-01',
			rate: '1.2',
		} );
		expect( await current() ).toBe( '1.200000' );
		await bp.call( 'POST', path, {
			rateActiveFrom: '2026-07-02T18:00:00Z',
			rate: '1.3',
		} );
		expect( await current() ).toBe( '1.200000' );
		bp.advance( Date.parse( '2026-07-02T00:00:00Z' ) - START );
		expect( await current() ).toBe( '1.300000' );
	} );

	test( 'the initial one, of the epoch, can be changed', async () => {
		const changed = await bp.call( 'PUT', path, {
			rateActiveFrom: '1970-01-01T00:00:00Z',
			rate: '1.1',
		} );
		expect( changed.json ).toEqual( { response: 1 } );
		const { json } = await bp.call(
			'GET',
			'/accounting-service/exchange-rate'
		);
		const rates = [ ...json.response ].filter(
			( { currencyId } ) => Number( currencyId ) === EUR
		);
		expect( rates.map( ( { rate } ) => Number( rate ) ) ).toEqual( [
			1.3, 1.2, 1.1,
		] );
		const none = await bp.call( 'PUT', path, {
			rateActiveFrom: '2001-01-01T00:00:00Z',
			rate: '1.1',
		} );
		expect( none.json ).toEqual( { response: 0 } );
	} );
} );

test( 'in a closed period nothing is posted', async () => {
	bp.sandbox.setSwitches( { closedUntil: '2026-06-30' } );
	const refused = await pay( 'GBP', { paymentDate: '2026-06-30T23:59:59Z' } );
	expect( refused.status ).toBe( 400 );
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'ACCC-904' );
	expect(
		( await pay( 'GBP', { paymentDate: '2026-07-01T00:00:00Z' } ) ).status
	).toBe( 200 );
	bp.sandbox.setSwitches( { closedUntil: null } );
} );

describe( 'what is not known of searches', () => {
	test( 'the end of a period belongs to it or not', async () => {
		const made = await pay( 'GBP', { transactionRef: 'at ten' } );
		expect( made.status ).toBe( 200 );
		const hits = () =>
			bp.search(
				'/accounting-service/customer-payment-search?transactionRef=at%20ten&paymentDate=2026-06-01T00:00:00Z/2026-07-01T10:00:00Z'
			);
		expect( await hits() ).toHaveLength( 1 );
		bp.sandbox.setSwitches( { periodEnd: 'exclusive' } );
		expect( await hits() ).toHaveLength( 0 );
		bp.sandbox.setSwitches( { periodEnd: 'inclusive' } );
	} );

	test( 'a page of more than 500 is cut or refused', async () => {
		const status = async () =>
			(
				await bp.call(
					'GET',
					'/accounting-service/currency-search?pageSize=501'
				)
			).status;
		expect( await status() ).toBe( 200 );
		bp.sandbox.setSwitches( { largePages: 'refuse' } );
		expect( await status() ).toBe( 400 );
		bp.sandbox.setSwitches( { largePages: 'clamp' } );
	} );

	test( 'a throttled answer may be a 429 with Retry-After', async () => {
		bp.sandbox.setSwitches( { throttledStatus: 429 } );
		await bp.control( 'POST', '/faults', [ { kind: 'throttled' } ] );
		const refused = await bp.call( 'GET', '/accounting-service/tax-code' );
		expect( refused.status ).toBe( 429 );
		expect(
			Number( refused.headers.get( 'retry-after' ) )
		).toBeGreaterThan( 0 );
		await bp.control( 'POST', '/faults', [] );
		bp.sandbox.setSwitches( { throttledStatus: 503 } );
	} );
} );
