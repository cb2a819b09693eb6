/**
 * What holds whenever a connection or its settings change.
 */
import type { ConnectionFile } from '../../contracts/connection.ts';
import type { StoredConnection } from '../../contracts/database.ts';
import { connectionSubject, wakeStopped } from '../connection-problems.ts';
import type { LiveConnection } from '../connections.ts';
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

/** What a wrong key or setting had stopped is tried again at once. */
export async function retryAfterChange(
	context: OperationContext,
	live: LiveConnection
): Promise< void > {
	const { database } = context;
	const { name } = live.connected;
	await database.problems.clear( name, connectionSubject( name ) );
	await wakeStopped( live.connected );
}
