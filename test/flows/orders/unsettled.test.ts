/**
 * A step was executed, nobody heard of it, and then the order changed so that the step would not
 * be planned again: what it made must not stay in Brightpearl unnoticed.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '../../../src/contracts/primitives.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import { anOrder } from '../../helpers/an-order.ts';
import type { Call } from '../../helpers/fakes/order-brightpearl.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
afterEach( () => scene.close() );

const LOST: Failure = {
	kind: 'retry',
	cause: 'outage',
	side: 'brightpearl',
	message: 'The answer was lost.',
	after: null,
	outcomeUnknown: true,
	ruid: null,
};
/** Of Brightpearl's search; longer than what is waited for on the spot. */
const LAG = 10 * SECOND;
let minute = 0;

async function open( instanceId?: number ): Promise< void > {
	minute = 0;
	scene = await createOrderScene( {
		settings: { orders: { cancelPaid: 'reverse' } },
		...( instanceId === undefined ? {} : { instanceId } ),
	} );
	scene.erp.lag = LAG;
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
}

/** The order in the shop changes, and the service is told. */
async function inShop(
	change: Parameters< OrderScene[ 'shop' ][ 'change' ] >[ 1 ]
): Promise< void > {
	minute += 1;
	scene.shop.change( 1, {
		...change,
		modifiedAt: `2026-07-02T12:${ String( minute ).padStart( 2, '0' ) }:00Z`,
	} );
	await scene.tell( 1 );
}

/** The next call is executed and its answer lost; whatever comes after it until then is refused. */
function lose( lost: Call ): void {
	let isLost = false;
	scene.erp.before = () =>
		isLost ? { ...LOST, outcomeUnknown: false } : null;
	scene.erp.after = ( call ) => {
		if ( call !== lost || isLost ) {
			return null;
		}
		isLost = true;
		return LOST;
	};
}

function heal(): void {
	scene.erp.before = () => null;
	scene.erp.after = () => null;
}

async function synced(): Promise< void > {
	await scene.until(
		async () => ( await scene.link( 1 ) )?.state === 'synced'
	);
	await scene.rest();
}

async function called( call: Call ): Promise< void > {
	await scene.until( () => scene.erp.calls.includes( call ) );
}

/** Receipts less refunds, on the order and its credits. */
function money(): number {
	return scene.erp.payments.reduce(
		( sum, { amount, type } ) =>
			sum + Number( amount ) * ( type === 'RECEIPT' ? 1 : -1 ),
		0
	);
}

const REFUND = {
	id: 9,
	reason: 'Chipped',
	amount: '5.00',
	createdAt: '2026-07-02T12:30:00Z',
	lines: [],
};

describe.each< [ string, number | undefined ] >( [
	[ 'with an instance id', 12 ],
	[ 'without one', undefined ],
] )( '%s', ( _, instanceId ) => {
	test( 'an order that was made, called off before anybody knew, is cancelled', async () => {
		await open( instanceId );
		lose( 'createSalesOrder' );
		await scene.tell( 1 );
		await called( 'createSalesOrder' );
		await inShop( { status: 'cancelled' } );
		heal();
		await synced();
		expect( scene.erp.sales ).toMatchObject( [ { cancelled: true } ] );
		expect( scene.erp.payments ).toEqual( [] );
	} );

	test( 'an order that was made, deleted for good before anybody knew, is cancelled', async () => {
		await open( instanceId );
		lose( 'createSalesOrder' );
		await scene.tell( 1 );
		await called( 'createSalesOrder' );
		scene.shop.orders.delete( 1 );
		await scene.tell( 1 );
		heal();
		await synced();
		expect( scene.erp.sales ).toMatchObject( [ { cancelled: true } ] );
	} );

	test( 'an order that was made, edited before anybody knew, is amended to what the shop has now', async () => {
		await open( instanceId );
		lose( 'createSalesOrder' );
		await scene.tell( 1 );
		await called( 'createSalesOrder' );
		await inShop( {
			shipping: { ...anOrder().shipping, address1: '1 New Road' },
		} );
		heal();
		await synced();
		expect( scene.erp.sales ).toHaveLength( 1 );
		expect( scene.erp.sales[ 0 ]?.addresses.delivery?.line1 ).toBe(
			'1 New Road'
		);
		expect( await scene.problems() ).toEqual( [] );
	} );
} );

