/**
 * A connection is added, replaced or edited: what has to hold, and what follows.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type { ConnectionRecord } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import type { Outcome } from '../../contracts/operations.ts';
import { settingsChanges } from '../../domain/settings-changes.ts';
import { withEarlierSecret } from '../store-secrets.ts';
import { prefixRefused, retryAfterChange } from './connection-rules.ts';
import { connectionView } from './connection-view.ts';
import { failure, type OperationContext } from './context.ts';
import { forgetGrant } from './forget-grant.ts';

/**
 * The ledger, links and cursors stay, and a running service takes it over at once.
 *
 * @param before What it is now; null = there is none yet.
 * @param by     Who asks, for the settings' history.
 */
export async function saveConnection(
	context: OperationContext,
	given: ConnectionRecord,
	before: StoredConnection | null,
	by: string
): Promise< Outcome< ConnectionView > > {
	const { database, events } = context;
	const { name } = given;
	const record =
		before === null
			? given
			: {
					...given,
					store: withEarlierSecret(
						before.record.store,
						given.store,
						context.world.clock.now()
					),
				};
	const refused =
		( await movedWhilePaired( context, record, before ) ) ??
		prefixRefused( record, before, await database.connections.list() );
	if ( refused !== null ) {
		return refused;
	}
	if (
		before !== null &&
		( await database.connections.find( name ) ) === null
	) {
		return removedMeanwhile( name );
	}
	const changes =
		before === null
			? []
			: settingsChanges( before.record.settings, record.settings );
	if ( changes.length > 0 ) {
		await database.connections.saveSettings( name, record.settings, {
			by,
			changes,
		} );
	}
	if ( before === null ) {
		await database.connections.put( record );
	} else if ( ( await database.connections.replace( record ) ) === null ) {
		return removedMeanwhile( name );
	}
	if ( before !== null ) {
		await forgetGrant( context, before.record, record );
	}
	await context.changed();
	await retryAfterChange( context, name, before?.record.settings ?? null );
	events.emit( { event: 'changed', connection: name, what: 'connection' } );
	if ( changes.length > 0 ) {
		events.emit( { event: 'changed', connection: name, what: 'settings' } );
	}
	const stored = await context.connections.stored( name );
	return stored === null
		? removedMeanwhile( name )
		: { exit: 0, body: await connectionView( context, stored ) };
}

export function removedMeanwhile( name: string ) {
	return failure(
		6,
		'unknown-connection',
		`${ name } was removed meanwhile.`
	);
}

/** The plugin's keys belong to one site; another address would be another shop's orders. */
async function movedWhilePaired(
	{ database }: OperationContext,
	{ name, store }: ConnectionRecord,
	before: StoredConnection | null
) {
	if ( before === null || before.record.store.url === store.url ) {
		return null;
	}
	const pairing = await database.pairings.find( name );
	return pairing === null
		? null
		: failure(
				2,
				'store-paired',
				`The connection ${ name } is paired with the plugin at ${ pairing.storeUrl }: its address cannot change while it is.`,
				'When the site has moved, say so on its own page in wp-admin (WooCommerce → Pearlbridge). To use another shop, unpair this connection first, or add a connection of its own.',
				[
					{
						path: 'store.url',
						message: 'is the address the plugin was paired with',
					},
				]
			);
}
