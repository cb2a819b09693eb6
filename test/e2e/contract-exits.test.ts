/**
 * The command line's contract, §1: the exit codes of commands that work by themselves when one
 * side refuses, cannot be reached, is slow, or somebody interrupts.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	began,
	expectDocument,
	expectError,
	expectExit,
	expectOrders,
} from './contract/documents.ts';
import {
	connectionFile,
	createProgram,
	settingsOf,
	type FileParts,
	type Program,
} from './contract/program.ts';
import { eventually } from './harness.ts';
import { openStage, type Stage } from './kit.ts';

/** Where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';
const LIVE = settingsOf( {}, { goLive: '2026-01-01T00:00:00Z' } );

let stage: Stage;
const programs: Program[] = [];
beforeAll( async () => {
	stage = await openStage();
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
} );
afterAll( async () => {
	await Promise.all( programs.map( ( program ) => program.end() ) );
	await stage.end();
} );

const account = () => stage.brightpearl.account( 'sandbox-gb' );
const sell = () =>
	stage.shop.sellOne( { sku: 'OSB-01', paymentMethod: 'stripe' } );

/** A data dir of its own with such a connection. */
async function withConnection( parts: FileParts = {} ): Promise< Program > {
	const program = await createProgram();
	programs.push( program );
	expectDocument(
		'connection',
		await program.add(
			connectionFile( stage, account(), 'main', {
				settings: LIVE,
				...parts,
			} )
		)
	);
	return program;
}

const change = async ( program: Program, parts: FileParts ): Promise< void > =>
	expectExit(
		await program.add(
			connectionFile( stage, account(), 'main', {
				settings: LIVE,
				...parts,
			} ),
			'--replace'
		),
		0
	);

/** At the same time: they wait for each other's lock. */
async function allRefuse(
	program: Program,
	exit: number,
	code: string,
	lines: readonly string[]
): Promise< void > {
	await Promise.all(
		lines.map( async ( line ) =>
			expectError( await program.cli( line ), exit, code )
		)
	);
}

const WRONG_KEY = { store: { consumerKey: `ck_${ '0'.repeat( 40 ) }` } };
const wrongToken = () => ( {
	brightpearl: {
		auth: {
			type: 'private-app',
			appRef: account().privateApp.appRef,
			accountToken: 'wrong',
		},
	},
} );

describe( 'by themselves', () => {
	test( 'commands do the work and leave nothing behind that runs', async () => {
		const program = await withConnection();
		const id = await sell();
		const [ order ] = began(
			expectOrders( await program.cli( `orders push ${ id }` ) )
		);
		expect( order ).toMatchObject( {
			state: 'synced',
			proof: { matches: true },
		} );
		expectDocument(
			'stockRun',
			await program.cli( 'stock pull --sku OSB-01' )
		);
		const status = expectDocument(
			'status',
			await program.cli( 'status --wait-idle' )
		);
		expect( status ).toMatchObject( {
			service: { running: false },
			queue: { ready: 0, running: 0, retrying: 0, parked: 0 },
		} );
	} );
} );

describe( '4: credentials or rights refused', () => {
	test( 'by the shop', async () => {
		const program = await withConnection( WRONG_KEY );
		const results = expectOrders(
			await program.cli( `orders push ${ await sell() }` ),
			4
		);
		expect( results ).toMatchObject( [
			{ error: { code: 'credentials-store', fix: expect.any( String ) } },
		] );
		await allRefuse( program, 4, 'credentials-store', [
			'orders sweep',
			'stock explain OSB-01',
			'orders backfill --from 2026-01-01 --to 2026-01-02',
		] );
		const [ dry, run ] = await Promise.all( [
			program.cli( 'orders push 5001 --dry-run' ),
			program.cli( 'stock pull' ),
		] );
		expectOrders( dry, 4 );
		expectExit( run, 4 );
	} );

	test( 'by Brightpearl; mended, the order goes on', async () => {
		const program = await withConnection( wrongToken() );
		const id = await sell();
		const [ order ] = began(
			expectOrders( await program.cli( `orders push ${ id }` ), 4 )
		);
		expect( order ).toMatchObject( {
			state: 'problem',
			problem: {
				code: 'credentials-brightpearl',
				subject: 'connection:main',
			},
		} );
		expectError(
			await program.cli( 'stock explain OSB-01' ),
			4,
			'credentials-brightpearl'
		);
		expectExit( await program.cli( 'stock pull' ), 4 );
		const status = expectDocument(
			'status',
			await program.cli( 'status' )
		);
		expect( status.connections[ 0 ] ).toMatchObject( {
			health: 'down',
			why: expect.any( String ),
		} );
		await change( program, {} );
		expectDocument( 'status', await program.cli( 'status --wait-idle' ) );
		expect(
			expectDocument(
				'order',
				await program.cli( `orders show ${ id }` )
			).state
		).toBe( 'synced' );
		const { items } = expectDocument(
			'problemList',
			await program.cli( 'problems list' )
		);
		expect( items ).toEqual( [] );
	} );
} );

