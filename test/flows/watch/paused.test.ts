/** While a connection is paused by its site: what people are told, and what becomes of their word. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type {
	OperationInput,
	OperationName,
} from '../../../src/contracts/operations.ts';
import { taskKey, type TaskPayload } from '../../../src/contracts/queue.ts';
import { hold, ok } from '../../../src/contracts/result.ts';
import {
	FOREIGN_SITE,
	OTHER_SITE,
	tellConnection,
} from '../../../src/flows/connection-problems.ts';
import { createOperations } from '../../../src/flows/operations/index.ts';
import { orderView } from '../../../src/flows/orders/view.ts';
import { knownSite } from '../../../src/flows/watch/site.ts';
import { anOrder } from '../../helpers/an-order.ts';
import { createKit, NAME, SHOP, type Kit } from './kit.ts';

const STAGING = 'https://staging.example.test';
const SECRET = 'mine';

let kit: Kit;
/** Known as it was, and another site now. */
beforeEach( async () => {
	kit = await createKit( { store: { webhookSecret: SECRET } } );
	await kit.watch();
	says( STAGING );
	await kit.watch();
} );
afterEach( () => kit.close() );

function says( home: string ): void {
	kit.site.identity = ok( { home, storeId: 'A' } );
}

/** As the command line runs it, which waits for nothing here. */
function run< N extends OperationName >( name: N, input: OperationInput< N > ) {
	return createOperations( kit.context ).run( name, input, {
		signal: new AbortController().signal,
		deadline: 0,
	} );
}
const answer = ( said: 'moved' | 'copy' ) =>
	run( 'connectionSite', { name: NAME, answer: said } );
const told = () => kit.problem( 'site-moved' );
const stateOf = async ( id: number ) =>
	( await kit.database.queue.find( taskKey( NAME, 'order', id ) ) )?.state;

/** Stopped by the pause, as the worker does it. */
async function parked( id: number, payload: TaskPayload = {} ) {
	const key = taskKey( NAME, 'order', id );
	await kit.database.queue.enqueue( [
		{ key, kind: 'order', connection: NAME, payload },
	] );
	const task = await kit.database.queue.claim( { only: [ key ] } );
	if ( task === null ) {
		throw new Error( 'There is no task.' );
	}
	await kit.database.queue.settle( task.lease, await kit.handle( task ) );
	expect( await stateOf( id ) ).toBe( 'parked' );
}

function deliver( source: string ) {
	const rawBody = Buffer.from( '{"id":7}' );
	return kit.intake.webhook( {
		connection: NAME,
		rawBody,
		headers: {
			'x-wc-webhook-signature': createHmac( 'sha256', SECRET )
				.update( rawBody )
				.digest( 'base64' ),
			'x-wc-webhook-topic': 'order.updated',
			'x-wc-webhook-source': source,
		},
	} );
}

const pair = () =>
	kit.database.pairings.save( {
		connection: NAME,
		siteId: '0b6ef1fa-6d2f-4f63-9d0b-25ae5e6b7a11',
		storeUrl: SHOP,
		pluginVersion: '1',
		wpVersion: '6',
		wcVersion: '9',
		wooKeyId: 1,
		webhookIds: [],
		since: '2026-01-01T00:00:00Z',
	} );

