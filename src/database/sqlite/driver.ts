/**
 * The only file that names node:sqlite. It is a release candidate and its class is being
 * renamed (stack reference, §0), so nothing else may depend on its shape.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type SqlValue = string | number | bigint | null | Uint8Array;

export interface Answer {
	readonly rows: readonly Readonly< Record< string, unknown > >[];
	/** Rows changed; for a statement that returns rows, the number of those. */
	readonly changes: number;
}

export interface Sqlite {
	exec( sql: string ): void;
	query( sql: string, params?: readonly SqlValue[] ): Answer;
	/**
	 * One BEGIN IMMEDIATE … COMMIT; rolled back whole when `work` or the commit throws.
	 *
	 * `light` spares its own sync: it is on the disk with the next transaction that has one, and
	 * never after it. A killed process loses nothing; a power cut may undo it.
	 */
	transaction< T >( work: () => T, light?: 'light' ): T;
	/** Harmless when no transaction is open: a full disk has rolled it back already. */
	rollback(): void;
	close(): void;
}

/** How long a statement waits for another process's write. */
const BUSY_TIMEOUT = 1000;
/** Statements kept prepared; lists of ids make ever new texts. */
const PREPARED = 300;

/** SQLITE_NOTADB: the file has another format. */
const NOT_A_DATABASE = 26;

export function isNotADatabase( error: unknown ): boolean {
	return (
		typeof error === 'object' &&
		error !== null &&
		'errcode' in error &&
		error.errcode === NOT_A_DATABASE
	);
}

export function openSqlite(
	path: string,
	options: { readonly readOnly?: boolean } = {}
): Sqlite {
	const { DatabaseSync: Driver } = process.getBuiltinModule( 'node:sqlite' );
	const database: DatabaseSync = new Driver( path, {
		readOnly: options.readOnly ?? false,
		timeout: BUSY_TIMEOUT,
	} );
	const prepared = new Map< string, StatementSync >();

	function prepare( sql: string ): StatementSync {
		const known = prepared.get( sql );
		if ( known ) {
			return known;
		}
		if ( prepared.size >= PREPARED ) {
			prepared.clear();
		}
		const statement = database.prepare( sql );
		prepared.set( sql, statement );
		return statement;
	}

	function rollback(): void {
		if ( database.isTransaction ) {
			database.exec( 'rollback' );
		}
	}

	return {
		exec: ( sql ) => database.exec( sql ),
		query( sql, params = [] ) {
			const statement = prepare( sql );
			if ( statement.columns().length === 0 ) {
				return {
					rows: [],
					changes: Number( statement.run( ...params ).changes ),
				};
			}
			const rows = statement.all( ...params );
			return { rows, changes: rows.length };
		},
		transaction( work, light ) {
			if ( light ) {
				database.exec( 'pragma synchronous = normal' );
			}
			try {
				database.exec( 'begin immediate' );
				const value = work();
				database.exec( 'commit' );
				return value;
			} catch ( error ) {
				rollback();
				throw error;
			} finally {
				if ( light ) {
					database.exec( 'pragma synchronous = full' );
				}
			}
		},
		rollback,
		close() {
			prepared.clear();
			database.close();
		},
	};
}
