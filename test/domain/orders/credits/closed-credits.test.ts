/**
 * A credit that was closed in Brightpearl: nothing of it is taken back, and a person's word ends it.
 */
import { expect, test } from '@jest/globals';
import { planGone } from '../../../../src/domain/orders/plan.ts';
import { withSettled } from '../../../../src/domain/orders/credits/closed-credits.ts';
import type { OrderPlan } from '../../../../src/domain/orders/types.ts';
import { anOrder } from '../../../helpers/an-order.ts';
import {
	converge,
	foundIn,
	newWorld,
	types,
	type World,
} from '../../../helpers/planned-world.ts';
import { ACCOUNT, settingsWith } from '../../../helpers/planning.ts';

const REFUND = {
	id: 42,
	reason: '',
	amount: '5.00',
	createdAt: '2026-07-03T10:00:00Z',
	lines: [],
};
const told = ( plan: OrderPlan ) => plan.told.map( ( { code } ) => code );

function refunded( orders: Record< string, unknown > = {} ): {
	world: World;
	more: {
		closedCredits: number[];
		settings: ReturnType< typeof settingsWith >;
	};
} {
	const world = newWorld();
	const settings = settingsWith( orders );
	converge( world, {
		order: anOrder( {
			refunds: [ { id: 42, reason: '', total: '-5.00' } ],
		} ),
		refunds: [ REFUND ],
		more: { settings },
	} );
	const closedCredits = world.link.credits.flatMap(
		( { salesCreditId } ) => salesCreditId ?? []
	);
	return { world, more: { closedCredits, settings } };
}

/** As the flow keeps it. */
function settle( world: World, plan: OrderPlan ): void {
	world.link = {
		...world.link,
		credits: withSettled( world.link, plan.settledCredits ),
	};
}

test( 'whose refund was deleted: neither it nor its money is touched, both sides are shown', () => {
	const { world, more } = refunded();
	for ( const nth of [ 1, 2 ] ) {
		const plan = converge( world, { order: anOrder(), more } );
		expect( [ nth, types( plan ), told( plan ) ] ).toEqual( [
			nth,
			[ 'Verify' ],
			[ 'refund-deleted' ],
		] );
		expect( plan.conflicts ).toEqual( [
			{
				what: 'credit-42',
				name: 'refund 42',
				store: 'removed',
				brightpearl: `sales credit ${ more.closedCredits[ 0 ] } of 5.00 GBP`,
			},
		] );
	}
} );

test( 'is settled by the word that Brightpearl holds, and by no other', () => {
	const { world, more } = refunded();
	converge( world, { order: anOrder(), more } );
	world.link = { ...world.link, resolve: 'store' };
	const still = converge( world, { order: anOrder(), more } );
	expect( told( still ) ).toEqual( [ 'refund-deleted' ] );
	expect( still.settledCredits ).toEqual( [] );

	world.link = { ...world.link, resolve: 'brightpearl' };
	const plan = converge( world, { order: anOrder(), more } );
	expect( [ told( plan ), plan.conflicts ] ).toEqual( [ [], [] ] );
	expect( plan.settledCredits ).toEqual( more.closedCredits );
	settle( world, plan );
	const after = converge( world, { order: anOrder(), more } );
	expect( [ types( after ), told( after ), after.conflicts ] ).toEqual( [
		[ 'Verify' ],
		[],
		[],
	] );
} );

test( 'a word on something else does not settle what was not shown', () => {
	const { world, more } = refunded();
	world.link = { ...world.link, resolve: 'brightpearl' };
	const plan = converge( world, { order: anOrder(), more } );
	expect( told( plan ) ).toEqual( [ 'refund-deleted' ] );
	expect( plan.settledCredits ).toEqual( [] );
} );

test( 'of an order that is called off: not cancelled until it is settled', () => {
	const { world, more } = refunded( { cancelPaid: 'reverse' } );
	const off = {
		order: anOrder( {
			status: 'cancelled',
			refunds: [ { id: 42, reason: '', total: '-5.00' } ],
		} ),
		refunds: [ REFUND ],
		more,
	};
	const plan = converge( world, off );
	expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
	expect( [ told( plan ), plan.conflicts.length ] ).toEqual( [
		[ 'refund-deleted' ],
		1,
	] );
	const gone = planGone( {
		link: world.link,
		found: foundIn( world ),
		settings: more.settings,
		account: ACCOUNT,
		refPrefix: 'shop',
		how: 'trashed',
		closedCredits: more.closedCredits,
		now: '2026-07-05T10:00:00Z',
	} );
	expect( gone ).toMatchObject( {
		ok: true,
		plan: {
			steps: [],
			told: [ { code: 'refund-deleted' } ],
			conflicts: [ { what: 'credit-42' } ],
		},
	} );
} );

test( 'and deleted, of an order that waits for a person: told beside it', () => {
	const { world, more } = refunded();
	const plan = converge( world, {
		order: anOrder( { status: 'cancelled' } ),
		more,
	} );
	expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
	expect( told( plan ) ).toEqual( [ 'cancelled-paid', 'refund-deleted' ] );
	expect( plan.conflicts ).toHaveLength( 1 );
} );

test( 'what a deleted refund gave back is booked at the time of noticing, before the next refund', () => {
	const { world } = refunded();
	const plan = converge( world, {
		order: anOrder( {
			refunds: [ { id: 43, reason: '', total: '-6.00' } ],
		} ),
		refunds: [ { ...REFUND, id: 43, amount: '6.00' } ],
		more: { now: '2026-07-09T08:00:00Z' },
	} );
	expect( types( plan ) ).toEqual( [
		'ReverseRefund',
		'EmptyCredit',
		'CreateCredit',
		'RecordRefund',
		'Verify',
	] );
	expect( plan.steps[ 0 ] ).toMatchObject( {
		reversal: { at: '2026-07-09T08:00:00.000+00:00' },
	} );
} );

test( 'a refund that somebody had given back before is not planned again', () => {
	const { world } = refunded();
	world.link = {
		...world.link,
		credits: world.link.credits.map( ( credit ) => ( {
			...credit,
			refund: {
				amount: '5.00',
				paymentId: null,
				reversed: { paymentId: null },
			},
		} ) ),
	};
	const plan = converge( world, {
		order: anOrder( {
			refunds: [ { id: 42, reason: '', total: '-5.00' } ],
		} ),
		refunds: [ REFUND ],
	} );
	expect( types( plan ) ).toEqual( [ 'Verify' ] );
} );
