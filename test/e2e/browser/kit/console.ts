/** The console at the sidecar's own address, as a person finds their way in it. */
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../harness.ts';
import { NARROW, WIDE, type Visit } from './visit.ts';
import { expectGoodScreen } from './audit.ts';
import { screenshot } from './screenshot.ts';

export interface Service {
	operation< T >(
		name: string,
		input?: Readonly< Record< string, unknown > >
	): Promise< T >;
}

/** A new one-time link, as `pearlbridge login` prints it. */
export async function loginLink( service: Service ): Promise< string > {
	return ( await service.operation< { url: string } >( 'login' ) ).url;
}

/** Signs in and arrives at an address of the console (`orders/main`). */
export async function enter(
	{ page }: Pick< Visit, 'page' >,
	service: Service,
	address = 'overview'
): Promise< void > {
	await page.goto( await loginLink( service ) );
	await heading( page, 'Overview' ).waitFor();
	await go( page, address );
}

/** By the address, as from a bookmark. */
export async function go( page: Page, address: string ): Promise< void > {
	const url = new URL( page.url() );
	url.hash = `#/${ address }`;
	await page.goto( url.href );
}

export function heading( page: Page, name: string | RegExp ): Locator {
	return page.getByRole( 'heading', { level: 1, name } );
}

/** By the navigation. */
export async function open( page: Page, screen: string ): Promise< void > {
	await page
		.getByRole( 'navigation', { name: 'Pearlbridge' } )
		.getByRole( 'link', { name: new RegExp( `^${ screen }` ) } )
		.click();
	await heading( page, screen ).waitFor();
}

/** Waits until nothing is loading any more. */
export async function settled( page: Page ): Promise< void > {
	await heading( page, /./ ).waitFor();
	await eventually( `${ page.url() } has loaded`, () =>
		// As a text: the page's policy keeps Playwright from waiting for one in the page.
		page.evaluate< boolean >(
			"document.querySelector( '.pb-skeleton, [aria-busy=true]' ) === null"
		)
	);
}

/** The screen as it stands is good at both widths; pictures are kept. */
export async function expectGoodAtBothWidths(
	page: Page,
	name: string
): Promise< void > {
	for ( const viewport of [ NARROW, WIDE ] ) {
		await page.setViewportSize( viewport );
		await settled( page );
		await screenshot( page, name );
		await expectGoodScreen( page );
	}
}

export async function textOf( locator: Locator ): Promise< string > {
	return ( await locator.innerText() ).replaceAll( /\s+/g, ' ' ).trim();
}

/** What is in the address bar below the page's own address. */
export function addressOf( page: Page ): string {
	return new URL( page.url() ).hash;
}

/** Waits until the address is this. */
export async function arrives( page: Page, address: string | RegExp ) {
	await page.waitForURL( ( { hash } ) =>
		typeof address === 'string' ? hash === address : address.test( hash )
	);
	expect( addressOf( page ) ).toMatch( address );
}
