/** The overview's figures, from what the operations answer. Pure. */
import type { Activity, Status } from '../../../../src/contracts/answers.ts';

export type ConnectionStatus = Status[ 'connections' ][ number ];

const WORST: readonly ConnectionStatus[ 'health' ][] = [
	'down',
	'degraded',
	'paused',
	'ok',
];

export function worstFirst(
	connections: readonly ConnectionStatus[]
): ConnectionStatus[] {
	return connections.toSorted(
		( a, b ) =>
			WORST.indexOf( a.health ) - WORST.indexOf( b.health ) ||
			a.name.localeCompare( b.name )
	);
}

/** Nothing has ever come through: a first day is explained, not drawn as empty charts. */
export function isFirstDay( connection: ConnectionStatus ): boolean {
	return (
		connection.lastOrderAt === null &&
		connection.lastPushAt === null &&
		Object.values( connection.orders ).every( ( count ) => count === 0 )
	);
}

export interface Sums {
	readonly placed: number;
	readonly pushed: number;
	readonly changed: number;
	readonly failed: number;
	/** Median over the steps, weighted by how many were pushed in each; null = none. */
	readonly latency: number | null;
}

export function sums( { orders, stock }: Activity ): Sums {
	const total = ( values: readonly number[] ): number =>
		values.reduce( ( sum, value ) => sum + value, 0 );
	return {
		placed: total( orders.map( ( { placed } ) => placed ) ),
		pushed: total( orders.map( ( { pushed } ) => pushed ) ),
		changed: total( stock.map( ( { changed } ) => changed ) ),
		failed: total( stock.map( ( { failed } ) => failed ) ),
		latency: weightedMedian( orders ),
	};
}

function weightedMedian( orders: Activity[ 'orders' ] ): number | null {
	const known = orders
		.flatMap( ( { latency, pushed } ) =>
			latency === null ? [] : [ { latency, pushed } ]
		)
		.sort( ( a, b ) => a.latency - b.latency );
	const half = known.reduce( ( sum, { pushed } ) => sum + pushed, 0 ) / 2;
	let passed = 0;
	for ( const { latency, pushed } of known ) {
		passed += pushed;
		if ( passed >= half ) {
			return latency;
		}
	}
	return null;
}

/** What is left of the budget: fine, little, or nearly nothing. */
export function budgetTone(
	remaining: number,
	limit: number
): 'info' | 'warning' | 'error' {
	const share = limit === 0 ? 0 : remaining / limit;
	return share <= 0.05 ? 'error' : share <= 0.2 ? 'warning' : 'info';
}

/** Both sides are named and can be asked; before that there is no pool of requests either. */
export function isComplete( { budget }: ConnectionStatus ): boolean {
	return budget.pool !== '';
}
