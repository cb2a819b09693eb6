/** Problems: one per connection, subject and code. */
import { problemCodeSchema, type Problem } from '../../contracts/problem.ts';
import type { Problems } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { chunks, flag, isoNow, type Sql, type Tables } from '../tables.ts';

type Row = Omit< Tables[ 'problems' ], 'id' > & { id: number };

export function createProblems( sql: Sql, clock: Clock ): Problems {
	return {
		async raise( connection, subject, draft, options ) {
			const said = {
				message: draft.message,
				cause: draft.cause,
				fix: draft.fix,
				field: draft.field,
				retryable: flag( options?.retryable ?? true ),
			};
			const row = await sql
				.insertInto( 'problems' )
				.values( {
					...said,
					connection,
					subject,
					code: draft.code,
					since: isoNow( clock ),
				} )
				.onConflict( ( conflict ) =>
					conflict
						.columns( [ 'connection', 'subject', 'code' ] )
						.doUpdateSet( said )
				)
				.returningAll()
				.executeTakeFirstOrThrow();
			return toProblem( row );
		},
		async clear( connection, subject, except = [] ) {
			let query = sql
				.deleteFrom( 'problems' )
				.where( 'connection', '=', connection )
				.where( 'subject', '=', subject );
			if ( except.length > 0 ) {
				query = query.where( 'code', 'not in', except );
			}
			const cleared = await query.returning( 'id' ).execute();
			return cleared.length > 0;
		},
		async list( { connection, subject } = {} ) {
			let matching = sql.selectFrom( 'problems' ).selectAll();
			if ( connection !== undefined ) {
				matching = matching.where( 'connection', '=', connection );
			}
			if ( subject === undefined ) {
				const rows = await matching.orderBy( 'id' ).execute();
				return rows.map( toProblem );
			}
			const subjects =
				typeof subject === 'string' ? [ subject ] : subject;
			const found: Row[] = [];
			for ( const piece of chunks( subjects ) ) {
				found.push(
					...( await matching
						.where( 'subject', 'in', piece )
						.execute() )
				);
			}
			return found.sort( ( a, b ) => a.id - b.id ).map( toProblem );
		},
		async find( id ) {
			const row = await sql
				.selectFrom( 'problems' )
				.selectAll()
				.where( 'id', '=', id )
				.executeTakeFirst();
			return row ? toProblem( row ) : null;
		},
		async count( connection ) {
			let query = sql
				.selectFrom( 'problems' )
				.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) );
			if ( connection !== undefined ) {
				query = query.where( 'connection', '=', connection );
			}
			return Number( ( await query.executeTakeFirstOrThrow() ).count );
		},
	};
}

function toProblem( row: Row ): Problem {
	return {
		...row,
		code: problemCodeSchema.parse( row.code ),
		retryable: row.retryable === 1,
	};
}
