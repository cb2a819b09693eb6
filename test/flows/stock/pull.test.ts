import { afterEach, describe, expect, test } from '@jest/globals';
import {
	stockRunSchema,
	type StockRun,
} from '../../../src/contracts/answers.ts';
import { hold, retry } from '../../../src/contracts/result.ts';
import type { StoreItem } from '../../../src/contracts/store.ts';
import { MAIN, NORTH, product } from '../../helpers/fakes/stock-brightpearl.ts';
import {
	CONNECTION,
	createScene,
	type Scene,
} from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;
afterEach( () => scene.close() );

type Setup = Parameters< typeof createScene >[ 0 ];

async function begin( setup: Partial< Setup > = {} ): Promise< void > {
	scene = await createScene( {
		items: [ item( 'MUG', 1 ), item( 'CAP', 3 ), item( 'PEN', 7 ) ],
		products: [
			product( 1001, 'MUG' ),
			product( 1002, 'CAP' ),
			product( 1003, 'PEN' ),
		],
		...setup,
	} );
	scene.erp.stock( 1001, MAIN, 4 );
	scene.erp.stock( 1002, MAIN, 3 );
	scene.erp.stock( 1003, MAIN, 9, 2 );
}

async function pull(
	request: Partial< Parameters< Scene[ 'flow' ][ 'pull' ] >[ 0 ] > = {}
): Promise< StockRun > {
	const run = await scene.flow.pull( { dryRun: false, ...request } );
	if ( ! run.ok ) {
		throw new Error(
			`The pull failed: ${ JSON.stringify( run.failure ) }`
		);
	}
	return stockRunSchema.parse( run.value );
}

/** So many things of the shop, all showing 0, with 1 of each in Brightpearl. */
async function beginMany( count: number ): Promise< void > {
	const skus = Array.from(
		{ length: count },
		( _, index ) => `SKU-${ index + 1 }`
	);
	scene = await createScene( {
		items: skus.map( ( sku ) => item( sku, 0 ) ),
		products: skus.map( ( sku, index ) => product( 1001 + index, sku ) ),
	} );
	skus.forEach( ( _, index ) => scene.erp.stock( 1001 + index, MAIN, 1 ) );
}

