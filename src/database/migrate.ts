/**
 * Looks before it touches: a wrong key, a newer schema and a foreign file are found by a
 * read-only connection, so that a refused opening leaves the file byte for byte as it was.
 */
import { existsSync, statSync } from 'node:fs';
import { ForeignDatabaseError, NewerDatabaseError } from './errors.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import type { Sealer } from './sealer.ts';
import { isNotADatabase, openSqlite, type Sqlite } from './sqlite/driver.ts';

const CHECK_TEXT = 'pearlbridge';
const CHECK_PLACE = [ 'database', 'key check' ];

/** Throws `WrongKeyError`, `NewerDatabaseError` or `ForeignDatabaseError`; writes nothing. */
export function inspect(
	path: string,
	sealer: Sealer,
	migrations: readonly Migration[] = MIGRATIONS
): void {
	if ( ! existsSync( path ) || statSync( path ).size === 0 ) {
		return;
	}
	const sqlite = openSqlite( path, { readOnly: true } );
	try {
		refuse( path, sqlite, sealer, migrations );
	} finally {
		sqlite.close();
	}
}

/**
 * Brings the schema to the newest version in one transaction. The version row goes in first:
 * of two processes that start together, one waits for the other and finds nothing to do.
 */
export function migrate(
	path: string,
	sqlite: Sqlite,
	sealer: Sealer,
	now: string,
	migrations: readonly Migration[] = MIGRATIONS
): void {
	sqlite.transaction( () => {
		// Another process may have made the file since it was inspected.
		const version = refuse( path, sqlite, sealer, migrations );
		if ( version === 0 ) {
			sqlite.exec( `
				create table migrations (version integer primary key, name text not null, applied_at text not null);
				create table key_check (key_id text not null, sealed text not null);
			` );
			sqlite.query(
				'insert into key_check (key_id, sealed) values (?, ?)',
				[ sealer.keyId, sealer.seal( CHECK_TEXT, CHECK_PLACE ) ]
			);
		}
		for ( const migration of migrations ) {
			if ( migration.version > version ) {
				sqlite.query(
					'insert into migrations (version, name, applied_at) values (?, ?, ?)',
					[ migration.version, migration.name, now ]
				);
				sqlite.exec( migration.sql );
			}
		}
	} );
}

/** The schema's version, 0 for an empty file. */
function refuse(
	path: string,
	sqlite: Sqlite,
	sealer: Sealer,
	migrations: readonly Migration[]
): number {
	const tables = tableNames( path, sqlite );
	if ( tables.size === 0 ) {
		return 0;
	}
	if ( ! tables.has( 'migrations' ) || ! tables.has( 'key_check' ) ) {
		throw new ForeignDatabaseError( path );
	}
	const version = Number(
		sqlite.query( 'select max(version) as version from migrations' )
			.rows[ 0 ]?.version
	);
	const known = migrations.at( -1 )?.version ?? 0;
	if ( version > known ) {
		throw new NewerDatabaseError( version, known );
	}
	const check = sqlite.query( 'select sealed from key_check' ).rows[ 0 ];
	sealer.open( String( check?.sealed ), CHECK_PLACE );
	return version;
}

function tableNames( path: string, sqlite: Sqlite ): Set< string > {
	try {
		const { rows } = sqlite.query(
			"select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
		);
		return new Set( rows.map( ( row ) => String( row.name ) ) );
	} catch ( error ) {
		if ( isNotADatabase( error ) ) {
			throw new ForeignDatabaseError( path, error );
		}
		throw error;
	}
}
