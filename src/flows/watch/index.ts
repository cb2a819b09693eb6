/**
 * What is looked at every few minutes of a live connection, whether or not anything happens there:
 * whether the shop is still the same site, whether its webhooks deliver, and whether orders get
 * through.
 */
import type { ProblemDraft } from '../../contracts/problem.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';
import { notAble } from './able.ts';
import { askAgain } from './ask-again.ts';
import { createSiteGuard } from './guard.ts';
import type { WatchParts } from './parts.ts';
import { knownSite } from './site.ts';
import { watchSilence } from './silence.ts';
import { watchWebhooks } from './webhooks.ts';

export interface Watching {
	watch( connected: Connected ): Promise< Result< unknown > >;
	/** Why nothing of the connection may be done; null = it may. */
	stops( connected: Connected ): Promise< ProblemDraft | null >;
}

/** Where nobody watches, nothing is stopped. */
export const UNWATCHED: Watching = {
	watch: () => Promise.resolve( ok( undefined ) ),
	stops: () => Promise.resolve( null ),
};

/** @param partsOf Asked at each look: who composes the service has them after this. */
export function createWatch( partsOf: () => WatchParts ): Watching {
	const guard = createSiteGuard();
	return {
		stops: ( connected ) => guard.stops( connected ),
		async watch( connected ) {
			const parts = partsOf();
			const seen = await guard.look( connected );
			// A shop that will not say who it is has what it said before.
			const site = seen.ok
				? seen.value
				: await knownSite( connected.database, connected.name );
			if ( site?.other ) {
				// In what may be a copy nothing is written, and that it rests is told.
				await notAble( connected );
				return ok( undefined );
			}
			await askAgain( connected, {
				shopIsDown: ! seen.ok && seen.failure.kind === 'retry',
			} );
			await watchSilence( parts, connected );
			return ! seen.ok && seen.failure.kind === 'retry'
				? seen
				: watchWebhooks( parts, connected );
		},
	};
}