test( 'a receipt that was recorded, its order called off before anybody knew, is taken back', async () => {
	await open();
	lose( 'createPayment' );
	await scene.tell( 1 );
	await called( 'createPayment' );
	await inShop( { status: 'cancelled' } );
	heal();
	await synced();
	expect( scene.erp.sales ).toMatchObject( [ { cancelled: true } ] );
	expect( scene.erp.payments ).toMatchObject( [
		{ type: 'RECEIPT' },
		{ type: 'PAYMENT', transactionRef: 'shop-example-test-1-p1-x' },
	] );
	expect( money() ).toBeCloseTo( 0 );
} );

test( 'a receipt that was taken back, its order restored before anybody knew, is recorded again', async () => {
	await open();
	await scene.tell( 1 );
	await synced();
	scene.erp.calls.length = 0;
	lose( 'createPayment' );
	await inShop( { status: 'cancelled' } );
	await called( 'createPayment' );
	await inShop( { status: 'processing' } );
	heal();
	await synced();
	expect( scene.erp.sales ).toMatchObject( [ { cancelled: false } ] );
	expect(
		scene.erp.payments.map( ( { transactionRef } ) => transactionRef )
	).toEqual( [
		'shop-example-test-1-p1',
		'shop-example-test-1-p1-x',
		'shop-example-test-1-p2',
	] );
	expect( money() ).toBeCloseTo( Number( anOrder().total ) );
} );

test.each< [ string, Call ] >( [
	[ 'credit', 'createSalesCredit' ],
	[ 'money', 'createPayment' ],
] )(
	'a refund whose %s went through, deleted before anybody knew, leaves nothing',
	async ( _, call ) => {
		await open();
		await scene.tell( 1 );
		await synced();
		scene.erp.calls.length = 0;
		lose( call );
		scene.shop.refund( 1, REFUND );
		await inShop( {} );
		await called( call );
		scene.shop.unrefund( 1, REFUND.id );
		await scene.tell( 1 );
		heal();
		await synced();
		expect( scene.erp.credits ).toMatchObject( [ { total: '0.00' } ] );
		expect( money() ).toBeCloseTo( Number( anOrder().total ) );
		expect( ( await scene.link( 1 ) )?.credits ).toMatchObject( [
			{ emptied: true },
		] );
	}
);

test( 'a credit whose emptying was cut short, its order restored meanwhile, is emptied and made anew', async () => {
	await open();
	scene.shop.refund( 1, REFUND );
	await scene.tell( 1 );
	await synced();
	lose( 'deleteOrderRow' );
	await inShop( { status: 'cancelled' } );
	await called( 'deleteOrderRow' );
	await inShop( { status: 'processing' } );
	heal();
	await synced();
	expect(
		scene.erp.credits.map( ( { externalRef, total } ) => [
			externalRef,
			total,
		] )
	).toEqual( [
		[ 'shop-example-test-1-r9', '0.00' ],
		[ 'shop-example-test-1-r9-2', '5.00' ],
	] );
	expect( money() ).toBeCloseTo( Number( anOrder().total ) - 5 );
} );

test( 'a payment that somebody deleted in Brightpearl is not taken back a second time', async () => {
	await open();
	await scene.tell( 1 );
	await synced();
	scene.erp.payments.length = 0;
	await inShop( { status: 'cancelled' } );
	await synced();
	expect( scene.erp.payments ).toEqual( [] );
	expect( scene.erp.sales ).toMatchObject( [ { cancelled: true } ] );
} );