describe( 'a pull', () => {
	test( 'writes only what differs and tells what it did', async () => {
		await begin();
		const run = await pull();
		expect( run ).toMatchObject( {
			state: 'done',
			dryRun: false,
			skus: {
				read: 3,
				mapped: 3,
				unmapped: 0,
				changed: 1,
				written: 1,
				skipped: 0,
				failed: 0,
			},
			changes: [
				{
					sku: 'MUG',
					productId: 1,
					variationId: null,
					from: 1,
					to: 4,
					onHand: 4,
					inFlight: 0,
					buffer: 0,
					written: true,
				},
			],
			errors: [],
		} );
		expect( run.finishedAt ).not.toBeNull();
		expect( scene.shop.writes ).toEqual( [
			{ productId: 1, variationId: null, sku: 'MUG', quantity: 4 },
		] );
		expect(
			await scene.database.stockRuns.find( CONNECTION, run.runId )
		).toEqual( run );
		expect(
			await scene.database.stockRuns.lastWrite( CONNECTION, 'MUG' )
		).toMatchObject( { value: 4, runId: run.runId } );
		expect(
			scene.events.filter( ( { event } ) => event !== 'progress' )
		).toEqual( [
			{
				event: 'stock',
				connection: CONNECTION,
				runId: run.runId,
				state: 'done',
				changes: [ { sku: 'MUG', from: 1, to: 4 } ],
			},
		] );
	} );

	test( 'writes nothing the second time', async () => {
		await begin();
		await pull();
		expect( ( await pull() ).changes ).toEqual( [] );
		expect( scene.shop.writes ).toHaveLength( 1 );
	} );

	test( 'counts its own requests on both sides', async () => {
		await begin();
		const { requests } = await pull();
		// The catalogue and one availability; the items and one write.
		expect( requests ).toEqual( { brightpearl: 2, store: 2 } );
		expect( ( await pull() ).requests ).toEqual( {
			brightpearl: 2,
			store: 1,
		} );
	} );

	test( 'plans without writing when dry', async () => {
		await begin();
		const run = await pull( { dryRun: true } );
		expect( run ).toMatchObject( {
			dryRun: true,
			state: 'done',
			changes: [ { sku: 'MUG', to: 4, written: false } ],
		} );
		expect( run.skus ).toMatchObject( { changed: 1, written: 0 } );
		expect( scene.shop.writes ).toEqual( [] );
		expect(
			await scene.database.stockRuns.lastWrite( CONNECTION, 'MUG' )
		).toBeNull();
	} );

	test( 'leaves alone what keeps no stock, follows its parent or is not tracked', async () => {
		await begin( {
			items: [
				item( 'MUG', null, { managesStock: false } ),
				item( 'CAP', 3, {
					productId: 50,
					variationId: 51,
					managesStock: 'parent',
				} ),
				item( 'PEN', 1 ),
				item( '', 1 ),
				item( 'ONLY-HERE', 1 ),
			],
			products: [
				product( 1001, 'MUG' ),
				product( 1002, 'CAP' ),
				product( 1003, 'PEN', false ),
			],
		} );
		const run = await pull();
		expect( run.skus ).toMatchObject( {
			read: 5,
			mapped: 0,
			unmapped: 2,
			skipped: 3,
			changed: 0,
			failed: 0,
		} );
		expect( scene.shop.writes ).toEqual( [] );
		expect( scene.erp.asked ).toEqual( [] );
	} );

	test( 'shows 0 for a tracked product that Brightpearl’s answer leaves out', async () => {
		await begin( {
			products: [
				product( 1009, 'MUG' ),
				product( 1002, 'CAP' ),
				product( 1003, 'PEN' ),
			],
		} );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( 0 );
	} );

	test( 'writes in batches of at most a hundred and looks for sales before each', async () => {
		await beginMany( 250 );
		const run = await pull();
		expect( scene.shop.batches ).toEqual( [ 100, 100, 50 ] );
		expect( scene.scans ).toBe( 4 );
		expect( run.skus ).toMatchObject( { mapped: 250, written: 250 } );
	} );

	test( 'lowers a write by what was sold since the figures were read, and writes it even where it equals them', async () => {
		await begin( {
			items: [ item( 'MUG', 0 ), item( 'CAP', 0 ), item( 'PEN', 0 ) ],
		} );
		scene.onScan = ( nth ) => {
			if ( nth === 2 ) {
				scene.shop.sell( 'MUG', 4 );
				scene.shop.sell( 'CAP', 2 );
			}
			return null;
		};
		await pull();
		expect(
			scene.shop.writes.map( ( { sku, quantity } ) => [ sku, quantity ] )
		).toEqual( [
			[ 'MUG', 0 ],
			[ 'CAP', 1 ],
			[ 'PEN', 7 ],
		] );
	} );

	test( 'lets a variation that follows its product hold that product’s stock', async () => {
		await begin( {
			items: [
				item( 'MUG', 9, { productId: 7 } ),
				item( 'MUG-RED', 9, {
					productId: 7,
					variationId: 70,
					managesStock: 'parent',
				} ),
				item( 'MUG-OWN', 5, { productId: 7, variationId: 71 } ),
			],
			products: [ product( 1001, 'MUG' ), product( 1002, 'MUG-OWN' ) ],
		} );
		scene.shop.sell( 'MUG-RED', 1 );
		scene.shop.sell( 'MUG-OWN', 2 );
		const run = await pull();
		expect(
			run.changes.map( ( { sku, inFlight, to } ) => [
				sku,
				inFlight,
				to,
			] )
		).toEqual( [
			[ 'MUG', 1, 3 ],
			[ 'MUG-OWN', 2, 1 ],
		] );
	} );
} );

