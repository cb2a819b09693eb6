/** Aliases and settings go out and come in as files; what is wrong with one is told, and nothing changes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import type { Settings } from '../../../src/contracts/settings.ts';
import { openScene, openStage, type Scene, type Stage } from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { enter, go, settled } from './kit/console.ts';

const PATIENCE = 60_000;

describeInBrowser( 'aliases and settings as files', ( visiting ) => {
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

	const settingsNow = async (): Promise< Settings > =>
		( await scene.operation< { settings: Settings } >( 'settingsShow' ) )
			.settings;
	const textOf = async ( download: Download ): Promise< string > =>
		readFile( await download.path(), 'utf8' );

	test(
		'aliases are imported by file; a faulty one is told by its lines and changes nothing',
		visiting( async ( { page } ) => {
			const importing = async ( csv: string ): Promise< void > => {
				await page.locator( 'input[type=file]' ).setInputFiles( {
					name: 'aliases.csv',
					mimeType: 'text/csv',
					buffer: Buffer.from( csv ),
				} );
				await page
					.getByRole( 'dialog' )
					.getByRole( 'button', { name: 'Import' } )
					.click();
			};
			await enter( { page }, scene, 'readiness/main' );
			await page.getByText( 'There is no alias yet.' ).waitFor();
			await importing( 'sku,alias\nMUG-OLD,\n,TOTE\n' );
			const dialog = page.getByRole( 'dialog' );
			await dialog.getByText( 'The file has 2 faults.' ).waitFor();
			await dialog.getByText( 'line 2' ).waitFor();
			await page.keyboard.press( 'Escape' );
			await importing( 'sku,alias\nMUG-OLD,MUG-NEW\n' );
			await page.getByRole( 'rowheader', { name: 'MUG-OLD' } ).waitFor();
			const saving = page.waitForEvent( 'download' );
			await page
				.getByRole( 'region', { name: 'SKU aliases' } )
				.getByRole( 'button', { name: 'Download' } )
				.click();
			expect( await textOf( await saving ) ).toBe(
				'sku,alias\r\nMUG-OLD,MUG-NEW\r\n'
			);
		} ),
		PATIENCE
	);

	test(
		'a rule is added by keyboard and saved; the settings go out and come in as a file',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'settings/main?field=orders.rules' );
			const rules = page.getByRole( 'group', {
				name: 'Rules',
				exact: true,
			} );
			await rules
				.getByRole( 'button', { name: 'Add a rule' } )
				.press( 'Enter' );
			await page.keyboard.type( 'us' );
			await rules.getByLabel( 'Such orders' ).selectOption( 'stay' );
			await page
				.getByRole( 'button', { name: 'Save', exact: true } )
				.click();
			await page
				.getByRole( 'region', { name: 'Unsaved changes' } )
				.waitFor( { state: 'hidden' } );
			expect( ( await settingsNow() ).orders.rules ).toEqual( [
				{ country: 'US', push: false },
			] );

			const saving = page.waitForEvent( 'download' );
			const file = page.getByRole( 'region', {
				name: 'Settings as a file',
			} );
			await file.getByRole( 'button', { name: 'Download' } ).click();
			const document = JSON.parse( await textOf( await saving ) ) as {
				settings: Settings;
			};
			const importing = async ( name: string ): Promise< void > => {
				await file.locator( 'input[type=file]' ).setInputFiles( {
					name,
					mimeType: 'application/json',
					buffer: Buffer.from( JSON.stringify( document ) ),
				} );
				await page
					.getByRole( 'dialog' )
					.getByRole( 'button', { name: 'Import' } )
					.click();
			};
			const { cancelPaid } = document.settings.orders;
			Object.assign( document.settings.orders, { cancelPaid: 'burn' } );
			await importing( 'faulty.json' );
			const fault = page
				.getByRole( 'dialog' )
				.getByText( /Paid, then cancelled: must be one of/ );
			await fault.waitFor();
			expect( await fault.count() ).toBe( 1 );
			await page.keyboard.press( 'Escape' );
			document.settings.orders.cancelPaid = cancelPaid;
			document.settings.orders.rules = [];
			await importing( 'settings.json' );
			await page
				.getByText( 'The settings are imported.' )
				.first()
				.waitFor();
			expect( ( await settingsNow() ).orders.rules ).toEqual( [] );
			await go( page, 'settings/main' );
			await settled( page );
			expect( await rules.getByLabel( 'Such orders' ).count() ).toBe( 0 );
		} ),
		PATIENCE
	);
} );
