/**
 * Takes a connection out with everything it left. Its running tasks lose their lease with
 * their row, so whoever works on one can start no further call.
 */
import { accountScope } from '../../contracts/database.ts';
import { NO_ACCOUNT, type Sql } from '../tables.ts';
import { removePairing } from './pairings.ts';

const BY_CONNECTION = [
	'tasks',
	'tokens',
	'order_links',
	'journal',
	'problems',
	'stock_runs',
	'stock_writes',
	'backfills',
	'cursors',
	'sku_aliases',
	'settings_changes',
	'pairing_codes',
	'store_authorizations',
	'consents',
] as const;

/** What an account keeps while any connection speaks to it. */
const BY_ACCOUNT = [
	'products',
	'catalogues',
	'contacts',
	'bundles',
	'api_drift',
] as const;

/** False when there is none. Runs inside the caller's transaction. */
export async function removeConnection(
	trx: Sql,
	name: string
): Promise< boolean > {
	const row = await trx
		.selectFrom( 'connections' )
		.select( 'account' )
		.where( 'name', '=', name )
		.executeTakeFirst();
	if ( ! row ) {
		return false;
	}
	// A name has no character that LIKE reads as a pattern.
	const under = `${ name }/%`;
	await trx
		.deleteFrom( 'leases' )
		.where( 'name', 'like', `task:${ under }` )
		.execute();
	await trx
		.deleteFrom( 'schedules' )
		.where( 'name', 'like', under )
		.execute();
	await dropCache( trx, name );
	for ( const table of BY_CONNECTION ) {
		await trx
			.deleteFrom( table )
			.where( 'connection', '=', name )
			.execute();
	}
	await removePairing( trx, name );
	await trx.deleteFrom( 'connections' ).where( 'name', '=', name ).execute();
	if ( row.account === NO_ACCOUNT ) {
		return true;
	}

	const sharing = await trx
		.selectFrom( 'connections' )
		.select( 'name' )
		.where( 'account', '=', row.account )
		.executeTakeFirst();
	if ( ! sharing ) {
		for ( const table of BY_ACCOUNT ) {
			await trx
				.deleteFrom( table )
				.where( 'account', '=', row.account )
				.execute();
		}
		await dropCache( trx, accountScope( row.account ) );
	}
	return true;
}

async function dropCache( trx: Sql, scope: string ): Promise< void > {
	await trx
		.deleteFrom( 'cache' )
		.where( ( eb ) =>
			eb.or( [
				eb( 'scope', '=', scope ),
				eb( 'scope', 'like', `${ scope }/%` ),
			] )
		)
		.execute();
}
