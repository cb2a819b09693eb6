/**
 * Every screen at the width of a desk and of a telephone: nothing serious for axe-core, no wider
 * than the window, and a picture that is kept.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { createLedger } from '../../bench/ledger.mjs';
import {
	gbSettings,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import {
	enter,
	expectGoodAtBothWidths,
	go,
	heading,
	settled,
} from './kit/console.ts';
import { NO_SESSION } from './kit/watch.ts';

const PATIENCE = 60_000;
const SWAY = 3 * 3_600_000;

describeInBrowser( 'every screen of the console', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	let synced: number;
	let stuck: number;
	let sku: string;
	let runId: number;
	beforeAll( async () => {
		stage = await openStage();
		await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
		const settings = gbSettings();
		const { paypal, ...payments } = settings.orders.payments;
		expect( paypal ).toBe( 'PAYPAL' );
		scene = await openScene( stage, {
			instanceId: true,
			settings: {
				...settings,
				orders: { ...settings.orders, payments },
			},
		} );
		// What a shop has after some days, for the charts and the pages of the lists.
		const ledger = createLedger( {
			orders: 2000,
			problems: 4,
			runs: 300,
			sway: SWAY,
		} );
		const database = join( scene.bench.dataDir, 'pearlbridge.db' );
		ledger.seedRuns( database );
		await scene.serve();
		await scene.webhooks();
		await stage.shop.sell( { count: 14 } );
		synced = await stage.shop.sellOne();
		const held = await stage.shop.sellOne();
		stuck = await stage.shop.sellOne( { paymentMethod: 'paypal' } );
		await stage.shop.sell( { count: 2, paymentMethod: 'paypal' } );
		await stage.shop.sellOne( { status: 'pending' } );
		await scene.order( synced, 'synced', PATIENCE );
		await scene.order( held, 'synced', PATIENCE );
		await scene.order( stuck, 'problem', PATIENCE );
		await scene.operation( 'ordersDecide', {
			orderIds: [ held ],
			decision: 'hold',
		} );
		const order = await stage.shop.order( synced );
		sku = order.line_items[ 0 ]!.sku ?? '';
		await scene.changeStock( sku, { change: 9 } );
		const run = await scene.operation< { runId: number } >(
			'stockPull',
			{}
		);
		runId = run.runId;
		await scene.must( 0, 'status', '--wait-idle' );
		// The shop does not know these orders: the next deep sweep, which would find that out, is
		// a day away.
		ledger.seedOrders( database );
	}, 120_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const screens: readonly ( readonly [ string, () => string, RegExp ] )[] = [
		[ 'overview', () => 'overview', /^Overview$/ ],
		[ 'orders', () => 'orders/main', /^Orders$/ ],
		[ 'order', () => `orders/main/${ synced }`, /^Order \d+$/ ],
		[ 'order-with-problem', () => `orders/main/${ stuck }`, /^Order \d+$/ ],
		[
			'order-preview',
			() => `orders/main/${ synced }/preview`,
			/^Preview of order \d+$/,
		],
		[ 'stock', () => 'stock/main', /^Stock$/ ],
		[ 'stock-run', () => `stock/main/runs/${ runId }`, /^Stock run \d+$/ ],
		[
			'stock-explained',
			() => `stock/main/explain/${ sku }`,
			/^Stock of /,
		],
		[ 'problems', () => 'problems', /^Problems$/ ],
		[ 'settings', () => 'settings/main', /^Settings$/ ],
		[ 'connections', () => 'connections', /^Connections$/ ],
	];

	test.each( screens )(
		'%s',
		( name, address, title ) =>
			visiting( async ( { page } ) => {
				await enter( { page }, scene, address() );
				await heading( page, title ).waitFor();
				await settled( page );
				await expectGoodAtBothWidths( page, name );
			} )(),
		PATIENCE
	);

	test(
		'login',
		visiting( async ( { page, watch } ) => {
			watch.allow( NO_SESSION );
			const { url } = ( await scene.status() ).service;
			await page.goto( `${ url }/` );
			await heading( page, 'Pearlbridge' ).waitFor();
			await expectGoodAtBothWidths( page, 'login' );
		} ),
		PATIENCE
	);

	test(
		'a question before something is done',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, `orders/main/${ synced }` );
			await page.getByRole( 'button', { name: 'Ignore' } ).click();
			await page.getByRole( 'dialog' ).waitFor();
			await expectGoodAtBothWidths( page, 'question' );
			await page.keyboard.press( 'Escape' );
			await go( page, 'stock/main' );
			await page.getByRole( 'button', { name: 'Pull now' } ).click();
			await page.getByRole( 'dialog' ).waitFor();
			await expectGoodAtBothWidths( page, 'pull' );
		} ),
		PATIENCE
	);

	test(
		'tells nothing secret to a browser',
		visiting( async ( { page, watch } ) => {
			await enter( { page }, scene );
			for ( const [ , address ] of screens ) {
				await go( page, address() );
				await settled( page );
			}
			const told = await watch.told();
			// A look at nothing would find nothing either.
			expect( told.includes( stage.shop.url ) ).toBe( true );
			const { store, brightpearl } = scene.file;
			const secrets = {
				...store,
				...( brightpearl[ 'auth' ] as Record< string, string > ),
			};
			expect(
				[
					'consumerKey',
					'consumerSecret',
					'webhookSecret',
					'accountToken',
				].filter( ( name ) =>
					told.includes(
						( secrets as Record< string, string > )[ name ]!
					)
				)
			).toEqual( [] );
		} ),
		PATIENCE
	);
} );
