/** A connection as its row: for everything that changes one inside a transaction of its own. */
import type { StoredConnection } from '../../contracts/database.ts';
import {
	completeFile,
	type ConnectionRecord,
} from '../../contracts/connection.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import { openConnection, sealConnection } from '../secrets.ts';
import {
	isoNow,
	nextNumber,
	NO_ACCOUNT,
	type Sql,
	type Tables,
} from '../tables.ts';

export function connectionOf(
	row: Tables[ 'connections' ],
	sealer: Sealer
): StoredConnection {
	const record = openConnection( row.doc, sealer );
	return {
		record,
		file: completeFile( record ),
		revision: row.revision,
		settingsRevision: row.settings_revision,
		pushedOnce: row.pushed_once === 1,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}

export async function readConnection(
	trx: Sql,
	name: string,
	{ sealer }: { readonly sealer: Sealer }
): Promise< StoredConnection | null > {
	const row = await trx
		.selectFrom( 'connections' )
		.selectAll()
		.where( 'name', '=', name )
		.executeTakeFirst();
	return row ? connectionOf( row, sealer ) : null;
}

/** Runs inside the caller's transaction, in which `before` was read. */
export async function writeConnection(
	trx: Sql,
	record: ConnectionRecord,
	before: StoredConnection | null,
	{ clock, sealer }: { readonly clock: Clock; readonly sealer: Sealer }
): Promise< StoredConnection > {
	const now = isoNow( clock );
	// One counter for all: a connection that was removed and added again is not mistaken
	// for the one that was, nor its settings for those that were.
	const revision = await nextNumber( trx, 'revision' );
	const changed = {
		account: record.brightpearl?.account ?? NO_ACCOUNT,
		doc: sealConnection( record, sealer ),
		revision,
		settings_revision:
			before && isSame( before.record.settings, record.settings )
				? before.settingsRevision
				: revision,
		updated_at: now,
	};
	const row = await trx
		.insertInto( 'connections' )
		.values( {
			...changed,
			name: record.name,
			pushed_once: 0,
			created_at: now,
		} )
		.onConflict( ( conflict ) =>
			conflict.column( 'name' ).doUpdateSet( changed )
		)
		.returningAll()
		.executeTakeFirstOrThrow();
	return connectionOf( row, sealer );
}

const isSame = ( one: unknown, other: unknown ): boolean =>
	JSON.stringify( one ) === JSON.stringify( other );
