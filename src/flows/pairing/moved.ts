/**
 * `POST /v1/moved`: a person says in wp-admin that this is the paired shop, at its new address
 * (pairing design, C3, *Clone/staging guard*). Until then its deliveries are not believed.
 */
import { z } from 'zod';
import type { PairingKey } from '../../contracts/database.ts';
import { connectionSubject } from '../connection-problems.ts';
import { prefixOf } from '../operations/connection-view.ts';
import { completeFile } from '../../contracts/connection.ts';
import {
	refuse,
	refusedByStore,
	type Answer,
	type BridgeContext,
} from './bridge.ts';
import { homeOf, isSameHome, withoutSlash } from './home.ts';

export const movedSchema = z.object( {
	siteId: z.uuid(),
	/** The site's `home` now. */
	storeUrl: z.string(),
} );

export async function takeMove(
	context: BridgeContext,
	{ connection }: PairingKey,
	{ siteId, storeUrl }: z.infer< typeof movedSchema >
): Promise< Answer< void > > {
	const { database, world } = context;
	const home = withoutSlash( storeUrl );
	if ( homeOf( home ) === null ) {
		return refuse( 'bad-request', 'The new address is none of a site.' );
	}
	const pairing = await database.pairings.find( connection );
	const stored = await database.connections.find( connection );
	if ( pairing === null || stored === null ) {
		return refuse( 'not-found', 'The connection has been removed.' );
	}
	if ( pairing.siteId !== siteId ) {
		return refuse( 'known-site', 'This is not the site that was paired.' );
	}
	const others = ( await database.connections.list() ).filter(
		( { record } ) =>
			record.name !== connection && isSameHome( record.store.url, home )
	);
	if ( others.length > 0 ) {
		// Each of its orders would be pushed twice.
		return refuse(
			'known-site',
			'The sidecar has another connection to the shop at this address.',
			'Remove one of the two in the sidecar.'
		);
	}
	const { record } = stored;
	const moved = {
		...record,
		store: { ...record.store, url: home },
		settings: {
			...record.settings,
			orders: {
				...record.settings.orders,
				// Made from the address where none is set; orders are found again by it.
				refPrefix: prefixOf( record ),
			},
		},
	};
	const file = completeFile( moved );
	if ( file !== null ) {
		const checked = await context.checkKeys( connection, file.store );
		if ( ! checked.ok ) {
			return refusedByStore( checked.failure );
		}
	}
	await database.connections.put( moved );
	await database.pairings.save( { ...pairing, storeUrl: home } );
	await database.problems.clear(
		connection,
		connectionSubject( connection )
	);
	await context.changed();
	world.logger.info( { connection }, 'The shop has moved.' );
	return { ok: true, value: undefined };
}
