/**
 * What people did in Brightpearl by hand, through the whole flow: orders that they cancelled there,
 * and credits that they closed.
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
let minute = 0;
beforeEach( async () => {
	minute = 0;
	scene = await createOrderScene();
	scene.start();
} );
afterEach( () => scene.close() );

const TOTAL = anOrder().total;

/** The order in the shop changes, and the service is told. */
async function inShop(
	change: Parameters< OrderScene[ 'shop' ][ 'change' ] >[ 1 ]
): Promise< void > {
	minute += 1;
	scene.shop.change( 1, {
		...change,
		modifiedAt: `2026-07-02T12:${ String( minute ).padStart( 2, '0' ) }:00Z`,
	} );
	await look();
}

async function look(): Promise< void > {
	await scene.tell( 1 );
	await scene.rest();
}

async function placed(
	order: Parameters< typeof anOrder >[ 0 ] = {}
): Promise< number > {
	scene.shop.put( anOrder( { id: 1, ...order } ) );
	await look();
	return scene.erp.sales[ 0 ]?.id ?? 0;
}

function cancelThere( salesOrderId: number ): void {
	scene.erp.reservations.delete( salesOrderId );
	scene.erp.change( salesOrderId, {
		statusId: 5,
		cancelled: true,
		allocation: 'none',
	} );
}

const money = () =>
	scene.erp.payments.reduce(
		( sum, { amount, type } ) =>
			sum + Number( amount ) * ( type === 'RECEIPT' ? 1 : -1 ),
		0
	);

test( 'unpaid, cancelled by staff and then in the shop, paid after all: it comes back with its payment', async () => {
	const id = await placed( { status: 'on-hold', paidAt: null } );
	cancelThere( id );
	await inShop( { status: 'cancelled' } );
	expect( await scene.problems() ).toEqual( [] );
	expect( await scene.link( 1 ) ).toMatchObject( { cancelled: true } );

	await inShop( {
		status: 'processing',
		paidAt: '2026-07-02T12:00:00Z',
	} );
	expect( scene.erp.sales ).toMatchObject( [ { cancelled: false } ] );
	expect( money() ).toBeCloseTo( Number( TOTAL ) );
	expect( scene.erp.reservations.has( id ) ).toBe( true );
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'paid, settled in Brightpearl by hand as the problem says, restored in the shop: it comes back with a payment', async () => {
	const id = await placed();
	await inShop( { status: 'cancelled' } );
	expect( await scene.problems() ).toEqual( [ 'order:1 cancelled-paid' ] );
	const [ receipt ] = scene.erp.payments;
	if ( receipt ) {
		scene.erp.payments.push( {
			...receipt,
			paymentId: 990,
			transactionRef: 'STAFF',
			type: 'PAYMENT',
		} );
	}
	cancelThere( id );
	await look();
	expect( await scene.problems() ).toEqual( [] );

	await inShop( { status: 'processing' } );
	expect( scene.erp.sales ).toMatchObject( [ { cancelled: false } ] );
	expect(
		scene.erp.payments.map( ( { transactionRef } ) => transactionRef )
	).toEqual( [
		'shop-example-test-1-p1',
		'STAFF',
		'shop-example-test-1-p2',
	] );
	expect( money() ).toBeCloseTo( Number( TOTAL ) );
} );

test( 'cancelled by staff alone: told until one of the ways out is taken', async () => {
	const id = await placed( { status: 'on-hold', paidAt: null } );
	cancelThere( id );
	await inShop( { status: 'processing', paidAt: '2026-07-02T12:00:00Z' } );
	await look();
	expect( await scene.problems() ).toEqual( [
		'order:1 cancelled-in-brightpearl',
	] );
	expect( money() ).toBe( 0 );

	scene.erp.change( id, { statusId: 1, cancelled: false } );
	await look();
	expect( await scene.problems() ).toEqual( [] );
	expect( money() ).toBeCloseTo( Number( TOTAL ) );
	// Cancelling had let go of it.
	expect( scene.erp.reservations.has( id ) ).toBe( true );
} );

test( 'a closed credit, its refund deleted: told without another try, and settled by a person’s word', async () => {
	await placed();
	scene.shop.refund( 1, {
		id: 9,
		reason: '',
		amount: '5.00',
		createdAt: '2026-07-02T12:30:00Z',
		lines: [],
	} );
	await inShop( {} );
	const [ credit ] = scene.erp.credits.splice( 0 );
	if ( credit ) {
		scene.erp.credits.push( { ...credit, invoiced: true } );
	}
	scene.shop.unrefund( 1, 9 );
	scene.erp.calls.length = 0;
	await look();
	await look();
	expect( await scene.problems() ).toEqual( [ 'order:1 refund-deleted' ] );
	expect( money() ).toBeCloseTo( Number( TOTAL ) - 5 );

	await scene.run( 'ordersResolve', {
		connection: null,
		orderIds: [ 1 ],
		side: 'brightpearl',
	} );
	await scene.rest();
	expect( await scene.problems() ).toEqual( [] );
	expect( await scene.link( 1 ) ).toMatchObject( {
		state: 'synced',
		conflicts: [],
		credits: [ { settled: true, emptied: false } ],
	} );
	await look();
	expect( await scene.problems() ).toEqual( [] );
	expect( money() ).toBeCloseTo( Number( TOTAL ) - 5 );
	for ( const call of [ 'deleteOrderRow', 'createPayment' ] as const ) {
		expect( scene.erp.calls ).not.toContain( call );
	}
} );
