/**
 * The consent of a Brightpearl account from within wp-admin: the button, Brightpearl's page in a
 * tab of its own, the way back to the plugin's page.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../../src/contracts/answers.ts';
import { describeInBrowser } from '../browser/kit/chromium.ts';
import { screenshot } from '../browser/kit/screenshot.ts';
import type { Visiting } from '../browser/kit/visit.ts';
import {
	bring,
	consoleOf,
	expectGoodAtBothWidths,
	openConsole,
} from './kit/admin.ts';
import { describeOnWordPress } from './kit/describe.ts';
import type { Person } from './kit/person.ts';
import { openShop, type Shop } from './kit/shop.ts';
import { openSidecar, type Sidecar } from './kit/sidecar.ts';
import { done, pairShop } from './kit/steps.ts';
import { together } from './kit/together.ts';

const PATIENCE = 60_000;

describeOnWordPress( 'A consent in Brightpearl', () => {
	describeInBrowser( 'begun in wp-admin', tellStory );
} );

function tellStory( visiting: Visiting ): void {
	let shop: Shop;
	let sidecar: Sidecar;
	let owner: Person;
	let connection = '';

	beforeAll( async () => {
		[ shop, sidecar ] = await together( openShop(), openSidecar() );
		await sidecar.serve();
		connection = await pairShop( shop, sidecar );
		owner = await shop.owner();
		const { account, oauth, oauthUrl } =
			sidecar.brightpearl.account( 'sandbox-gb' );
		// By the operator: a shop cannot send the sidecar to an address of its own machine.
		await sidecar.operation( 'connectionEdit', {
			name: connection,
			change: {
				brightpearl: {
					account,
					oauthUrl,
					sandbox: true,
					auth: {
						type: 'oauth',
						clientId: oauth.clientId,
						clientSecret: oauth.clientSecret,
						devRef: oauth.devRef,
					},
				},
			},
		} );
	}, 120_000 );
	afterAll( async () => {
		await Promise.all( [ shop?.end(), sidecar?.end() ] );
	}, 60_000 );

	const tokenType = async () =>
		( await done< ConnectionView >( owner, 'connection-show' ) ).brightpearl
			?.auth.tokenType;

	const authorize = ( decision: RegExp, notice: RegExp ) =>
		visiting( async ( { page, context, watch } ) => {
			// WordPress links a font or icon here and there that a test has no network for.
			watch.allow( /favicon/ );
			await bring( context, shop, owner );
			await openConsole( page, shop, 'pairing' );
			const ours = consoleOf( page );
			const button = ours.getByRole( 'button', {
				name: 'Authorize with Brightpearl',
			} );
			const opened = context.waitForEvent( 'page' );
			await button.click();
			const tab = await opened;
			await ours.getByText( /Waiting for the consent/ ).waitFor();
			await screenshot( page, 'wp-consent-waiting' );
			await tab.getByRole( 'button', { name: decision } ).click();
			await tab.waitForURL( /page=pearlbridge#\/pairing$/ );
			expect( tab.url() ).not.toMatch( /code=|state=|error=/ );
			await tab.locator( '.notice', { hasText: notice } ).waitFor();
			await screenshot( tab, 'wp-consent-back' );
			await page.bringToFront();
		} );

	test(
		'is refused: the shop’s page says so, and nothing has changed',
		async () => {
			await authorize( /refuse/i, /refused in Brightpearl/ )();
			expect( await tokenType() ).toBeNull();
		},
		PATIENCE
	);

	test(
		'is given: code and state leave the address at once, and the console knows',
		async () => {
			await authorize( /allow/i, /has given its consent/ )();
			expect( await tokenType() ).toBe( 'Bearer' );
			await visiting( async ( { page, context } ) => {
				await bring( context, shop, owner );
				await openConsole( page, shop, 'pairing' );
				await consoleOf( page )
					.getByText( /Access renews itself/ )
					.waitFor();
				await expectGoodAtBothWidths( page, 'consent-given' );
			} )();
		},
		PATIENCE
	);
}
