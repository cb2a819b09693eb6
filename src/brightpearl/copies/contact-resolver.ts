/**
 * Who has this e-mail: asked live, or answered by our copy of the account's contacts (resources
 * reference, §2.3). The copy holds digests: our tables need not hold people's data to compare it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { accountScope } from '../../contracts/database.ts';
import { DAY, MINUTE } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Lane } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { contactsByEmail } from '../services/contacts.ts';
import type { CopyParts, CopyStores } from './copy-parts.ts';
import { id, textOrNone } from '../answers/fields.ts';
import { createLookUp } from './look-up.ts';
import { createMirror } from './mirror.ts';
import { MIRROR_COLUMNS, mirrorTimes } from './mirror-state.ts';

/** With more contacts our database would grow by hundreds of megabytes: they are asked for. */
const MOST = 500_000;
/** Pages shift while they are read, so that a row may be missed: now and then all are read again. */
const WHOLE = 7 * DAY;

/** What our tables know of an e-mail: as exact as it is compared, and no way back. */
export function emailKey( email: string ): string {
	return createHash( 'sha256' )
		.update( email.trim().toLowerCase() )
		.digest( 'base64url' )
		.slice( 0, 22 );
}

const contactRow = z.intersection(
	z.object( { contactId: id, primaryEmail: textOrNone } ),
	mirrorTimes
);
type ContactRow = z.infer< typeof contactRow >;

export interface ContactResolver {
	/**
	 * Contacts whose primary e-mail equals this one, ids ascending.
	 *
	 * @param fresh Asks Brightpearl, whoever else asks.
	 */
	byEmail(
		from: { readonly ask: Ask; readonly lane: Lane },
		email: string,
		fresh: boolean
	): Promise< Result< readonly number[] > >;
	/** One was made by us: Brightpearl's search may not know it yet. */
	made( email: string, contactId: number ): Promise< void >;
	/** Brightpearl does not know it any more, or not as this person. */
	forget( contactId: number ): Promise< void >;
	/** Sends those who wait for company away. */
	close(): void;
}

export function createContactResolver(
	parts: CopyParts & Pick< CopyStores, 'contacts' >
): ContactResolver {
	const { account, askIn, cache, clock, contacts, limit, logger } = parts;
	const keep = ( rows: readonly ContactRow[] ) =>
		contacts.upsert(
			account,
			rows.map( ( { contactId, primaryEmail } ) => ( {
				contactId,
				key: primaryEmail === null ? null : emailKey( primaryEmail ),
			} ) )
		);
	const mirror = createMirror< ContactRow >( {
		name: 'contacts',
		scope: accountScope( account ),
		cache,
		clock,
		logger,
		search: ( filters ) => ( {
			path: '/contact-service/contact-search',
			columns: [ 'contactId', 'primaryEmail', ...MIRROR_COLUMNS ],
			filters,
			sort: 'contactId.ASC',
			row: contactRow,
		} ),
		keep,
		// Nothing is cleared before: while it is read, another process answers from what there is.
		async fill( pages ) {
			for await ( const rows of pages ) {
				await keep( rows );
			}
		},
		count: () => contacts.count( account ),
		most: MOST,
		// Such a one is found out when Brightpearl refuses it; and one we just made may be here first.
		dropsVanished: false,
		isDue: ( at, now ) => now - at >= WHOLE || now < at,
	} );

	async function live(
		ask: Ask,
		email: string
	): Promise< Result< readonly number[] > > {
		const found = await contactsByEmail( ask, email );
		if ( found.ok && found.value.length > 0 ) {
			const key = emailKey( email );
			await contacts.upsert(
				account,
				found.value.map( ( contactId ) => ( { contactId, key } ) )
			);
		}
		return found;
	}

	const counted = ( result: 'hit' | 'miss', by: number ) =>
		parts.meter.count(
			'brightpearl_cache',
			{ account, cache: 'contacts', result },
			by
		);
	const lookUp = createLookUp< readonly number[] >( {
		clock,
		logger,
		mirror,
		company: parts.company,
		askIn,
		live,
		async copied( emails ) {
			const known = await contacts.byEmail(
				account,
				emails.map( emailKey )
			);
			return ( email ) => known.get( emailKey( email ) ) ?? [];
		},
		// A contact made elsewhere in this minute is made once more: a backlog is worth that.
		age: MINUTE,
		limit,
		counted,
	} );

	return {
		async byEmail( { ask, lane }, email, fresh ) {
			const wanted = email.trim();
			if ( wanted === '' ) {
				return ok( [] );
			}
			if ( fresh ) {
				counted( 'miss', 1 );
				return live( ask, wanted );
			}
			return lookUp.find( wanted.toLowerCase(), lane );
		},
		made: ( email, contactId ) =>
			contacts.upsert( account, [
				{ contactId, key: emailKey( email ) },
			] ),
		forget: ( contactId ) =>
			contacts.upsert( account, [ { contactId, key: null } ] ),
		close: () => lookUp.close(),
	};
}
