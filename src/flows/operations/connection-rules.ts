/**
 * What holds whenever a connection or its settings change.
 */
import type { ConnectionRecord } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import { connectionSubject, wakeStopped } from '../connection-problems.ts';
import type { Settings } from '../../contracts/settings.ts';
import { requeue } from '../orders/requeue.ts';
import { prefixOf } from './connection-view.ts';
import { failure, type OperationContext } from './context.ts';

/** The reference prefix is how an order is found again: unique per account, fixed once used. */
export function prefixRefused(
	record: ConnectionRecord,
	before: StoredConnection | null,
	all: readonly StoredConnection[]
) {
	const prefix = prefixOf( record );
	const fixed =
		before?.pushedOnce === true ? prefixOf( before.record ) : null;
	if ( fixed !== null && fixed !== prefix ) {
		return failure(
			2,
			'prefix-fixed',
			`orders.refPrefix of ${ record.name } is ${ fixed } and cannot change to ${ prefix }: orders were pushed with it.`,
			`Keep it with "orders": {"refPrefix": "${ fixed }"} in the settings.`,
			[
				{
					path: 'settings.orders.refPrefix',
					message: 'is fixed after the first push',
				},
			]
		);
	}
	const other = all.find(
		( stored ) =>
			stored.record.name !== record.name &&
			record.brightpearl !== null &&
			stored.record.brightpearl?.account === record.brightpearl.account &&
			prefixOf( stored.record ) === prefix
	);
	return other === undefined
		? null
		: failure(
				2,
				'prefix-taken',
				// Whose it is, is not for everybody who may ask: a shop's key sees its own connection only.
				`Another connection uses the reference prefix ${ prefix } on account ${ record.brightpearl?.account ?? '' } already.`,
				'Give this connection a prefix of its own in settings.orders.refPrefix; "connection list" shows all of them.',
				[
					{
						path: 'settings.orders.refPrefix',
						message: `${ prefix } is taken`,
					},
				]
			);
}

/**
 * What a wrong key or setting had stopped is tried again at once, and what was not due is looked
 * at again. An earlier go-live makes the sweeps begin there.
 *
 * @param before The settings until now; null for a new connection.
 */
export async function retryAfterChange(
	context: OperationContext,
	name: string,
	before: Settings | null
): Promise< void > {
	const { connections, database } = context;
	await database.problems.clear( name, connectionSubject( name ) );
	const live = await connections.find( name );
	if ( live === null ) {
		// Still to be filled in: what waits goes on waiting.
		return;
	}
	await wakeStopped( live.connected );
	if ( before === null ) {
		return;
	}
	const { settings } = live.connected;
	if ( timeOf( settings.goLive ) < timeOf( before.goLive ) ) {
		await database.cursors.set( name, 'orders', null );
		await database.cursors.set( name, 'trash', null );
	}
	await requeue( live.connected, [ 'not-due' ] );
}

function timeOf( goLive: string | null ): number {
	return goLive === null ? Infinity : Date.parse( goLive );
}