describe( 'the warehouses that count', () => {
	const channel = (
		warehouseIds: number[],
		defaultWarehouseId: number | null = null
	) => ( {
		id: 7,
		name: 'Web',
		warehouseIds,
		defaultWarehouseId,
	} );

	test.each( [
		[ 'are all, when nothing says otherwise', {}, [], 10 ],
		[
			'are those of the settings',
			{ stock: { warehouses: [ NORTH ] } },
			[],
			6,
		],
		[
			'are the channel’s',
			{ orders: { channelId: 7 } },
			[ channel( [ NORTH ], MAIN ) ],
			6,
		],
		[
			'are the channel’s default, when it lists none',
			{ orders: { channelId: 7 } },
			[ channel( [], MAIN ) ],
			4,
		],
		[
			'are all, when the channel names none',
			{ orders: { channelId: 7 } },
			[ channel( [] ) ],
			10,
		],
	] )( '%s', async ( _what, settings, channels, expected ) => {
		await begin( { settings } );
		scene.erp.channels.push( ...channels );
		scene.erp.stock( 1001, NORTH, 6 );
		await pull();
		expect( scene.shop.shown( 'MUG' ) ).toBe( expected );
	} );

	test.each( [
		[ { stock: { warehouses: [ 99 ] } }, 'stock.warehouses' ],
		[ { orders: { channelId: 99 } }, 'orders.channelId' ],
	] )(
		'that Brightpearl does not have stop the run: %j',
		async ( settings, field ) => {
			await begin( { settings } );
			expect( await scene.flow.pull( { dryRun: false } ) ).toMatchObject(
				{
					ok: false,
					failure: {
						kind: 'hold',
						problem: { code: 'stock-refused', field },
					},
				}
			);
			expect( scene.shop.writes ).toEqual( [] );
			const { stockRuns } = scene.database;
			const last = await stockRuns.last( CONNECTION );
			const run = await stockRuns.find( CONNECTION, last?.runId ?? 0 );
			expect(
				await scene.database.stockRuns.find(
					CONNECTION,
					run?.runId ?? 0
				)
			).toMatchObject( {
				state: 'failed',
				errors: [ { sku: null, code: 'stock-refused' } ],
			} );
			expect( run?.finishedAt ).not.toBeNull();
		}
	);
} );

describe( 'a SKU that does not say which product is meant', () => {
	test( 'is an error and a problem until it is put right', async () => {
		await begin( {
			products: [
				product( 1001, 'MUG' ),
				product( 1009, 'MUG' ),
				product( 1002, 'CAP' ),
			],
		} );
		const run = await pull();
		expect( run ).toMatchObject( {
			state: 'partial',
			skus: { failed: 1 },
			errors: [ { sku: 'MUG', code: 'sku-duplicate' } ],
		} );
		expect( scene.shop.shown( 'MUG' ) ).toBe( 1 );
		expect(
			await scene.database.problems.list( { connection: CONNECTION } )
		).toMatchObject( [ { subject: 'sku:MUG', code: 'sku-duplicate' } ] );

		scene.erp.products.splice( 1, 1 );
		expect( ( await pull() ).state ).toBe( 'done' );
		expect(
			await scene.database.problems.list( { connection: CONNECTION } )
		).toEqual( [] );
	} );

	test( 'keeps its problem when a run looked only at others', async () => {
		await begin( {
			products: [
				product( 1001, 'MUG' ),
				product( 1009, 'MUG' ),
				product( 1002, 'CAP' ),
			],
		} );
		await pull();
		await pull( { skus: [ 'CAP' ] } );
		expect( await scene.database.problems.count( CONNECTION ) ).toBe( 1 );
	} );
} );

describe( 'what the shop does not take', () => {
	test( 'is told per item, while the rest is written', async () => {
		await begin( {
			items: [ item( 'MUG', 0 ), item( 'CAP', 0 ), item( 'PEN', 0 ) ],
		} );
		scene.shop.refuses.set( 'CAP', {
			code: 'woocommerce_rest_product_invalid_id',
			message: 'Invalid ID.',
		} );
		const run = await pull();
		expect( run ).toMatchObject( {
			state: 'partial',
			skus: { changed: 3, written: 2, failed: 1 },
			errors: [
				{
					sku: 'CAP',
					code: 'woocommerce_rest_product_invalid_id',
					message: 'Invalid ID.',
				},
			],
		} );
		expect(
			run.changes.find( ( { sku } ) => sku === 'CAP' )?.written
		).toBe( false );
		expect(
			await scene.database.stockRuns.lastWrite( CONNECTION, 'CAP' )
		).toBeNull();
		expect(
			await scene.database.problems.list( { connection: CONNECTION } )
		).toMatchObject( [ { subject: 'sku:CAP', code: 'stock-refused' } ] );
	} );

	test( 'is noticed though the shop answers that all is well', async () => {
		await begin();
		scene.shop.onWrite = () => {
			const mug = scene.shop.items.findIndex(
				( { sku } ) => sku === 'MUG'
			);
			scene.shop.items.splice( mug, 1, {
				...( scene.shop.items[ mug ] as StoreItem ),
				managesStock: false,
				quantity: null,
			} );
			return null;
		};
		expect( await pull() ).toMatchObject( {
			state: 'partial',
			errors: [ { sku: 'MUG', code: 'not-taken' } ],
		} );
	} );
} );

