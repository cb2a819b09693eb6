/** A problem is understood, its setting found and mended; settings of two people do not collide. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Settings } from '../../../src/contracts/settings.ts';
import {
	eventually,
	gbSettings,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { arrives, enter, go, heading, open, settled } from './kit/console.ts';

const SEEN_WITHIN = 2000;

describeInBrowser( 'problems and settings in a browser', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	beforeAll( async () => {
		stage = await openStage();
		const settings = gbSettings();
		scene = await openScene( stage, {
			settings: {
				...settings,
				orders: { ...settings.orders, payments: { stripe: 'CARD' } },
			},
		} );
		await scene.serve();
		await scene.webhooks();
	}, 60_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const settingsNow = async (): Promise< Settings > =>
		( await scene.operation< { settings: Settings } >( 'settingsShow' ) )
			.settings;
	const save = ( page: Page ) =>
		page.getByRole( 'button', { name: 'Save', exact: true } );
	const saved = ( page: Page ): Promise< void > =>
		page
			.getByRole( 'region', { name: 'Unsaved changes' } )
			.waitFor( { state: 'hidden' } );

	test(
		'a payment method nobody mapped: shown, mended at its setting, retried, gone by itself',
		visiting( async ( { page, tab } ) => {
			await enter( { page }, scene, 'problems' );
			await page.getByText( 'Nothing needs you' ).waitFor();
			const ids = [
				await stage.shop.sellOne( { paymentMethod: 'paypal' } ),
				await stage.shop.sellOne( { paymentMethod: 'paypal' } ),
			];
			const problem = page.getByRole( 'region', {
				name: 'Payment method not mapped',
			} );
			await problem.waitFor();
			for ( const id of ids ) {
				await scene.order( id, 'problem' );
			}
			await problem.getByText( /Retry all 2/ ).waitFor();
			expect( await problem.getByText( 'What to do' ).count() ).toBe( 1 );
			const overview = await tab();
			await overview.goto( page.url().replace( /#.*/, '#/overview' ) );
			await overview
				.getByText( 'Payment method not mapped' )
				.first()
				.waitFor();

			await page.bringToFront();
			await problem
				.getByRole( 'link', { name: 'Open the setting' } )
				.click();
			await arrives( page, /^#\/settings\/main\?field=orders\.payments/ );
			const choice = page.getByRole( 'combobox', {
				name: 'Brightpearl payment method for PayPal',
			} );
			await choice.waitFor();
			await eventually( 'the field has the focus', () =>
				page.evaluate< boolean >(
					'document.activeElement?.closest( \'[data-field="orders.payments"]\' ) !== null'
				)
			);
			await choice.selectOption( 'PAYPAL' );
			await save( page ).dblclick();
			await saved( page );
			expect( ( await settingsNow() ).orders.payments ).toEqual( {
				stripe: 'CARD',
				paypal: 'PAYPAL',
			} );

			await open( page, 'Problems' );
			await problem
				.getByRole( 'button', { name: /^Retry all 2/ } )
				.click();
			for ( const id of ids ) {
				await scene.order( id, 'synced' );
			}
			await page
				.getByText( 'Nothing needs you' )
				.waitFor( { timeout: SEEN_WITHIN } );
			await overview.bringToFront();
			await overview
				.getByText( 'Payment method not mapped' )
				.first()
				.waitFor( { state: 'hidden' } );
		} )
	);

	test(
		'what is wrong is told at its field and nothing is saved; mended, it is',
		visiting( async ( { page } ) => {
			const before = await settingsNow();
			await enter( { page }, scene, 'settings/main?field=stock.buffer' );
			const buffer = page.getByLabel( 'Buffer', { exact: true } );
			await buffer.fill( 'many' );
			await save( page ).click();
			await eventually(
				'the field is marked',
				async () =>
					( await buffer.getAttribute( 'aria-invalid' ) ) === 'true'
			);
			expect( await settingsNow() ).toEqual( before );
			await buffer.fill( '3' );
			await save( page ).click();
			await saved( page );
			expect( ( await settingsNow() ).stock.buffer ).toBe( 3 );
			const { items } = await scene.operation< {
				items: { by?: string; savedBy?: string }[];
			} >( 'settingsHistory' );
			expect( items.length ).toBeGreaterThan( 0 );
		} )
	);

	test(
		'what two tabs change is not lost: the second is told and decides',
		visiting( async ( { page, tab } ) => {
			await enter( { page }, scene, 'settings/main?field=stock.buffer' );
			const mine = page.getByLabel( 'Buffer', { exact: true } );
			await mine.fill( '7' );
			const other = await tab();
			await other.goto( page.url() );
			await other.getByLabel( 'Buffer', { exact: true } ).fill( '8' );
			await other.getByLabel( 'Leave to other apps' ).fill( '11' );
			await save( other ).click();
			await saved( other );

			await page.bringToFront();
			await page
				.getByRole( 'heading', { name: 'Changed meanwhile' } )
				.waitFor();
			await page
				.getByRole( 'button', { name: 'Go on with this' } )
				.click();
			await save( page ).click();
			await saved( page );
			expect( await settingsNow() ).toMatchObject( {
				stock: { buffer: 7 },
				budget: { reserve: 11 },
			} );
			await other.bringToFront();
			await eventually(
				'the other tab shows it',
				async () =>
					( await other
						.getByLabel( 'Buffer', { exact: true } )
						.inputValue() ) === '7'
			);
		} )
	);

	test(
		'what was typed and not saved is there again on the way back',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'settings/main?field=stock.buffer' );
			await page.getByLabel( 'Buffer', { exact: true } ).fill( '99' );
			await open( page, 'Orders' );
			await go( page, 'settings/main' );
			await heading( page, 'Settings' ).waitFor();
			await settled( page );
			expect(
				await page.getByLabel( 'Buffer', { exact: true } ).inputValue()
			).toBe( '99' );
			await page.getByRole( 'button', { name: 'Discard' } ).click();
			await saved( page );
			expect( ( await settingsNow() ).stock.buffer ).not.toBe( 99 );
		} )
	);

	test(
		'what cannot be added to a table is told at its field; put right, it is added',
		visiting( async ( { page } ) => {
			await enter(
				{ page },
				scene,
				'settings/main?field=orders.customFields'
			);
			for ( const { label, wrong, why, right } of [
				{
					label: 'Code of a custom field',
					wrong: 'foo bar',
					why: /^Type a code such as PCF_ORDERNO/,
					right: 'PCF_SHOP',
				},
				{
					label: 'Id of another status of Brightpearl',
					wrong: 'abc',
					why: /^Type the number of a status/,
					right: '999',
				},
			] ) {
				const input = page.getByLabel( label, { exact: true } );
				await input.fill( wrong );
				await input
					.locator( 'xpath=..' )
					.getByRole( 'button', { name: 'Add' } )
					.click();
				await page.getByText( why ).last().waitFor();
				expect( await input.getAttribute( 'aria-invalid' ) ).toBe(
					'true'
				);
				const described =
					await input.getAttribute( 'aria-describedby' );
				expect(
					await page.locator( `[id="${ described }"]` ).innerText()
				).toMatch( why );
				await input.fill( right );
				expect( await input.getAttribute( 'aria-invalid' ) ).toBeNull();
				await input.press( 'Enter' );
				await page
					.getByRole( 'rowheader' )
					.filter( { hasText: right } )
					.waitFor();
			}
		} )
	);
} );