describe( 'what is told', () => {
	test( 'names both ways out', async () => {
		expect( ( await told() )?.fix ).toMatch(
			/The shop has moved.*This is a copy.*connection site main moved.*connection site main copy/
		);
	} );

	test( 'is not replaced by what deliveries of the other site would tell', async () => {
		for ( let nth = 0; nth < 3; nth += 1 ) {
			await deliver( STAGING );
			await kit.watch();
		}
		expect( await told() ).toMatchObject( { field: OTHER_SITE } );
		expect( kit.told() ).toEqual( [ 'site-moved' ] );
		expect( await stateOf( 7 ) ).toBeUndefined();
	} );

	test( 'nor, while what is known of the site is lost, by them', async () => {
		await kit.database.cache.drop( NAME, 'site' );
		await deliver( STAGING );
		expect( await told() ).toMatchObject( { field: OTHER_SITE } );
	} );

	test( 'nothing is told for deliveries of what a person has called a copy', async () => {
		await answer( 'copy' );
		await deliver( STAGING );
		expect( await told() ).toBeNull();
	} );

	test( 'nor is it replaced by a redirect that a task meets', async () => {
		const { failure } = hold( {
			code: 'site-moved',
			message: 'The shop redirects.',
			cause: null,
			fix: null,
			field: 'store.url',
		} );
		const connected = await kit.connected();
		expect( await tellConnection( connected, failure ) ).toBe( true );
		expect( await told() ).toMatchObject( { field: OTHER_SITE } );
		says( SHOP );
		await kit.watch();
		await tellConnection( connected, failure );
		expect( await told() ).toMatchObject( { field: 'store.url' } );
	} );

	test( 'takes the place of what deliveries told before', async () => {
		says( SHOP );
		await kit.watch();
		await deliver( STAGING );
		expect( await told() ).toMatchObject( { field: FOREIGN_SITE } );
		says( STAGING );
		await kit.watch();
		expect( await told() ).toMatchObject( { field: OTHER_SITE } );
	} );

	test( 'stays over a retry of the problem', async () => {
		const before = await told();
		await run( 'problemsRetry', { connection: null, ids: null } );
		expect( await told() ).toEqual( before );
	} );

	test( 'is said by status before anything else', async () => {
		await kit.database.problems.raise( NAME, `connection:${ NAME }`, {
			code: 'brightpearl-unreachable',
			message: 'It was down.',
			cause: null,
			fix: null,
			field: null,
		} );
		const { body } = await run( 'status', {
			connection: null,
			waitIdle: false,
		} );
		expect( body ).toMatchObject( {
			connections: [
				{ health: 'paused', why: expect.stringContaining( STAGING ) },
			],
		} );
	} );

	test( 'is what an order waits for', async () => {
		await kit.database.orderLinks.save( NAME, 7, { state: 'queued' } );
		await kit.database.queue.enqueue( [
			{
				key: taskKey( NAME, 'order', 8 ),
				kind: 'order',
				connection: NAME,
			},
		] );
		const connected = await kit.connected();
		for ( const id of [ 7, 8 ] ) {
			expect( await orderView( connected, id ) ).toMatchObject( {
				state: 'queued',
				problem: { code: 'site-moved' },
			} );
		}
		says( SHOP );
		await kit.watch();
		await deliver( STAGING );
		// What deliveries tell stops no order.
		expect( await told() ).not.toBeNull();
		for ( const id of [ 7, 8 ] ) {
			expect( await orderView( connected, id ) ).toMatchObject( {
				problem: null,
			} );
		}
	} );

	test( 'is a finding of the check, until it is over', async () => {
		const check = () => run( 'connectionCheck', { name: NAME } );
		expect( await check() ).toMatchObject( {
			exit: 3,
			body: {
				ok: false,
				findings: [
					{
						side: 'store',
						code: 'site-moved',
						level: 'error',
						message: expect.stringContaining( STAGING ),
						fix: expect.stringContaining( 'connection site' ),
					},
				],
			},
		} );
		says( SHOP );
		await kit.watch();
		const { body } = await check();
		expect( JSON.stringify( body ) ).not.toContain( 'site-moved' );
	} );
} );

