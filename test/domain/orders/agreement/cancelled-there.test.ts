/**
 * A sales order that is cancelled in Brightpearl: by whom, whether the shop agrees, and what becomes
 * of its money.
 */
import { describe, expect, test } from '@jest/globals';
import {
	agreedOff,
	cancelledChange,
	moneyIn,
} from '../../../../src/domain/orders/agreement/cancelled-there.ts';
import { planGone, planOrder } from '../../../../src/domain/orders/plan.ts';
import type { OrderPlan } from '../../../../src/domain/orders/types.ts';
import { anOrder } from '../../../helpers/an-order.ts';
import {
	converge,
	edit,
	foundIn,
	inputIn,
	newWorld,
	types,
	type World,
} from '../../../helpers/planned-world.ts';
import { ACCOUNT, linkWith, settingsWith } from '../../../helpers/planning.ts';

const told = ( plan: OrderPlan ) => plan.told.map( ( { code } ) => code );

function cancelledByStaff(): World {
	const world = newWorld();
	converge( world, { order: anOrder( { paidAt: null } ) } );
	edit( world, { cancelled: true, statusId: 5 } );
	return world;
}

function planOf( world: World, status: string ): OrderPlan {
	const result = planOrder(
		inputIn( world, { order: anOrder( { status } ) } )
	);
	if ( ! result.ok ) {
		throw new Error( 'It is held.' );
	}
	return result.plan;
}

describe( 'cancelled by somebody else', () => {
	test( 'while the shop has it: told each time, and nothing of it is written', () => {
		const world = cancelledByStaff();
		for ( const nth of [ 1, 2 ] ) {
			const plan = planOf( world, 'processing' );
			expect( [ nth, types( plan ), told( plan ) ] ).toEqual( [
				nth,
				[ 'Verify' ],
				[ 'cancelled-in-brightpearl' ],
			] );
			expect( plan.cancelled ).toBe( 'theirs' );
		}
		expect( planOf( world, 'processing' ).told[ 0 ]?.fix ).toMatch(
			/Cancel the order in the shop.*cancelled status in Brightpearl.*orders ignore/u
		);
	} );

	test.each( [ 'cancelled', 'failed' ] )(
		'and %s in the shop: agreed, and read back once',
		( status ) => {
			const world = cancelledByStaff();
			const plan = planOf( world, status );
			expect( types( plan ) ).toEqual( [ 'Verify' ] );
			expect( [ plan.cancelled, told( plan ) ] ).toEqual( [
				'agreed',
				[],
			] );
			world.link = { ...world.link, cancelled: true };
			expect( types( planOf( world, status ) ) ).toEqual( [] );
		}
	);

	test( 'and gone from the shop: agreed', () => {
		const world = cancelledByStaff();
		const result = planGone( {
			link: world.link,
			found: foundIn( world ),
			settings: settingsWith(),
			account: ACCOUNT,
			refPrefix: 'shop',
			how: 'trashed',
			closedCredits: [],
			now: '2026-07-05T10:00:00Z',
		} );
		expect( result ).toMatchObject( {
			ok: true,
			plan: { cancelled: 'agreed', steps: [ { type: 'Verify' } ] },
		} );
	} );

	test( 'of one that was refunded nothing is agreed: it was sold', () => {
		const plan = planOf( cancelledByStaff(), 'refunded' );
		expect( [ plan.cancelled, told( plan ) ] ).toEqual( [ null, [] ] );
	} );

	test( 'is read back again while a receipt of ours is not known to be taken back', () => {
		const world = cancelledByStaff();
		const paid = {
			n: 1,
			amount: '5.00',
			paidAt: '2026-07-01T10:00:00Z',
			paymentId: 7,
			reversed: null,
		};
		expect(
			agreedOff(
				[],
				{ cancelled: true, payments: [ paid ] },
				foundIn( world )
			).steps
		).toHaveLength( 1 );
	} );
} );

describe( 'what the link keeps', () => {
	const PAID = {
		n: 1,
		amount: '10.00',
		paidAt: '2026-07-01T10:00:00Z',
		paymentId: 7,
		reversed: null,
	};
	const shown = (
		...payments: readonly ( readonly [ number, string, string ] )[]
	) =>
		linkWith( {
			payments: [ PAID ],
			brightpearl: {
				salesOrderId: 1,
				externalRef: null,
				reference: null,
				contactId: 1,
				statusId: 5,
				total: '10.00',
				tax: '0.00',
				allocation: 'none',
				cancelled: true,
				credits: [],
				payments: payments.map( ( [ paymentId, type, amount ] ) => ( {
					paymentId,
					type,
					amount,
					currency: 'GBP',
					methodCode: 'CARD',
					transactionRef: '',
				} ) ),
			},
		} );
	const reversed = ( link: ReturnType< typeof shown > ) =>
		cancelledChange( { cancelled: 'agreed' }, link ).payments?.[ 0 ]
			?.reversed;

	test( 'a receipt that was paid back, or deleted, there is taken back', () => {
		expect(
			reversed(
				shown( [ 7, 'RECEIPT', '10.00' ], [ 8, 'PAYMENT', '10.00' ] )
			)
		).toEqual( { paymentId: null } );
		expect( reversed( shown() ) ).toEqual( { paymentId: null } );
		expect( reversed( shown( [ 9, 'RECEIPT', '3.00' ] ) ) ).toEqual( {
			paymentId: null,
		} );
	} );

	test( 'one that Brightpearl still shows stands', () => {
		expect( reversed( shown( [ 7, 'RECEIPT', '10.00' ] ) ) ).toBeNull();
	} );

	test( 'its stock is let go of; that it may be brought back only where it was agreed', () => {
		expect(
			cancelledChange( { cancelled: 'agreed' }, shown() )
		).toMatchObject( { cancelled: true, reserved: {} } );
		const theirs = cancelledChange( { cancelled: 'theirs' }, shown() );
		expect( theirs ).toMatchObject( { reserved: {} } );
		expect( theirs ).not.toHaveProperty( 'cancelled' );
		expect( cancelledChange( { cancelled: null }, shown() ) ).toEqual( {} );
		expect(
			cancelledChange( { cancelled: 'agreed' }, linkWith( {} ) )
		).toEqual( {} );
	} );

	test( 'money is what was received or captured, less what went back', () => {
		expect(
			moneyIn(
				[ 'RECEIPT', 'CAPTURE', 'PAYMENT', 'AUTH', 'VOID' ].map(
					( type ) => ( { type, amount: '4.00' } )
				)
			).toFixed( 2 )
		).toBe( '4.00' );
	} );
} );
