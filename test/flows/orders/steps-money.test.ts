/**
 * Steps that book money: payments, what takes them back, and credits.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '../../../src/contracts/primitives.ts';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { Refused } from '../../helpers/fakes/order-parts.ts';
import { CREDIT, PAYMENT, reversal } from './planned.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
} );
afterEach( () => kit.close() );

const NO = new Refused( 'ACCT-900 No.' ).failure;

describe( 'money', () => {
	const pay = () =>
		kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
	const takeBack = () =>
		kit.run( [
			{ type: 'ReversePayment', n: 1, reversal: reversal( 'payment' ) },
		] );

	test( 'a payment that staff deleted is not paid back', async () => {
		await pay();
		kit.erp.payments.splice( 0 );
		expect( await takeBack() ).toMatchObject( { ok: true } );
		expect( kit.erp.payments ).toEqual( [] );
		expect( ( await kit.link() ).payments[ 0 ]?.reversed ).toEqual( {
			paymentId: null,
		} );
	} );

	test( 'a payment made a moment ago, which the search does not show yet, is', async () => {
		await pay();
		const hidden = kit.erp.payments.splice( 0 );
		const from = kit.clock.now();
		kit.erp.before = ( call ) => {
			if (
				call === 'payments' &&
				kit.clock.now() - from >= 10 * SECOND
			) {
				kit.erp.payments.unshift( ...hidden.splice( 0 ) );
			}
			return null;
		};
		expect( await takeBack() ).toMatchObject( { ok: true } );
		expect(
			kit.erp.payments.map( ( { transactionRef } ) => transactionRef )
		).toEqual( [ 'P-1-p1', 'P-1-p1-x' ] );
	} );

	test( 'a reference that is on another order is told, and nothing is paid', async () => {
		await pay();
		const [ payment ] = kit.erp.payments;
		kit.erp.payments.splice( 0 );
		if ( payment ) {
			kit.erp.payments.push( { ...payment, orderId: 4999 } );
		}
		expect( problemOf( await pay() )?.code ).toBe( 'reference-taken' );
		expect( kit.erp.payments ).toHaveLength( 1 );
	} );

	test( 'of two payments each has a try of its own', async () => {
		kit.erp.lag = 10 * SECOND;
		let made = 0;
		kit.erp.after = ( call ) =>
			call === 'createPayment' && made++ === 0
				? {
						kind: 'retry',
						cause: 'outage',
						side: 'brightpearl',
						message: 'no answer',
						after: null,
						outcomeUnknown: true,
						ruid: null,
					}
				: null;
		await kit.once( [ { type: 'RecordPayment', payment: PAYMENT } ] );
		// Nothing of the other one can exist, so it waits for no search; that it is refused says nothing
		// of the first.
		const from = kit.clock.now();
		kit.erp.before = ( call ) => ( call === 'createPayment' ? NO : null );
		await kit.run( [
			{
				type: 'RecordPayment',
				payment: { ...PAYMENT, n: 2, transactionRef: 'P-1-p2' },
			},
		] );
		expect( kit.clock.now() - from ).toBeLessThan( SECOND );
		kit.erp.before = () => null;
		await pay();
		expect(
			kit.erp.payments.map( ( { transactionRef } ) => transactionRef )
		).toEqual( [ 'P-1-p1' ] );
	} );
} );

describe( 'CreateCredit', () => {
	const create = ( total: string ) =>
		kit.run( [
			{
				type: 'CreateCredit',
				credit: { ...CREDIT, total },
			},
			{ type: 'Verify' },
		] );

	test( 'is read back: another total is told, again and again until it is right', async () => {
		for ( const nth of [ 1, 2 ] ) {
			expect( {
				nth,
				...problemOf( await create( '14.00' ) ),
			} ).toMatchObject( {
				code: 'total-mismatch',
				message: expect.stringContaining( 'sales credit 8000' ),
			} );
		}
		expect( kit.erp.credits ).toHaveLength( 1 );
		const [ credit ] = kit.erp.credits.splice( 0 );
		if ( credit ) {
			kit.erp.credits.push( { ...credit, total: '14.00' } );
		}
		expect( await create( '14.00' ) ).toMatchObject( { ok: true } );
		expect( ( await kit.link() ).brightpearl?.credits ).toEqual( [
			{ salesCreditId: 8000, refundId: 7, total: '14.00' },
		] );
	} );

	test( 'of another sales order is never taken for ours', async () => {
		await create( '13.00' );
		const [ credit ] = kit.erp.credits.splice( 0 );
		if ( credit ) {
			kit.erp.credits.push( { ...credit, parentOrderId: 4999 } );
		}
		await kit.save( { credits: [] } );
		expect( problemOf( await create( '13.00' ) )?.code ).toBe(
			'reference-taken'
		);
		expect( ( await kit.link() ).credits ).toEqual( [] );
	} );

	test( 'goes with what de-duplicates', async () => {
		await kit.close();
		kit = await createApplyKit( 12 );
		await create( '13.00' );
		await kit.save( { credits: [] } );
		await create( '13.00' );
		expect( kit.erp.credits ).toHaveLength( 1 );
	} );
} );
