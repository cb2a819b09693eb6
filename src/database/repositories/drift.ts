/** Where Brightpearl's answers differ from what is documented, counted. */
import { z } from 'zod';
import type { Drift, DriftEntry } from '../../contracts/database.ts';
import type { Sql, Tables } from '../tables.ts';

/** An answer that is something else altogether must not fill the database. */
const MOST_PER_ACCOUNT = 500;

const kindSchema = z.enum( [ 'unknown', 'missing', 'version' ] );

export function createDrift( sql: Sql ): Drift {
	return {
		add: ( entries ) =>
			sql.transaction().execute( async ( trx ) => {
				for ( const entry of entries ) {
					await count( trx, entry );
				}
			} ),
		async list( account ) {
			const rows = await sql
				.selectFrom( 'api_drift' )
				.selectAll()
				.where( 'account', '=', account )
				.orderBy( 'endpoint' )
				.orderBy( 'kind' )
				.orderBy( 'field' )
				.execute();
			return rows.map( toEntry );
		},
		async clear( account ) {
			await sql
				.deleteFrom( 'api_drift' )
				.where( 'account', '=', account )
				.execute();
		},
	};
}

async function count(
	trx: Sql,
	entry: Omit< DriftEntry, 'firstAt' >
): Promise< void > {
	const { account, endpoint, kind, field, times, lastAt, ruid } = entry;
	const updated = await trx
		.updateTable( 'api_drift' )
		.set( ( eb ) => ( {
			times: eb( 'times', '+', times ),
			last_at: lastAt,
			ruid,
		} ) )
		.where( 'account', '=', account )
		.where( 'endpoint', '=', endpoint )
		.where( 'kind', '=', kind )
		.where( 'field', '=', field )
		.executeTakeFirst();
	if ( Number( updated.numUpdatedRows ) > 0 ) {
		return;
	}
	const { kept } = await trx
		.selectFrom( 'api_drift' )
		.select( ( eb ) => eb.fn.countAll< number >().as( 'kept' ) )
		.where( 'account', '=', account )
		.executeTakeFirstOrThrow();
	if ( Number( kept ) >= MOST_PER_ACCOUNT ) {
		return;
	}
	await trx
		.insertInto( 'api_drift' )
		.values( {
			account,
			endpoint,
			kind,
			field,
			times,
			first_at: lastAt,
			last_at: lastAt,
			ruid,
		} )
		.execute();
}

const toEntry = ( row: Tables[ 'api_drift' ] ): DriftEntry => ( {
	account: row.account,
	endpoint: row.endpoint,
	kind: kindSchema.parse( row.kind ),
	field: row.field,
	times: row.times,
	firstAt: row.first_at,
	lastAt: row.last_at,
	ruid: row.ruid,
} );
