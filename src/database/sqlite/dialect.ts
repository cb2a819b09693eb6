/**
 * Kysely over the driver, so that the repositories are typed and run on PostgreSQL unchanged.
 * Kysely's own SQLite dialect begins deferred transactions, which fail as busy when they turn
 * to writing while another process wrote; ours begin immediately.
 */
import {
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type QueryResult,
} from 'kysely';
import type { Sqlite, SqlValue } from './driver.ts';
import type { Gate } from './gate.ts';

export function createSqliteDialect( sqlite: Sqlite, gate: Gate ): Dialect {
	const connection: DatabaseConnection = {
		executeQuery< Row >( query: {
			readonly sql: string;
			readonly parameters: readonly unknown[];
		} ): Promise< QueryResult< Row > > {
			return Promise.resolve().then( () => {
				const { rows, changes } = sqlite.query(
					query.sql,
					query.parameters.map( toSqlValue )
				);
				return {
					// The column types are the schema's, which the migrations set.
					rows: rows as unknown as Row[],
					numAffectedRows: BigInt( changes ),
				};
			} );
		},
		streamQuery() {
			throw new Error( 'Read page by page instead of streaming.' );
		},
	};
	let leave: ( () => void ) | null = null;

	return {
		createAdapter: () => new SqliteAdapter(),
		createQueryCompiler: () => new SqliteQueryCompiler(),
		createIntrospector: ( database ) => new SqliteIntrospector( database ),
		createDriver: () => ( {
			init: () => Promise.resolve(),
			async acquireConnection() {
				const out = await gate.enter();
				leave = out;
				return connection;
			},
			async beginTransaction() {
				sqlite.exec( 'begin immediate' );
			},
			async commitTransaction() {
				sqlite.exec( 'commit' );
			},
			async rollbackTransaction() {
				sqlite.rollback();
			},
			async releaseConnection() {
				leave?.();
				leave = null;
			},
			destroy: () => Promise.resolve(),
		} ),
	};
}

function toSqlValue( value: unknown ): SqlValue {
	if (
		value === null ||
		typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'bigint' ||
		value instanceof Uint8Array
	) {
		return value;
	}
	throw new TypeError( `SQLite cannot store a ${ typeof value }.` );
}
