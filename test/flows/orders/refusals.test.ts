/**
 * What Brightpearl refuses is told, and stops only what needs it.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProblemDraft } from '../../../src/contracts/problem.ts';
import type { Result } from '../../../src/contracts/result.ts';
import type { Applied } from '../../../src/flows/orders/apply.ts';
import {
	createApplyKit,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import type { Call } from '../../helpers/fakes/order-brightpearl.ts';
import { Refused } from '../../helpers/fakes/order-parts.ts';
import { CREDIT, PAYMENT, REFUND, reversal } from './planned.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
} );
afterEach( () => kit.close() );

type Steps = Parameters< ApplyKit[ 'run' ] >[ 0 ];

const PARTS = {
	reference: { mark: 'a', found: null },
	billing: { mark: 'b', found: null },
	delivery: { mark: 'c', found: null },
	shippingMethod: { mark: 'd', found: null },
};
const PUSHED = {
	storeStatus: 'processing',
	statusId: 1,
	rows: [],
	parts: PARTS,
};
const NOTE = {
	type: 'AddNote',
	note: { key: 'note-9', text: 'Ring twice' },
} as const;
const AMEND = {
	type: 'AmendOrder',
	version: 1,
	change: { ref: '#2' },
	pushed: PUSHED,
} as const;
const COMPLETED = {
	type: 'SetStatus',
	statusId: 21,
	storeStatus: 'completed',
	revives: false,
} as const;
const REVERSE_PAYMENT = {
	type: 'ReversePayment',
	n: 1,
	reversal: reversal( 'payment' ),
} as const;
const REVERSE_REFUND = {
	type: 'ReverseRefund',
	refundId: 7,
	reversal: {
		...reversal( 'payment' ),
		paymentId: 701,
		transactionRef: 'P-1-r7-x',
		orderId: 8000,
		type: 'RECEIPT',
		amount: '13.00',
	},
} as const;
const EMPTY = {
	type: 'EmptyCredit',
	refundId: 7,
	salesCreditId: 8000,
} as const;
const CANCEL = { type: 'CancelOrder', statusId: 5 } as const;

function refuse( ...calls: readonly Call[] ): void {
	const { failure } = new Refused( 'ORDC-900 No.' );
	kit.erp.before = ( call ) => ( calls.includes( call ) ? failure : null );
}

function toldOf( result: Result< Applied > ): readonly ProblemDraft[] {
	if ( ! result.ok ) {
		throw new Error( JSON.stringify( result.failure ) );
	}
	return result.value.told;
}
const codesOf = ( result: Result< Applied > ) =>
	toldOf( result ).map( ( { code } ) => code );
const undoneOf = ( result: Result< Applied > ) =>
	result.ok ? result.value.undone.map( ( { type } ) => type ) : null;

describe( 'a refusal', () => {
	test.each< [ string, Call, Steps ] >( [
		[ 'AmendOrder', 'amendSalesOrder', [ AMEND ] ],
		[
			'Allocate',
			'deleteReservation',
			[
				{ type: 'Allocate', wanted: { 'line-1': 1 } },
				{ type: 'Allocate', wanted: {} },
			],
		],
		[ 'SetStatus', 'setOrderStatus', [ COMPLETED ] ],
		[ 'CloseOrder', 'closeSalesOrder', [ { type: 'CloseOrder' } ] ],
		[ 'CancelOrder', 'setOrderStatus', [ CANCEL ] ],
		[
			'EmptyCredit',
			'deleteOrderRow',
			[ { type: 'CreateCredit', credit: CREDIT }, EMPTY ],
		],
	] )( 'of %s stops nothing else', async ( type, call, steps ) => {
		refuse( call );
		const result = await kit.run( [ ...steps, NOTE, { type: 'Verify' } ] );
		expect( toldOf( result ) ).toEqual( [
			expect.objectContaining( {
				message: expect.stringMatching( /^Order 1 .*ORDC-900 No\./ ),
			} ),
		] );
		expect( undoneOf( result ) ).toEqual( [ type ] );
		expect( kit.erp.notes ).toHaveLength( 1 );
		expect( await kit.journal() ).toContain(
			'Verify done sales order 5000'
		);
		expect( ( await kit.link() ).pending ).toEqual( [
			{ type, summary: type },
		] );
	} );

	test( 'of several things is told of each', async () => {
		refuse( 'amendSalesOrder', 'setOrderStatus', 'addOrderNote' );
		expect(
			codesOf( await kit.run( [ AMEND, NOTE, COMPLETED ] ) ).sort()
		).toEqual( [
			'order-changed',
			'refused-by-brightpearl',
			'refused-by-brightpearl',
		] );
	} );

	test( 'that time heals ends the walk', async () => {
		kit.erp.before = ( call ) =>
			call === 'amendSalesOrder'
				? {
						kind: 'retry',
						cause: 'throttled',
						side: 'brightpearl',
						message: '',
						after: 1,
						outcomeUnknown: false,
						ruid: null,
					}
				: null;
		expect( await kit.once( [ AMEND, NOTE ] ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry' },
		} );
		expect( kit.erp.notes ).toHaveLength( 0 );
	} );

	test( 'of the connection ends it too', async () => {
		kit.erp.before = ( call ) =>
			call === 'amendSalesOrder'
				? {
						kind: 'hold',
						ruid: null,
						problem: {
							code: 'credentials-brightpearl',
							message: '',
							cause: null,
							fix: null,
							field: null,
						},
					}
				: null;
		expect( await kit.once( [ AMEND, NOTE ] ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold' },
		} );
		expect( kit.erp.notes ).toHaveLength( 0 );
	} );
} );

describe( 'what needs the refused step is left', () => {
	test( 'the money of a credit that was not made', async () => {
		refuse( 'createSalesCredit' );
		const result = await kit.run( [
			{ type: 'CreateCredit', credit: CREDIT },
			{ type: 'RecordRefund', refund: REFUND },
			NOTE,
		] );
		expect( undoneOf( result ) ).toEqual( [
			'CreateCredit',
			'RecordRefund',
		] );
		expect( kit.erp.payments ).toEqual( [] );
		expect( kit.erp.notes ).toHaveLength( 1 );
	} );

	test( 'not that of another one', async () => {
		await kit.run( [
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'CreateCredit', credit: CREDIT },
		] );
		refuse( 'createSalesCredit' );
		const result = await kit.run( [
			{
				type: 'CreateCredit',
				credit: { ...CREDIT, refundId: 8, externalRef: 'P-1-r8' },
			},
			{ type: 'RecordRefund', refund: REFUND },
		] );
		expect( undoneOf( result ) ).toEqual( [ 'CreateCredit' ] );
		expect( kit.erp.payments ).toHaveLength( 2 );
	} );

	test( 'a refund of money that was not recorded, and the invoice', async () => {
		await kit.run( [ { type: 'CreateCredit', credit: CREDIT } ] );
		refuse( 'createPayment' );
		const result = await kit.run( [
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'RecordRefund', refund: REFUND },
			{ type: 'CloseOrder' },
		] );
		expect( codesOf( result ) ).toEqual( [ 'refused-by-brightpearl' ] );
		expect( undoneOf( result ) ).toEqual( [
			'RecordPayment',
			'RecordRefund',
			'CloseOrder',
		] );
		expect( kit.erp.calls ).not.toContain( 'closeSalesOrder' );
	} );

	test( 'a credit whose money still counts is not emptied', async () => {
		await kit.run( [
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'CreateCredit', credit: CREDIT },
			{ type: 'RecordRefund', refund: REFUND },
		] );
		await kit.clock.advance( 60_000 );
		refuse( 'createPayment' );
		const result = await kit.run( [ REVERSE_REFUND, EMPTY ] );
		expect( undoneOf( result ) ).toEqual( [
			'ReverseRefund',
			'EmptyCredit',
		] );
		expect( kit.erp.credits[ 0 ]?.rows.length ).toBeGreaterThan( 0 );
	} );

	test( 'an order whose money stands is not cancelled, nor is it asked', async () => {
		await kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
		await kit.clock.advance( 60_000 );
		refuse( 'createPayment' );
		const result = await kit.run( [ REVERSE_PAYMENT, CANCEL ] );
		expect( undoneOf( result ) ).toEqual( [
			'ReversePayment',
			'CancelOrder',
		] );
		expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
	} );

	test( 'an order that was not changed gets no invoice', async () => {
		refuse( 'amendSalesOrder' );
		const result = await kit.run( [ AMEND, { type: 'CloseOrder' } ] );
		expect( undoneOf( result ) ).toEqual( [ 'AmendOrder', 'CloseOrder' ] );
		expect( kit.erp.calls ).not.toContain( 'closeSalesOrder' );
	} );

	test( 'nothing is done to an order that stays cancelled', async () => {
		kit.erp.change( 5000, { cancelled: true, statusId: 5 } );
		refuse( 'setOrderStatus' );
		const result = await kit.run( [
			{ ...COMPLETED, revives: true },
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'Verify' },
		] );
		expect( undoneOf( result ) ).toEqual( [
			'SetStatus',
			'RecordPayment',
		] );
		expect( kit.erp.payments ).toEqual( [] );
	} );
} );

describe( 'stock that is not let go of', () => {
	const steps: Steps = [ { type: 'Allocate', wanted: {} }, CANCEL ];
	beforeEach( async () => {
		await kit.run( [ { type: 'Allocate', wanted: { 'line-1': 1 } } ] );
	} );

	test( 'is no matter once the order is cancelled', async () => {
		refuse( 'deleteReservation' );
		expect( codesOf( await kit.run( steps ) ) ).toEqual( [] );
		expect( kit.erp.sales[ 0 ]?.cancelled ).toBe( true );
	} );

	test( 'is told where it is not', async () => {
		refuse( 'deleteReservation', 'setOrderStatus' );
		expect( codesOf( await kit.run( steps ) ) ).toEqual( [
			'refused-by-brightpearl',
			'cancelled-shipped',
		] );
	} );
} );

describe( 'what is agreed on', () => {
	const before = {
		storeStatus: 'processing',
		statusId: 1,
		rows: [],
		parts: { ...PARTS, reference: { mark: 'before', found: 'x' } },
	};
	const planned = { ...PUSHED, storeStatus: 'completed', statusId: 21 };
	const agreed = async ( steps: Steps ) => {
		await kit.save( { pushed: before } );
		await kit.run( [ ...steps, { type: 'Verify' } ], { pushed: planned } );
		const { pushed } = await kit.link();
		return [
			pushed?.storeStatus,
			pushed?.statusId,
			pushed?.parts.reference.mark,
		];
	};

	test( 'is what was planned', async () => {
		expect( await agreed( [ AMEND, COMPLETED ] ) ).toEqual( [
			'completed',
			21,
			'a',
		] );
	} );

	test( 'but not the change that was refused: it is planned again', async () => {
		refuse( 'amendSalesOrder' );
		expect( await agreed( [ AMEND, COMPLETED ] ) ).toEqual( [
			'completed',
			21,
			'before',
		] );
	} );

	test( 'nor the status that was refused', async () => {
		refuse( 'setOrderStatus' );
		expect( await agreed( [ AMEND, COMPLETED ] ) ).toEqual( [
			'processing',
			1,
			'a',
		] );
	} );

	test( 'is nothing where nothing was before', async () => {
		refuse( 'amendSalesOrder' );
		await kit.run( [ AMEND, { type: 'Verify' } ], { pushed: planned } );
		expect( ( await kit.link() ).pushed ).toBeNull();
	} );
} );
