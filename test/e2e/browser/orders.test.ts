/** Orders in the console: they arrive, they are looked into, they are steered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import {
	doubled,
	eventually,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from '../kit.ts';
import type { Started } from '../harness.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { arrives, enter, go, heading, settled, textOf } from './kit/console.ts';

/** What the console promises between an event and its being seen. */
const SEEN_WITHIN = 2000;

describeInBrowser( 'orders in a browser', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	let service: Started;
	beforeAll( async () => {
		stage = await openStage();
		scene = await openScene( stage );
		service = await scene.serve();
		await scene.webhooks();
	}, 60_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	const sold = async (): Promise< { id: number; number: string } > => {
		const id = await stage.shop.sellOne();
		return { id, number: ( await stage.shop.order( id ) ).number };
	};
	const synced = async () => {
		const order = await sold();
		await scene.order( order.id, 'synced' );
		return order;
	};
	const rowOf = ( page: Page, number: string ): Locator =>
		page.getByRole( 'row' ).filter( {
			has: page.getByRole( 'rowheader', { name: number, exact: true } ),
		} );
	const told = ( id: number, state: string ) =>
		eventually( `the service tells that ${ id } is ${ state }`, async () =>
			service.lines.some(
				( line ) =>
					line[ 'event' ] === 'order' &&
					line[ 'orderId' ] === id &&
					line[ 'state' ] === state
			)
		);
	/** How often the page asked for it. */
	const counting = ( page: Page, operation: string ): ( () => number ) => {
		let count = 0;
		page.on( 'request', ( request ) => {
			if ( request.url().endsWith( `/operations/${ operation }` ) ) {
				count += 1;
			}
		} );
		return () => count;
	};

	test(
		'one that is sold appears by itself in the list and on the overview',
		visiting( async ( { page, tab } ) => {
			await enter( { page }, scene, 'orders/main' );
			await heading( page, 'Orders' ).waitFor();
			const overview = await tab();
			await overview.goto( page.url().replace( /#.*/, '#/overview' ) );
			await settled( overview );
			const states = overview.getByRole( 'link', { name: /^Synced \d/ } );

			const { id, number } = await sold();
			await told( id, 'synced' );
			await rowOf( page, number )
				.getByText( 'Synced', { exact: true } )
				.waitFor( { timeout: SEEN_WITHIN } );
			const { salesOrderId } = await scene.order( id, 'synced' );
			expect( await textOf( rowOf( page, number ) ) ).toContain(
				String( salesOrderId )
			);

			await overview.bringToFront();
			await states.waitFor();
			const before = await textOf( states );
			const next = await sold();
			await told( next.id, 'synced' );
			await eventually(
				'the overview counts it',
				async () => ( await textOf( states ) ) !== before,
				SEEN_WITHIN
			);
		} )
	);

	test(
		'opens by a click and by its address, with its journal and both sides',
		visiting( async ( { page } ) => {
			const { id, number } = await synced();
			const { salesOrderId, brightpearl } = await scene.order(
				id,
				'synced'
			);
			await enter( { page }, scene, 'orders/main' );
			await page
				.getByRole( 'link', { name: number, exact: true } )
				.click();
			await arrives( page, `#/orders/main/${ id }` );

			const looked = async (): Promise< void > => {
				await heading( page, `Order ${ number }` ).waitFor();
				await page
					.getByText( String( salesOrderId ) )
					.first()
					.waitFor();
				const journal = page.getByRole( 'region', {
					name: 'What was done',
				} );
				await journal.getByText( 'Sales order' ).first().waitFor();
				const both = page.getByRole( 'region', {
					name: 'Shop and Brightpearl',
				} );
				await both.scrollIntoViewIfNeeded();
				await both.getByText( 'Agree', { exact: true } ).waitFor();
				expect( await textOf( both ) ).toContain(
					`${ salesOrderId } · ${ brightpearl?.reference }`
				);
			};
			await looked();
			await page.reload();
			await looked();
			await page.getByRole( 'link', { name: /All orders/ } ).click();
			await heading( page, 'Orders' ).waitFor();
			await page.goBack();
			await looked();
		} )
	);

	test(
		'is pushed again once however often the button is hit, and nothing is made twice',
		visiting( async ( { page } ) => {
			const { id } = await synced();
			await enter( { page }, scene, `orders/main/${ id }` );
			const pushes = counting( page, 'ordersPush' );
			const button = page.getByRole( 'button', { name: 'Push again' } );
			// The answer takes its time, as over a slow line.
			await page.route( /\/operations\/ordersPush$/, async ( route ) => {
				const response = await route.fetch();
				await new Promise( ( resolve ) => setTimeout( resolve, 500 ) );
				await route.fulfill( { response } );
			} );
			await button.dblclick();
			await button.click( { force: true } );
			await page
				.getByText( /^Order .*: Synced$/ )
				.first()
				.waitFor();
			expect( pushes() ).toBe( 1 );
			const state = await scene.state();
			expect( doubled( state ) ).toEqual( [] );
			await scene.soldOrder( id, state );
		} )
	);

	test(
		'is held, released and ignored, and every tab sees it',
		visiting( async ( { page, tab } ) => {
			const { id, number } = await synced();
			await enter( { page }, scene, `orders/main/${ id }` );
			await heading( page, `Order ${ number }` ).waitFor();
			const other = await tab();
			await other.goto( page.url().replace( /#.*/, '#/orders/main' ) );
			await rowOf( other, number ).waitFor();
			await page.bringToFront();

			const decide = async (
				name: string,
				state: 'held' | 'ignored'
			): Promise< void > => {
				await page.getByRole( 'button', { name, exact: true } ).click();
				await page
					.getByRole( 'dialog', {
						name: new RegExp( `^${ name } order ${ number }` ),
					} )
					.getByRole( 'button', { name, exact: true } )
					.dblclick();
				await page.getByRole( 'dialog' ).waitFor( { state: 'hidden' } );
				await scene.order( id, state );
			};
			await decide( 'Hold', 'held' );
			await rowOf( other, number )
				.getByText( 'Held', { exact: true } )
				.waitFor( { timeout: SEEN_WITHIN } );
			await page.getByRole( 'button', { name: 'Release' } ).click();
			await scene.order( id, 'synced' );
			await rowOf( other, number )
				.getByText( 'Synced', { exact: true } )
				.waitFor();
			await decide( 'Ignore', 'ignored' );
			await rowOf( other, number )
				.getByText( 'Ignored', { exact: true } )
				.waitFor();
		} )
	);

	test(
		'shows what a push would send without writing anything',
		visiting( async ( { page } ) => {
			const { id, number } = await synced();
			await enter( { page }, scene, `orders/main/${ id }` );
			const before = await stage.brightpearl.lastRequest();
			await page.getByRole( 'link', { name: 'Preview' } ).click();
			await arrives( page, `#/orders/main/${ id }/preview` );
			await heading( page, new RegExp( number ) ).waitFor();
			await settled( page );
			const requests = await stage.brightpearl.requests( before );
			expect(
				requests.filter(
					( { method } ) => method !== 'GET' && method !== 'OPTIONS'
				)
			).toEqual( [] );
		} )
	);

	test(
		'several are held at once, and found by state, number and Brightpearl’s number',
		visiting( async ( { page } ) => {
			const orders = [ await synced(), await synced() ];
			await enter( { page }, scene, 'orders/main' );
			for ( const { number } of orders ) {
				await page
					.getByRole( 'checkbox', { name: `Select ${ number }` } )
					.check();
			}
			await page
				.getByRole( 'region', { name: 'Selected orders' } )
				.getByRole( 'button', { name: 'Hold' } )
				.click();
			await page
				.getByRole( 'dialog', { name: 'Hold 2 orders?' } )
				.getByRole( 'button', { name: 'Hold' } )
				.click();
			await page.getByText( '2 of 2 done' ).first().waitFor();

			const rows = page.getByRole( 'rowheader' );
			await page.getByRole( 'link', { name: /^Held \d/ } ).click();
			await arrives( page, /state=held/ );
			await eventually(
				'only the held are shown',
				async () => ( await rows.count() ) === 2
			);
			await go( page, 'orders/main' );
			const { salesOrderId } = await scene.order(
				orders[ 0 ]!.id,
				'held'
			);
			for ( const text of [
				orders[ 0 ]!.number,
				String( salesOrderId ),
			] ) {
				await page.getByLabel( 'Search' ).fill( text );
				await arrives( page, new RegExp( `search=${ text }` ) );
				await eventually(
					`only ${ text } is shown`,
					async () =>
						( await rows.allInnerTexts() ).join() ===
						orders[ 0 ]!.number
				);
			}
			await page.getByLabel( 'Search' ).fill( 'no such order' );
			await page.getByText( 'No order matches' ).waitFor();
			await page.getByRole( 'button', { name: 'Show all' } ).click();
			await eventually(
				'all are shown again',
				async () => ( await rows.count() ) > 2
			);
		} )
	);

	test(
		'with the keyboard alone: from the login to a held order',
		visiting( async ( { page } ) => {
			const { id, number } = await synced();
			await enter( { page }, scene );
			const focused = (): Promise< string > =>
				page.evaluate(
					"document.activeElement?.getAttribute( 'aria-label' ) || document.activeElement?.textContent || ''"
				);
			const tabTo = async ( name: RegExp ): Promise< void > => {
				for ( let presses = 0; presses < 80; presses++ ) {
					await page.keyboard.press( 'Tab' );
					if ( name.test( ( await focused() ).trim() ) ) {
						return;
					}
				}
				throw new Error( `The Tab key never reaches ${ name }.` );
			};
			await tabTo( /^Skip to content$/ );
			await tabTo( /^Orders$/ );
			await page.keyboard.press( 'Enter' );
			await heading( page, 'Orders' ).waitFor();
			await eventually(
				'the heading has the focus',
				async () => ( await focused() ) === 'Orders'
			);
			await rowOf( page, number ).waitFor();
			await tabTo( new RegExp( `^${ number }$` ) );
			await page.keyboard.press( 'Enter' );
			await heading( page, `Order ${ number }` ).waitFor();
			await tabTo( /^Hold$/ );
			await page.keyboard.press( 'Enter' );
			await page.getByRole( 'dialog' ).waitFor();
			await page.keyboard.press( 'Escape' );
			await page.getByRole( 'dialog' ).waitFor( { state: 'hidden' } );
			expect( await focused() ).toMatch( /^Hold$/ );
			await page.keyboard.press( 'Enter' );
			await tabTo( /^Hold$/ );
			await page.keyboard.press( 'Enter' );
			await scene.order( id, 'held' );
			await page.getByRole( 'dialog' ).waitFor( { state: 'hidden' } );
			expect( await focused() ).not.toBe( '' );
		} )
	);
} );
