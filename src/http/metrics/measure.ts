/** Reads what the gauges show: from the database, and from the budgets of this process. */
import type { BudgetView } from '../../contracts/answers.ts';
import type { Database, StoredConnection } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { GaugeName, Sample } from './gauges.ts';

export interface Measured {
	readonly database: Pick<
		Database,
		| 'connections'
		| 'cursors'
		| 'drift'
		| 'orderLinks'
		| 'problems'
		| 'queue'
		| 'stockRuns'
	>;
	/** One for each pool in use. */
	readonly budgets: () => Promise< readonly BudgetView[] >;
	readonly clock: Clock;
}

const sample = (
	gauge: GaugeName,
	labels: Sample[ 'labels' ],
	value: number
): Sample => ( { gauge, labels, value } );

export async function measure( parts: Measured ): Promise< Sample[] > {
	const { database } = parts;
	const connections = await database.connections.list();
	const tasks = await database.queue.countsByKind();
	return [
		...tasks.map( ( { count, kind, state } ) =>
			sample( 'queue_tasks', { kind, state }, count )
		),
		...budgetSamples( await parts.budgets() ),
		...( await driftSamples( parts, connections ) ),
		...(
			await Promise.all(
				connections.map( ( { record } ) =>
					connectionSamples( parts, record.name )
				)
			)
		).flat(),
	];
}

function budgetSamples( budgets: readonly BudgetView[] ): Sample[] {
	return budgets.flatMap( ( { limit, pool, refused, remaining } ) => [
		...( limit === null
			? []
			: [ sample( 'brightpearl_budget_limit', { pool }, limit ) ] ),
		...( remaining === null
			? []
			: [
					sample(
						'brightpearl_budget_remaining',
						{ pool },
						remaining
					),
				] ),
		sample( 'brightpearl_budget_refused', { pool }, refused ),
	] );
}

async function driftSamples(
	{ database }: Measured,
	connections: readonly StoredConnection[]
): Promise< Sample[] > {
	const accounts = new Set(
		connections.flatMap(
			( { record } ) => record.brightpearl?.account ?? []
		)
	);
	const samples: Sample[] = [];
	for ( const account of accounts ) {
		const byKind = Map.groupBy(
			await database.drift.list( account ),
			( { kind } ) => kind
		);
		for ( const kind of [ 'unknown', 'missing', 'version' ] as const ) {
			samples.push(
				sample(
					'brightpearl_drift_entries',
					{ account, kind },
					byKind.get( kind )?.length ?? 0
				)
			);
		}
	}
	return samples;
}

async function connectionSamples(
	{ clock, database }: Measured,
	connection: string
): Promise< Sample[] > {
	const states = await database.orderLinks.countByState( connection );
	const swept = await database.cursors.get( connection, 'orders' );
	const pulled = await database.stockRuns.last( connection );
	const age = ( gauge: GaugeName, at: string | undefined ): Sample[] =>
		at === undefined
			? []
			: [
					sample(
						gauge,
						{ connection },
						Math.max( 0, clock.now() - Date.parse( at ) ) / 1000
					),
				];
	return [
		...Object.entries( states ).map( ( [ state, count ] ) =>
			sample( 'orders', { connection, state }, count )
		),
		sample(
			'problems',
			{ connection },
			await database.problems.count( connection )
		),
		...age( 'sweep_age_seconds', swept?.at ),
		...age( 'stock_pull_age_seconds', pulled?.startedAt ),
	];
}
