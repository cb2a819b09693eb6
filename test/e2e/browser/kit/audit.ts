/** What every screen must be: accessible, and no wider than the window. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire( import.meta.url ).resolve( 'axe-core/axe.min.js' );
let source: string | null = null;

/** Findings of axe-core that are serious or critical: rule, what it asks, where. */
export async function seriousFindings( page: Page ): Promise< string[] > {
	source ??= await readFile( AXE, 'utf8' );
	// Not as a script element: the page's policy forbids those.
	await page.evaluate( source );
	const { violations } = await page.evaluate< AxeResults >(
		"axe.run( { resultTypes: [ 'violations' ] } )"
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

/** What is wider than the window and does not scroll in a box of its own. */
const TOO_WIDE = `( () => {
	const { clientWidth, scrollWidth } = document.documentElement;
	if ( scrollWidth <= clientWidth ) {
		return [];
	}
	const wide = [ ...document.querySelectorAll( 'body *' ) ].filter(
		( element ) => element.getBoundingClientRect().right > clientWidth + 1
	);
	return [
		scrollWidth + ' of ' + clientWidth + ' pixels',
		...wide.slice( 0, 8 ).map(
			( { tagName, className } ) => tagName.toLowerCase() + '.' + className
		),
	];
} )()`;

/** What makes the page wider than its window; empty as it should be. */
export function tooWide( page: Page ): Promise< string[] > {
	return page.evaluate< string[] >( TOO_WIDE );
}

export async function expectGoodScreen( page: Page ): Promise< void > {
	expect( await tooWide( page ) ).toEqual( [] );
	expect( await seriousFindings( page ) ).toEqual( [] );
}