describe( '5: not to be reached or busy', () => {
	test( 'the shop', async () => {
		const program = await withConnection( { store: { url: NOWHERE } } );
		const results = expectOrders(
			await program.cli( 'orders push 5001 5002' ),
			5
		);
		expect( results ).toMatchObject( [
			{ orderId: 5001, error: { code: 'store-unreachable' } },
			{ orderId: 5002, error: { code: 'store-unreachable' } },
		] );
		await allRefuse( program, 5, 'store-unreachable', [
			'orders sweep',
			'stock explain OSB-01',
			'orders backfill --from 2026-01-01 --to 2026-01-02',
		] );
		expectExit( await program.cli( 'stock pull' ), 5 );
	} );

	test( 'Brightpearl; the order stays retrying and what was accepted stays queued', async () => {
		const program = await withConnection( {
			brightpearl: { apiDomain: NOWHERE },
		} );
		const id = await sell();
		const [ order ] = began(
			expectOrders( await program.cli( `orders push ${ id }` ), 5 )
		);
		expect( order ).toMatchObject( {
			state: 'retrying',
			nextAttemptAt: expect.any( String ),
			salesOrderId: null,
		} );
		expectError(
			await program.cli( 'stock explain OSB-01' ),
			5,
			'brightpearl-unreachable'
		);
		expectExit( await program.cli( 'stock pull' ), 5 );
		await change( program, {} );
		const [ again ] = began(
			expectOrders( await program.cli( `orders push ${ id }` ) )
		);
		expect( again?.state ).toBe( 'synced' );
	} );

	test( 'Brightpearl, when it says that too many requests were sent', async () => {
		const program = await withConnection();
		await stage.brightpearl.fault( {
			kind: 'throttled',
			path: '/order-service/',
		} );
		const [ order ] = began(
			expectOrders(
				await program.cli(
					`orders push ${ await sell() } --timeout 20s`
				),
				5
			)
		);
		await stage.brightpearl.clearFaults();
		expect( order?.state ).toBe( 'retrying' );
	} );
} );

describe( '7 and 130: nobody waits any more', () => {
	test( 'time runs out, and the next command takes the work up', async () => {
		const program = await withConnection();
		const id = await sell();
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 6000,
			path: '/order-service/sales-order',
			method: 'POST',
			count: 1,
		} );
		const result = await program.cli(
			`orders push ${ id } --timeout 300ms`
		);
		const [ order ] = began( expectOrders( result, 7 ) );
		expect( order ).toMatchObject( {
			orderId: id,
			state: expect.stringMatching( /^(queued|working)$/ ),
		} );
		const [ again ] = began(
			expectOrders( await program.cli( `orders push ${ id }` ) )
		);
		expect( again?.state ).toBe( 'synced' );
		const { orders } = await stage.brightpearl.state( 'sandbox-gb' );
		expect(
			orders.filter(
				( { externalRef } ) => externalRef === `shop-${ id }`
			)
		).toHaveLength( 1 );
	} );

	test( 'a command that is interrupted says so, by itself and through the service', async () => {
		const program = await withConnection();
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 1500,
			path: '/order-service/sales-order',
			method: 'POST',
		} );
		const interrupt = async (): Promise< void > => {
			const id = await sell();
			const since = await stage.brightpearl.lastRequest();
			const { process: child, ended } = program.begin(
				`orders push ${ id }`
			);
			await eventually(
				'the command works',
				async () =>
					( await stage.brightpearl.requests( since ) ).length > 0
			);
			child.kill( 'SIGINT' );
			expectError( await ended, 130, 'interrupted' );
		};
		await interrupt();
		const service = await program.serve();
		expectExit( await program.cli( 'status --wait-idle' ), 0 );
		await interrupt();
		expect( await service.stop() ).toBe( 0 );
		await stage.brightpearl.clearFaults();
	} );
} );
