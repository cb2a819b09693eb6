/** The machine's own Chromium; Playwright only drives it. */
import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../../../../build/machine.mjs';

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

/** Null when there is a browser, else one sentence. */
export function whyNoBrowser(): string | null {
	return chromiumPath() === null
		? 'There is no Chromium on this machine. Install it (Debian: apt-get install chromium), or name one in PEARLBRIDGE_CHROMIUM.'
		: null;
}

export function launch(): Promise< Browser > {
	const executablePath = chromiumPath();
	if ( executablePath === null ) {
		throw new Error( String( whyNoBrowser() ) );
	}
	return chromium.launch( { executablePath, args: FLAGS } );
}
