/** One person with a fresh browser profile, and what must not happen while they look. */
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { screenshot } from './screenshot.ts';
import { createWatch, type Watch } from './watch.ts';

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 780 };
/** What must show by itself shows within this; loaded machines get no shorter bars. */
const PATIENCE = 10_000;

export interface Visit {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly watch: Watch;
	/** Another tab of the same profile, watched as well. */
	tab(): Promise< Page >;
}

/** Makes a test function of one that needs a page; the page's complaints fail it. */
export type Visiting = (
	what: ( visit: Visit ) => Promise< void >,
	options?: { readonly viewport?: typeof WIDE }
) => () => Promise< void >;

export function createVisiting( browser: () => Browser ): Visiting {
	return ( what, { viewport = WIDE } = {} ) =>
		async () => {
			const context = await browser().newContext( {
				viewport,
				locale: 'en-GB',
				timezoneId: 'Europe/London',
				reducedMotion: 'reduce',
			} );
			context.setDefaultTimeout( PATIENCE );
			const watch = await createWatch( context );
			const tab = async (): Promise< Page > => {
				const page = await context.newPage();
				watch.follow( page );
				return page;
			};
			const page = await tab();
			try {
				await what( { page, context, watch, tab } );
				expect( watch.complaints() ).toEqual( [] );
			} catch ( error ) {
				await showFailure( context );
				throw error;
			} finally {
				await context.close();
			}
		};
}

async function showFailure( context: BrowserContext ): Promise< void > {
	const { currentTestName = 'test' } = expect.getState();
	for ( const [ index, page ] of context.pages().entries() ) {
		const name = `failed-${ currentTestName }-${ index + 1 }`;
		await screenshot( page, name.replace( /[^a-z0-9]+/gi, '-' ) ).catch(
			() => undefined
		);
	}
}
