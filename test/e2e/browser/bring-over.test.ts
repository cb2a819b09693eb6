/** Orders are found by customer and problem, earlier ones are brought over, and a shop is made ready. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import type { Backfill } from '../../../src/contracts/answers.ts';
import type { Settings } from '../../../src/contracts/settings.ts';
import {
	eventually,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import {
	arrives,
	enter,
	expectGoodAtBothWidths,
	heading,
	settled,
} from './kit/console.ts';

const PATIENCE = 60_000;
const TODAY = () => new Date().toISOString().slice( 0, 10 );

describeInBrowser( 'finding and bringing over', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	/** Paid by a method that is not mapped. */
	let stuck: number[];
	let fine: number;
	/** How many were placed before go-live. */
	let earlier: number;
	beforeAll( async () => {
		stage = await openStage();
		const settings = gbSettings();
		earlier = ( await stage.shop.sell( { count: 5 } ) ).orders.length;
		scene = await openScene( stage, {
			settings: {
				...settings,
				goLive: await goLiveNow(),
				orders: { ...settings.orders, payments: { stripe: 'CARD' } },
			},
		} );
		await scene.serve();
		await scene.webhooks();
		fine = await stage.shop.sellOne();
		stuck = [
			await stage.shop.sellOne( { paymentMethod: 'paypal' } ),
			await stage.shop.sellOne( { paymentMethod: 'paypal' } ),
		];
		await scene.order( fine, 'synced', PATIENCE );
		for ( const id of stuck ) {
			await scene.order( id, 'problem', PATIENCE );
		}
	}, 120_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const settingsNow = async (): Promise< Settings > =>
		( await scene.operation< { settings: Settings } >( 'settingsShow' ) )
			.settings;
	const textOf = async ( download: Download ): Promise< string > =>
		readFile( await download.path(), 'utf8' );
	const rows = ( page: Page ) => page.getByRole( 'rowheader' );

	test(
		'orders are found by their problem and their customer; what hides the rest is taken away',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'orders/main' );
			await settled( page );
			await page
				.getByLabel( 'Problem', { exact: true } )
				.selectOption( 'payment-unmapped' );
			await arrives( page, /problem=payment-unmapped/ );
			await eventually(
				'only those are shown',
				async () => ( await rows( page ).count() ) === stuck.length
			);
			const order = ( await stage.shop.order( fine ) ) as unknown as {
				billing: { email: string };
			};
			await page.getByLabel( 'Customer' ).fill( order.billing.email );
			await page.getByText( 'No order matches' ).waitFor();
			await expectGoodAtBothWidths( page, 'orders-none' );
			await page
				.getByRole( 'button', { name: /^Remove “Problem:/ } )
				.click();
			await rows( page )
				.filter( { hasText: String( fine ) } )
				.waitFor();
			await page.getByRole( 'button', { name: 'Clear' } ).click();
			await eventually(
				'all are shown',
				async () => ( await rows( page ).count() ) > stuck.length
			);
		} ),
		PATIENCE
	);

	test(
		'problems are chosen and retried together',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'problems' );
			await page
				.getByRole( 'checkbox', { name: /^Select all 2/ } )
				.check();
			const chosen = page.getByRole( 'region', {
				name: 'Selected problems',
			} );
			await chosen.getByText( '2 selected' ).waitFor();
			await expectGoodAtBothWidths( page, 'problems-selected' );
			await chosen
				.getByRole( 'button', { name: 'Retry the selected' } )
				.click();
			await page.getByText( '0 solved, 2 came back.' ).first().waitFor();
		} ),
		PATIENCE
	);

	test(
		'earlier orders are counted, brought over and followed to the end',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'orders/main' );
			await page.getByRole( 'link', { name: 'Earlier orders' } ).click();
			await heading( page, 'Earlier orders' ).waitFor();
			await page.getByText( 'No backfill yet' ).waitFor();
			const count = page.getByRole( 'button', {
				name: 'Count the orders',
			} );
			await count.click();
			await page
				.getByText( 'Choose the first and the last day.' )
				.first()
				.waitFor();
			await page.getByLabel( 'First day' ).fill( TODAY() );
			await page.getByLabel( 'Last day' ).fill( TODAY() );
			await count.click();
			await page
				.getByText(
					`${ earlier + stuck.length } orders to push, 1 there already.`
				)
				.first()
				.waitFor();
			expect(
				(
					await scene.operation< { items: Backfill[] } >(
						'backfillList'
					)
				).items
			).toEqual( [] );
			await page.getByRole( 'button', { name: 'Begin…' } ).click();
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: 'Begin the backfill' } )
				.dblclick();
			const bar = page.getByRole( 'progressbar', { name: /^Progress:/ } );
			await bar.waitFor();
			await eventually(
				'it is followed to its end',
				async () =>
					( await bar.getAttribute( 'aria-valuetext' ) ) ===
					`${ earlier } of ${ earlier + stuck.length } synced, 2 with a problem, 1 there already`
			);
			await expectGoodAtBothWidths( page, 'backfills' );
			expect(
				(
					await scene.operation< { items: Backfill[] } >(
						'backfillList'
					)
				).items
			).toHaveLength( 1 );
		} ),
		PATIENCE
	);

	test(
		'what finds no place is proposed, taken over, and its orders go on',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'readiness/main' );
			await page
				.getByRole( 'heading', { name: /^Payment methods/ } )
				.waitFor( {
					timeout: PATIENCE,
				} );
			await expectGoodAtBothWidths( page, 'readiness' );
			const saving = page.waitForEvent( 'download' );
			await page
				.getByRole( 'button', { name: 'Download as CSV' } )
				.click();
			expect( await textOf( await saving ) ).toMatch( /paypal/ );

			await page.getByLabel( 'Search' ).fill( 'paypal' );
			await page
				.getByRole( 'checkbox', { name: /^Take over for PayPal/ } )
				.check();
			await page.getByRole( 'button', { name: 'Take over…' } ).click();
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: 'Take over' } )
				.dblclick();
			await page
				.getByText( '1 proposal was taken over.' )
				.first()
				.waitFor();
			expect( ( await settingsNow() ).orders.payments ).toMatchObject( {
				stripe: 'CARD',
				paypal: 'PAYPAL',
			} );
		} ),
		PATIENCE
	);
} );
