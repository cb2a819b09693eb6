/**
 * The one gate before a connection's work: nothing of it is done while its shop calls itself
 * another site than the one that is known (see `site.ts`). Connections with the plugin pass: there
 * the plugin stops by itself, and its signatures say where a word comes from.
 */
import { MINUTE } from '../../contracts/primitives.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Store } from '../../contracts/store.ts';
import { isLive, type Connected } from '../connected.ts';
import {
	clearOfConnection,
	connectionSubject,
	isOtherSite,
	OTHER_SITE,
	wakeStopped,
} from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';
import { judgeSite, keepSite, knownSite, type Site } from './site.ts';

export interface SiteGuard {
	/** Asks the shop who it is. Null = the plugin answers for it. */
	look( connected: Connected ): Promise< Result< Site | null > >;
	/**
	 * Why nothing may be done; null = it may. The first of a connection asks the shop, and a shop
	 * that does not answer stops nothing.
	 */
	stops( connected: Connected ): Promise< ProblemDraft | null >;
}

/** Before a shop that did not answer is asked again. */
const ASK_AGAIN = MINUTE;

export function createSiteGuard(): SiteGuard {
	/** When each client's shop was last asked, and the asking that is under way. */
	const asked = new WeakMap<
		Store,
		{ readonly answered: Promise< boolean >; readonly at: number }
	>();

	async function look(
		connected: Connected
	): Promise< Result< Site | null > > {
		const { database, name, store, storeUrl } = connected;
		if ( ( await database.pairings.find( name ) ) !== null ) {
			const before = await knownSite( database, name );
			if ( before?.other ) {
				await goesOn( connected, {
					...before,
					other: null,
					copy: false,
				} );
			}
			return ok( null );
		}
		const seen = await store.identity();
		if ( ! seen.ok ) {
			return seen;
		}
		const known = await knownSite( database, name );
		const site = judgeSite( known, seen.value, storeUrl );
		if ( known?.other && site.other === null ) {
			await goesOn( connected, site );
			return ok( site );
		}
		if ( JSON.stringify( site ) !== JSON.stringify( known ) ) {
			await keepSite( database, name, site );
		}
		await tell( connected, site );
		return ok( site );
	}

	async function askOnce( connected: Connected ): Promise< void > {
		const { store, world } = connected;
		const now = world.clock.now();
		const last = asked.get( store );
		if (
			last !== undefined &&
			( ( await last.answered ) || now - last.at < ASK_AGAIN )
		) {
			return;
		}
		const current = asked.get( store );
		if ( current !== undefined && current !== last ) {
			await current.answered;
			return;
		}
		const answered = look( connected ).then( ( { ok: heard } ) => heard );
		asked.set( store, { answered, at: now } );
		await answered;
	}

	return {
		look,
		async stops( connected ) {
			const { database, name } = connected;
			if ( ( await database.pairings.find( name ) ) !== null ) {
				return null;
			}
			await askOnce( connected );
			const site = await knownSite( database, name );
			if ( site === null || site.other === null ) {
				return null;
			}
			await tell( connected, site );
			return problemOf( connected, site );
		},
	};
}

/** The pause has ended without a person's word: what it had stopped is woken. */
async function goesOn( connected: Connected, site: Site ): Promise< void > {
	await keepSite( connected.database, connected.name, site );
	await tell( connected, site );
	await wakeStopped( connected );
}

/** Raised while it holds; a copy that is at rest needs no more words. */
async function tell( connected: Connected, site: Site ): Promise< void > {
	const { name, settings, world } = connected;
	if ( site.other === null ) {
		await clearOfConnection( connected, 'site-moved', isOtherSite );
	} else if ( ! site.copy || isLive( settings, world.clock.now() ) ) {
		await raiseProblem(
			connected,
			name,
			connectionSubject( name ),
			problemOf( connected, site )
		);
	}
}

function problemOf( { name }: Connected, site: Site ): ProblemDraft {
	const { home, other } = site;
	const isOtherShop = other?.home === home;
	return {
		code: 'site-moved',
		message: isOtherShop
			? `The shop at ${ home } is another one than before: its WooCommerce has another id. Everything of this connection is paused.`
			: `The shop of this connection calls itself ${ other?.home ?? 'otherwise' } now, and was ${ home } before. Everything of this connection is paused.`,
		cause: isOtherShop
			? 'The shop was set up anew, or a backup of another one was put in its place: its order numbers may begin again.'
			: 'The shop has moved to another address, or this is a copy of it (staging).',
		fix: `Say which it is: in the console under Connections ("The shop has moved" or "This is a copy"), or with "pearlbridge connection site ${ name } moved" when it is the shop, and "pearlbridge connection site ${ name } copy" when it is not.`,
		field: OTHER_SITE,
	};
}
