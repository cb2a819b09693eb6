/**
 * Which connection a site that knows the code belongs to. A code without a connection never opens
 * one that exists, except to the site that was paired with it: whoever holds such a code could
 * otherwise take over another shop's by giving its address.
 */
import type { PairingCode } from '../../contracts/database.ts';
import type { BridgeContext } from './bridge.ts';
import { refuse, type Answer } from './refusal.ts';
import { isSameHome } from './home.ts';
import { formerSite } from './keys.ts';

interface Site {
	readonly siteId: string;
	readonly home: string;
}

/** Null = a new connection is to be made. */
export async function placeOf(
	context: BridgeContext,
	{ connection }: PairingCode,
	site: Site
): Promise< Answer< string | null > > {
	const { pairings } = context.database;
	const known = await pairings.findBySite( site.siteId );
	if ( known !== null && ! isSameHome( known.storeUrl, site.home ) ) {
		return refuse(
			'known-site',
			`This site is paired as ${ known.storeUrl } already, and now calls itself ${ site.home }.`,
			'If it is a copy (staging), forget the pairing there and pair it anew as a site of its own. If the shop has moved, say so under WooCommerce → Pearlbridge, or unpair the connection in the sidecar first.'
		);
	}
	return connection === null
		? placeOfOpenCode( context, known?.connection ?? null, site )
		: placeOfNamedCode(
				context,
				connection,
				known?.connection ?? null,
				site
			);
}

async function placeOfNamedCode(
	{ database }: BridgeContext,
	connection: string,
	knownAs: string | null,
	site: Site
): Promise< Answer< string > > {
	const stored = await database.connections.find( connection );
	if ( stored === null ) {
		return refuse(
			'code-expired',
			'The connection this code was made for has been removed.',
			'Make a new code with: pearlbridge pair'
		);
	}
	if ( knownAs !== null && knownAs !== connection ) {
		return refuse(
			'known-site',
			'This site is paired with another connection of the sidecar already.',
			'Unpair it there first, or make the code for that connection.'
		);
	}
	// A site that is paired with it is replaced: after a reinstallation, or the restore of a backup,
	// the same shop has another id, and whoever made the code has named the connection.
	const { url } = stored.record.store;
	return isSameHome( url, site.home )
		? { ok: true, value: connection }
		: refuse(
				'known-site',
				`The connection ${ connection } belongs to the shop at ${ url }, and this site calls itself ${ site.home }.`,
				'Correct the address of the shop in the connection, or make a code without a connection.'
			);
}

async function placeOfOpenCode(
	context: BridgeContext,
	knownAs: string | null,
	site: Site
): Promise< Answer< string | null > > {
	if ( knownAs !== null ) {
		return { ok: true, value: knownAs };
	}
	const { database } = context;
	const ofThisShop = ( await database.connections.list() ).filter(
		( { record } ) => isSameHome( record.store.url, site.home )
	);
	for ( const { record } of ofThisShop ) {
		if (
			( await formerSite( context, record.name ) ) === site.siteId &&
			( await database.pairings.find( record.name ) ) === null
		) {
			return { ok: true, value: record.name };
		}
	}
	return ofThisShop.length === 0
		? { ok: true, value: null }
		: // Two connections to one shop would push each of its orders twice.
			refuse(
				'known-site',
				'This code cannot be used for the shop at this address.',
				'Whoever runs the sidecar finds the connection to this address with “pearlbridge connection list”, if there is one, and makes a code for it with: pearlbridge pair --connection NAME'
			);
}
