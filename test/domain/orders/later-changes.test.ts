import { describe, expect, test } from '@jest/globals';
import type {
	StoreOrder,
	StoreRefundDetail,
} from '../../../src/contracts/store.ts';
import type { OrderPlan, Step } from '../../../src/domain/orders/types.ts';
import { aLine, anOrder, BOOK } from '../../helpers/an-order.ts';
import {
	converge,
	convergeGone,
	edit,
	foundIn,
	inputIn,
	newWorld,
	receivedIn,
	soldIn,
	types,
	type World,
} from '../../helpers/planned-world.ts';
import { ACCOUNT, planned, settingsWith } from '../../helpers/planning.ts';

const told = ( plan: OrderPlan ) => plan.told.map( ( { code } ) => code );
const pick = < T extends Step[ 'type' ] >( plan: OrderPlan, type: T ) =>
	plan.steps.filter(
		( step ): step is Extract< Step, { type: T } > => step.type === type
	);

function aRefund( more: Partial< StoreRefundDetail > = {} ): StoreRefundDetail {
	return {
		id: 42,
		reason: '',
		amount: '12.00',
		createdAt: '2026-07-03T10:00:00Z',
		lines: [
			{
				kind: 'line',
				itemId: 1,
				name: 'Oak Serving Board',
				quantity: '1',
				total: '10.00',
				totalTax: '2.00',
			},
		],
		...more,
	};
}
const WHOLE = aRefund( { amount: '37.77', lines: [] } );

/** The shop's order with these refunds in it. */
function shop(
	order: Partial< StoreOrder > = {},
	refunds: readonly StoreRefundDetail[] = []
) {
	return {
		order: anOrder( {
			...order,
			refunds: refunds.map( ( { id, reason, amount } ) => ( {
				id,
				reason,
				total: `-${ amount }`,
			} ) ),
		} ),
		refunds,
	};
}
const under = (
	settings: Record< string, unknown >,
	of = shop(),
	account = ACCOUNT
) => ( { ...of, more: { settings: settingsWith( settings ), account } } );
const CANCELLED = shop( { status: 'cancelled' } );
const REVERSE = { cancelPaid: 'reverse' };

function pushed( of = shop() ): World {
	const world = newWorld();
	converge( world, of );
	return world;
}

/** Another look changes nothing, and nothing but reading back is planned. */
function expectSettled( world: World, of: ReturnType< typeof shop > ): void {
	const before = JSON.stringify( [ world.found, world.link ] );
	const plan = converge( world, of );
	expect( types( plan ).filter( ( type ) => type !== 'Verify' ) ).toEqual(
		[]
	);
	expect( JSON.stringify( [ world.found, world.link ] ) ).toBe( before );
}

describe( 'paid later', () => {
	test( 'the payment is recorded and the status follows', () => {
		const settings = { status: { 'on-hold': 2, processing: 3 } };
		const world = pushed(
			under( settings, shop( { status: 'on-hold', paidAt: null } ) )
		);
		expect( receivedIn( world ) ).toBe( '0.00' );
		const plan = converge( world, under( settings ) );
		expect( types( plan ) ).toEqual( [
			'RecordPayment',
			'SetStatus',
			'Verify',
		] );
		expect( receivedIn( world ) ).toBe( '37.77' );
		expect( foundIn( world ).statusId ).toBe( 3 );
		expectSettled( world, under( settings ) );
	} );

	test( 'an edit after payment makes no payment of its own', () => {
		const world = pushed();
		const dearer = shop( {
			lines: [ aLine( { total: '30.00', totalTax: '6.00' } ), BOOK ],
			total: '49.77',
			totalTax: '7.00',
		} );
		const plan = converge( world, dearer );
		expect( types( plan ) ).toEqual( [ 'AmendOrder', 'Verify' ] );
		expect( receivedIn( world ) ).toBe( '37.77' );
		expect( soldIn( world ) ).toBe( '49.77' );
	} );

	test( 'a method without a code is told, and the rest goes on', () => {
		const of = shop( { paidAt: null } );
		const world = pushed( of );
		const plan = converge(
			world,
			under( { payments: {} }, shop( { number: '4336-B' } ) )
		);
		expect( told( plan ) ).toEqual( [ 'payment-unmapped' ] );
		expect( types( plan ) ).toEqual( [ 'AmendOrder', 'Verify' ] );
	} );
} );