describe( 'a command that would do work', () => {
	const refused = {
		exit: 3,
		body: {
			error: {
				code: 'site-moved',
				fix: expect.stringContaining( 'connection site main moved' ),
			},
		},
	};

	test( 'orders push begins nothing', async () => {
		kit.orders.put( anOrder( { id: 7 } ) );
		expect(
			await run( 'ordersPush', {
				connection: null,
				orderIds: [ 7 ],
				dryRun: false,
				wait: true,
			} )
		).toMatchObject( refused );
		expect( kit.orders.reads ).toEqual( [] );
		expect( await kit.database.orderLinks.find( NAME, 7 ) ).toBeNull();
		expect( await stateOf( 7 ) ).toBeUndefined();
	} );

	test( 'stock pull begins no run', async () => {
		expect(
			await run( 'stockPull', {
				connection: null,
				skus: null,
				dryRun: false,
			} )
		).toMatchObject( refused );
		expect( await kit.database.stockRuns.last( NAME ) ).toBeNull();
	} );

	test( 'orders sweep enters no order of the other site', async () => {
		kit.orders.put( anOrder( { id: 7 } ) );
		expect(
			await run( 'ordersSweep', {
				connection: null,
				since: '2026-01-01T00:00:00Z',
				deep: false,
				wait: false,
			} )
		).toMatchObject( refused );
		expect( await kit.database.orderLinks.find( NAME, 7 ) ).toBeNull();
	} );

	test( 'one that had begun tells the same', async () => {
		says( SHOP );
		await kit.watch();
		const whileWorking = kit.context.whileWorking;
		kit.orders.put( anOrder( { id: 7 } ) );
		Object.assign( kit.context, {
			whileWorking: async (
				only: { keys?: string[] },
				wait: () => Promise< unknown >
			) => {
				says( STAGING );
				await kit.watch();
				const task = await kit.database.queue.claim( {
					only: only.keys ?? [],
				} );
				if ( task !== null ) {
					await kit.database.queue.settle(
						task.lease,
						await kit.handle( task )
					);
				}
				return whileWorking( only, wait );
			},
		} );
		expect(
			await run( 'stockPull', {
				connection: null,
				skus: null,
				dryRun: false,
			} )
		).toMatchObject( refused );
		says( SHOP );
		await kit.watch();
		expect(
			await run( 'ordersPush', {
				connection: null,
				orderIds: [ 7 ],
				dryRun: false,
				wait: true,
			} )
		).toMatchObject( {
			exit: 3,
			body: {
				results: [
					{ state: 'queued', problem: { code: 'site-moved' } },
				],
			},
		} );
	} );
} );

describe( 'what a person said meanwhile of an order with a problem of its own', () => {
	beforeEach( async () => {
		for ( const id of [ 1, 2, 3, 4 ] ) {
			await kit.database.orderLinks.save( NAME, id, {
				state: 'problem',
			} );
			await kit.database.problems.raise( NAME, `order:${ id }`, {
				code: 'sku-unknown',
				message: 'The SKU is unknown.',
				cause: null,
				fix: null,
				field: null,
			} );
		}
		await parked( 1, { forced: true } );
		await parked( 2, { acknowledged: true } );
		await parked( 3 );
		await kit.database.orderLinks.save( NAME, 3, { resolve: 'store' } );
		await parked( 4 );
		await parked( 5 );
	} );

	const states = () => Promise.all( [ 1, 2, 3, 4, 5 ].map( stateOf ) );
	const WOKEN = [ 'ready', 'ready', 'ready', 'parked', 'ready' ];

	test( 'is heard when the pause ends', async () => {
		await answer( 'moved' );
		expect( await states() ).toEqual( WOKEN );
	} );

	test( 'also when it ends because the shop is itself again', async () => {
		says( SHOP );
		await kit.watch();
		expect( await states() ).toEqual( WOKEN );
	} );

	test( 'or because the plugin answers for it from now on', async () => {
		await pair();
		await kit.watch();
		expect( await states() ).toEqual( WOKEN );
		expect( await told() ).toBeNull();
		expect( await knownSite( kit.database, NAME ) ).toMatchObject( {
			other: null,
		} );
	} );

	test( 'is kept by the commands themselves', async () => {
		await kit.database.orderLinks.save( NAME, 4, {
			conflicts: [
				{
					what: 'reference',
					name: 'the reference',
					store: 'A',
					brightpearl: 'B',
				},
			],
		} );
		await run( 'ordersResolve', {
			connection: null,
			orderIds: [ 4 ],
			side: 'store',
		} );
		await parked( 4 );
		await answer( 'moved' );
		expect( await stateOf( 4 ) ).toBe( 'ready' );
	} );
} );