describe( 'a pull of a few SKUs', () => {
	test( 'reads and writes only those, and does not read the catalogue', async () => {
		await begin( { items: [ item( 'MUG', 1 ), item( 'CAP', 0 ) ] } );
		scene.erp.failCatalogue = hold( {
			code: 'defect',
			message: 'not asked',
			cause: null,
			fix: null,
			field: null,
		} ).failure;
		const run = await pull( { skus: [ 'mug' ] } );
		expect( run ).toMatchObject( {
			state: 'done',
			skus: { read: 1, mapped: 1, written: 1 },
		} );
		expect( scene.erp.asked ).toEqual( [ [ 1001 ] ] );
		expect( scene.shop.shown( 'CAP' ) ).toBe( 0 );
		expect(
			await scene.database.products.bySku( 'acme', [ 'MUG' ] )
		).toEqual( [ product( 1001, 'MUG' ) ] );
	} );

	test( 'tells which of them the shop or Brightpearl does not have', async () => {
		await begin( { items: [ item( 'MUG', 1 ), item( 'ONLY-HERE', 1 ) ] } );
		const run = await pull( { skus: [ 'MUG', 'ONLY-HERE', 'NOWHERE' ] } );
		expect( run.errors.map( ( { sku, code } ) => [ sku, code ] ) ).toEqual(
			[
				[ 'NOWHERE', 'sku-unknown' ],
				[ 'ONLY-HERE', 'sku-unknown' ],
			]
		);
		expect( run.state ).toBe( 'partial' );
		expect( await scene.database.problems.count( CONNECTION ) ).toBe( 0 );
	} );

	test( 'does not count the sale of a variation with stock of its own against its product', async () => {
		await begin( {
			items: [
				item( 'MUG', 9, { productId: 7 } ),
				item( 'MUG-OWN', 5, { productId: 7, variationId: 71 } ),
			],
		} );
		scene.shop.sell( 'MUG-OWN', 2 );
		const run = await pull( { skus: [ 'MUG' ] } );
		expect( run.changes ).toMatchObject( [
			{ sku: 'MUG', inFlight: 0, to: 4 },
		] );
	} );
} );

