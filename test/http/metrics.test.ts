/** `GET /metrics`: who may read it, and what it says. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { request, type IncomingHttpHeaders } from 'node:http';
import { networkInterfaces } from 'node:os';
import { systemClock } from '../../src/cli/system.ts';
import type { Database } from '../../src/contracts/database.ts';
import { measure } from '../../src/http/metrics/measure.ts';
import {
	createMetrics,
	type Metrics,
} from '../../src/http/metrics/registry.ts';
import { createServer, type Server } from '../../src/http/server.ts';
import { memoryLogger } from '../battery/bench.ts';
import { connectionFile, SKU_UNKNOWN } from '../battery/samples.ts';
import { openSqliteBench, type SqliteBench } from '../battery/sqlite-bench.ts';

const TOKEN = 'the-token-of-metrics';

describe( 'the address', () => {
	let server: Server | null = null;
	let port: number;

	async function start(
		metricsToken: string | null,
		host = '127.0.0.1'
	): Promise< void > {
		const metrics = createMetrics( {
			clock: systemClock,
			measure: async () => [],
		} );
		metrics.meter.count( 'brightpearl_outages', { connection: 'main' } );
		server = createServer( {
			operations: { run: () => Promise.reject( new Error( 'No.' ) ) },
			intake: { webhook: () => Promise.reject( new Error( 'No.' ) ) },
			ready: async () => [],
			token: 'another-token',
			logger: memoryLogger(),
			clock: systemClock,
			metrics,
			metricsToken,
		} );
		const listening = await server.listen( host, 0 );
		if ( ! listening.ok ) {
			throw new Error( listening.error.message );
		}
		port = Number( new URL( listening.url ).port );
	}
	afterEach( async () => {
		await server?.close();
		server = null;
	} );

	function get(
		headers: Record< string, string > = {},
		via: { readonly host?: string; readonly localAddress?: string } = {}
	) {
		return new Promise< {
			status: number | undefined;
			headers: IncomingHttpHeaders;
			body: string;
		} >( ( resolve, reject ) => {
			const asked = request(
				{
					host: '127.0.0.1',
					port,
					path: '/metrics',
					headers,
					agent: false,
					...via,
				},
				( answer ) => {
					let body = '';
					answer.setEncoding( 'utf8' );
					answer.on( 'data', ( text: string ) => ( body += text ) );
					answer.on( 'end', () =>
						resolve( {
							status: answer.statusCode,
							headers: answer.headers,
							body,
						} )
					);
				}
			);
			asked.on( 'error', reject );
			asked.end();
		} );
	}

	test( 'this machine reads it without a token', async () => {
		await start( null );
		const answer = await get();
		expect( answer.status ).toBe( 200 );
		expect( answer.headers[ 'content-type' ] ).toMatch(
			/^text\/plain; version=0\.0\.4/
		);
		expect( answer.headers[ 'cache-control' ] ).toBe( 'no-store' );
		expect( answer.body ).toContain(
			'pearlbridge_brightpearl_outages_total{connection="main"} 1'
		);
	} );

	test.each( [
		{ 'x-forwarded-for': '127.0.0.1' },
		{ forwarded: 'for=127.0.0.1' },
	] )( 'what a proxy passes on is not from here: %j', async ( headers ) => {
		await start( TOKEN );
		expect( ( await get( headers ) ).status ).toBe( 401 );
		expect(
			( await get( { ...headers, authorization: `Bearer ${ TOKEN }` } ) )
				.status
		).toBe( 200 );
	} );

	test.each( [
		undefined,
		'Bearer',
		'Bearer ',
		`Bearer ${ TOKEN }x`,
		`Bearer ${ TOKEN.slice( 1 ) }`,
		`Basic ${ TOKEN }`,
		TOKEN,
		'Bearer another-token',
	] )( 'another machine needs the token, and %j is none', async ( given ) => {
		await start( TOKEN );
		const headers: Record< string, string > = {
			'x-forwarded-for': '203.0.113.9',
		};
		if ( given !== undefined ) {
			headers[ 'authorization' ] = given;
		}
		const answer = await get( headers );
		expect( answer.status ).toBe( 401 );
		expect( answer.headers[ 'www-authenticate' ] ).toBe( 'Bearer' );
		expect( answer.body ).not.toContain( TOKEN );
	} );

	test( 'without a token set no word opens it to others', async () => {
		await start( null );
		for ( const authorization of [ 'Bearer null', 'Bearer ', 'Bearer' ] ) {
			expect(
				( await get( { forwarded: 'for=x', authorization } ) ).status
			).toBe( 401 );
		}
	} );

	const outer = Object.values( networkInterfaces() )
		.flat()
		.find( ( one ) => one?.family === 'IPv4' && ! one.internal )?.address;
	( outer === undefined ? test.skip : test )(
		'a connection from one of our own addresses is from here, one from elsewhere is not',
		async () => {
			await start( TOKEN, '0.0.0.0' );
			expect( ( await get( {}, { host: outer ?? '' } ) ).status ).toBe(
				200
			);
			expect(
				(
					await get(
						{},
						{
							host: '127.0.0.1',
							localAddress: outer ?? '',
						}
					)
				).status
			).toBe( 401 );
		}
	);
} );

describe( 'the figures', () => {
	let bench: SqliteBench;
	let database: Database;
	let metrics: Metrics;

	beforeEach( async () => {
		bench = await openSqliteBench();
		database = await bench.open();
		metrics = createMetrics( {
			clock: bench.clock,
			measure: () =>
				measure( {
					database,
					clock: bench.clock,
					budgets: async () => [
						{
							pool: 'acmeshop|private',
							limit: 200,
							remaining: 180,
							resetsAt: null,
							refused: 1,
						},
						{
							pool: 'new|private',
							limit: null,
							remaining: null,
							resetsAt: null,
							refused: 0,
						},
					],
				} ),
		} );
	} );
	afterEach( () => bench.destroy() );

	/** Our own lines, without comments. */
	const lines = async () =>
		( await metrics.text() )
			.split( '\n' )
			.filter( ( line ) => line.startsWith( 'pearlbridge_' ) )
			.map( ( line ) => line.slice( 'pearlbridge_'.length ) );

	test( 'say how the queue, the orders and the budgets stand', async () => {
		await database.connections.put( connectionFile( 'main' ) );
		for ( const id of [ 1, 2, 3 ] ) {
			await database.orderLinks.save( 'main', id, {
				state: id === 1 ? 'synced' : 'problem',
			} );
		}
		await database.problems.raise( 'main', 'order:2', SKU_UNKNOWN );
		await database.queue.enqueue( [
			{ key: 'main/order:1', kind: 'order', connection: 'main' },
			{ key: 'main/order:2', kind: 'order', connection: 'main' },
			{ key: 'main/stock:pull', kind: 'stock', connection: 'main' },
		] );
		await database.queue.claim( { only: [ 'main/order:1' ] } );
		await database.cursors.set( 'main', 'orders', 'x' );
		await database.stockRuns.start( 'main', false );
		await database.drift.add( [
			{
				account: 'acmeshop',
				endpoint: 'GET /x',
				kind: 'missing',
				field: 'response.id',
				times: 3,
				lastAt: '2026-01-01T00:00:00.000Z',
				ruid: 'r',
			},
		] );
		await bench.clock.advance( 90_000 );
		const told = await lines();
		expect( told ).toEqual(
			expect.arrayContaining( [
				'uptime_seconds 90',
				'queue_tasks{kind="order",state="ready"} 1',
				'queue_tasks{kind="order",state="running"} 1',
				'queue_tasks{kind="stock",state="ready"} 1',
				'orders{connection="main",state="synced"} 1',
				'orders{connection="main",state="problem"} 2',
				'problems{connection="main"} 1',
				'sweep_age_seconds{connection="main"} 90',
				'stock_pull_age_seconds{connection="main"} 90',
				'brightpearl_budget_limit{pool="acmeshop|private"} 200',
				'brightpearl_budget_remaining{pool="acmeshop|private"} 180',
				'brightpearl_budget_refused{pool="acmeshop|private"} 1',
				'brightpearl_budget_refused{pool="new|private"} 0',
				'brightpearl_drift_entries{account="acmeshop",kind="missing"} 1',
				'brightpearl_drift_entries{account="acmeshop",kind="version"} 0',
			] )
		);
		// A budget nobody knows yet is not told as none.
		expect( told.join() ).not.toContain( 'limit{pool="new' );
	} );

	test( 'what is gone is not told any more', async () => {
		await database.connections.put( connectionFile( 'main' ) );
		await database.orderLinks.save( 'main', 1, {} );
		expect( ( await lines() ).join() ).toContain( 'orders{' );
		await database.connections.remove( 'main' );
		expect( ( await lines() ).join() ).not.toContain( '"main"' );
	} );

	test( 'counters add up, and the caches’ hit rate with them', async () => {
		const { meter } = metrics;
		const cache = ( result: string, by?: number ) =>
			meter.count(
				'brightpearl_cache',
				{ account: 'acmeshop', cache: 'contacts', result },
				by
			);
		cache( 'hit', 3 );
		cache( 'miss' );
		cache( 'hit', 0 );
		const told = await lines();
		expect( told ).toContain(
			'brightpearl_cache_total{account="acmeshop",cache="contacts",result="hit"} 3'
		);
		expect( told ).toContain(
			'brightpearl_cache_hit_ratio{account="acmeshop",cache="contacts"} 0.75'
		);
	} );

	test( 'labels are escaped, bounded, and only those that are known', async () => {
		const { meter } = metrics;
		meter.count( 'brightpearl_outages', {
			connection: 'a"b\\c\nd',
			orderId: '4711',
		} );
		meter.count( 'brightpearl_outages', {
			connection: 'x'.repeat( 5000 ),
		} );
		meter.count( 'brightpearl_outages', {} );
		meter.count( 'brightpearl_outages', { connection: 'm' }, -5 );
		meter.count( 'brightpearl_outages', { connection: 'm' }, Number.NaN );
		const told = ( await lines() ).filter( ( line ) =>
			line.startsWith( 'brightpearl_outages_total' )
		);
		expect( told ).toContain(
			'brightpearl_outages_total{connection="a\\"b\\\\c\\nd"} 1'
		);
		expect( told ).toContain(
			'brightpearl_outages_total{connection=""} 1'
		);
		expect( told ).toHaveLength( 3 );
		expect( told.join() ).not.toContain( '4711' );
		expect(
			Math.max( ...told.map( ( line ) => line.length ) )
		).toBeLessThan( 200 );
	} );

	test( 'a counter cannot grow without end', async () => {
		for ( let n = 0; n < 3000; n += 1 ) {
			metrics.meter.count( 'brightpearl_outages', {
				connection: `c-${ n }`,
			} );
		}
		const told = ( await lines() ).filter( ( line ) =>
			line.startsWith( 'brightpearl_outages_total' )
		);
		expect( told ).toHaveLength( 2001 );
		expect( told ).toContain(
			'brightpearl_outages_total{connection="other"} 1000'
		);
	} );

	test( 'this process is watched when it is asked to be', async () => {
		expect( await metrics.text() ).not.toContain( 'nodejs_eventloop_lag' );
		metrics.watchProcess();
		metrics.watchProcess();
		const text = await metrics.text();
		expect( text ).toContain( 'nodejs_eventloop_lag_seconds' );
		expect( text ).toContain( 'process_resident_memory_bytes' );
	} );

	test( 'no secret is among them', async () => {
		await database.connections.put( connectionFile( 'main' ) );
		metrics.watchProcess();
		expect( await metrics.text() ).not.toMatch( /plain-in-no-file/ );
	} );
} );
