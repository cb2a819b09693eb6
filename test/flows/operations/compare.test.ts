/** One order side by side, choices of both sides, and what of it survives a side that is down. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type {
	Choices,
	OrderComparison,
} from '../../../src/contracts/answers.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import { MINUTE } from '../../../src/contracts/primitives.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
beforeEach( async () => {
	scene = await createOrderScene();
} );
afterEach( () => scene.close() );

const outage = ( side: 'store' | 'brightpearl' ): Failure => ( {
	kind: 'retry',
	cause: 'outage',
	side,
	message: `${ side } answers 503.`,
	after: null,
	outcomeUnknown: false,
	ruid: null,
} );

async function pushed(): Promise< void > {
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
}

async function compared( orderId = 1 ): Promise< OrderComparison > {
	const { exit, body } = await scene.run( 'ordersCompare', {
		connection: null,
		orderId,
	} );
	expect( exit ).toBe( 0 );
	return body as OrderComparison;
}

describe( 'an order side by side', () => {
	test( 'has the same rows under the same keys, and the same amounts', async () => {
		await pushed();
		const { store, brightpearl, trouble } = await compared();
		expect( trouble ).toEqual( [] );
		const amounts = ( rows: NonNullable< typeof store >[ 'rows' ] ) =>
			rows.map( ( { key, quantity, net, tax } ) => ( {
				key,
				quantity,
				net,
				tax,
			} ) );
		expect( amounts( brightpearl!.rows ) ).toEqual(
			amounts( store!.rows )
		);
		expect( store!.rows.map( ( { key } ) => key ) ).toEqual( [
			'line-1',
			'line-2',
			'ship-3',
		] );
		expect( store ).toMatchObject( {
			customer: 'Ines Duarte',
			email: 'ines@example.test',
			country: 'GB',
		} );
		expect( [ store!.net, store!.tax, store!.total ] ).toEqual( [
			brightpearl!.net,
			brightpearl!.tax,
			brightpearl!.total,
		] );
		expect( brightpearl ).toMatchObject( {
			externalRef: 'shop-example-test-1',
			statusName: 'New web order',
			payments: [ { methodCode: 'CARD' } ],
		} );
	} );

	test( 'shows coupons in rows of their own where the settings say so', async () => {
		const order = anOrder( { id: 1 } );
		const [ line, ...others ] = order.lines;
		scene.shop.put( {
			...order,
			lines: [
				{ ...line!, subtotal: '25.00', subtotalTax: '5.00' },
				...others,
			],
			coupons: [
				{ id: 9, code: 'FIVE', discount: '5.00', discountTax: '1.00' },
			],
		} );
		const rows = async () =>
			( await compared() ).store!.rows.map(
				( { key, net, tax } ) => `${ key } ${ net } ${ tax }`
			);
		const net = await rows();
		expect( net ).toContain( 'line-1 20.00 4.00' );
		expect( net.some( ( row ) => row.startsWith( 'coupon' ) ) ).toBe(
			false
		);
		await scene.set( { 'orders.discounts': 'rows' } );
		expect( await rows() ).toEqual(
			expect.arrayContaining( [
				'line-1 25.00 5.00',
				'coupon-9 -5.00 -1.00',
			] )
		);
	} );

	test( 'of which Brightpearl has nothing yet has that side empty, without trouble', async () => {
		scene.shop.put( anOrder( { id: 1 } ) );
		expect( await compared() ).toMatchObject( {
			store: { number: anOrder().number },
			brightpearl: null,
			trouble: [],
		} );
	} );

	test( 'is shown from the side that answers', async () => {
		await pushed();
		scene.shop.fail = outage( 'store' );
		expect( await compared() ).toMatchObject( {
			store: null,
			brightpearl: { salesOrderId: 5000 },
			trouble: [ { side: 'store', message: 'store answers 503.' } ],
		} );
		scene.shop.fail = null;
		scene.erp.before = () => outage( 'brightpearl' );
		expect( await compared() ).toMatchObject( {
			store: { status: 'processing' },
			brightpearl: null,
			trouble: [ { side: 'brightpearl' } ],
		} );
	} );

	test( 'says so when the sales order is gone', async () => {
		await pushed();
		scene.erp.sales.length = 0;
		expect( await compared() ).toMatchObject( {
			brightpearl: null,
			trouble: [
				{
					side: 'brightpearl',
					message: 'Sales order 5000 is no longer in Brightpearl.',
				},
			],
		} );
	} );

	test( 'that nobody knows is no order', async () => {
		const { exit, body } = await scene.run( 'ordersCompare', {
			connection: null,
			orderId: 99,
		} );
		expect( exit ).toBe( 6 );
		expect( body ).toMatchObject( { error: { code: 'unknown-order' } } );
	} );

	test( 'writes nothing to either', async () => {
		scene.shop.put( anOrder( { id: 1 } ) );
		await compared();
		expect(
			scene.erp.calls.filter( ( call ) => call.startsWith( 'create' ) )
		).toEqual( [] );
		expect( await scene.link( 1 ) ).toBeNull();
	} );
} );

describe( 'choices', () => {
	async function choices( fresh = false ): Promise< Choices > {
		const { exit, body } = await scene.run( 'choices', {
			connection: null,
			fresh,
		} );
		expect( exit ).toBe( 0 );
		return body as Choices;
	}

	test( 'come from both sides; a status that cannot be set is none', async () => {
		expect( await choices() ).toMatchObject( {
			brightpearl: {
				priceLists: [ { id: 3, name: 'Web' } ],
				leadSources: [ { id: 1, name: 'Web' } ],
				orderStatuses: [
					{ id: 1, name: 'New web order' },
					{ id: 5, name: 'Cancelled' },
					{ id: 21, name: 'Packed' },
				],
				nominalCodes: [ { code: '4000', name: 'Sales' } ],
				shippingMethods: [ { id: 1, name: 'Standard delivery' } ],
				paymentMethods: [
					{ code: 'CARD', name: 'Card' },
					{ code: 'STRIPE', name: 'Stripe' },
				],
				taxCodes: [
					{ code: 'T20', rate: '20' },
					{ code: 'T0', rate: '0' },
				],
			},
			store: {
				statuses: [ { slug: 'processing', name: 'Processing' } ],
				paymentMethods: [ { id: 'stripe', title: 'Card' } ],
			},
			trouble: [],
		} );
	} );

	test( 'of the shop are kept for a while, unless they are wanted fresh', async () => {
		const requests = async () =>
			( await scene.connected() ).store.requests();
		await choices();
		const first = await requests();
		await choices();
		expect( await requests() ).toBe( first );
		await choices( true );
		expect( await requests() ).toBe( first + 1 );
		await scene.clock.advance( 6 * MINUTE );
		await choices();
		expect( await requests() ).toBe( first + 2 );
	} );

	test( 'of a side that is down are null, with the reason', async () => {
		scene.shop.fail = outage( 'store' );
		scene.erp.before = () => outage( 'brightpearl' );
		const { brightpearl, store, trouble } = await choices();
		expect( [ brightpearl, store ] ).toEqual( [ null, null ] );
		expect( trouble ).toEqual( [
			{ side: 'brightpearl', message: 'brightpearl answers 503.' },
			{ side: 'store', message: 'store answers 503.' },
		] );
		// Met once, not once for each list.
		expect( scene.erp.calls ).toEqual( [ 'channels' ] );
	} );

	test( 'that one side refuses in part are told, and asked again next time', async () => {
		scene.shop.unread.push( 'The key may not read the gateways.' );
		expect( ( await choices() ).trouble ).toEqual( [
			{ side: 'store', message: 'The key may not read the gateways.' },
		] );
		scene.shop.unread.length = 0;
		expect( ( await choices() ).trouble ).toEqual( [] );
	} );
} );
