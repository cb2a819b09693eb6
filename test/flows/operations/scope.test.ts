/** What is asked of one connection counts nothing of another; a pull can be followed. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	connectionRecordSchema,
	type ConnectionRecord,
} from '../../../src/contracts/connection.ts';
import { HOUR } from '../../../src/contracts/primitives.ts';
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

async function second(): Promise< ConnectionRecord > {
	const main = await scene.database.connections.find( 'main' );
	const record = connectionRecordSchema.parse( {
		...main?.record,
		name: 'second',
		store: { ...main?.record.store, url: 'https://second.example.test' },
	} );
	await scene.put( record );
	return record;
}

test( 'a reserve that leaves too little of the known limit is told as what slows it down', async () => {
	const health = async ( reserve: string, limit: number | null ) => {
		const budget = {
			pool: 'acme',
			limit,
			remaining: limit,
			resetsAt: null,
			refused: 0,
		};
		scene.erp.brightpearl.budget = () => budget;
		await scene.set( { 'budget.reserve': reserve } );
		const { body } = await scene.run( 'status', {
			connection: 'main',
			waitIdle: false,
		} );
		expect( body ).toMatchObject( { connections: [ { budget } ] } );
		return 'connections' in body ? body.connections[ 0 ] : null;
	};
	expect( await health( '100', 200 ) ).toMatchObject( {
		health: 'ok',
		why: null,
	} );
	expect( await health( '200', null ) ).toMatchObject( { health: 'ok' } );
	for ( const reserve of [ '160', '200', '900' ] ) {
		expect( await health( reserve, 200 ) ).toMatchObject( {
			health: 'degraded',
			why: expect.stringMatching( /budget\.reserve.*200 requests/ ),
		} );
	}
} );

describe( 'of one connection', () => {
	test( 'status counts neither tasks nor problems of another', async () => {
		await second();
		await scene.tell( 1 );
		await scene.database.problems.raise( 'main', 'order:1', {
			code: 'sku-unknown',
			message: 'No such SKU.',
			cause: null,
			fix: null,
			field: null,
		} );
		const { exit, body } = await scene.run( 'status', {
			connection: 'second',
			waitIdle: true,
		} );
		expect( exit ).toBe( 0 );
		expect( body ).toMatchObject( {
			queue: { ready: 0, running: 0, retrying: 0, parked: 0 },
			problems: 0,
			connections: [ { name: 'second', health: 'ok' } ],
		} );
		const all = await scene.run( 'status', {
			connection: null,
			waitIdle: false,
		} );
		expect( all.body ).toMatchObject( {
			queue: { ready: 1 },
			problems: 1,
		} );
	} );

	test( 'activity, runs, problems and orders are its own', async () => {
		await second();
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.rest();
		const runId = await scene.database.stockRuns.start( 'main', false );
		const pushed = async ( connection: string | null ) => {
			const { body } = await scene.run( 'activity', {
				connection,
				span: 'day',
			} );
			const { orders } = body as { orders: { pushed: number }[] };
			return orders.reduce( ( sum, each ) => sum + each.pushed, 0 );
		};
		expect( [
			await pushed( null ),
			await pushed( 'main' ),
			await pushed( 'second' ),
		] ).toEqual( [ 1, 1, 0 ] );
		expect(
			await scene.run( 'stockRunShow', { connection: 'main', runId } )
		).toMatchObject( { exit: 0, body: { runId } } );
		expect(
			await scene.run( 'stockRunShow', { connection: 'second', runId } )
		).toMatchObject( {
			exit: 6,
			body: { error: { code: 'unknown-run' } },
		} );
		expect(
			await scene.run( 'stockRuns', {
				connection: 'second',
				limit: 10,
				cursor: null,
			} )
		).toMatchObject( { exit: 0, body: { items: [], nextCursor: null } } );
		expect(
			await scene.run( 'ordersShow', {
				connection: 'second',
				orderId: 1,
			} )
		).toMatchObject( { exit: 6 } );
	} );
} );

test( 'activity has whole steps, the one that is going on last', async () => {
	const { body } = await scene.run( 'activity', {
		connection: null,
		span: 'day',
	} );
	const { from, to, step, orders, stock } = body as {
		from: string;
		to: string;
		step: number;
		orders: { at: string }[];
		stock: unknown[];
	};
	expect( step * 1000 ).toBe( HOUR );
	expect( [ from, to ] ).toEqual( [
		'2026-07-01T13:00:00.000Z',
		'2026-07-02T13:00:00.000Z',
	] );
	expect( [ orders.length, stock.length ] ).toEqual( [ 24, 24 ] );
	expect( orders.at( -1 )?.at ).toBe( '2026-07-02T12:00:00.000Z' );
} );

test( 'orders are found by number and by when they were placed', async () => {
	scene.shop.put(
		anOrder( { id: 1, number: 'A-100' } ),
		anOrder( {
			id: 2,
			number: 'B-200',
			placedAt: '2026-07-02T09:00:00Z',
		} )
	);
	scene.start();
	await scene.tell( 1 );
	await scene.tell( 2 );
	await scene.rest();
	const list = async ( more: object ) => {
		const { body } = await scene.run( 'ordersList', {
			connection: null,
			state: null,
			since: null,
			until: null,
			search: null,
			customer: null,
			problem: null,
			limit: 10,
			cursor: null,
			...more,
		} );
		return ( body as { items: { orderId: number }[] } ).items.map(
			( { orderId } ) => orderId
		);
	};
	expect( await list( {} ) ).toEqual( [ 2, 1 ] );
	expect( await list( { search: 'A-1' } ) ).toEqual( [ 1 ] );
	expect( await list( { search: '2' } ) ).toEqual( [ 2 ] );
	expect( await list( { until: '2026-07-02T09:00:00.000Z' } ) ).toEqual( [
		1,
	] );
	expect(
		await scene.run( 'ordersList', {
			connection: null,
			state: null,
			since: null,
			until: null,
			search: null,
			customer: null,
			problem: null,
			limit: 10,
			cursor: 'made up',
		} )
	).toMatchObject( { exit: 2, body: { error: { code: 'invalid-cursor' } } } );
} );

test( 'a pull that nobody waits for answers with its run, to be followed', async () => {
	// No worker runs: it is still waiting when time runs out.
	const { exit, body } = await scene.run( 'stockPull', {
		connection: null,
		skus: null,
		dryRun: true,
	} );
	expect( exit ).toBe( 7 );
	expect( body ).toMatchObject( { dryRun: true, finishedAt: null } );
	const { runId } = body as { runId: number };
	expect(
		await scene.run( 'stockRunShow', { connection: null, runId } )
	).toMatchObject( { exit: 0, body: { runId, finishedAt: null } } );
} );