describe( 'statuses', () => {
	const settings = { status: { processing: 3, completed: 4 } };

	test( 'follow once; where staff moved the order on, theirs stays', () => {
		const world = pushed( under( settings ) );
		const done = under( settings, shop( { status: 'completed' } ) );
		expect( types( converge( world, done ) ) ).toEqual( [
			'SetStatus',
			'Verify',
		] );
		expectSettled( world, done );

		edit( world, { statusId: 9 } );
		expectSettled( world, done );
		const plan = converge( world, under( settings ) );
		expect( types( plan ) ).toEqual( [ 'Verify' ] );
		expect( foundIn( world ).statusId ).toBe( 9 );
	} );

	test( 'one that means the same, has none, or was written back by us asks for nothing', () => {
		for ( const [ status, link ] of [
			[ { processing: 3, completed: 3 }, {} ],
			[ { processing: 3, completed: null }, {} ],
			[ { processing: 3 }, {} ],
			[
				{ processing: 3, completed: 4 },
				{
					writtenBack: {
						salesOrderId: 20871,
						statusId: 3,
						status: 'completed',
						noted: false,
					},
				},
			],
		] as const ) {
			const world = pushed( under( { status } ) );
			world.link = { ...world.link, ...link };
			const done = under( { status }, shop( { status: 'completed' } ) );
			expect( types( converge( world, done ) ) ).toEqual( [ 'Verify' ] );
		}
	} );

	test( 'a completed order is invoiced where that is wanted, once', () => {
		const world = pushed();
		const done = under(
			{ invoice: 'completed' },
			shop( { status: 'completed' } )
		);
		expect( types( converge( world, done ) ) ).toEqual( [
			'CloseOrder',
			'Verify',
		] );
		expectSettled( world, done );
	} );

	test( 'and not while something about it is to be settled', () => {
		const world = pushed( shop( { paidAt: null } ) );
		const plan = converge(
			world,
			under(
				{ invoice: 'completed', payments: {} },
				shop( { status: 'completed' } )
			)
		);
		expect( told( plan ) ).toEqual( [ 'payment-unmapped' ] );
		expect( types( plan ) ).not.toContain( 'CloseOrder' );
	} );
} );

describe( 'a sales order that nobody has confirmed', () => {
	test( 'is planned as if it were new, although one was found', () => {
		const world = pushed();
		world.link = { ...world.link, pushedAt: null };
		const plan = planned( inputIn( world, shop() ) );
		expect( plan.salesOrder?.externalRef ).toBe( 'shop-4336' );
	} );
} );

describe( 'notes and custom fields', () => {
	test( 'are set once, and again when they change', () => {
		const world = newWorld();
		const of = ( note: string ) =>
			under(
				{ customFields: { PCF_NOTE: 'customerNote' } },
				shop( { customerNote: note } )
			);
		expect( types( converge( world, of( 'Ring twice' ) ) ) ).toEqual( [
			'EnsureContact',
			'CreateOrder',
			'RecordPayment',
			'Allocate',
			'AddNote',
			'SetCustomFields',
			'Verify',
		] );
		expectSettled( world, of( 'Ring twice' ) );
		expect( types( converge( world, of( 'Ring once' ) ) ) ).toEqual( [
			'AddNote',
			'SetCustomFields',
			'Verify',
		] );
		const plan = converge( world, of( '' ) );
		expect( pick( plan, 'SetCustomFields' )[ 0 ]?.fields ).toEqual( {
			PCF_NOTE: '',
		} );
		expectSettled( world, of( '' ) );
	} );
} );

