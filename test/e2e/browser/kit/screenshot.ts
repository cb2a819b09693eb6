/** Pictures that are kept: `dist/screenshots/{name}-{width}.png`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const FOLDER = fileURLToPath(
	new URL( '../../../../dist/screenshots', import.meta.url )
);

export async function screenshot( page: Page, name: string ): Promise< void > {
	const width = page.viewportSize()?.width ?? 0;
	const picture = await page.screenshot( {
		// What lies over the page is placed in the window.
		fullPage: ( await page.getByRole( 'dialog' ).count() ) === 0,
		timeout: 30_000,
		animations: 'disabled',
		caret: 'hide',
	} );
	await mkdir( FOLDER, { recursive: true } );
	await writeFile( join( FOLDER, `${ name }-${ width }.png` ), picture );
}
