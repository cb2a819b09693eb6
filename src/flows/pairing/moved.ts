/**
 * `POST /v1/moved`: a person says in wp-admin that this is the paired shop, at its new address
 * (pairing design, C3, *Clone/staging guard*). Until then its deliveries are not believed.
 */
import type { z } from 'zod';
import {
	completeFile,
	type ConnectionRecord,
} from '../../contracts/connection.ts';
import type { Pairing, PairingKey } from '../../contracts/database.ts';
import type { movedSchema } from '../../contracts/pairing.ts';
import { connectionSubject } from '../connection-problems.ts';
import { prefixOf } from '../operations/connection-view.ts';
import { isSameSecret } from '../store-secrets.ts';
import { inTurn, type BridgeContext } from './bridge.ts';
import { BUSY, GONE, refuse, type Answer, type Refusal } from './refusal.ts';
import { homeOf, isSameHome, withoutSlash } from './home.ts';

type Move = z.infer< typeof movedSchema >;

export async function takeMove(
	context: BridgeContext,
	{ connection }: PairingKey,
	move: Move
): Promise< Answer< void > > {
	const first = await moveOf( context, connection, move );
	if ( ! first.ok ) {
		return first;
	}
	// Before the turn is taken: a shop may think for seconds.
	const file = completeFile( first.value.record );
	if ( file !== null ) {
		const checked = await context.checkKeys( connection, file.store );
		if ( ! checked.ok ) {
			context.world.logger.warn(
				{ connection, failure: checked.failure },
				'The new address of a shop was not confirmed.'
			);
			return NOT_CONFIRMED;
		}
	}
	return inTurn( context, connection, async () => {
		const now = await moveOf( context, connection, move );
		if ( ! now.ok ) {
			return now;
		}
		const { pairing, record } = now.value;
		if ( ! hasSameKeys( record, first.value.record ) ) {
			return BUSY;
		}
		const { database, world } = context;
		if ( ( await database.connections.replace( record ) ) === null ) {
			return GONE;
		}
		await database.pairings.save( pairing );
		await database.problems.clear(
			connection,
			connectionSubject( connection )
		);
		await context.changed();
		world.logger.info( { connection }, 'The shop has moved.' );
		return { ok: true, value: undefined };
	} );
}

/** The same words whatever was met there: any address can be named here. */
const NOT_CONFIRMED: Refusal = {
	ok: false,
	status: 422,
	code: 'move-not-confirmed',
	message:
		'At its new address the shop did not answer to the keys it has given.',
	fix: 'Check that the sidecar can open that address and that the keys are good there; the sidecar’s log says what it met.',
	time: null,
};

interface Moved {
	readonly pairing: Pairing;
	readonly record: ConnectionRecord;
}

/** The connection as it would be, or why it may not. */
async function moveOf(
	{ database, world }: BridgeContext,
	connection: string,
	{ siteId, storeUrl }: Move
): Promise< Answer< Moved > > {
	const home = withoutSlash( storeUrl );
	if ( homeOf( home ) === null ) {
		return refuse( 'bad-request', 'The new address is none of a site.' );
	}
	const pairing = await database.pairings.find( connection );
	const stored = await database.connections.find( connection );
	if ( pairing === null || stored === null ) {
		return GONE;
	}
	if ( pairing.siteId !== siteId ) {
		return refuse( 'known-site', 'This is not the site that was paired.' );
	}
	const other = ( await database.connections.list() ).find(
		( { record } ) =>
			record.name !== connection && isSameHome( record.store.url, home )
	);
	if ( other !== undefined ) {
		// Each of its orders would be pushed twice. Whose address it is, is not for this shop.
		world.logger.warn(
			{ connection, other: other.record.name, home },
			'A shop would move to the address of another connection.'
		);
		return refuse(
			'known-site',
			'The connection cannot be moved to this address.',
			'The sidecar’s log says why: ask whoever runs it.'
		);
	}
	const { record } = stored;
	return {
		ok: true,
		value: {
			pairing: { ...pairing, storeUrl: home },
			record: {
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
			},
		},
	};
}

/** Those that were tried. */
function hasSameKeys(
	{ store: one }: ConnectionRecord,
	{ store: other }: ConnectionRecord
): boolean {
	return (
		isSameSecret( one.consumerKey, other.consumerKey ) &&
		isSameSecret( one.consumerSecret, other.consumerSecret )
	);
}
