/**
 * The command line's contract, §3 and §4: `orders push`, and the names of orders in Brightpearl.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import {
	began,
	expectDocument,
	expectError,
	expectOrders,
} from './contract/documents.ts';
import {
	ACCOUNT,
	openOrderScene,
	type OrderScene,
} from './contract/order-scene.ts';
import { connectionFile, createProgram } from './contract/program.ts';
import { eventually } from './harness.ts';
import type { WooOrder } from './kit.ts';

let scene: OrderScene;
let stage: OrderScene[ 'stage' ];
beforeAll( async () => {
	scene = await openOrderScene();
	stage = scene.stage;
} );
afterAll( async () => {
	await scene.end();
} );

const cli: OrderScene[ 'program' ][ 'cli' ] = ( ...given ) =>
	scene.program.cli( ...given );
const sell: OrderScene[ 'sell' ] = ( ...given ) => scene.sell( ...given );
const soldOrders: OrderScene[ 'soldOrders' ] = ( ...given ) =>
	scene.soldOrders( ...given );
const setting: OrderScene[ 'setting' ] = ( ...given ) =>
	scene.setting( ...given );

const RECORDED = fileURLToPath(
	new URL( '../data/woocommerce/orders', import.meta.url )
);

/** Row references the shop's order asks for. */
const refsOf = ( order: WooOrder ): string[] => [
	...order.line_items.map( ( { id } ) => `line-${ id }` ),
	...order.shipping_lines
		.filter( ( { total } ) => Number( total ) !== 0 )
		.map( ( { id } ) => `ship-${ id }` ),
	...order.fee_lines
		.filter( ( { total } ) => Number( total ) !== 0 )
		.map( ( { id } ) => `fee-${ id }` ),
];

