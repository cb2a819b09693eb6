/**
 * What holds whenever a connection or its settings change.
 */
import type { ConnectionFile } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import { connectionSubject, wakeStopped } from '../connection-problems.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { LiveConnection } from '../connections.ts';
import { requeue } from '../orders/requeue.ts';
import { prefixOf } from './connection-view.ts';
import { failure, type OperationContext } from './context.ts';

/** The reference prefix is how an order is found again: unique per account, fixed once used. */
export function prefixRefused(
	file: ConnectionFile,
	before: StoredConnection | null,
	all: readonly StoredConnection[]
) {
	const prefix = prefixOf( file );
	if ( before?.pushedOnce === true && prefixOf( before.file ) !== prefix ) {
		return failure(
			2,
			'prefix-fixed',
			`orders.refPrefix of ${ file.name } is ${ prefixOf( before.file ) } and cannot change to ${ prefix }: orders were pushed with it.`,
			`Keep it with "orders": {"refPrefix": "${ prefixOf( before.file ) }"} in the settings.`,
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
			stored.file.name !== file.name &&
			stored.file.brightpearl.account === file.brightpearl.account &&
			prefixOf( stored.file ) === prefix
	);
	return other === undefined
		? null
		: failure(
				2,
				'prefix-taken',
				`The connection ${ other.file.name } uses the reference prefix ${ prefix } on account ${ file.brightpearl.account } already.`,
				'Give this connection a prefix of its own in settings.orders.refPrefix.',
				[
					{
						path: 'settings.orders.refPrefix',
						message: `${ prefix } is taken by ${ other.file.name }`,
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
	live: LiveConnection,
	before: Settings | null
): Promise< void > {
	const { database } = context;
	const { connected } = live;
	const { name, settings } = connected;
	await database.problems.clear( name, connectionSubject( name ) );
	await wakeStopped( connected );
	if ( before === null ) {
		return;
	}
	if ( timeOf( settings.goLive ) < timeOf( before.goLive ) ) {
		await database.cursors.set( name, 'orders', null );
		await database.cursors.set( name, 'trash', null );
	}
	await requeue( connected, [ 'not-due' ] );
}

function timeOf( goLive: string | null ): number {
	return goLive === null ? Infinity : Date.parse( goLive );
}
