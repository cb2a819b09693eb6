/**
 * The command line's contract, §3 and §4: orders, their names in Brightpearl and the commands
 * about them, through a running service.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import {
	began,
	expectDocument,
	expectError,
	expectExit,
	expectOrders,
	expectSummaries,
} from './contract/documents.ts';
import {
	connectionFile,
	createProgram,
	type Program,
} from './contract/program.ts';
import { eventually } from './harness.ts';
import { openStage, type Stage, type WooOrder } from './kit.ts';

const RECORDED = fileURLToPath(
	new URL( '../data/woocommerce/orders', import.meta.url )
);
const ACCOUNT = 'sandbox-gb';
const TODAY = new Date().toISOString().slice( 0, 10 );

let stage: Stage;
let program: Program;
beforeAll( async () => {
	[ stage, program ] = await Promise.all( [ openStage(), createProgram() ] );
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
	expectDocument(
		'connection',
		await program.add(
			connectionFile(
				stage,
				stage.brightpearl.account( ACCOUNT ),
				'main'
			)
		)
	);
	await program.serve();
} );
afterAll( async () => {
	await program.end();
	await stage.end();
} );

const { cli } = {
	cli: ( ...call: Parameters< Program[ 'cli' ] > ) => program.cli( ...call ),
};
const sell = (
	wish: Readonly< Record< string, unknown > > = {}
): Promise< number > =>
	stage.shop.sellOne( { sku: 'OSB-01', paymentMethod: 'stripe', ...wish } );

async function soldOrders( orderId: number ) {
	const { orders } = await stage.brightpearl.state( ACCOUNT );
	return orders.filter(
		( { externalRef } ) => externalRef === `shop-${ orderId }`
	);
}

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

async function setting( ...changes: string[] ): Promise< void > {
	expectExit( await cli( [ 'settings', 'set', ...changes ] ), 0 );
}

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
		expect( order ).toMatchObject( { orderId: id, state: 'working' } );
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

describe( 'problems', () => {
	test( 'are listed with what, why and what to do, and are retried by id or all at once', async () => {
		await setting( 'orders.payments={"stripe":"CARD"}' );
		const ids = [
			await sell( { paymentMethod: 'paypal' } ),
			await sell( { paymentMethod: 'paypal' } ),
			await sell( { paymentMethod: 'paypal' } ),
		];
		expectOrders( await cli( `orders push ${ ids.join( ' ' ) }` ), 3 );
		const ours = async () => {
			const list = expectDocument(
				'problemList',
				await cli( 'problems list' )
			);
			expect( list.total ).toBe( list.items.length );
			return list.items.filter( ( { subject } ) =>
				ids.some( ( id ) => subject === `order:${ id }` )
			);
		};
		const problems = await ours();
		expect( problems ).toHaveLength( 3 );
		for ( const problem of problems ) {
			expect( problem ).toMatchObject( {
				connection: 'main',
				code: 'payment-unmapped',
				field: 'orders.payments',
				cause: expect.any( String ),
				fix: expect.any( String ),
			} );
		}
		expect(
			expectDocument( 'status', await cli( 'status' ) ).problems
		).toBeGreaterThanOrEqual( 3 );

		// Nothing changed: the problem comes back, under the same id.
		const of = ( id: number ) =>
			problems.find( ( { subject } ) => subject === `order:${ id }` )?.id;
		const [ first ] = ids;
		expect(
			expectDocument(
				'retried',
				await cli( `problems retry ${ of( first! ) }` )
			)
		).toEqual( { retried: 1 } );
		await cli( 'status --wait-idle' );
		expect( await ours() ).toHaveLength( 3 );

		await setting( 'orders.payments={"stripe":"CARD","paypal":"PAYPAL"}' );
		await cli( 'problems retry --all' );
		await cli( 'status --wait-idle' );
		expect( await ours() ).toEqual( [] );
		for ( const id of ids ) {
			expect(
				expectDocument( 'order', await cli( `orders show ${ id }` ) )
			).toMatchObject( { state: 'synced', problem: null } );
		}
		expectError(
			await cli( 'problems retry 999999' ),
			6,
			'unknown-problem'
		);
		await setting( 'orders.payments={"*":"CARD"}' );
	} );
} );

describe( 'orders hold, release, ignore', () => {
	test( 'an order that is not in the ledger is fetched and entered first', async () => {
		const [ held, ignored ] = [ await sell(), await sell() ];
		const [ hold ] = began(
			expectSummaries( await cli( `orders hold ${ held }` ) )
		);
		expect( hold ).toMatchObject( {
			orderId: held,
			number: String( held ),
			state: 'held',
			salesOrderId: null,
			problem: null,
		} );
		const [ ignore ] = began(
			expectSummaries( await cli( `orders ignore ${ ignored }` ) )
		);
		expect( ignore?.state ).toBe( 'ignored' );

		began(
			expectOrders( await cli( `orders push ${ held } ${ ignored }` ) )
		);
		await cli( 'status --wait-idle' );
		expect( [
			...( await soldOrders( held ) ),
			...( await soldOrders( ignored ) ),
		] ).toEqual( [] );
		expect(
			expectDocument( 'order', await cli( `orders show ${ held }` ) )
				.state
		).toBe( 'held' );
		expect(
			expectDocument( 'order', await cli( `orders show ${ ignored }` ) )
				.state
		).toBe( 'ignored' );

		const released = began(
			expectSummaries(
				await cli( `orders release ${ held } ${ ignored }` )
			)
		);
		expect( released.map( ( { orderId } ) => orderId ) ).toEqual( [
			held,
			ignored,
		] );
		await cli( 'status --wait-idle' );
		expect( await soldOrders( held ) ).toHaveLength( 1 );
	} );

	test( 'an order the shop does not have is exit 6, the others are done', async () => {
		const id = await sell();
		const results = expectSummaries(
			await cli( `orders hold 999999 ${ id }` ),
			6
		);
		expect( results ).toMatchObject( [
			{ orderId: 999999, error: { code: 'unknown-order' } },
			{ orderId: id, state: 'held' },
		] );
	} );
} );

describe( 'orders list and show', () => {
	test( 'pages by cursor, newest first, every order once', async () => {
		const all = expectDocument(
			'orderList',
			await cli( 'orders list --limit 1000' )
		);
		expect( all.items ).toHaveLength( all.total );
		expect( all.nextCursor ).toBeNull();
		expect( all.total ).toBeGreaterThan( 8 );
		const limit = Math.ceil( all.total / 3 );
		const pages = [];
		let cursor: string | null = null;
		do {
			const page: typeof all = expectDocument(
				'orderList',
				await cli( [
					'orders',
					'list',
					'--limit',
					String( limit ),
					...( cursor === null ? [] : [ '--cursor', cursor ] ),
				] )
			);
			expect( page.total ).toBe( all.total );
			pages.push( page.items );
			cursor = page.nextCursor;
		} while ( cursor !== null );
		expect( pages.map( ( { length } ) => length ) ).toEqual( [
			limit,
			limit,
			all.total - 2 * limit,
		] );
		expect( pages.flat() ).toEqual( all.items );
		expectError(
			await cli( 'orders list --cursor nonsense' ),
			2,
			'invalid-cursor'
		);
		expectError( await cli( 'orders list --limit 0' ), 2, 'invalid-input' );
	} );

	test( 'chooses by state and by time', async () => {
		const [ all, synced, later ] = await Promise.all( [
			cli( 'orders list --limit 1000' ),
			cli( 'orders list --limit 1000 --state synced' ),
			cli( 'orders list --since 2999-01-01T00:00:00Z' ),
		] );
		const { items } = expectDocument( 'orderList', all );
		expect( expectDocument( 'orderList', synced ).items ).toEqual(
			items.filter( ( { state } ) => state === 'synced' )
		);
		expect( expectDocument( 'orderList', later ) ).toEqual( {
			items: [],
			total: 0,
			nextCursor: null,
		} );
		const { connections } = expectDocument(
			'status',
			await cli( 'status' )
		);
		const counted: Record< string, number > = {};
		for ( const { state } of items ) {
			counted[ state ] = ( counted[ state ] ?? 0 ) + 1;
		}
		expect( connections[ 0 ]?.orders ).toEqual( counted );
	} );

	test( 'an order nobody knows, or of no connection, is exit 6', async () => {
		expectError( await cli( 'orders show 999999' ), 6, 'unknown-order' );
		expectError(
			await cli( 'orders list --connection other' ),
			6,
			'unknown-connection'
		);
	} );
} );

describe( 'orders backfill', () => {
	test( 'counts, pushes what is not there yet, and tells how far it is', async () => {
		const id = await sell();
		const line = `orders backfill --from ${ TODAY } --to ${ TODAY }`;
		const before = await stage.brightpearl.lastRequest();
		const dry = expectDocument(
			'backfill',
			await cli( `${ line } --dry-run` )
		);
		expect( dry.total ).toBeGreaterThan( 5 );
		expect(
			( await stage.brightpearl.requests( before ) ).filter(
				( { method } ) => method !== 'GET'
			)
		).toEqual( [] );
		expect( await soldOrders( id ) ).toEqual( [] );

		const result = expectDocument(
			'backfill',
			await cli( `${ line } --wait` )
		);
		expect( result ).toMatchObject( {
			state: 'done',
			total: dry.total,
			problems: 0,
			remaining: 0,
		} );
		expect( result.id ).toBeGreaterThan( 0 );
		expect( await soldOrders( id ) ).toHaveLength( 1 );
		expect(
			expectDocument(
				'backfill',
				await cli( `orders backfill show ${ result.id }` )
			)
		).toEqual( result );
		const none = expectDocument(
			'backfill',
			await cli(
				'orders backfill --from 2020-01-01 --to 2020-01-31 --wait'
			)
		);
		expect( none ).toMatchObject( {
			state: 'done',
			total: 0,
			remaining: 0,
		} );
	} );

	test( 'can be cancelled: what is pushed stays, the rest does not follow', async () => {
		const ids = [
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
		];
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 1000,
			path: '/order-service/sales-order',
			method: 'POST',
		} );
		const { id, state } = expectDocument(
			'backfill',
			await cli( `orders backfill --from ${ TODAY } --to ${ TODAY }` )
		);
		expect( state ).toBe( 'running' );
		const cancelled = expectDocument(
			'backfill',
			await cli( `orders backfill cancel ${ id }` )
		);
		expect( cancelled.state ).toBe( 'cancelled' );
		expectDocument( 'status', await cli( 'status --wait-idle' ) );
		await stage.brightpearl.clearFaults();
		const pushed = await Promise.all( ids.map( soldOrders ) );
		expect( pushed.flat().length ).toBeLessThan( ids.length );
		expect(
			expectDocument(
				'backfill',
				await cli( `orders backfill show ${ id }` )
			).state
		).toBe( 'cancelled' );
		expectError(
			await cli( 'orders backfill show 999999' ),
			6,
			'unknown-backfill'
		);
		expectError(
			await cli( 'orders backfill cancel 999999' ),
			6,
			'unknown-backfill'
		);
	} );
} );

describe( 'orders sweep', () => {
	test( 'of a connection that is not live scans and queues nothing', async () => {
		expect(
			expectDocument( 'sweep', await cli( 'orders sweep --wait' ) )
		).toMatchObject( { scanned: 0, queued: 0, cursor: null } );
		expect(
			expectDocument(
				'sweep',
				await cli( 'orders sweep --since 2026-01-01T00:00:00Z --deep' )
			)
		).toMatchObject( { scanned: 0, queued: 0 } );
	} );

	test( 'finds what no webhook told of, from where the last one ended', async () => {
		const goLive = new Date( Date.now() - 3_600_000 ).toISOString();
		await setting( `goLive=${ goLive }` );
		const id = await sell();
		const first = expectDocument(
			'sweep',
			await cli( 'orders sweep --wait' )
		);
		expect( first.scanned ).toBeGreaterThan( 10 );
		expect( first.queued ).toBeGreaterThanOrEqual( 1 );
		expect( first.cursor ).not.toBeNull();
		expect( await soldOrders( id ) ).toHaveLength( 1 );
		const second = expectDocument(
			'sweep',
			await cli( 'orders sweep --deep' )
		);
		expect( Date.parse( second.since! ) ).toBeLessThanOrEqual(
			Date.parse( first.cursor! )
		);
		const given = expectDocument(
			'sweep',
			await cli( 'orders sweep --since 2999-01-01T00:00:00+01:00' )
		);
		expect( given ).toMatchObject( {
			scanned: 0,
			queued: 0,
			since: '2998-12-31T23:00:00.000Z',
		} );
		const { connections } = expectDocument(
			'status',
			await cli( 'status' )
		);
		expect( connections[ 0 ] ).toMatchObject( {
			live: true,
			sweep: { at: expect.any( String ), cursor: expect.any( String ) },
		} );
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

describe( 'without --json', () => {
	test( 'every command that reads answers in words, with nothing on stderr', async () => {
		const { items } = expectDocument(
			'orderList',
			await cli( 'orders list --state synced --limit 1' )
		);
		const id = items[ 0 ]?.orderId;
		const lines = [
			'status',
			'connection list',
			'connection show main',
			'connection check main',
			'settings get',
			'settings get goLive',
			'orders list',
			`orders show ${ id }`,
			`orders push ${ id }`,
			`orders push ${ id } --dry-run`,
			'orders sweep',
			'orders backfill show 1',
			'stock explain OSB-01',
			'stock pull --sku OSB-01',
			'problems list',
		];
		await Promise.all(
			lines.map( async ( line ) => {
				const result = await cli( line, { text: true } );
				expect( {
					line,
					code: result.code,
					stderr: result.stderr,
				} ).toEqual( {
					line,
					code: 0,
					stderr: '',
				} );
				expect( result.stdout ).toMatch( /\S/ );
				expect( result.stdout ).not.toMatch( /undefined|NaN|\[object/ );
			} )
		);
	} );
} );
