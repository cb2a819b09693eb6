/** The console inside wp-admin, as somebody who is signed in sees it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { eventually } from '../../harness.ts';
import { screenshot } from '../../browser/kit/screenshot.ts';
import { NARROW, WIDE } from '../../browser/kit/visit.ts';
import type { Person } from './person.ts';
import type { Shop } from './shop.ts';

const AXE = createRequire( import.meta.url ).resolve( 'axe-core/axe.min.js' );
/** What is ours of the page; the rest is WordPress's. */
const OURS = '#pearlbridge';

/** The person's session in this browser. */
export async function bring(
	context: BrowserContext,
	shop: Shop,
	{ cookies }: Person
): Promise< void > {
	await context.addCookies(
		[ ...cookies ].map( ( [ name, value ] ) => ( {
			name,
			value,
			url: shop.url,
		} ) )
	);
}

export const consoleOf = ( page: Page ): Locator => page.locator( OURS );

export async function openConsole(
	page: Page,
	shop: Shop,
	address = ''
): Promise< void > {
	const url = `${ shop.url }/wp-admin/admin.php?page=pearlbridge${ address === '' ? '' : `#/${ address }` }`;
	// The same document again would only change the address.
	await page.goto( 'about:blank' );
	await page.goto( url );
	await settled( page );
}

export function heading( page: Page, name: string | RegExp ): Locator {
	return consoleOf( page ).getByRole( 'heading', { level: 1, name } );
}

/** Waits until nothing of ours is loading any more. */
export async function settled( page: Page ): Promise< void > {
	await heading( page, /./ ).waitFor();
	await eventually( `${ page.url() } has loaded`, () =>
		page.evaluate< boolean >(
			`document.querySelector( '${ OURS } .pb-skeleton, ${ OURS } [aria-busy=true]' ) === null`
		)
	);
}

/** Serious and critical findings of axe-core inside our part of the page. */
async function findings( page: Page ): Promise< string[] > {
	await page.evaluate( await readFile( AXE, 'utf8' ) );
	const { violations } = await page.evaluate< AxeResults >(
		`axe.run( '${ OURS }', { resultTypes: [ 'violations' ] } )`
	);
	return violations
		.filter(
			( { impact } ) => impact === 'serious' || impact === 'critical'
		)
		.flatMap( ( { id, help, nodes } ) =>
			nodes.map(
				( { target, failureSummary } ) =>
					`${ id } (${ help }) at ${ target.join( ' ' ) }: ${ failureSummary ?? '' }`
			)
		);
}

/** The page is no wider than its window. */
const TOO_WIDE = `( () => {
	const { clientWidth, scrollWidth } = document.documentElement;
	return scrollWidth <= clientWidth ? [] : [
		scrollWidth + ' of ' + clientWidth + ' pixels',
		...[ ...document.querySelectorAll( '${ OURS } *' ) ]
			.filter( ( element ) => element.getBoundingClientRect().right > clientWidth + 1 )
			.slice( 0, 8 )
			.map( ( { tagName, className } ) => tagName.toLowerCase() + '.' + className ),
	];
} )()`;

/** Good at both widths; pictures are kept as `wp-{name}-{width}.png`. */
export async function expectGoodAtBothWidths(
	page: Page,
	name: string
): Promise< void > {
	const found: Record< string, string[] > = {};
	for ( const viewport of [ NARROW, WIDE ] ) {
		await page.setViewportSize( viewport );
		await settled( page );
		// WordPress's bar stays where the window is.
		await page.evaluate( 'window.scrollTo( 0, 0 )' );
		await screenshot( page, `wp-${ name }` );
		found[ `width ${ viewport.width }` ] =
			await page.evaluate< string[] >( TOO_WIDE );
		found[ `axe ${ viewport.width }` ] = await findings( page );
	}
	expect( found ).toEqual(
		Object.fromEntries( Object.keys( found ).map( ( key ) => [ key, [] ] ) )
	);
}