describe( 'a pull that does not get to its end', () => {
	const outage = retry(
		'brightpearl',
		'outage',
		'Brightpearl is down.'
	).failure;

	test( 'stays open and goes on under its id', async () => {
		await beginMany( 250 );
		scene.shop.onWrite = () =>
			scene.shop.batches.length === 1
				? retry( 'store', 'outage', 'Gone.' ).failure
				: null;
		const failed = await scene.flow.pull( { dryRun: false } );
		expect( failed ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', side: 'store' },
		} );

		const [ runId ] =
			await scene.database.stockRuns.unfinished( CONNECTION );
		const left = await scene.database.stockRuns.find(
			CONNECTION,
			runId ?? 0
		);
		expect( left ).toMatchObject( {
			finishedAt: null,
			skus: { written: 100 },
			errors: [ { sku: null, code: 'outage' } ],
		} );

		scene.shop.onWrite = () => null;
		const run = await pull( { runId: runId ?? 0 } );
		expect( run ).toMatchObject( {
			runId,
			state: 'done',
			skus: { written: 250, failed: 0 },
			errors: [],
		} );
		expect( run.startedAt ).toBe( left?.startedAt );
		expect( run.requests.store ).toBeGreaterThan(
			left?.requests.store ?? Infinity
		);
		// Nothing was written twice.
		expect(
			new Set( scene.shop.writes.map( ( { sku } ) => sku ) ).size
		).toBe( scene.shop.writes.length );
	} );

	test( 'forgets what it planned and did not write', async () => {
		await beginMany( 250 );
		scene.shop.refuses.set( 'SKU-1', {
			code: 'locked',
			message: 'Locked.',
		} );
		scene.shop.onWrite = () =>
			scene.shop.batches.length === 1
				? retry( 'store', 'outage', 'Gone.' ).failure
				: null;
		await scene.flow.pull( { dryRun: false } );
		const [ runId = 0 ] =
			await scene.database.stockRuns.unfinished( CONNECTION );

		scene.shop.onWrite = () => null;
		scene.shop.items.splice( 0, 1, {
			...item( 'SKU-1', 1 ),
			productId: 1,
		} );
		const run = await pull( { runId } );
		expect( run ).toMatchObject( {
			state: 'done',
			skus: { changed: 249, written: 249 },
		} );
	} );

	test( 'stays a dry run when it was begun as one', async () => {
		await begin();
		const runId = await scene.database.stockRuns.start( CONNECTION, true );
		expect( await pull( { runId } ) ).toMatchObject( {
			runId,
			dryRun: true,
		} );
		expect( scene.shop.writes ).toEqual( [] );
	} );

	test( 'is answered again when it was done and its task did not hear of it', async () => {
		await begin();
		const run = await pull();
		expect( await pull( { runId: run.runId } ) ).toEqual( run );
		expect( scene.scans ).toBe( 2 );
	} );

	test( 'is closed by the next pull when nobody goes on with it', async () => {
		await begin();
		const killed = await scene.database.stockRuns.start(
			CONNECTION,
			false
		);
		const run = await pull();
		expect( run.runId ).not.toBe( killed );
		const closed = await scene.database.stockRuns.find(
			CONNECTION,
			killed
		);
		expect( closed?.state ).toBe( 'failed' );
		expect( closed?.finishedAt ).not.toBeNull();
		expect(
			await scene.database.stockRuns.unfinished( CONNECTION )
		).toEqual( [] );
	} );

	test.each< [ string, ( on: Scene ) => void ] >( [
		[
			'Brightpearl’s availability',
			( on ) => ( on.erp.failAvailability = outage ),
		],
		[ 'the shop’s items', ( on ) => ( on.shop.failItems = outage ) ],
		[ 'the scan of orders', ( on ) => ( on.onScan = () => outage ) ],
		[
			'the scan right before a write',
			( on ) => ( on.onScan = ( nth ) => ( nth === 2 ? outage : null ) ),
		],
	] )( 'writes nothing when %s fails', async ( _what, breakIt ) => {
		await begin();
		breakIt( scene );
		expect( await scene.flow.pull( { dryRun: false } ) ).toEqual( {
			ok: false,
			failure: outage,
		} );
		expect( scene.shop.writes ).toEqual( [] );
	} );

	test( 'does not take half a catalogue for the whole', async () => {
		await beginMany( 600 );
		await pull();
		scene.erp.failCatalogue = outage;
		expect( await scene.flow.pull( { dryRun: false } ) ).toEqual( {
			ok: false,
			failure: outage,
		} );
		expect( await scene.database.products.count( 'acme' ) ).toBe( 600 );
	} );

	test( 'writes no more once it is told to stop', async () => {
		await beginMany( 250 );
		const stop = new AbortController();
		scene.shop.onWrite = () => {
			stop.abort();
			return null;
		};
		expect(
			await scene.flow.pull( { dryRun: false, signal: stop.signal } )
		).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'lost-lease' },
		} );
		expect( scene.shop.batches ).toEqual( [ 100 ] );
	} );

	test( 'keeps others out while it runs', async () => {
		await begin();
		let second: unknown = null;
		scene.erp.onAvailability = async () => {
			scene.erp.onAvailability = () => undefined;
			second = await scene.flow.pull( { dryRun: false } );
		};
		await pull();
		expect( second ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'busy' },
		} );
	} );
} );