describe( 'allocation', () => {
	test( 'asks for the pieces of product rows', () => {
		const world = pushed();
		expect( world.link.reserved ).toEqual( { 'line-1': 2, 'line-2': 1 } );
		expect( pick( converge( newWorld(), shop() ), 'Allocate' ) ).toEqual( [
			{
				type: 'Allocate',
				summary:
					'Allocate stock to sales order shop-4336: 3 pieces, as far as there is any.',
				wanted: { 'line-1': 2, 'line-2': 1 },
			},
		] );
	} );

	test( 'is lowered before the order is amended and raised after', () => {
		const lines = ( board: string, book: string ) =>
			shop( {
				lines: [
					aLine( { quantity: board } ),
					{ ...BOOK, quantity: book },
				],
			} );
		const world = pushed();
		const plan = converge( world, lines( '1', '3' ) );
		expect( types( plan ) ).toEqual( [
			'Allocate',
			'AmendOrder',
			'Allocate',
			'Verify',
		] );
		expect(
			pick( plan, 'Allocate' ).map( ( { wanted } ) => wanted )
		).toEqual( [
			{ 'line-1': 1, 'line-2': 1 },
			{ 'line-1': 1, 'line-2': 3 },
		] );
		expectSettled( world, lines( '1', '3' ) );
	} );

	test( 'of a refunded order is none, whatever its refunds name', () => {
		const world = pushed( shop( { status: 'refunded' }, [ aRefund() ] ) );
		expect( world.link.reserved ).toBeNull();
	} );

	test( 'half a piece is none', () => {
		const world = pushed(
			shop( { lines: [ aLine( { quantity: '1.5' } ), BOOK ] } )
		);
		expect( world.link.reserved ).toEqual( { 'line-1': 1, 'line-2': 1 } );
	} );

	test.each( [
		[ 'off', { allocate: false }, {} ],
		[ 'not needed', {}, { allocation: 'not-needed' } ],
		[ 'shipped', {}, { shipping: 'all' } ],
	] as const )( 'is not raised where it is %s', ( _name, settings, head ) => {
		const world = pushed();
		edit( world, head );
		const more = under(
			settings,
			shop( {
				lines: [ aLine( { quantity: '4' } ), BOOK ],
			} )
		);
		expect( pick( converge( world, more ), 'Allocate' ) ).toEqual( [] );
	} );

	test( 'what was reserved is let go of even when allocation is off', () => {
		const world = pushed();
		const less = under(
			{ allocate: false },
			shop( { lines: [ aLine( { quantity: '1' } ), BOOK ] } )
		);
		expect(
			pick( converge( world, less ), 'Allocate' )[ 0 ]?.wanted
		).toEqual( { 'line-1': 1, 'line-2': 1 } );
	} );

	test( 'of an earlier version was asked for in full, and is not again', () => {
		const world = pushed();
		world.link = {
			...world.link,
			reserved: null,
			allocation: {
				state: 'part',
				byLine: {},
				shipped: false,
				confirmedAt: '2026-07-01T23:31:00Z',
			},
		};
		expectSettled( world, shop() );
		const refunded = converge( world, shop( {}, [ aRefund() ] ) );
		expect( pick( refunded, 'Allocate' )[ 0 ]?.wanted ).toEqual( {
			'line-1': 1,
			'line-2': 1,
		} );
	} );
} );

