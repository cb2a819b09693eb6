/**
 * Staff gave money back in Brightpearl, or took a payment out, before this service came to it: it
 * does not go out a second time.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { CREDIT, PAYMENT, REFUND, reversal } from './planned.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
	await kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
} );
afterEach( () => kit.close() );

const CREDIT_ID = 8000;
const SALES_ORDER = 5000;

function byStaff(
	type: 'PAYMENT' | 'RECEIPT',
	amount: string,
	orderId = SALES_ORDER
): void {
	kit.erp.payments.push( {
		paymentId: 900 + kit.erp.payments.length,
		transactionRef: 'STAFF',
		methodCode: 'CARD',
		type,
		orderId,
		currency: 'GBP',
		amount,
		at: kit.clock.now(),
	} );
}

const refs = () =>
	kit.erp.payments.map( ( { transactionRef } ) => transactionRef );

describe.each( [ 'payment', 'delete' ] as const )(
	'a receipt is taken back by %s',
	( how ) => {
		const takeBack = () =>
			kit.run( [
				{ type: 'ReversePayment', n: 1, reversal: reversal( how ) },
			] );
		const reversed = async () =>
			( await kit.link() ).payments[ 0 ]?.reversed;

		test( 'that staff paid back: not a second time', async () => {
			byStaff( 'PAYMENT', '42.00' );
			expect( await takeBack() ).toMatchObject( { ok: true } );
			expect( refs() ).toEqual( [ 'P-1-p1', 'STAFF' ] );
			expect( await reversed() ).toEqual( { paymentId: null } );
			expect( await kit.journal() ).toContain(
				'ReversePayment found P-1-p1-x'
			);
		} );

		test( 'that staff paid back in part: a person is asked, and nothing goes out', async () => {
			byStaff( 'PAYMENT', '10.00' );
			expect( problemOf( await takeBack() ) ).toMatchObject( {
				code: 'cancelled-paid',
				message: expect.stringContaining( 'only 32.00' ),
			} );
			expect( refs() ).toEqual( [ 'P-1-p1', 'STAFF' ] );
			expect( await reversed() ).toBeNull();

			byStaff( 'PAYMENT', '32.00' );
			expect( await takeBack() ).toMatchObject( { ok: true } );
			expect( refs() ).toEqual( [ 'P-1-p1', 'STAFF', 'STAFF' ] );
		} );

		test( 'with more on the order than it: taken back', async () => {
			byStaff( 'RECEIPT', '10.00' );
			expect( await takeBack() ).toMatchObject( { ok: true } );
			expect( refs() ).toEqual(
				how === 'payment'
					? [ 'P-1-p1', 'STAFF', 'P-1-p1-x' ]
					: [ 'STAFF' ]
			);
		} );
	}
);

describe( 'a refund', () => {
	const give = () => kit.run( [ { type: 'RecordRefund', refund: REFUND } ] );
	const kept = async () => ( await kit.link() ).credits[ 0 ]?.refund;

	beforeEach( async () => {
		await kit.run( [ { type: 'CreateCredit', credit: CREDIT } ] );
	} );

	test.each( [
		[ 'the sales order', SALES_ORDER ],
		[ 'the credit', CREDIT_ID ],
	] )(
		'of what staff gave back on %s: not a second time',
		async ( _, orderId ) => {
			byStaff( 'PAYMENT', '42.00', orderId );
			expect( await give() ).toMatchObject( { ok: true } );
			expect( refs() ).toEqual( [ 'P-1-p1', 'STAFF' ] );
			expect( await kept() ).toEqual( {
				amount: '13.00',
				paymentId: null,
				reversed: { paymentId: null },
			} );
		}
	);

	test( 'of a payment that staff deleted: nothing goes out', async () => {
		kit.erp.payments.splice( 0 );
		expect( await give() ).toMatchObject( { ok: true } );
		expect( refs() ).toEqual( [] );
	} );

	test( 'of more than is left: told, and nothing goes out until it fits', async () => {
		byStaff( 'PAYMENT', '32.00' );
		expect( await give() ).toMatchObject( {
			ok: true,
			value: {
				told: [
					{
						code: 'changed-on-both-sides',
						message: expect.stringContaining( 'only 10.00' ),
					},
				],
			},
		} );
		expect( refs() ).toEqual( [ 'P-1-p1', 'STAFF' ] );
		expect( await kept() ).toBeNull();

		kit.erp.payments.pop();
		expect( await give() ).toMatchObject( {
			ok: true,
			value: { told: [] },
		} );
		expect( refs() ).toEqual( [ 'P-1-p1', 'P-1-r7' ] );
	} );

	test( 'takes one search more than looking for its own payment', async () => {
		kit.erp.calls.length = 0;
		await give();
		expect(
			kit.erp.calls.filter( ( call ) => call === 'payments' )
		).toHaveLength( 2 );
	} );

	test( 'a moment after the receipt, which the search does not show yet, goes out', async () => {
		const hidden = kit.erp.payments.splice( 0 );
		const from = kit.clock.now();
		kit.erp.before = ( call ) => {
			if ( call === 'payments' && kit.clock.now() - from >= 2000 ) {
				kit.erp.payments.unshift( ...hidden.splice( 0 ) );
			}
			return null;
		};
		expect( await give() ).toMatchObject( { ok: true } );
		expect( refs() ).toEqual( [ 'P-1-p1', 'P-1-r7' ] );
	} );

	describe.each( [ 'payment', 'delete' ] as const )(
		'taken back by %s',
		( how ) => {
			const takeBack = () =>
				kit.run( [
					{
						type: 'ReverseRefund',
						refundId: 7,
						reversal: {
							...reversal( how ),
							transactionRef: 'P-1-r7-x',
							paymentId: 701,
							orderId: CREDIT_ID,
							type: 'RECEIPT',
							amount: '13.00',
						},
					},
				] );
			beforeEach( give );

			test( 'that staff took back: not a second time', async () => {
				byStaff( 'RECEIPT', '13.00', CREDIT_ID );
				expect( await takeBack() ).toMatchObject( { ok: true } );
				expect( refs() ).toEqual( [ 'P-1-p1', 'P-1-r7', 'STAFF' ] );
				expect( ( await kept() )?.reversed ).toEqual( {
					paymentId: null,
				} );
			} );

			test( 'that staff took back in part: a person is asked', async () => {
				byStaff( 'RECEIPT', '3.00', CREDIT_ID );
				expect( problemOf( await takeBack() ) ).toMatchObject( {
					code: 'changed-on-both-sides',
					message: expect.stringContaining( 'only 10.00' ),
				} );
				expect( refs() ).toEqual( [ 'P-1-p1', 'P-1-r7', 'STAFF' ] );
			} );
		}
	);
} );
