/**
 * Every step that makes or takes back something, done once: killed before any one of its writes,
 * with its answer lost, refused, and run again.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '../../../src/contracts/primitives.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import {
	createApplyKit,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import type { Call } from '../../helpers/fakes/order-brightpearl.ts';

let kit: ApplyKit;
afterEach( () => kit.close() );

const LOST: Failure = {
	kind: 'retry',
	cause: 'outage',
	side: 'brightpearl',
	message: 'Brightpearl answers 503.',
	after: null,
	outcomeUnknown: true,
	ruid: null,
};
const REFUSED: Failure = {
	kind: 'hold',
	ruid: null,
	problem: {
		code: 'refused-by-brightpearl',
		message: 'ORDC-900 No.',
		cause: null,
		fix: null,
		field: null,
	},
};

const ADDRESS = {
	fullName: 'Ines Duarte',
	company: '',
	line1: '9 Harbour Row',
	line2: '',
	city: 'Bristol',
	state: '',
	postcode: 'BS1 6XN',
	country: 'GBR',
	phone: '',
	email: 'ines@example.test',
};
const CREDIT = {
	refundId: 7,
	externalRef: 'P-1-r7',
	ref: '1',
	placedOn: '2026-07-02T10:00:00.000+00:00',
	taxDate: '2026-07-02T00:00:00.000+01:00',
	warehouseId: 2,
	channelId: null,
	priceListId: null,
	leadSourceId: null,
	priceMode: 'EXC' as const,
	currency: 'GBP',
	billing: ADDRESS,
	delivery: ADDRESS,
	rows: [
		{
			externalRef: 'line-1',
			productId: 2000,
			name: 'A',
			quantity: '1',
			taxCode: 'T20',
			net: '10.00',
			tax: '2.00',
			nominalCode: null,
		},
		{
			externalRef: 'refund',
			productId: null,
			name: 'Refund: sorry',
			quantity: '1',
			taxCode: 'T20',
			net: '1.00',
			tax: '0.00',
			nominalCode: null,
		},
	],
	total: '13.00',
	installationInstanceId: null,
};
const money = {
	methodCode: 'CARD',
	currency: 'GBP',
	transactionCode: '',
	paidAt: '2026-07-02T10:00:00.000+00:00',
};
const PAYMENT = {
	...money,
	n: 1,
	transactionRef: 'P-1-p1',
	amount: '42.00',
};
const REFUND = {
	...money,
	refundId: 7,
	transactionRef: 'P-1-r7',
	amount: '13.00',
};
const reversal = ( how: 'payment' | 'delete' ) => ( {
	transactionRef: 'P-1-p1-x',
	paymentId: 700,
	orderId: 5000,
	how,
	type: 'PAYMENT' as const,
	methodCode: 'CARD',
	amount: '42.00',
	currency: 'GBP',
	at: '2026-07-02T11:00:00.000+00:00',
} );

type Steps = Parameters< ApplyKit[ 'run' ] >[ 0 ];
interface Case {
	readonly name: string;
	readonly before?: Steps;
	readonly step: Steps[ number ];
	/** The write whose answer may be lost. */
	readonly call: Call;
	/** What Brightpearl and the link have of it. */
	readonly made: () => Promise< unknown >;
	readonly expected: unknown;
	/** Of a refusal: the code it is told under; null = told beside. */
	readonly refusal: string | null;
}

const paymentsOf = ( orderId: number ) =>
	kit.erp.payments
		.filter( ( payment ) => payment.orderId === orderId )
		.map( ( { type, amount, transactionRef } ) =>
			[ type, amount, transactionRef ].join( ' ' )
		);

