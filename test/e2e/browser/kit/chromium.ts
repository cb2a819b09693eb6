/** Suites that need a browser. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launch, whyNoBrowser } from './launch.ts';
import { createVisiting, type Visiting } from './visit.ts';

/**
 * One browser for the whole file, a fresh profile for each visit. On a machine without one the
 * tests are skipped, counted, and it says so.
 */
export function describeInBrowser(
	name: string,
	body: ( visiting: Visiting ) => void
): void {
	const missing = whyNoBrowser();
	if ( missing !== null ) {
		process.stderr.write( `\nSKIPPED: ${ name }. ${ missing }\n` );
	}
	( missing === null ? describe : describe.skip )( name, () => {
		let browser: Browser | null = null;
		beforeAll( async () => {
			browser = await launch();
		}, 30_000 );
		afterAll( () => browser?.close() );
		body(
			createVisiting( () => {
				if ( browser === null ) {
					throw new Error( 'The browser has not started.' );
				}
				return browser;
			} )
		);
	} );
}
