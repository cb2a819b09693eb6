/** The machine's own Chromium; Playwright only drives it. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../../../../build/machine.mjs';
import { createVisiting, type Visiting } from './visit.ts';

/** Nothing but the page: no sandbox to need rights for, no service that calls home. */
const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const path = chromiumPath();

export function launch( executablePath: string ): Promise< Browser > {
	return chromium.launch( { executablePath, args: FLAGS } );
}

/**
 * A suite that needs a browser: one for the whole file, a fresh profile for each visit. On a
 * machine without one its tests are skipped, counted, and it says so.
 */
export function describeInBrowser(
	name: string,
	body: ( visiting: Visiting ) => void
): void {
	if ( path === null ) {
		process.stderr.write(
			`\nSKIPPED: ${ name }: there is no Chromium on this machine. Install it (Debian: apt-get install chromium), or name one in PEARLBRIDGE_CHROMIUM.\n`
		);
	}
	( path === null ? describe.skip : describe )( name, () => {
		let browser: Browser | null = null;
		beforeAll( async () => {
			browser = await launch( path ?? '' );
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