const CASES: readonly Case[] = [
	{
		name: 'RecordPayment',
		step: { type: 'RecordPayment', payment: PAYMENT },
		call: 'createPayment',
		made: async () => [ paymentsOf( 5000 ), ( await kit.link() ).payments ],
		expected: [
			[ 'RECEIPT 42.00 P-1-p1' ],
			[
				{
					n: 1,
					amount: '42.00',
					paidAt: PAYMENT.paidAt,
					paymentId: 700,
					reversed: null,
				},
			],
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'ReversePayment by a payment',
		before: [ { type: 'RecordPayment', payment: PAYMENT } ],
		step: { type: 'ReversePayment', n: 1, reversal: reversal( 'payment' ) },
		call: 'createPayment',
		made: async () => [
			paymentsOf( 5000 ),
			( await kit.link() ).payments[ 0 ]?.reversed,
		],
		expected: [
			[ 'RECEIPT 42.00 P-1-p1', 'PAYMENT 42.00 P-1-p1-x' ],
			{ paymentId: 701 },
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'ReversePayment by deleting',
		before: [ { type: 'RecordPayment', payment: PAYMENT } ],
		step: { type: 'ReversePayment', n: 1, reversal: reversal( 'delete' ) },
		call: 'deletePayment',
		made: async () => [
			paymentsOf( 5000 ),
			( await kit.link() ).payments[ 0 ]?.reversed,
		],
		expected: [ [], { paymentId: null } ],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'CreateCredit',
		step: { type: 'CreateCredit', credit: CREDIT },
		call: 'createSalesCredit',
		made: async () => [
			kit.erp.credits.map(
				( { externalRef, total, parentOrderId, exchangeRate } ) => ( {
					externalRef,
					total,
					parentOrderId,
					exchangeRate,
				} )
			),
			( await kit.link() ).credits,
		],
		expected: [
			[
				{
					externalRef: 'P-1-r7',
					total: '13.00',
					parentOrderId: 5000,
					exchangeRate: '1.250000',
				},
			],
			[
				{
					refundId: 7,
					salesCreditId: 8000,
					total: '13.00',
					refund: null,
					emptied: false,
				},
			],
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'RecordRefund',
		before: [ { type: 'CreateCredit', credit: CREDIT } ],
		step: { type: 'RecordRefund', refund: REFUND },
		call: 'createPayment',
		made: async () => [
			paymentsOf( 8000 ),
			( await kit.link() ).credits[ 0 ]?.refund,
		],
		expected: [
			[ 'PAYMENT 13.00 P-1-r7' ],
			{ amount: '13.00', paymentId: 700, reversed: null },
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'ReverseRefund',
		before: [
			{ type: 'CreateCredit', credit: CREDIT },
			{ type: 'RecordRefund', refund: REFUND },
		],
		step: {
			type: 'ReverseRefund',
			refundId: 7,
			reversal: {
				...reversal( 'payment' ),
				transactionRef: 'P-1-r7-x',
				orderId: 8000,
				type: 'RECEIPT',
				amount: '13.00',
			},
		},
		call: 'createPayment',
		made: async () => [
			paymentsOf( 8000 ),
			( await kit.link() ).credits[ 0 ]?.refund?.reversed,
		],
		expected: [
			[ 'PAYMENT 13.00 P-1-r7', 'RECEIPT 13.00 P-1-r7-x' ],
			{ paymentId: 701 },
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'EmptyCredit',
		before: [ { type: 'CreateCredit', credit: CREDIT } ],
		step: { type: 'EmptyCredit', refundId: 7, salesCreditId: 8000 },
		call: 'deleteOrderRow',
		made: async () => [
			kit.erp.credits[ 0 ]?.rows.length,
			( await kit.link() ).credits[ 0 ]?.emptied,
		],
		expected: [ 0, true ],
		refusal: 'refund-deleted',
	},
	{
		name: 'AddNote',
		step: {
			type: 'AddNote',
			note: { key: 'note-9', text: 'Leave at\r\nthe door ' },
		},
		call: 'addOrderNote',
		made: async () => [
			kit.erp.notes.map( ( { text } ) => text ),
			( await kit.link() ).notes,
		],
		expected: [ [ 'Leave at\r\nthe door ' ], [ 'note-9' ] ],
		refusal: null,
	},
	{
		name: 'SetStatus',
		step: {
			type: 'SetStatus',
			statusId: 21,
			storeStatus: 'completed',
			revives: false,
		},
		call: 'setOrderStatus',
		made: async () => kit.erp.sales[ 0 ]?.statusId,
		expected: 21,
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'CancelOrder',
		step: { type: 'CancelOrder', statusId: 5 },
		call: 'setOrderStatus',
		made: async () => [
			kit.erp.sales[ 0 ]?.cancelled,
			( await kit.link() ).cancelled,
		],
		expected: [ true, true ],
		refusal: 'cancelled-shipped',
	},
	{
		name: 'CloseOrder',
		step: { type: 'CloseOrder' },
		call: 'closeSalesOrder',
		made: async () => kit.erp.sales[ 0 ]?.invoiceReference,
		expected: 'SI-5000',
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'Allocate',
		step: { type: 'Allocate', wanted: { 'line-1': 2, 'line-2': 1 } },
		call: 'createReservation',
		made: async () => [
			kit.erp.reservations.get( 5000 ),
			( await kit.link() ).reserved,
		],
		expected: [
			{
				warehouseId: 2,
				rows: {
					900: { productId: 2000, quantity: 2 },
					901: { productId: 2001, quantity: 1 },
				},
			},
			{ 'line-1': 2, 'line-2': 1 },
		],
		refusal: null,
	},
	{
		name: 'SetCustomFields',
		step: { type: 'SetCustomFields', fields: { PCF_TEAM: 'North' } },
		call: 'patchOrderCustomFields',
		made: async () => [
			kit.erp.fields.get( 5000 ),
			( await kit.link() ).fields,
		],
		expected: [ { PCF_TEAM: 'North' }, { PCF_TEAM: 'North' } ],
		refusal: null,
	},
];

async function begin( { before = [] }: Case ): Promise< void > {
	kit = await createApplyKit();
	kit.erp.definitions.push( {
		code: 'PCF_TEAM',
		name: 'Team',
		type: 'TEXT',
		required: false,
		options: [],
	} );
	if ( before.length > 0 ) {
		expect( ( await kit.run( before ) ).ok ).toBe( true );
		await kit.clock.advance( 60 * SECOND );
	}
	kit.erp.lag = 10 * SECOND;
}

describe.each( CASES )( '$name', ( one ) => {
	const { step, call, made, expected, refusal } = one;

	test( 'killed before any one of its writes is done once', async () => {
		await begin( one );
		let writes = 0;
		await kit.once( [ step ], {
			onWrites( all ) {
				writes = all.length;
			},
		} );
		expect( writes ).toBeGreaterThan( 2 );
		for ( let nth = 0; nth < writes; nth += 1 ) {
			await kit.close();
			await begin( one );
			expect(
				await kit.once( [ step ], {
					dies: ( _write, _args, done ) => done === nth,
				} )
			).toBeNull();
			expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
			expect( [ nth, await made() ] ).toEqual( [ nth, expected ] );
		}
	} );

	test( 'an answer that is lost makes nothing twice', async () => {
		await begin( one );
		let isFirst = true;
		kit.erp.after = ( asked ) => {
			const loses = asked === call && isFirst;
			isFirst = isFirst && ! loses;
			return loses ? LOST : null;
		};
		expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
		expect( isFirst ).toBe( false );
		expect( await made() ).toEqual( expected );
	} );

	test( 'run again finds it', async () => {
		await begin( one );
		await kit.run( [ step ] );
		expect( await kit.run( [ step ] ) ).toMatchObject( { ok: true } );
		expect( await made() ).toEqual( expected );
	} );

	test( 'a refusal is told, and a later run does it', async () => {
		await begin( one );
		let refuses = true;
		kit.erp.before = ( asked ) =>
			asked === call && refuses ? REFUSED : null;
		const refused = await kit.run( [ step ] );
		if ( refusal === null ) {
			expect( refused ).toMatchObject( { ok: true } );
		} else {
			expect( refused ).toMatchObject( {
				ok: false,
				failure: {
					problem: {
						code: refusal,
						message: expect.stringContaining( 'ORDC-900 No.' ),
					},
				},
			} );
		}
		if ( one.name !== 'Allocate' ) {
			expect( await made() ).not.toEqual( expected );
		}
		refuses = false;
		await kit.run( [ step ] );
		expect( await made() ).toEqual( expected );
	} );
} );