describe( 'refunds', () => {
	test( 'of an order that is there: a credit, its money, and fewer pieces', () => {
		const world = pushed();
		const of = shop( {}, [ aRefund() ] );
		const plan = converge( world, of );
		expect( types( plan ) ).toEqual( [
			'Allocate',
			'CreateCredit',
			'RecordRefund',
			'Verify',
		] );
		expect( pick( plan, 'CreateCredit' )[ 0 ]?.credit ).toMatchObject( {
			externalRef: 'shop-4336-r42',
			total: '12.00',
			rows: [
				{ externalRef: 'line-1', productId: 4200, taxCode: 'T20' },
			],
		} );
		expect( pick( plan, 'RecordRefund' )[ 0 ]?.refund ).toMatchObject( {
			transactionRef: 'shop-4336-r42',
			amount: '12.00',
			methodCode: 'CARD',
		} );
		expect( soldIn( world ) ).toBe( '25.77' );
		expect( receivedIn( world ) ).toBe( '25.77' );
		expect( world.link.reserved ).toEqual( { 'line-1': 1, 'line-2': 1 } );
		expectSettled( world, of );
	} );

	test( 'that were there before the first push come with it', () => {
		const world = newWorld();
		const of = shop( {}, [ aRefund() ] );
		expect( types( converge( world, of ) ) ).toEqual( [
			'EnsureContact',
			'CreateOrder',
			'RecordPayment',
			'Allocate',
			'CreateCredit',
			'RecordRefund',
			'Verify',
		] );
		expect( world.link.reserved ).toEqual( { 'line-1': 1, 'line-2': 1 } );
		expect( receivedIn( world ) ).toBe( '25.77' );
		expectSettled( world, of );
	} );

	test( 'of an unpaid order: no money', () => {
		const unpaid = { paidAt: null };
		const world = pushed( shop( unpaid ) );
		const plan = converge( world, shop( unpaid, [ aRefund() ] ) );
		expect( pick( plan, 'CreateCredit' ) ).toHaveLength( 1 );
		expect( pick( plan, 'RecordRefund' ) ).toEqual( [] );
		// Paid after all: what was refunded of it goes back then.
		const paid = converge( world, shop( {}, [ aRefund() ] ) );
		expect( types( paid ) ).toEqual( [
			'RecordPayment',
			'RecordRefund',
			'Verify',
		] );
	} );

	test( 'never give back more than was received', () => {
		const world = pushed();
		const refunds = [
			aRefund( { id: 1, amount: '30.00', lines: [] } ),
			aRefund( { id: 2, amount: '30.00', lines: [] } ),
			aRefund( { id: 3, amount: '5.00', lines: [] } ),
		];
		const plan = converge( world, shop( {}, refunds ) );
		expect(
			pick( plan, 'RecordRefund' ).map( ( { refund } ) => refund.amount )
		).toEqual( [ '30.00', '7.77' ] );
		expect( receivedIn( world ) ).toBe( '0.00' );
		expectSettled( world, shop( {}, refunds ) );
	} );

	test( 'whose credit was made before its money was recorded get the money', () => {
		const world = pushed();
		world.link = {
			...world.link,
			credits: [
				{
					refundId: 42,
					salesCreditId: 77,
					total: '12.00',
					refund: {
						amount: '12.00',
						paymentId: null,
						reversed: null,
					},
					emptied: false,
					settled: false,
				},
			],
		};
		const plan = converge( world, shop( {}, [ aRefund() ] ) );
		expect( pick( plan, 'CreateCredit' ) ).toEqual( [] );
		expect( pick( plan, 'RecordRefund' ) ).toHaveLength( 1 );
	} );

	test.each( [
		[ 'refunded', WHOLE ],
		[ 'cancelled', WHOLE ],
		[ 'processing', WHOLE ],
	] )(
		'of everything, the order now %s: credited in full, nothing allocated, not cancelled',
		( status, refund ) => {
			const world = pushed();
			const of = shop( { status }, [ refund ] );
			const plan = converge( world, of );
			expect( types( plan ) ).toEqual( [
				'Allocate',
				'CreateCredit',
				'RecordRefund',
				'Verify',
			] );
			expect( pick( plan, 'Allocate' )[ 0 ]?.wanted ).toEqual( {} );
			expect( soldIn( world ) ).toBe( '0.00' );
			expect( receivedIn( world ) ).toBe( '0.00' );
			expect( foundIn( world ).cancelled ).toBe( false );
			expectSettled( world, of );
		}
	);

	test( 'go on although the rows cannot be planned', () => {
		const world = pushed();
		const plan = converge(
			world,
			shop(
				{
					lines: [
						aLine(),
						BOOK,
						aLine( { id: 9, sku: 'NO-SUCH' } ),
					],
					total: '61.77',
					totalTax: '9.00',
				},
				[ aRefund() ]
			)
		);
		expect( told( plan ) ).toEqual( [ 'sku-unknown' ] );
		expect( soldIn( world ) ).toBe( '25.77' );
	} );

	test.each( [ 'payment', 'delete' ] )(
		'deleted again: money taken back by %s, credit emptied',
		( reversal ) => {
			const world = pushed();
			const of = under( { reversal }, shop( {}, [ aRefund() ] ) );
			converge( world, of );
			const [ credit ] = world.link.credits;
			const without = under( { reversal } );
			const plan = converge( world, without );
			expect( types( plan ) ).toEqual( [
				'Allocate',
				'ReverseRefund',
				'EmptyCredit',
				'Verify',
			] );
			expect( pick( plan, 'ReverseRefund' )[ 0 ] ).toMatchObject( {
				refundId: 42,
				reversal: {
					transactionRef: 'shop-4336-r42-x',
					paymentId: credit?.refund?.paymentId,
					orderId: credit?.salesCreditId,
					how: reversal,
					type: 'RECEIPT',
					amount: '12.00',
					methodCode: 'CARD',
				},
			} );
			expect( pick( plan, 'EmptyCredit' )[ 0 ] ).toMatchObject( {
				refundId: 42,
				salesCreditId: credit?.salesCreditId,
			} );
			expect( soldIn( world ) ).toBe( '37.77' );
			expect( receivedIn( world ) ).toBe( '37.77' );
			expectSettled( world, without );
		}
	);

	test( 'deleted, and its money was taken back before the run ended: only the credit is emptied', () => {
		const world = pushed( shop( {}, [ aRefund() ] ) );
		world.link = {
			...world.link,
			credits: world.link.credits.map( ( credit ) => ( {
				...credit,
				refund: credit.refund && {
					...credit.refund,
					reversed: { paymentId: 7 },
				},
			} ) ),
		};
		expect( types( converge( world, shop() ) ) ).toEqual( [
			'Allocate',
			'EmptyCredit',
			'Verify',
		] );
	} );

	test( 'replaced by another: what the deleted one gave back is there for it', () => {
		const world = pushed();
		converge( world, shop( {}, [ WHOLE ] ) );
		const other = shop( {}, [ { ...WHOLE, id: 43 } ] );
		converge( world, other );
		expect( receivedIn( world ) ).toBe( '0.00' );
		expect( soldIn( world ) ).toBe( '0.00' );
		expectSettled( world, other );
	} );
} );