describe( 'orders push', () => {
	test( 'brings an order to Brightpearl under its public names, before any go-live, once', async () => {
		const id = await sell( {
			items: [ { sku: 'OSB-01', quantity: 2 }, { sku: 'BOOK-MOSS' } ],
			fee: { name: 'Gift wrapping', amount: '2.50' },
			sku: undefined,
		} );
		const woo = await stage.shop.order( id );
		const [ order ] = began(
			expectOrders( await cli( `orders push ${ id }` ) )
		);
		const [ sold, ...more ] = await soldOrders( id );
		expect( more ).toEqual( [] );

		expect( sold?.ref ).toBe( woo.number );
		expect( sold?.rows.map( ( { externalRef } ) => externalRef ) ).toEqual(
			refsOf( woo )
		);
		expect( sold?.payments ).toMatchObject( [
			{
				transactionRef: `shop-${ id }-p1`,
				transactionCode: woo.transaction_id,
				methodCode: 'CARD',
				paidAt: `${ woo.date_paid_gmt }.000Z`,
			},
		] );
		expect( Number( sold?.payments[ 0 ]?.paid ) ).toBe(
			Number( woo.total )
		);

		expect( order ).toMatchObject( {
			connection: 'main',
			orderId: id,
			number: woo.number,
			state: 'synced',
			storeStatus: 'processing',
			placedAt: `${ woo.date_created_gmt }.000Z`,
			currency: 'GBP',
			total: woo.total,
			salesOrderId: sold?.id,
			problem: null,
			attempts: 0,
			nextAttemptAt: null,
			pending: [],
			brightpearl: {
				salesOrderId: sold?.id,
				externalRef: `shop-${ id }`,
				reference: woo.number,
				contactId: sold?.customerId,
				statusId: sold?.statusId,
				total: woo.total,
				tax: woo.total_tax,
				allocation: 'all',
				cancelled: false,
				payments: [
					{
						paymentId: sold?.payments[ 0 ]?.id,
						type: sold?.payments[ 0 ]?.type,
						amount: woo.total,
						currency: 'GBP',
						methodCode: 'CARD',
						transactionRef: `shop-${ id }-p1`,
					},
				],
				credits: [],
			},
			proof: {
				matches: true,
				total: { store: woo.total, brightpearl: woo.total },
				tax: { store: woo.total_tax, brightpearl: woo.total_tax },
				rows: {
					planned: refsOf( woo ).length,
					found: refsOf( woo ).length,
				},
			},
			plan: null,
		} );
		// Each step is told before and after.
		const steps = order?.journal ?? [];
		expect(
			steps.filter( ( { outcome } ) => outcome === 'intent' ).length
		).toBeGreaterThan( 2 );
		expect(
			steps.filter(
				( { outcome } ) => outcome === 'done' || outcome === 'found'
			).length
		).toBeGreaterThan( 2 );

		expect(
			expectDocument( 'order', await cli( `orders show ${ id }` ) )
		).toEqual( order );
		const [ again ] = began(
			expectOrders( await cli( `orders push ${ id }` ) )
		);
		expect( again ).toMatchObject( {
			state: 'synced',
			salesOrderId: sold?.id,
		} );
		expect( await soldOrders( id ) ).toMatchObject( [
			{ id: sold?.id, payments: [ { id: sold?.payments[ 0 ]?.id } ] },
		] );
	} );

	test( 'shipping of value 0 gets no row', async () => {
		const id = await sell( { coupon: 'post-free' } );
		const woo = await stage.shop.order( id );
		expect( woo.shipping_lines ).toHaveLength( 1 );
		began( expectOrders( await cli( `orders push ${ id }` ) ) );
		const [ sold ] = await soldOrders( id );
		expect( sold?.rows.map( ( { externalRef } ) => externalRef ) ).toEqual(
			[ `line-${ woo.line_items[ 0 ]?.id }` ]
		);
	} );

	test( 'discounts and roundings have rows with names of their own', async () => {
		await setting( 'orders.discounts=rows' );
		const id = await sell( { coupon: 'welcome10' } );
		const [ recorded ] = (
			await stage.shop.control< { orders: number[] } >( 'load-recorded', {
				directory: RECORDED,
				only: [ '088' ],
				fire: false,
			} )
		).orders;
		const results = began(
			expectOrders(
				await cli( `orders push ${ id } ${ recorded } --dry-run` )
			)
		);
		await setting( 'orders.discounts=null' );
		const refs = results.map( ( { plan } ) =>
			( plan?.salesOrder?.[ 'rows' ] as { externalRef: string }[] ).map(
				( { externalRef } ) => externalRef
			)
		);
		const { coupon_lines: coupons } = await stage.shop.rest< {
			coupon_lines: { id: number }[];
		} >( 'GET', `orders/${ id }` );
		expect( refs[ 0 ] ).toContain( `coupon-${ coupons[ 0 ]?.id }` );
		expect( refs[ 1 ] ).toContain( 'rounding' );
	} );

	test( '--dry-run shows the plan and sends only GETs', async () => {
		const id = await sell();
		const woo = await stage.shop.order( id );
		const before = [
			await stage.shop.lastRequest(),
			await stage.brightpearl.lastRequest(),
		] as const;
		const [ order ] = began(
			expectOrders( await cli( `orders push ${ id } --dry-run` ) )
		);
		const asked = [
			...( await stage.shop.requests( before[ 0 ] ) ),
			...( await stage.brightpearl.requests( before[ 1 ] ) ),
		];
		expect( asked.length ).toBeGreaterThan( 1 );
		expect( asked.filter( ( { method } ) => method !== 'GET' ) ).toEqual(
			[]
		);
		expect( order ).toMatchObject( {
			orderId: id,
			salesOrderId: null,
			brightpearl: null,
			plan: {
				salesOrder: {
					externalRef: `shop-${ id }`,
					ref: woo.number,
					customer: { id: null },
					rows: refsOf( woo ).map( ( externalRef ) =>
						expect.objectContaining( { externalRef } )
					),
				},
				totals: {
					total: woo.total,
					tax: woo.total_tax,
					store: woo.total,
				},
			},
		} );
		expect( Number( order?.plan?.totals?.difference ) ).toBe( 0 );
		expect( order?.plan?.steps.length ).toBeGreaterThan( 2 );
		expect( await soldOrders( id ) ).toEqual( [] );
		// The ledger does not know it either.
		expectError( await cli( `orders show ${ id }` ), 6, 'unknown-order' );
	} );

	test( 'several: every id is answered, and the first of 4, 5, 3, 6 is the exit code', async () => {
		await setting( 'orders.payments={"stripe":"CARD"}' );
		const [ good, unpaid ] = [
			await sell(),
			await sell( { paymentMethod: 'paypal' } ),
		];
		const unknown = 999999;
		const results = expectOrders(
			await cli(
				`orders push ${ good } ${ unknown } ${ unpaid } ${ good }`
			),
			3
		);
		expect( results ).toMatchObject( [
			{ orderId: good, state: 'synced' },
			{ orderId: unknown, error: { code: 'unknown-order' } },
			{
				orderId: unpaid,
				state: 'problem',
				problem: {
					connection: 'main',
					code: 'payment-unmapped',
					subject: `order:${ unpaid }`,
					field: 'orders.payments',
					retryable: true,
				},
			},
		] );
		expect( results ).toHaveLength( 3 );
		expectOrders( await cli( `orders push ${ good } ${ unknown }` ), 6 );
		const dry = expectOrders(
			await cli( `orders push ${ unpaid } ${ unknown } --dry-run` ),
			3
		);
		expect( dry ).toMatchObject( [
			{ problem: { code: 'payment-unmapped' }, plan: null },
			{ error: { code: 'unknown-order' } },
		] );
	} );

	test( 'an order whose status says no is not-due, exit 0', async () => {
		const id = await sell( { status: 'pending' } );
		const [ order ] = began(
			expectOrders( await cli( `orders push ${ id }` ) )
		);
		expect( order ).toMatchObject( {
			state: 'not-due',
			storeStatus: 'pending',
			salesOrderId: null,
		} );
		expect( await soldOrders( id ) ).toEqual( [] );
	} );

	test( 'goes past the delay', async () => {
		await setting( 'orders.delay=24h' );
		const id = await sell();
		const [ order ] = began(
			expectOrders( await cli( `orders push ${ id }` ) )
		);
		await setting( 'orders.delay=null' );
		expect( order?.state ).toBe( 'synced' );
	} );

	test( '--no-wait only queues; status --wait-idle returns when all is done', async () => {
		const ids = [ await sell(), await sell() ];
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 400,
			path: '/order-service/',
			method: 'POST',
		} );
		const results = began(
			expectOrders(
				await cli( `orders push ${ ids.join( ' ' ) } --no-wait` )
			)
		);
		expect( results.map( ( { state } ) => state ) ).toEqual( [
			expect.stringMatching( /^(queued|working)$/ ),
			expect.stringMatching( /^(queued|working)$/ ),
		] );
		const status = expectDocument(
			'status',
			await cli( 'status --wait-idle' )
		);
		await stage.brightpearl.clearFaults();
		expect( status.queue ).toMatchObject( {
			ready: 0,
			running: 0,
			retrying: 0,
		} );
		for ( const id of ids ) {
			expect(
				expectDocument( 'order', await cli( `orders show ${ id }` ) )
					.state
			).toBe( 'synced' );
		}
	} );

	test( '7 when time runs out while it is still in progress, and the work goes on', async () => {
		const id = await sell();
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 2500,
			path: '/order-service/sales-order',
			method: 'POST',
		} );
		const [ order ] = began(
			expectOrders(
				await cli( `orders push ${ id } --timeout 500ms` ),
				7
			)
		);
		expect( order ).toMatchObject( {
			orderId: id,
			state: expect.stringMatching( /^(queued|working)$/ ),
		} );
		const idle = await cli( 'status --wait-idle --timeout 100ms' );
		expectDocument( 'status', idle, 7 );
		await eventually(
			'the order is synced',
			async () =>
				expectDocument( 'order', await cli( `orders show ${ id }` ) )
					.state === 'synced'
		);
		await stage.brightpearl.clearFaults();
		expect( await soldOrders( id ) ).toHaveLength( 1 );
	} );

	test( '5 at the first failure that can be retried; the order stays retrying and gets there by itself', async () => {
		const id = await sell();
		await stage.brightpearl.fault( {
			kind: 'unavailable',
			path: '/order-service/sales-order',
			method: 'POST',
		} );
		const [ order ] = began(
			expectOrders( await cli( `orders push ${ id }` ), 5 )
		);
		// What becomes of it just now is nothing to its plan.
		const [ planned ] = began(
			expectOrders( await cli( `orders push ${ id } --dry-run` ) )
		);
		expect( planned?.plan ).not.toBeNull();
		expect( order ).toMatchObject( {
			state: 'retrying',
			salesOrderId: null,
			nextAttemptAt: expect.any( String ),
			brightpearl: null,
			proof: null,
		} );
		expect( order?.attempts ).toBeGreaterThan( 0 );
		expect( order?.pending.length ).toBeGreaterThan( 0 );
		expect( order?.journal.at( -1 )?.outcome ).toMatch(
			/^(retry|unknown)$/
		);
		const { queue, connections } = expectDocument(
			'status',
			await cli( 'status' )
		);
		expect( queue.retrying ).toBe( 1 );
		expect( connections[ 0 ]?.orders ).toMatchObject( { retrying: 1 } );
		await stage.brightpearl.clearFaults();
		await eventually(
			'the order is synced',
			async () =>
				expectDocument( 'order', await cli( `orders show ${ id }` ) )
					.state === 'synced'
		);
		expect( await soldOrders( id ) ).toHaveLength( 1 );
	} );
} );

