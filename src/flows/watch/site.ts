/**
 * Which site a connection without the plugin belongs to, and whether it still does: a copy of a
 * shop (staging, a restored backup) must not push its orders as if they were the shop's.
 *
 * What the shop said of itself at first is remembered. Another home later, or another shop id,
 * stops everything of the connection until a person says which it is.
 */
import { z } from 'zod';
import type { Database } from '../../contracts/database.ts';
import type { StoreIdentity } from '../../contracts/store.ts';
import { isSameHome } from '../pairing/home.ts';

const identitySchema = z.object( {
	home: z.string(),
	storeId: z.string().nullable(),
} );

const siteSchema = z.object( {
	...identitySchema.shape,
	/** The connection's address then: another one is a person's own word. */
	url: z.string(),
	/** What it says now, where that is another site. */
	other: identitySchema.nullable(),
	/** A person has said that the other one is a copy. */
	copy: z.boolean(),
} );
export type Site = z.infer< typeof siteSchema >;

const KEY = 'site';

type Cache = Pick< Database, 'cache' >;

export async function knownSite(
	{ cache }: Cache,
	connection: string
): Promise< Site | null > {
	return (
		siteSchema.safeParse( await cache.get( connection, KEY ) ).data ?? null
	);
}

export async function keepSite(
	{ cache }: Cache,
	connection: string,
	site: Site
): Promise< void > {
	await cache.put( connection, KEY, site, null );
}

/**
 * What is known after the shop has said who it is. An address of the connection that was changed
 * is believed, unless the shop there is certainly another one: its order ids would be taken for
 * the old shop's.
 */
export function judgeSite(
	known: Site | null,
	seen: StoreIdentity,
	storeUrl: string
): Site {
	const { home, storeId } = seen;
	if ( known === null ) {
		return { home, storeId, url: storeUrl, other: null, copy: false };
	}
	const isOtherShop =
		known.storeId !== null && storeId !== null && known.storeId !== storeId;
	const wasReaddressed = ! isSameHome( known.url, storeUrl );
	const isElsewhere = ! wasReaddressed && ! isSameHome( known.home, home );
	if ( isOtherShop || isElsewhere ) {
		return {
			...known,
			other: { home, storeId },
			copy:
				known.copy &&
				known.other !== null &&
				isSameHome( known.other.home, home ),
		};
	}
	return {
		home,
		storeId: storeId ?? known.storeId,
		url: storeUrl,
		other: null,
		copy: false,
	};
}

/** The other site is the shop: a person has said so. */
export function movedTo( site: Site, storeUrl: string ): Site {
	const { other } = site;
	return other === null
		? site
		: {
				home: other.home,
				storeId: other.storeId ?? site.storeId,
				url: storeUrl,
				other: null,
				copy: false,
			};
}
