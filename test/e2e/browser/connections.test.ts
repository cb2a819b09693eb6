/** Connections in the sidecar's own console: added, checked, edited, removed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type {
	ConnectionCheck,
	ConnectionView,
} from '../../../src/contracts/answers.ts';
import { answerConsent } from '../../helpers/consent-page.ts';
import { openScene, openStage, type Scene, type Stage } from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import {
	arrives,
	enter,
	expectGoodAtBothWidths,
	go,
	heading,
	settled,
} from './kit/console.ts';
import { screenshot } from './kit/screenshot.ts';

const SECOND = 'second';

describeInBrowser( 'connections in a browser', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	beforeAll( async () => {
		stage = await openStage();
		scene = await openScene( stage );
		await scene.serve();
	}, 60_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const view = ( name: string ) =>
		scene.operation< ConnectionView >( 'connectionShow', { name } );
	const submit = ( page: Page, name: string ) =>
		page.getByRole( 'button', { name, exact: true } );

	test(
		'one is added beside the first, and checked at once',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'connections' );
			await page
				.getByRole( 'link', { name: 'Add a connection' } )
				.click();
			await heading( page, 'Add a connection' ).waitFor();
			await submit( page, 'Add and check' ).click();
			// Empty as it is, every fault is named at once.
			await page
				.getByLabel( 'Address of the shop' )
				.and( page.locator( '[aria-invalid=true]' ) )
				.waitFor();
			await settled( page );
			await expectGoodAtBothWidths( page, 'connection-faults' );

			const { shop, account } = scene;
			await page.getByLabel( 'Address of the shop' ).fill( shop.url );
			await page
				.getByLabel( 'Consumer key', { exact: true } )
				.fill( shop.consumerKey );
			await page
				.getByLabel( 'Consumer secret', { exact: true } )
				.fill( shop.consumerSecret );
			await page.getByLabel( 'Name', { exact: true } ).fill( SECOND );
			await page.getByLabel( 'Account code' ).fill( account.account );
			await page.getByLabel( 'API domain' ).fill( account.apiDomain );
			await page
				.getByLabel( 'App reference' )
				.fill( account.privateApp.appRef );
			await page
				.getByLabel( 'Account token', { exact: true } )
				.fill( account.privateApp.accountToken );
			await page.getByLabel( 'This is a sandbox' ).check();
			await submit( page, 'Add and check' ).dblclick();
			await arrives( page, new RegExp( `^#/connections/${ SECOND }` ) );
			await heading( page, SECOND ).waitFor();
			await settled( page );
			expect( ( await view( SECOND ) ).brightpearl ).toMatchObject( {
				account: account.account,
			} );
			await expectGoodAtBothWidths( page, 'connection' );
		} ),
		60_000
	);

	test(
		'edited: a secret that is left empty stays what it is, and is never shown',
		visiting( async ( { page, watch } ) => {
			await enter( { page }, scene, `connections/${ SECOND }/edit` );
			await heading( page, `Edit ${ SECOND }` ).waitFor();
			expect(
				await page
					.getByLabel( 'Consumer secret', { exact: true } )
					.inputValue()
			).toBe( '' );
			await page
				.getByLabel( /^Installation instance id/ )
				.fill( String( scene.account.installationInstanceId ) );
			await submit( page, 'Save and check' ).click();
			await heading( page, SECOND ).waitFor();
			const check = await scene.operation< ConnectionCheck >(
				'connectionCheck',
				{ name: SECOND }
			);
			expect(
				check.findings.filter( ( { code } ) =>
					/credentials/.test( code )
				)
			).toEqual( [] );
			expect( ( await view( SECOND ) ).brightpearl ).toMatchObject( {
				installationInstanceId: scene.account.installationInstanceId,
			} );
			const told = await watch.told();
			expect( told.includes( scene.shop.consumerSecret ) ).toBe( false );
		} )
	);

	test(
		'a wrong secret is told by the check',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, `connections/${ SECOND }/edit` );
			await page
				.getByLabel( 'Account token', { exact: true } )
				.fill( 'wrong' );
			await submit( page, 'Save and check' ).click();
			await heading( page, SECOND ).waitFor();
			await settled( page );
			const check = await scene.operation< ConnectionCheck >(
				'connectionCheck',
				{ name: SECOND }
			);
			const wrong = check.findings.find(
				( { level } ) => level === 'error'
			);
			await page.getByText( wrong!.message ).first().waitFor();
		} )
	);

	test(
		'with two of them, each screen shows the one that was chosen',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'orders/main' );
			await heading( page, 'Orders' ).waitFor();
			const choose = page.getByRole( 'combobox', {
				name: 'Connection',
				exact: true,
			} );
			await choose.selectOption( SECOND );
			await arrives( page, `#/orders/${ SECOND }` );
			await page.getByText( 'Not live yet' ).waitFor();
			await go( page, 'overview' );
			await page
				.getByRole( 'heading', { level: 2, name: 'main' } )
				.waitFor();
			await page
				.getByRole( 'heading', { level: 2, name: SECOND } )
				.waitFor();
			await expectGoodAtBothWidths( page, 'overview-of-two' );
		} ),
		60_000
	);

	test(
		'an OAuth app is authorized in a tab of its own, and by pasting the address',
		visiting( async ( { page, context } ) => {
			const { account, oauth, oauthUrl } = scene.account;
			await scene.operation( 'connectionEdit', {
				name: SECOND,
				change: {
					brightpearl: {
						account,
						apiDomain: null,
						oauthUrl,
						auth: {
							type: 'oauth',
							clientId: oauth.clientId,
							clientSecret: oauth.clientSecret,
							devRef: oauth.devRef,
						},
					},
				},
			} );
			await enter( { page }, scene, `connections/${ SECOND }` );
			await page.getByText( /Nobody has given consent/ ).waitFor();
			const authorize = page.getByRole( 'button', {
				name: 'Authorize with Brightpearl',
			} );
			const opened = context.waitForEvent( 'page' );
			await authorize.click();
			const tab = await opened;
			await tab.getByRole( 'button', { name: /allow/i } ).click();
			await tab
				.getByRole( 'heading', { name: 'Brightpearl is connected' } )
				.waitFor();
			await screenshot( tab, 'consent-page' );
			await tab.close();
			await page.bringToFront();
			await page.getByText( /Access renews itself/ ).waitFor();
			await page.getByText( 'Client secret', { exact: true } ).waitFor();

			const again = context.waitForEvent( 'page' );
			await authorize.click();
			await ( await again ).close();
			const address = await page
				.getByRole( 'link', { name: 'Open the page again' } )
				.getAttribute( 'href' );
			await page.getByText( 'The page there did not come back?' ).click();
			const field = page.getByLabel( /^Paste the address/ );
			await field.fill( 'bm90aGluZw==' );
			await submit( page, 'Finish' ).click();
			await page
				.getByText( /Brightpearl gives no token/ )
				.first()
				.waitFor();

			const once = context.waitForEvent( 'page' );
			await authorize.click();
			await ( await once ).close();
			await page.waitForFunction(
				`document.querySelector( 'a[href*="state="]' )?.href !== ${ JSON.stringify( address ) }`
			);
			const back = await answerConsent(
				( await page
					.getByRole( 'link', { name: 'Open the page again' } )
					.getAttribute( 'href' ) ) ?? ''
			);
			await page.getByText( 'The page there did not come back?' ).click();
			await settled( page );
			await expectGoodAtBothWidths( page, 'consent-waiting' );
			await field.fill( back.href );
			await submit( page, 'Finish' ).click();
			await page.getByText( /Access renews itself/ ).waitFor();
			await field.waitFor( { state: 'detached' } );
		} ),
		60_000
	);

	test(
		'removed only after its name was typed; the other one stays',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, `connections/${ SECOND }` );
			await page.getByRole( 'button', { name: 'Remove…' } ).click();
			const dialog = page.getByRole( 'dialog', {
				name: `Remove ${ SECOND }?`,
			} );
			const remove = dialog.getByRole( 'button', {
				name: 'Remove for good',
			} );
			await remove.click( { force: true } );
			expect( ( await view( SECOND ) ).name ).toBe( SECOND );
			await dialog
				.getByLabel( `Type ${ SECOND } to confirm` )
				.fill( SECOND );
			await remove.click();
			await heading( page, 'Connections' ).waitFor();
			await page.getByRole( 'heading', { name: 'main' } ).waitFor();
			const { items } = await scene.operation< {
				items: { name: string }[];
			} >( 'connectionList' );
			expect( items.map( ( { name } ) => name ) ).toEqual( [ 'main' ] );
		} )
	);

	test(
		'a pairing code is made for a shop that has the plugin',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'connections' );
			await page.getByRole( 'button', { name: 'Pair a shop' } ).click();
			await page
				.getByRole( 'button', { name: 'Make a pairing code' } )
				.click();
			await page
				.getByText( /[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/ )
				.first()
				.waitFor();
		} )
	);
} );