describe( 'an order found by its reference', () => {
	/** A ledger that knows nothing of what the other one did. */
	async function fresh( orderId: number, exit: number ) {
		const other = await createProgram();
		try {
			const account = stage.brightpearl.account( ACCOUNT );
			await other.add( connectionFile( stage, account, 'main' ) );
			return began(
				expectOrders(
					await other.cli( `orders push ${ orderId }` ),
					exit
				)
			)[ 0 ];
		} finally {
			await other.end();
		}
	}

	const load = async ( dates: 'recorded' | 'now' ): Promise< number > => {
		const { orders } = await stage.shop.control< { orders: number[] } >(
			'load-recorded',
			{ directory: RECORDED, only: [ '001' ], dates, fire: false }
		);
		return orders[ 0 ]!;
	};

	test( 'is ours when reference and date agree, and nobody’s when they differ', async () => {
		const id = await load( 'recorded' );
		const [ first ] = began(
			expectOrders( await cli( `orders push ${ id }` ) )
		);
		const found = await fresh( id, 0 );
		expect( found ).toMatchObject( {
			state: 'synced',
			salesOrderId: first?.salesOrderId,
			brightpearl: { payments: first?.brightpearl?.payments },
		} );
		expect( await soldOrders( id ) ).toHaveLength( 1 );

		// The same id, sold on another day: another shop's, or this one set up anew.
		await load( 'now' );
		const stranger = await fresh( id, 3 );
		expect( stranger ).toMatchObject( {
			state: 'problem',
			salesOrderId: null,
			problem: { code: 'reference-taken', subject: `order:${ id }` },
		} );
		expect( await soldOrders( id ) ).toMatchObject( [
			{ id: first?.salesOrderId },
		] );
	} );
} );