describe( 'called off', () => {
	test.each( [ 'cancelled', 'failed' ] )(
		'%s, unpaid: cancelled',
		( status ) => {
			const world = pushed( shop( { paidAt: null } ) );
			const of = shop( { status, paidAt: null } );
			const plan = converge( world, of );
			expect( types( plan ) ).toEqual( [
				'Allocate',
				'CancelOrder',
				'Verify',
			] );
			expect( pick( plan, 'CancelOrder' )[ 0 ]?.statusId ).toBe( 5 );
			expect( told( plan ) ).toEqual( [] );
			expect( soldIn( world ) ).toBe( '0.00' );
			expectSettled( world, of );
		}
	);

	test( 'paid, a person decides: its stock is let go of and it is told until it is settled', () => {
		const world = pushed();
		const plan = converge( world, CANCELLED );
		expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
		expect( pick( plan, 'Allocate' )[ 0 ]?.wanted ).toEqual( {} );
		expect( told( plan ) ).toEqual( [ 'cancelled-paid' ] );
		const again = converge( world, CANCELLED );
		expect( types( again ) ).toEqual( [] );
		expect( told( again ) ).toEqual( [ 'cancelled-paid' ] );

		edit( world, { cancelled: true, statusId: 5 } );
		const settled = converge( world, CANCELLED );
		expect( types( settled ) ).toEqual( [ 'Verify' ] );
		expect( told( settled ) ).toEqual( [] );
	} );

	test( 'paid, and refunded in full after it was told: credited, no word more', () => {
		const world = pushed();
		converge( world, CANCELLED );
		const of = shop( { status: 'cancelled' }, [ WHOLE ] );
		expect( told( converge( world, of ) ) ).toEqual( [] );
		expect( soldIn( world ) ).toBe( '0.00' );
		expectSettled( world, of );
	} );

	test( 'refunded in full, and the refund is deleted again: there is a sale to call off', () => {
		const world = pushed();
		converge( world, shop( { status: 'cancelled' }, [ WHOLE ] ) );
		const of = under( REVERSE, CANCELLED );
		expect( types( converge( world, of ) ) ).toEqual( [
			'ReverseRefund',
			'EmptyCredit',
			'ReversePayment',
			'CancelOrder',
			'Verify',
		] );
		expectSettled( world, of );
	} );

	test( 'paid, with a refund of part: credited, and a person decides on the rest', () => {
		const world = pushed();
		const of = shop( { status: 'cancelled' }, [ aRefund() ] );
		const plan = converge( world, of );
		expect( types( plan ) ).toEqual( [
			'Allocate',
			'CreateCredit',
			'RecordRefund',
			'Verify',
		] );
		expect( told( plan ) ).toEqual( [ 'cancelled-paid' ] );
		expectSettled( world, of );
	} );

	test.each( [ 'payment', 'delete' ] )(
		'paid, reversed by %s: the money goes back, then it is cancelled',
		( reversal ) => {
			const settings = { ...REVERSE, reversal };
			const world = pushed();
			const [ payment ] = world.link.payments;
			const of = under( settings, CANCELLED );
			const plan = converge( world, of );
			expect( types( plan ) ).toEqual( [
				'Allocate',
				'ReversePayment',
				'CancelOrder',
				'Verify',
			] );
			expect( pick( plan, 'ReversePayment' )[ 0 ] ).toMatchObject( {
				n: 1,
				reversal: {
					transactionRef: 'shop-4336-p1-x',
					paymentId: payment?.paymentId,
					orderId: 20871,
					how: reversal,
					type: 'PAYMENT',
					amount: '37.77',
					methodCode: 'CARD',
					currency: 'GBP',
					at: '2026-07-01T23:30:05.000+00:00',
				},
			} );
			expectSettled( world, of );
		}
	);

	test( 'reversed with a refund of part: that is taken back first', () => {
		const world = pushed( shop( {}, [ aRefund() ] ) );
		const of = under(
			REVERSE,
			shop( { status: 'cancelled' }, [ aRefund() ] )
		);
		expect( types( converge( world, of ) ) ).toEqual( [
			'Allocate',
			'ReverseRefund',
			'EmptyCredit',
			'ReversePayment',
			'CancelOrder',
			'Verify',
		] );
		expect( [ soldIn( world ), receivedIn( world ) ] ).toEqual( [
			'0.00',
			'0.00',
		] );
		expectSettled( world, of );
	} );

	test( 'with a method that has no code the money cannot be reversed by a payment, and is told', () => {
		const world = pushed();
		const plan = converge(
			world,
			under( { ...REVERSE, payments: {} }, CANCELLED )
		);
		expect( told( plan ) ).toEqual( [ 'payment-unmapped' ] );
		expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
		expect(
			types(
				converge(
					world,
					under(
						{ ...REVERSE, payments: {}, reversal: 'delete' },
						CANCELLED
					)
				)
			)
		).toContain( 'CancelOrder' );
	} );

	test( 'the method of the payment as Brightpearl shows it comes before the mapping', () => {
		const world = pushed();
		world.link = {
			...world.link,
			brightpearl: {
				salesOrderId: 20871,
				externalRef: 'shop-4336',
				reference: '4336',
				contactId: 1,
				statusId: 1,
				total: '37.77',
				tax: '5.00',
				allocation: 'all',
				cancelled: false,
				payments: [
					{
						paymentId: 1,
						type: 'RECEIPT',
						amount: '37.77',
						currency: 'GBP',
						methodCode: 'OLD',
						transactionRef: 'shop-4336-p1',
					},
				],
				credits: [],
			},
		};
		const plan = converge( world, under( REVERSE, CANCELLED ) );
		expect( pick( plan, 'ReversePayment' )[ 0 ]?.reversal.methodCode ).toBe(
			'OLD'
		);
	} );

	test.each( [
		[ 'shipped', { shipping: 'all' }, [] ],
		[ 'part shipped', { shipping: 'part' }, [ 'Allocate', 'Verify' ] ],
		[ 'invoiced', { invoiced: true }, [ 'Allocate', 'Verify' ] ],
	] as const )(
		'%s: let go of what can be, and told',
		( _name, head, steps ) => {
			const world = pushed();
			edit( world, head );
			const plan = converge( world, under( REVERSE, CANCELLED ) );
			expect( types( plan ) ).toEqual( steps );
			expect( told( plan ) ).toEqual( [ 'cancelled-shipped' ] );
			const credited = shop( { status: 'cancelled' }, [ WHOLE ] );
			expect( told( converge( world, credited ) ) ).toEqual( [] );
		}
	);

	test( 'without a cancelled status nothing is taken back, and it is told', () => {
		const world = pushed();
		const plan = converge(
			world,
			under( REVERSE, CANCELLED, { ...ACCOUNT, cancelledStatusId: null } )
		);
		expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
		expect( told( plan ) ).toEqual( [ 'status-unmapped' ] );
		expect( plan.told[ 0 ]?.field ).toBe( 'orders.cancelledStatusId' );
	} );

	test( 'what was paid meanwhile is not recorded any more', () => {
		const world = pushed( shop( { paidAt: null } ) );
		const plan = converge( world, CANCELLED );
		expect( types( plan ) ).toEqual( [
			'Allocate',
			'CancelOrder',
			'Verify',
		] );
	} );

	test( 'is not held up by what the rows were made from', () => {
		const world = pushed( shop( { paidAt: null } ) );
		const plan = converge( world, {
			...under( { tax: [] }, CANCELLED ),
			more: {
				products: new Map(),
				settings: settingsWith( { tax: [] } ),
			},
		} );
		expect( types( plan ) ).toEqual( [
			'Allocate',
			'CancelOrder',
			'Verify',
		] );
		expect( told( plan ) ).toEqual( [] );
	} );
} );

