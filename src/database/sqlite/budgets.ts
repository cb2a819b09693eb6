/**
 * Request budgets that several processes count in. Each change is one immediate transaction,
 * so two processes never count from the same figure. It spares its own sync: what a power cut
 * forgets is a minute's count, and the next answer's headers tell it again.
 */
import { z } from 'zod';
import type { BudgetLedger } from '../../contracts/database.ts';
import type { Engine } from './engine.ts';

const rowSchema = z.object( { state: z.string() } ).optional();

export function createSqliteBudgets( {
	engine,
}: {
	readonly engine: Engine;
} ): BudgetLedger {
	return {
		change: ( pool, change ) =>
			engine.lightWrite( ( sqlite ) => {
				const row = rowSchema.parse(
					sqlite.query( 'select state from budgets where pool = ?', [
						pool,
					] ).rows[ 0 ]
				);
				const before: unknown =
					row === undefined ? null : JSON.parse( row.state );
				const { state, result } = change( before );
				sqlite.query(
					`insert into budgets (pool, state) values (?, ?)
					on conflict (pool) do update set state = excluded.state`,
					[ pool, JSON.stringify( state ?? null ) ]
				);
				return result;
			} ),
	};
}
