/**
 * The command line's contract, §4: `stock pull` and `stock explain`.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StockRun } from '../../src/contracts/answers.ts';
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
	type Program,
} from './contract/program.ts';
import type { Started } from './harness.ts';
import { openStage, type Stage } from './kit.ts';

const ACCOUNT = 'sandbox-gb';

let stage: Stage;
let program: Program;
let service: Started;
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
	service = await program.serve();
} );
afterAll( async () => {
	await program.end();
	await stage.end();
} );

const cli = ( ...call: Parameters< Program[ 'cli' ] > ) =>
	program.cli( ...call );
const inStock = ( sku: string, set: number ) =>
	stage.brightpearl.control( 'stock', { account: ACCOUNT, sku, set } );
const writes = ( since: number ) =>
	stage.shop
		.requests( since )
		.then( ( all ) => all.filter( ( { method } ) => method !== 'GET' ) );
const changeOf = ( { changes }: StockRun, sku: string ) =>
	changes.find( ( change ) => change.sku === sku );

test( 'a dry run shows what would be written and sends only GETs', async () => {
	await inStock( 'OSB-01', 120 );
	// At the first contact the shop is asked who it is, which is no part of a run.
	await cli( 'stock pull --sku OSB-01 --dry-run' );
	const before = [
		await stage.shop.lastRequest(),
		await stage.brightpearl.lastRequest(),
	] as const;
	const run = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku OSB-01 --dry-run' )
	);
	const [ shop, brightpearl ] = [
		await stage.shop.requests( before[ 0 ] ),
		await stage.brightpearl.requests( before[ 1 ] ),
	];
	expect(
		[ ...shop, ...brightpearl ].filter( ( { method } ) => method !== 'GET' )
	).toEqual( [] );
	expect( run ).toMatchObject( {
		state: 'done',
		dryRun: true,
		requests: { brightpearl: brightpearl.length, store: shop.length },
		skus: {
			read: 1,
			mapped: 1,
			unmapped: 0,
			changed: 1,
			written: 0,
			failed: 0,
		},
		changes: [
			{
				sku: 'OSB-01',
				productId: 4200,
				variationId: null,
				to: 120,
				onHand: 120,
				inFlight: 0,
				buffer: 0,
				written: false,
			},
		],
		errors: [],
	} );
	expect( run.finishedAt ).not.toBeNull();
} );

test( 'a pull writes what differs, and only that', async () => {
	const from = await stage.shop.stock( 'OSB-01' );
	const run = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku OSB-01 BWX-12 --sku LIN-APR' )
	);
	expect( run ).toMatchObject( {
		dryRun: false,
		skus: { read: 3, changed: 1, written: 1 },
		changes: [ { sku: 'OSB-01', from, to: 120, written: true } ],
	} );
	expect( await stage.shop.stock( 'OSB-01' ) ).toBe( 120 );
	const at = await stage.shop.lastRequest();
	const again = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku OSB-01' )
	);
	expect( again ).toMatchObject( {
		skus: { changed: 0, written: 0 },
		changes: [],
	} );
	expect( again.runId ).toBeGreaterThan( run.runId );
	expect( await writes( at ) ).toEqual( [] );

	const all = expectDocument( 'stockRun', await cli( 'stock pull' ) );
	expect( all.skus.read ).toBeGreaterThan( 100 );
	const { connections } = expectDocument( 'status', await cli( 'status' ) );
	expect( connections[ 0 ]?.stock ).toEqual( {
		runId: all.runId,
		at: all.finishedAt,
		state: all.state,
	} );
} );

test( 'a variation is told by its own id', async () => {
	await inStock( 'SHIRT-S-SG', 31 );
	const run = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku SHIRT-S-SG' )
	);
	expect( changeOf( run, 'SHIRT-S-SG' ) ).toMatchObject( {
		productId: 4220,
		variationId: 4221,
		to: 31,
		written: true,
	} );
} );

test( 'what is sold and not yet allocated is in flight, and explained', async () => {
	await inStock( 'LIN-APR', 10 );
	// Before go-live an order is taken to be in Brightpearl already.
	const goLive = new Date( Date.now() - 60_000 ).toISOString();
	expectExit( await cli( `settings set goLive=${ goLive }` ), 0 );
	expectDocument( 'stockRun', await cli( 'stock pull --sku LIN-APR' ) );
	const id = await stage.shop.sellOne( {
		sku: 'LIN-APR',
		quantity: 4,
		paymentMethod: 'stripe',
	} );
	// Held, so that it is in the ledger and not in Brightpearl.
	expectExit( await cli( `orders hold ${ id }` ), 0 );
	expectExit(
		await cli( 'settings set stock.buffer=1 stock.maximum=50' ),
		0
	);
	const run = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku LIN-APR' )
	);
	expect( changeOf( run, 'LIN-APR' ) ).toMatchObject( {
		from: 6,
		to: 5,
		onHand: 10,
		inFlight: 4,
		buffer: 1,
	} );

	const explained = expectDocument(
		'explain',
		await cli( 'stock explain LIN-APR' )
	);
	expect( explained ).toMatchObject( {
		sku: 'LIN-APR',
		shown: 5,
		wanted: 5,
		store: { productId: 4202, variationId: null, managesStock: true },
		inFlight: {
			total: 4,
			orders: [ { orderId: id, quantity: 4, why: expect.any( String ) } ],
		},
		buffer: 1,
		minimum: 0,
		maximum: 50,
		lastWrite: { value: 5, at: expect.any( String ), runId: run.runId },
		why: expect.stringMatching( /\S/ ),
	} );
	expect( explained.brightpearl?.warehouses ).toContainEqual( {
		id: 2,
		name: 'Main warehouse',
		inStock: 10,
		allocated: 0,
		onHand: 10,
		counted: true,
	} );

	expectExit( await cli( `orders release ${ id }` ), 0 );
	began( expectOrders( await cli( `orders push ${ id }` ) ) );
	const after = expectDocument(
		'explain',
		await cli( 'stock explain LIN-APR' )
	);
	expect( after ).toMatchObject( {
		shown: 5,
		wanted: 5,
		inFlight: { total: 0, orders: [] },
	} );
	expectExit(
		await cli(
			'settings set goLive=null stock.buffer=null stock.maximum=null'
		),
		0
	);
} );

test( 'a SKU nobody has is exit 6, alone or among others; what can be done is done', async () => {
	expectError( await cli( 'stock explain NO-SUCH' ), 6, 'unknown-sku' );
	const alone = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku NO-SUCH' ),
		6
	);
	expect( alone.changes ).toEqual( [] );
	await inStock( 'BWX-12', 77 );
	const both = expectDocument(
		'stockRun',
		await cli( 'stock pull --sku BWX-12 --sku NO-SUCH' ),
		6
	);
	expect( changeOf( both, 'BWX-12' ) ).toMatchObject( {
		to: 77,
		written: true,
	} );
	// One that is known and needs no change is no fault.
	expectDocument( 'stockRun', await cli( 'stock pull --sku BWX-12' ), 0 );
} );

test( 'a SKU of the shop that Brightpearl does not have is counted as unmapped and left alone', async () => {
	await stage.brightpearl.control(
		'products',
		{ account: ACCOUNT, sku: 'WOOL-BL' },
		'DELETE'
	);
	const before = await stage.shop.stock( 'WOOL-BL' );
	const run = expectDocument( 'stockRun', await cli( 'stock pull' ) );
	expect( run.skus.unmapped ).toBeGreaterThan( 0 );
	expect( await stage.shop.stock( 'WOOL-BL' ) ).toBe( before );
	const explained = expectDocument(
		'explain',
		await cli( 'stock explain WOOL-BL' )
	);
	expect( explained ).toMatchObject( { shown: before, brightpearl: null } );
} );

test( 'a product the shop refuses is an error of its own, exit 3, and the others are written', async () => {
	await inStock( 'CCS-RED', 41 );
	await stage.shop.fault( {
		kind: 'error-after-work',
		path: '/products/batch',
		method: 'POST',
		count: 1,
	} );
	const result = await cli( 'stock pull --sku CCS-RED' );
	await stage.shop.clearFaults();
	// The answer was lost, the work was done: the run says so or tries again, and ends right.
	expect( [ 0, 3, 5 ] ).toContain( result.code );
	expectExit( await cli( 'stock pull --sku CCS-RED' ), 0 );
	expect( await stage.shop.stock( 'CCS-RED' ) ).toBe( 41 );
} );

test( 'each run is a line of the service', () => {
	const runs = service.lines.filter( ( { event } ) => event === 'stock' );
	expect( runs.length ).toBeGreaterThan( 3 );
	expect( runs ).toContainEqual(
		expect.objectContaining( {
			event: 'stock',
			connection: 'main',
			runId: expect.any( Number ),
			changes: [ expect.objectContaining( { sku: 'OSB-01', to: 120 } ) ],
		} )
	);
} );
