/** The way in: the demo's one-time link, and everything that is not one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import {
	createBench,
	eventually,
	type Bench,
	type Started,
} from '../harness.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { addressOf, go, heading, open, settled } from './kit/console.ts';
import { NO_SESSION } from './kit/watch.ts';

describeInBrowser( 'the demo in a browser: the way in', ( visiting ) => {
	let bench: Bench;
	let demo: Started;
	beforeAll( async () => {
		bench = await createBench();
		demo = await bench.start( [ 'demo', '--port', '0' ] );
	}, 60_000 );
	afterAll( () => bench.end() );

	const another = async (): Promise< string > =>
		( ( await bench.cli( [ 'login' ] ) ).json as { url: string } ).url;

	test(
		'its link opens the console, is gone from the address bar, and orders arrive by themselves',
		visiting( async ( { page, context } ) => {
			const link = String( demo.ready[ 'console' ] );
			expect( link ).toContain( `${ demo.ready.url }/#login=` );
			await page.goto( link );
			await heading( page, 'Overview' ).waitFor();
			expect( addressOf( page ) ).not.toContain( 'login' );
			await page
				.getByRole( 'status' )
				.filter( { hasText: /^Live$/ } )
				.waitFor();

			await open( page, 'Orders' );
			const numbers = page.getByRole( 'rowheader' );
			await numbers.first().waitFor();
			const before = await numbers.count();
			await eventually(
				'the list grows while nobody touches it',
				async () => ( await numbers.count() ) > before
			);

			await page.reload();
			await heading( page, 'Orders' ).waitFor();
			const [ cookie ] = await context.cookies();
			expect( cookie ).toMatchObject( {
				httpOnly: true,
				sameSite: 'Strict',
			} );
			expect( await page.evaluate( 'document.cookie' ) ).toBe( '' );
		} )
	);

	test(
		'a link that was used says so to the next person, and another link lets them in',
		visiting( async ( { page, watch } ) => {
			watch.allow( NO_SESSION );
			await page.goto( String( demo.ready[ 'console' ] ) );
			await page
				.getByText( 'This link does not work: it was used before' )
				.waitFor();
			expect( addressOf( page ) ).not.toContain( 'login' );
			await page.getByLabel( 'Login link' ).fill( await another() );
			await page.getByRole( 'button', { name: 'Sign in' } ).click();
			await heading( page, 'Overview' ).waitFor();
		} )
	);

	test(
		'a wrong link and one that has run out are refused',
		visiting( async ( { page, watch } ) => {
			watch.allow( NO_SESSION );
			const refused = page.getByText( 'This link does not work: it was' );
			const { url } = demo.ready;
			await page.goto( `${ url }/#login=${ 'x'.repeat( 43 ) }` );
			await refused.waitFor();

			const late = await another();
			const database = new DatabaseSync(
				join( bench.dataDir, 'pearlbridge.db' )
			);
			database.exec( 'update logins set expires_at = 1' );
			database.close();
			await page.goto( 'about:blank' );
			await page.goto( late );
			await refused.waitFor();
		} )
	);

	test(
		'without a session there is only the login screen, whatever the address; signed out it is back',
		visiting( async ( { page, watch, tab } ) => {
			watch.allow( NO_SESSION );
			await page.goto( `${ demo.ready.url }/#/settings/demo` );
			await heading( page, 'Pearlbridge' ).waitFor();
			expect( await page.getByText( 'pearlbridge login' ).count() ).toBe(
				1
			);
			await page.goto( await another() );
			await heading( page, 'Overview' ).waitFor();
			await go( page, 'problems' );
			await settled( page );

			const second = await tab();
			await second.goto( `${ demo.ready.url }/#/overview` );
			await heading( second, 'Overview' ).waitFor();
			await page.getByRole( 'button', { name: 'Sign out' } ).click();
			await page.getByText( 'You are signed out.' ).waitFor();
			await second.bringToFront();
			await second.getByText( 'Your session has ended' ).waitFor();
		} )
	);
} );
