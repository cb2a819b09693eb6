/** Stock in the console: pulled with progress, left and come back to, one figure explained. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { StockRun } from '../../../src/contracts/answers.ts';
import { openScene, openStage, type Scene, type Stage } from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { arrives, enter, go, heading, textOf } from './kit/console.ts';

describeInBrowser( 'stock in a browser', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	let sku: string;
	beforeAll( async () => {
		stage = await openStage();
		await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
		scene = await openScene( stage, { instanceId: true } );
		await scene.serve();
		const { stock } = await stage.shop.control< {
			stock: Record< string, number >;
		} >( 'state' );
		sku = Object.entries( stock ).find(
			( [ , pieces ] ) => pieces > 3
		)![ 0 ];
	}, 60_000 );
	beforeEach( () => stage?.brightpearl.clearFaults() );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	test(
		'there is no run yet; one is begun, shows how far it is, is left and goes on',
		visiting( async ( { page } ) => {
			await enter( { page }, scene, 'stock/main' );
			await page.getByText( 'No stock run yet' ).waitFor();
			await stage.brightpearl.fault( { kind: 'slow', ms: 1000 } );
			await page.getByRole( 'button', { name: 'Pull now' } ).click();
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: 'Pull now' } )
				.dblclick();
			await arrives( page, /^#\/stock\/main\/runs\/\d+$/ );
			await page
				.getByRole( 'progressbar', { name: /Progress of run/ } )
				.waitFor();
			await page.getByRole( 'link', { name: /All runs/ } ).click();
			await heading( page, 'Stock' ).waitFor();
			await page.getByText( 'Running', { exact: true } ).waitFor();
			await stage.brightpearl.clearFaults();
			await page
				.getByRole( 'row' )
				.getByText( 'Done', { exact: true } )
				.waitFor();
			const { items } = await scene.operation< {
				items: { runId: number }[];
			} >( 'stockRuns' );
			expect( items ).toHaveLength( 1 );
		} )
	);

	test(
		'a run shows what it changed, also by its address',
		visiting( async ( { page } ) => {
			const pieces = ( await scene.onHand( sku ) ) + 7;
			await scene.changeStock( sku, { set: pieces } );
			const run = await scene.operation< StockRun >( 'stockPull', {} );
			await enter( { page }, scene, `stock/main/runs/${ run.runId }` );
			await heading( page, `Stock run ${ run.runId }` ).waitFor();
			const row = page.getByRole( 'row' ).filter( { hasText: sku } );
			await row.first().waitFor();
			expect( await textOf( row.first() ) ).toContain( String( pieces ) );
		} )
	);

	test(
		'a SKU is explained, pulled alone, and right then; an unknown one is told',
		visiting( async ( { page } ) => {
			const pieces = ( await scene.onHand( sku ) ) + 5;
			await scene.changeStock( sku, { set: pieces } );
			await enter( { page }, scene, 'stock/main' );
			const ask = page.getByLabel(
				'Why does the shop show this figure?'
			);
			await ask.fill( sku );
			await ask.press( 'Enter' );
			await heading( page, `Stock of ${ sku }` ).waitFor();
			await page.getByText( 'Changes with the next run' ).waitFor();
			const main = page.getByRole( 'main' );
			expect( await textOf( main ) ).toMatch(
				new RegExp( `It should show ${ pieces }\\b` )
			);
			await page.getByRole( 'button', { name: 'Pull this SKU' } ).click();
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: 'Pull now' } )
				.click();
			await arrives( page, /runs\/\d+$/ );
			await page.getByText( 'Done', { exact: true } ).first().waitFor();
			expect( await stage.shop.stock( sku ) ).toBe( pieces );

			// As a problem links to it.
			await go( page, `stock/main?sku=${ sku }` );
			await heading( page, `Stock of ${ sku }` ).waitFor();
			await page.getByText( 'Agrees', { exact: true } ).waitFor();
			await go( page, 'stock/main/explain/NO-SUCH-SKU' );
			await page
				.getByText( 'Nobody knows the SKU NO-SUCH-SKU' )
				.waitFor();
		} )
	);

	test(
		'what cannot be told because Brightpearl is silent says so, and is asked again',
		visiting( async ( { page } ) => {
			await stage.brightpearl.fault( { kind: 'unavailable' } );
			await enter( { page }, scene, `stock/main/explain/${ sku }` );
			const again = page.getByRole( 'button', { name: 'Try again' } );
			await again.waitFor( { timeout: 30_000 } );
			await stage.brightpearl.clearFaults();
			await again.click();
			await page.getByText( 'It should show' ).waitFor( {
				timeout: 30_000,
			} );
		} ),
		90_000
	);
} );
