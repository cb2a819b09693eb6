/**
 * Stock comes back: only what differs is written, only where the shop keeps it, and never more
 * than can be sold.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Explain, StockRun } from '../../src/contracts/answers.ts';
import {
	eventually,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pause,
	type LoggedRequest,
	type Scene,
	type Stage,
} from './kit.ts';
import { WORLDS } from '../helpers/worlds.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let stage: Stage;
	let scene: Scene;
	beforeAll( async () => {
		stage = await openStage( world );
		await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
		const settings = gbSettings();
		scene = await openScene( stage, {
			instanceId: true,
			settings: { ...settings, goLive: await goLiveNow() },
		} );
		await scene.serve();
		await scene.webhooks();
	} );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const pull = ( ...args: string[] ) =>
		scene.must< StockRun >( 0, 'stock', 'pull', ...args );
	const explain = ( sku: string ) =>
		scene.must< Explain >( 0, 'stock', 'explain', sku );

	/** Writes of stock to the shop since a request, by their path. */
	async function writesSince( request: number ): Promise< string[] > {
		const writes = ( await scene.shop.requests( request ) ).filter(
			( { method, path }: LoggedRequest ) =>
				method === 'POST' && path.endsWith( '/batch' )
		);
		return writes.map( ( { path } ) =>
			path.replace( '/wp-json/wc/v3/', '' )
		);
	}

	/** The same new product on both sides, with so many pieces. */
	async function stockBoth(
		sku: string,
		quantity: number
	): Promise< number > {
		await scene.brightpearl.control( 'products', {
			account: scene.account.account,
			sku,
			quantity,
		} );
		const { id } = await scene.shop.rest< { id: number } >(
			'POST',
			'products',
			{
				name: sku,
				sku,
				regular_price: '12.00',
				manage_stock: true,
				stock_quantity: quantity,
			}
		);
		return id;
	}

	describe( 'a pull', () => {
		test( 'writes what differs and leaves the rest alone', async () => {
			const before = await scene.shop.lastRequest();
			const planned = await pull( '--dry-run' );
			expect( planned ).toMatchObject( {
				dryRun: true,
				state: 'done',
				skus: { written: 0, failed: 0 },
			} );
			expect( await writesSince( before ) ).toEqual( [] );

			const run = await pull();
			expect( run.skus ).toMatchObject( {
				changed: planned.skus.changed,
				written: planned.skus.changed,
			} );
			// What the shop had oversold is the only difference of the two catalogues.
			expect( run.changes.length ).toBeGreaterThan( 5 );
			for ( const { from, to, onHand } of run.changes ) {
				expect( [ from! < 0, to, onHand ] ).toEqual( [ true, 0, 0 ] );
			}
			const { stock } = await scene.shop.control< {
				stock: Record< string, number >;
			} >( 'state' );
			for ( const [ sku, shown ] of Object.entries( stock ) ) {
				expect( [ sku, shown ] ).toEqual( [
					sku,
					await scene.onHand( sku ),
				] );
			}

			const middle = await scene.shop.lastRequest();
			const again = await pull();
			expect( again ).toMatchObject( {
				state: 'done',
				changes: [],
				skus: { changed: 0, written: 0 },
			} );
			expect( await writesSince( middle ) ).toEqual( [] );
		} );

		test( 'brings back what changed in Brightpearl, products in one batch and each family of variations in one', async () => {
			await scene.changeStock( 'OSB-01', { set: 321 } );
			await scene.changeStock( 'BEAD-050', { change: -3 } );
			await scene.changeStock( 'SHIRT-S-SG', { set: 40 } );
			await scene.changeStock( 'SHIRT-M-EC', { set: 41 } );
			await scene.changeStock( 'HP-1121-1', { set: 30 } );
			const before = await scene.shop.lastRequest();
			const run = await pull();
			expect(
				run.changes
					.map( ( { sku, to, written } ) => [ sku, to, written ] )
					.sort()
			).toEqual( [
				[ 'BEAD-050', 895, true ],
				[ 'HP-1121-1', 30, true ],
				[ 'OSB-01', 321, true ],
				[ 'SHIRT-M-EC', 41, true ],
				[ 'SHIRT-S-SG', 40, true ],
			] );
			expect( ( await writesSince( before ) ).sort() ).toEqual( [
				'products/4220/variations/batch',
				'products/4600/variations/batch',
				'products/batch',
			] );
			for ( const { sku, to } of run.changes ) {
				expect( [ sku, await scene.shop.stock( sku ) ] ).toEqual( [
					sku,
					to,
				] );
			}
		} );

		test( 'counts only the warehouses of the settings', async () => {
			await scene.changeStock( 'OSB-01', { warehouseId: 3, set: 1000 } );
			expect( ( await pull() ).changes ).toEqual( [] );
			await scene.must( 0, 'settings', 'set', 'stock.warehouses=[2,3]' );
			await pull( '--sku', 'OSB-01' );
			expect( await scene.shop.stock( 'OSB-01' ) ).toBe( 1321 );
			await scene.must( 0, 'settings', 'set', 'stock.warehouses=[2]' );
			await pull();
			expect( await scene.shop.stock( 'OSB-01' ) ).toBe( 321 );
		} );

		test( 'touches neither a variation that follows its parent nor a product that keeps no stock', async () => {
			const { account } = scene.account;
			// In Brightpearl both now keep stock of their own, which the shop does not.
			for ( const sku of [ 'HP-1122-1', 'HP-1005' ] ) {
				await scene.brightpearl.control(
					'products',
					{ account, sku },
					'DELETE'
				);
				await scene.brightpearl.control( 'products', {
					account,
					sku,
					quantity: 99,
				} );
			}
			await scene.changeStock( 'HP-1122', { set: 20 } );
			const run = await pull();
			expect( run.changes.map( ( { sku, to } ) => [ sku, to ] ) ).toEqual(
				[ [ 'HP-1122', 20 ] ]
			);
			const variation = await scene.shop.rest(
				'GET',
				'products/4603/variations/4604'
			);
			expect( variation ).toMatchObject( {
				manage_stock: 'parent',
				stock_quantity: 20,
			} );
			expect(
				await scene.shop.rest( 'GET', 'products/4464' )
			).toMatchObject( {
				manage_stock: false,
				stock_quantity: null,
			} );
			expect( ( await explain( 'HP-1122-1' ) ).why ).toMatch(
				/follows the stock of its product 4603/
			);
		} );

		test( 'reports what one item refuses and writes the others', async () => {
			const gone = await stockBoth( 'GOES-AWAY', 5 );
			await stockBoth( 'STAYS', 5 );
			await scene.changeStock( 'GOES-AWAY', { set: 6 } );
			await scene.changeStock( 'STAYS', { set: 6 } );
			await scene.shop.fault( {
				kind: 'slow',
				path: 'products/batch',
				count: 1,
				delay: 1500,
			} );
			const running = scene.cli( 'stock', 'pull' );
			const before = await scene.shop.lastRequest();
			// Deleted while the batch is under way.
			await eventually( 'the run writes', async () => {
				const asked = await scene.shop.requests( before );
				return asked.some( ( { path } ) => path.endsWith( '/orders' ) );
			} );
			await pause( 500 );
			await scene.shop.rest( 'DELETE', `products/${ gone }?force=true` );
			const { code, json } = await running;
			expect( code ).toBe( 3 );
			expect( json ).toMatchObject( {
				state: 'partial',
				skus: { written: 1, failed: 1 },
				errors: [
					{
						sku: 'GOES-AWAY',
						code: 'woocommerce_rest_product_invalid_id',
					},
				],
			} );
			expect( await scene.shop.stock( 'STAYS' ) ).toBe( 6 );
			expect( await scene.problems() ).toMatchObject( [
				{ code: 'stock-refused', subject: 'sku:GOES-AWAY' },
			] );
			// The next run does not meet it any more.
			await pull();
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'writes nothing under a SKU that stands for two products, and says so', async () => {
			await scene.brightpearl.control( 'products', {
				account: scene.account.account,
				sku: 'BEAD-051',
				quantity: 3,
			} );
			const run = await scene.must< StockRun >( 3, 'stock', 'pull' );
			expect( run ).toMatchObject( {
				state: 'partial',
				changes: [],
				errors: [ { sku: 'BEAD-051', code: 'sku-duplicate' } ],
			} );
			expect( await scene.problems() ).toMatchObject( [
				{ code: 'sku-duplicate', subject: 'sku:BEAD-051' },
			] );
			await scene.brightpearl.control(
				'products',
				{ account: scene.account.account, sku: 'BEAD-051' },
				'DELETE'
			);
			await scene.changeStock( 'BEAD-051', { set: 897 } );
			await pull();
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'of a SKU nobody knows is answered with 6', async () => {
			await scene.must( 6, 'stock', 'pull', '--sku', 'NOBODY-KNOWS' );
			await scene.must( 6, 'stock', 'explain', 'NOBODY-KNOWS' );
		} );

		test( 'keeps a sale that is made while it reads', async () => {
			await stockBoth( 'BUSY', 10 );
			await scene.changeStock( 'BUSY', { set: 20 } );
			await scene.brightpearl.fault( {
				kind: 'slow',
				path: 'product-availability',
				count: 1,
				ms: 1500,
			} );
			const before = await scene.brightpearl.lastRequest();
			const running = pull( '--sku', 'BUSY' );
			await eventually( 'availability is asked', async () => {
				const asked = await scene.brightpearl.requests( before );
				return asked.some( ( { path } ) =>
					path.includes( 'product-availability' )
				);
			} );
			await scene.shop.sellOne( { sku: 'BUSY', quantity: 3 } );
			await running;
			expect( await scene.shop.stock( 'BUSY' ) ).toBe( 17 );
			await scene.brightpearl.clearFaults();
			await scene.must( 0, 'status', '--wait-idle' );
			await pull( '--sku', 'BUSY' );
			expect( await scene.shop.stock( 'BUSY' ) ).toBe( 17 );
		} );

		test( 'may be asked for twice at a time', async () => {
			await scene.changeStock( 'BEAD-060', { set: 500 } );
			const runs = await Promise.all( [ pull(), pull() ] );
			expect( runs.map( ( { skus } ) => skus.written ).sort() ).toEqual( [
				0, 1,
			] );
			expect( await scene.shop.stock( 'BEAD-060' ) ).toBe( 500 );
		} );
	} );

	test( 'stock explain shows the figures and one sentence; buffer, minimum and maximum hold', async () => {
		await stockBoth( 'EXPLAIN', 12 );
		await scene.must(
			0,
			'settings',
			'set',
			'stock.buffer=2',
			'stock.maximum=9'
		);
		const before = await explain( 'EXPLAIN' );
		expect( before ).toMatchObject( {
			sku: 'EXPLAIN',
			shown: 12,
			wanted: 9,
			store: { managesStock: true, variationId: null },
			inFlight: { total: 0, orders: [] },
			buffer: 2,
			minimum: 0,
			maximum: 9,
			lastWrite: null,
		} );
		expect( before.brightpearl?.warehouses ).toEqual( [
			{
				id: 2,
				name: 'Main warehouse',
				inStock: 12,
				allocated: 0,
				onHand: 12,
				counted: true,
			},
		] );
		const run = await pull( '--sku', 'EXPLAIN' );
		expect( await explain( 'EXPLAIN' ) ).toMatchObject( {
			shown: 9,
			wanted: 9,
			lastWrite: { value: 9, runId: run.runId },
		} );
		await scene.changeStock( 'EXPLAIN', { set: 1 } );
		await pull( '--sku', 'EXPLAIN' );
		expect( await scene.shop.stock( 'EXPLAIN' ) ).toBe( 0 );
		await scene.must(
			0,
			'settings',
			'set',
			'stock.buffer=0',
			'stock.maximum=null'
		);
		await pull();
	} );

	describe( 'the last piece, once sold, is not for sale again', () => {
		/** Pulled by its SKU and with everything: the shop shows 0. */
		async function staysSold( sku: string, why: RegExp ): Promise< void > {
			await scene.operation( 'stockPull', { skus: [ sku ] } );
			expect( await scene.shop.stock( sku ) ).toBe( 0 );
			await scene.operation( 'stockPull' );
			expect( await scene.shop.stock( sku ) ).toBe( 0 );
			const {
				shown,
				wanted,
				why: sentence,
				inFlight,
			} = await scene.operation< Explain >( 'stockExplain', { sku } );
			expect( { shown, wanted } ).toEqual( { shown: 0, wanted: 0 } );
			expect(
				[
					sentence,
					...inFlight.orders.map( ( order ) => order.why ),
				].join( ' ' )
			).toMatch( why );
		}

		test( 'while nobody has told us of the order', async () => {
			await stockBoth( 'LAST-UNKNOWN', 1 );
			await scene.shop.control( 'settings', { webhooks: false } );
			await scene.brightpearl.fault( {
				kind: 'unavailable',
				method: 'POST',
				path: '/order-service/sales-order',
			} );
			await scene.shop.sellOne( { sku: 'LAST-UNKNOWN' } );
			await staysSold( 'LAST-UNKNOWN', /not in Brightpearl yet/ );
			await scene.shop.control( 'settings', { webhooks: true } );
			await scene.brightpearl.clearFaults();
		} );

		test( 'while the order waits for Brightpearl to come back', async () => {
			await stockBoth( 'LAST-QUEUED', 1 );
			await scene.brightpearl.fault( {
				kind: 'unavailable',
				method: 'POST',
				path: '/order-service/sales-order',
			} );
			const id = await scene.shop.sellOne( { sku: 'LAST-QUEUED' } );
			await scene.order( id, 'retrying' );
			await staysSold( 'LAST-QUEUED', /not in Brightpearl yet/ );
			await scene.brightpearl.clearFaults();
			await scene.must( 0, 'orders', 'push', String( id ) );
			await staysSold( 'LAST-QUEUED', /^0 on hand .* 0 in flight/ );
		} );

		test( 'while a person holds the order back', async () => {
			await stockBoth( 'LAST-HELD', 1 );
			await scene.must( 0, 'settings', 'set', 'orders.delay=1h' );
			const id = await scene.shop.sellOne( { sku: 'LAST-HELD' } );
			await scene.order( id, 'not-due' );
			await staysSold( 'LAST-HELD', /not in Brightpearl yet/ );
			await scene.must( 0, 'orders', 'hold', String( id ) );
			await staysSold( 'LAST-HELD', /held/ );
			await scene.must( 0, 'settings', 'set', 'orders.delay=0s' );
			await scene.must( 0, 'orders', 'release', String( id ) );
			await scene.order( id, 'synced' );
			await staysSold( 'LAST-HELD', /^0 on hand .* 0 in flight/ );
		} );

		test( 'while the order is in Brightpearl without allocation', async () => {
			await stockBoth( 'LAST-OPEN', 1 );
			await scene.must( 0, 'settings', 'set', 'orders.allocate=false' );
			const id = await scene.shop.sellOne( { sku: 'LAST-OPEN' } );
			await scene.order( id, 'synced' );
			expect( await scene.onHand( 'LAST-OPEN' ) ).toBe( 1 );
			await staysSold( 'LAST-OPEN', /not allocated/ );
			await scene.must( 0, 'settings', 'set', 'orders.allocate=true' );
		} );

		test( 'when it is allocated, when staff undo that, when it ships', async () => {
			await stockBoth( 'LAST-ALLOCATED', 1 );
			const { account } = scene.account;
			const id = await scene.shop.sellOne( { sku: 'LAST-ALLOCATED' } );
			const { salesOrderId } = await scene.order( id, 'synced' );
			expect( await scene.onHand( 'LAST-ALLOCATED' ) ).toBe( 0 );
			await staysSold( 'LAST-ALLOCATED', /^0 on hand .* 0 in flight/ );

			await scene.brightpearl.control( 'unallocate', {
				account,
				orderId: salesOrderId,
			} );
			expect( await scene.onHand( 'LAST-ALLOCATED' ) ).toBe( 1 );
			await staysSold( 'LAST-ALLOCATED', /not allocated/ );

			await scene.brightpearl.control( 'ship', {
				account,
				orderId: salesOrderId,
			} );
			await staysSold( 'LAST-ALLOCATED', /^0 on hand .* 0 in flight/ );
			await scene.changeStock( 'LAST-ALLOCATED', { set: 1 } );
			await scene.operation( 'stockPull', {
				skus: [ 'LAST-ALLOCATED' ],
			} );
			expect( await scene.shop.stock( 'LAST-ALLOCATED' ) ).toBe( 1 );
		} );

		test( 'and comes back once its order is called off, which lets go of it on both sides', async () => {
			await stockBoth( 'LAST-CANCELLED', 1 );
			const id = await scene.shop.sellOne( {
				sku: 'LAST-CANCELLED',
				paymentMethod: 'bacs',
			} );
			await scene.order( id, 'synced' );
			await scene.operation( 'stockPull', {
				skus: [ 'LAST-CANCELLED' ],
			} );
			expect( await scene.shop.stock( 'LAST-CANCELLED' ) ).toBe( 0 );
			await scene.shop.rest( 'PUT', `orders/${ id }`, {
				status: 'cancelled',
			} );
			await eventually(
				'Brightpearl lets go of it',
				async () => ( await scene.soldOrder( id ) ).reservation === null
			);
			await scene.operation( 'stockPull', {
				skus: [ 'LAST-CANCELLED' ],
			} );
			// Once, though the shop put it back on its shelf by itself.
			expect( await scene.shop.stock( 'LAST-CANCELLED' ) ).toBe( 1 );
			// Where the account has no cancelled status, a person is told.
			const { cancelled } = await scene.soldOrder( id );
			expect(
				( await scene.problems() ).map( ( { code } ) => code )
			).toEqual( cancelled ? [] : [ 'status-unmapped' ] );
			await scene.must( 0, 'orders', 'ignore', String( id ) );
		} );
	} );

	describe( 'by itself', () => {
		test( 'a run killed in the middle is finished by the service that comes after', async () => {
			const skus = Array.from(
				{ length: 105 },
				( _, at ) => `BEAD-${ String( at + 1 ).padStart( 3, '0' ) }`
			);
			for ( const sku of skus ) {
				await scene.changeStock( sku, { change: 7 } );
			}
			const wanted = new Map< string, number >();
			for ( const sku of skus ) {
				wanted.set( sku, await scene.onHand( sku ) );
			}
			await scene.shop.fault( {
				kind: 'slow',
				path: 'products/batch',
				delay: 1000,
			} );
			const running = scene.cli( 'stock', 'pull' );
			const shown = async () =>
				(
					await scene.shop.control< {
						stock: Record< string, number >;
					} >( 'state' )
				).stock;
			const right = async () => {
				const stock = await shown();
				return skus.filter(
					( sku ) => stock[ sku ] === wanted.get( sku )
				).length;
			};
			await eventually(
				'the first batch is written',
				async () => ( await right() ) >= 100
			);
			await scene.stop( 'SIGKILL' );
			expect( ( await running ).code ).toBe( 5 );
			await scene.shop.clearFaults();

			const before = await scene.shop.lastRequest();
			await scene.serve();
			await eventually(
				'the rest is written',
				async () => ( await right() ) === skus.length
			);
			await scene.must( 0, 'status', '--wait-idle' );
			// What was written before is not written again; one of two may be the killed one's own,
			// which the shop had already been sent.
			expect(
				( await writesSince( before ) ).length
			).toBeLessThanOrEqual( 2 );
			expect(
				( await scene.status() ).connections[ 0 ]?.stock.state
			).toBe( 'done' );
		} );

		test( 'at the interval of the settings a change in Brightpearl is in the shop, and told', async () => {
			await scene.must( 0, 'settings', 'set', 'stock.every=1s' );
			await scene.changeStock( 'WOOL-BL', { set: 77 } );
			await eventually(
				'the shop follows',
				async () => ( await scene.shop.stock( 'WOOL-BL' ) ) === 77
			);
			await scene.must( 0, 'settings', 'set', 'stock.every=null' );
			const quiet = await scene.shop.lastRequest();
			await scene.must( 0, 'status', '--wait-idle' );
			await scene.changeStock( 'WOOL-BL', { set: 78 } );
			await pause( 1500 );
			expect( await writesSince( quiet ) ).toEqual( [] );
		} );

		test( 'no secret was told anywhere', async () => {
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );
} );