describe( 'gone from the shop', () => {
	test.each( [ 'trashed', 'deleted' ] as const )(
		'%s, unpaid: cancelled',
		( how ) => {
			const world = pushed( shop( { paidAt: null } ) );
			expect( types( convergeGone( world, how ) ) ).toEqual( [
				'Allocate',
				'CancelOrder',
				'Verify',
			] );
			expect( types( convergeGone( world, how ) ) ).toEqual( [] );
		}
	);

	test( 'paid: told, or reversed on that day', () => {
		const world = pushed();
		const held = convergeGone( world, 'trashed' );
		expect( told( held ) ).toEqual( [ 'cancelled-paid' ] );
		expect( held.told[ 0 ]?.message ).toContain( 'is in the trash' );
		const plan = convergeGone( world, 'deleted', settingsWith( REVERSE ) );
		expect( types( plan ) ).toEqual( [
			'ReversePayment',
			'CancelOrder',
			'Verify',
		] );
		expect( pick( plan, 'ReversePayment' )[ 0 ]?.reversal ).toMatchObject( {
			at: '2026-07-05T10:00:00.000+00:00',
			methodCode: 'OTHER',
		} );
	} );

	test( 'credited in full before: nothing but its stock', () => {
		const world = pushed();
		converge( world, shop( { status: 'refunded' }, [ WHOLE ] ) );
		world.link = { ...world.link, reserved: { 'line-1': 1 } };
		const plan = convergeGone( world, 'deleted' );
		expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
		expect( told( plan ) ).toEqual( [] );
	} );
} );

