/**
 * One of each step that makes or takes back something, and what is there when it was done once.
 */
import type { ApplyKit } from '../../helpers/fakes/apply-kit.ts';
import type { Call } from '../../helpers/fakes/order-brightpearl.ts';
import { CREDIT, PAYMENT, REFUND, reversal } from './planned.ts';

type Steps = Parameters< ApplyKit[ 'run' ] >[ 0 ];
export interface Case {
	readonly name: string;
	readonly before?: Steps;
	readonly step: Steps[ number ];
	/** The write whose answer may be lost. */
	readonly call: Call;
	/** What Brightpearl and the link have of it. */
	readonly made: ( kit: ApplyKit ) => Promise< unknown >;
	readonly expected: unknown;
	/** Of a refusal: the code it is told under; null = told beside. */
	readonly refusal: string | null;
}

const paymentsOf = ( kit: ApplyKit, orderId: number ) =>
	kit.erp.payments
		.filter( ( payment ) => payment.orderId === orderId )
		.map( ( { type, amount, transactionRef } ) =>
			[ type, amount, transactionRef ].join( ' ' )
		);

export const CASES: readonly Case[] = [
	{
		name: 'RecordPayment',
		step: { type: 'RecordPayment', payment: PAYMENT },
		call: 'createPayment',
		made: async ( kit ) => [
			paymentsOf( kit, 5000 ),
			( await kit.link() ).payments,
		],
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
		made: async ( kit ) => [
			paymentsOf( kit, 5000 ),
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
		made: async ( kit ) => [
			paymentsOf( kit, 5000 ),
			( await kit.link() ).payments[ 0 ]?.reversed,
		],
		expected: [ [], { paymentId: null } ],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'CreateCredit',
		step: { type: 'CreateCredit', credit: CREDIT },
		call: 'createSalesCredit',
		made: async ( kit ) => [
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
					settled: false,
				},
			],
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'RecordRefund',
		before: [
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'CreateCredit', credit: CREDIT },
		],
		step: { type: 'RecordRefund', refund: REFUND },
		call: 'createPayment',
		made: async ( kit ) => [
			paymentsOf( kit, 8000 ),
			( await kit.link() ).credits[ 0 ]?.refund,
		],
		expected: [
			[ 'PAYMENT 13.00 P-1-r7' ],
			{ amount: '13.00', paymentId: 701, reversed: null },
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'ReverseRefund',
		before: [
			{ type: 'RecordPayment', payment: PAYMENT },
			{ type: 'CreateCredit', credit: CREDIT },
			{ type: 'RecordRefund', refund: REFUND },
		],
		step: {
			type: 'ReverseRefund',
			refundId: 7,
			reversal: {
				...reversal( 'payment' ),
				transactionRef: 'P-1-r7-x',
				paymentId: 701,
				orderId: 8000,
				type: 'RECEIPT',
				amount: '13.00',
			},
		},
		call: 'createPayment',
		made: async ( kit ) => [
			paymentsOf( kit, 8000 ),
			( await kit.link() ).credits[ 0 ]?.refund?.reversed,
		],
		expected: [
			[ 'PAYMENT 13.00 P-1-r7', 'RECEIPT 13.00 P-1-r7-x' ],
			{ paymentId: 702 },
		],
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'EmptyCredit',
		before: [ { type: 'CreateCredit', credit: CREDIT } ],
		step: { type: 'EmptyCredit', refundId: 7, salesCreditId: 8000 },
		call: 'deleteOrderRow',
		made: async ( kit ) => [
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
		made: async ( kit ) => [
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
		made: async ( kit ) => kit.erp.sales[ 0 ]?.statusId,
		expected: 21,
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'CancelOrder',
		step: { type: 'CancelOrder', statusId: 5 },
		call: 'setOrderStatus',
		made: async ( kit ) => [
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
		made: async ( kit ) => kit.erp.sales[ 0 ]?.invoiceReference,
		expected: 'SI-5000',
		refusal: 'refused-by-brightpearl',
	},
	{
		name: 'Allocate',
		step: { type: 'Allocate', wanted: { 'line-1': 2, 'line-2': 1 } },
		call: 'createReservation',
		made: async ( kit ) => [
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
		made: async ( kit ) => [
			kit.erp.fields.get( 5000 ),
			( await kit.link() ).fields,
		],
		expected: [ { PCF_TEAM: 'North' }, { PCF_TEAM: 'North' } ],
		refusal: null,
	},
];
