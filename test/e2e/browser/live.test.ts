/** What a person sees when something is away, or not there yet. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createBench, type Bench } from '../harness.ts';
import {
	eventually,
	openScene,
	openStage,
	pause,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { enter, go, heading, settled } from './kit/console.ts';
import { NO_SESSION, UNREACHABLE } from './kit/watch.ts';

const live = ( page: Page, state: string ) =>
	page
		.locator( 'header' )
		.getByRole( 'status' )
		.filter( { hasText: new RegExp( `^${ state }$` ) } )
		.waitFor();

describeInBrowser( 'the console while something is away', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	let port: number;
	beforeAll( async () => {
		stage = await openStage();
		scene = await openScene( stage );
		const { ready } = await scene.serve();
		port = Number( new URL( ready.url ).port );
		await scene.webhooks();
		await scene.order( await stage.shop.sellOne(), 'synced' );
	}, 60_000 );
	beforeEach( () => stage?.brightpearl.clearFaults() );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	test(
		'the session: the login screen comes by itself, and the next link leads back',
		visiting( async ( { page, context, watch } ) => {
			watch.allow( NO_SESSION );
			await enter( { page }, scene, 'orders/main' );
			await page.getByRole( 'rowheader' ).first().waitFor();
			await context.clearCookies();
			// Whatever is asked next finds out.
			await go( page, 'orders/main?state=held' );
			await page.getByText( 'Your session has ended' ).waitFor();
			const { url } = await scene.operation< { url: string } >( 'login' );
			await page.getByLabel( 'Login link' ).fill( url );
			await page.getByRole( 'button', { name: 'Sign in' } ).click();
			await heading( page, 'Orders' ).waitFor();
		} )
	);

	test(
		'Brightpearl: the comparison says which side is silent, and is read again on demand',
		visiting( async ( { page } ) => {
			const id = await stage.shop.sellOne();
			await scene.order( id, 'synced' );
			await stage.brightpearl.fault( {
				kind: 'unavailable',
				path: '/order',
			} );
			await enter( { page }, scene, `orders/main/${ id }` );
			const both = page.getByRole( 'region', {
				name: 'Shop and Brightpearl',
			} );
			await both.getByText( 'Brightpearl:' ).waitFor();
			await stage.brightpearl.clearFaults();
			await both.getByRole( 'button', { name: 'Read again' } ).click();
			await both.getByText( 'Agree', { exact: true } ).waitFor();
		} )
	);

	test(
		'the service: it says so, keeps what it shows, and catches up without a reload',
		visiting( async ( { page, watch } ) => {
			watch.allow( UNREACHABLE );
			await enter( { page }, scene, 'orders/main' );
			const numbers = page.getByRole( 'rowheader' );
			await numbers.first().waitFor();
			const shown = await numbers.count();
			await live( page, 'Live' );
			await page.evaluate( 'window.notReloaded = true' );
			// The files of the other screens follow the first one after a while.
			await pause( 3000 );

			await scene.stop();
			await live( page, 'Reconnecting…' );
			expect( await numbers.count() ).toBe( shown );
			// The other screens that were not read yet cannot be: they say why.
			await go( page, 'problems' );
			await page.getByRole( 'button', { name: 'Try again' } ).waitFor();
			await go( page, 'orders/main' );
			await heading( page, 'Orders' ).waitFor();

			await scene.serve( port );
			const meanwhile = await stage.shop.sellOne();
			await scene.order( meanwhile, 'synced' );
			await live( page, 'Live' );
			await eventually(
				'the order of the meantime shows',
				async () => ( await numbers.count() ) === shown + 1
			);
			expect( await page.evaluate( 'window.notReloaded' ) ).toBe( true );
			await go( page, 'problems' );
			await page.getByText( 'Nothing needs you' ).waitFor();
		} )
	);
} );

describeInBrowser(
	'the console of a service without a connection',
	( visiting ) => {
		let bench: Bench;
		beforeAll( async () => {
			bench = await createBench();
			await bench.serve();
		}, 60_000 );
		afterAll( () => bench?.end() );

		test(
			'leads to the first connection from every screen',
			visiting( async ( { page } ) => {
				const { json } = await bench.cli( [ 'login' ] );
				await page.goto( ( json as { url: string } ).url );
				await heading( page, 'Overview' ).waitFor();
				await settled( page );
				for ( const name of [
					'overview',
					'orders',
					'stock',
					'settings',
				] ) {
					await go( page, name );
					const link = page
						.getByRole( 'main' )
						.getByRole( 'link', { name: /Add a connection/ } );
					await link.waitFor();
					await link.click();
					await heading( page, 'Connections' ).waitFor();
				}
				await go( page, 'problems' );
				await page.getByText( 'Nothing needs you' ).waitFor();
				await go( page, 'no-such-screen' );
				await heading( page, 'Overview' ).waitFor();
			} )
		);
	}
);