describe( 'come back', () => {
	const settings = { ...REVERSE, status: { processing: 3 } };

	test( 'cancelled by us: revived, paid and allocated again', () => {
		const world = pushed( under( settings ) );
		converge( world, under( settings, CANCELLED ) );
		const plan = converge( world, under( settings ) );
		expect( types( plan ) ).toEqual( [
			'SetStatus',
			'RecordPayment',
			'Allocate',
			'Verify',
		] );
		expect( pick( plan, 'SetStatus' )[ 0 ] ).toMatchObject( {
			statusId: 3,
			revives: true,
		} );
		expect( pick( plan, 'RecordPayment' )[ 0 ]?.payment ).toMatchObject( {
			n: 2,
			transactionRef: 'shop-4336-p2',
			amount: '37.77',
		} );
		expect( [ soldIn( world ), receivedIn( world ) ] ).toEqual( [
			'37.77',
			'37.77',
		] );
		expectSettled( world, under( settings ) );

		// And away again: the second payment is the one to be reversed.
		const off = converge( world, under( settings, CANCELLED ) );
		expect( pick( off, 'ReversePayment' ).map( ( { n } ) => n ) ).toEqual( [
			2,
		] );
	} );

	test( 'what was reserved before it was cancelled counts no more', () => {
		const world = pushed( under( settings, shop( { paidAt: null } ) ) );
		const { reserved } = world.link;
		converge(
			world,
			under( settings, shop( { status: 'cancelled', paidAt: null } ) )
		);
		world.link = { ...world.link, reserved };
		const plan = converge(
			world,
			under( settings, shop( { paidAt: null } ) )
		);
		expect( types( plan ) ).toEqual( [
			'SetStatus',
			'Allocate',
			'Verify',
		] );
	} );

	test( 'from the trash, with a status of its own account: the one it had', () => {
		const world = pushed( shop( { paidAt: null } ) );
		convergeGone( world, 'trashed' );
		const plan = converge( world, shop( { paidAt: null } ) );
		expect( pick( plan, 'SetStatus' )[ 0 ]?.statusId ).toBe( 1 );
		expect( types( plan ) ).toEqual( [
			'SetStatus',
			'Allocate',
			'Verify',
		] );
	} );

	test( 'with no status known it is told, and nothing is booked', () => {
		const world = pushed();
		converge( world, under( REVERSE, CANCELLED ) );
		const { pushed: ground } = world.link;
		world.link = {
			...world.link,
			pushed: ground && { ...ground, statusId: 5 },
		};
		const plan = converge( world, under( REVERSE ) );
		expect( types( plan ) ).toEqual( [ 'Verify' ] );
		expect( told( plan ) ).toEqual( [ 'status-unmapped' ] );
		expect( plan.told[ 0 ]?.field ).toBe( 'orders.status' );
	} );

	test( 'with its refunds: credited again under references of their own', () => {
		const of = under( settings, shop( {}, [ aRefund() ] ) );
		const world = pushed( of );
		converge(
			world,
			under( settings, shop( { status: 'cancelled' }, [ aRefund() ] ) )
		);
		const plan = converge( world, of );
		expect(
			pick( plan, 'CreateCredit' ).map(
				( { credit } ) => credit.externalRef
			)
		).toEqual( [ 'shop-4336-r42-2' ] );
		expect( [ soldIn( world ), receivedIn( world ) ] ).toEqual( [
			'25.77',
			'25.77',
		] );
		expectSettled( world, of );
		const off = converge( world, under( settings ) );
		expect(
			pick( off, 'ReverseRefund' )[ 0 ]?.reversal.transactionRef
		).toBe( 'shop-4336-r42-2-x' );
	} );

	test( 'cancelled by staff: theirs, left alone and told', () => {
		const world = pushed();
		edit( world, { cancelled: true, statusId: 5 } );
		const edited = shop( { number: '4336-B' }, [ aRefund() ] );
		const plan = converge( world, edited );
		expect( types( plan ) ).toEqual( [ 'Verify' ] );
		expect( told( plan ) ).toEqual( [ 'cancelled-in-brightpearl' ] );
	} );

	test.each( [ 'refunded', 'cancelled' ] )(
		'cancelled by us and then refunded, %s: there is nothing to give back',
		( status ) => {
			const world = pushed();
			converge( world, under( REVERSE, CANCELLED ) );
			const of = under( REVERSE, shop( { status }, [ WHOLE ] ) );
			expect( types( converge( world, of ) ) ).toEqual( [] );
			expect( [ soldIn( world ), receivedIn( world ) ] ).toEqual( [
				'0.00',
				'0.00',
			] );
		}
	);
} );

describe( 'sentences', () => {
	test( 'every step says itself in one, with its number and amount', () => {
		const world = pushed( shop( {}, [ aRefund() ] ) );
		const plan = converge(
			world,
			under( REVERSE, shop( { status: 'cancelled' }, [ aRefund() ] ) )
		);
		for ( const { summary } of plan.steps ) {
			expect( summary ).toMatch( /^[A-Z].*\.$/ );
		}
		expect( plan.steps.map( ( { summary } ) => summary ) ).toMatchObject( [
			'Let go of the stock that is allocated to sales order 20871.',
			expect.stringMatching( /refund of 12\.00 GBP on sales credit \d+/ ),
			expect.stringMatching( /sales credit \d+: refund 42/ ),
			'Take back payment 1 of 37.77 GBP on sales order 20871.',
			"Cancel sales order 20871 (status 5): the shop's order is cancelled.",
			"Read sales order 20871 back and compare it with the shop's order.",
		] );
	} );
} );
