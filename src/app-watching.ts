/**
 * What watches the others at work: the counters and gauges of `/metrics`, and where
 * Brightpearl's answers differ from what is documented.
 */
import {
	createDriftWatch,
	type DriftWatch,
} from './brightpearl/answers/drift.ts';
import type { Database } from './contracts/database.ts';
import type { Clock, Logger } from './contracts/world.ts';
import { tellDrift } from './flows/api-drift.ts';
import type { ConnectionsRegistry } from './flows/connections.ts';
import type { Events } from './flows/events.ts';
import { measure } from './http/metrics/measure.ts';
import { createMetrics, type Metrics } from './http/metrics/registry.ts';

export interface Watching {
	readonly metrics: Metrics;
	readonly drift: DriftWatch;
}

export function createWatching( parts: {
	readonly database: Database;
	readonly events: Events;
	/** Made after this, because its clients are watched. */
	readonly connections: () => ConnectionsRegistry;
	readonly clock: Clock;
	readonly logger: Logger;
} ): Watching {
	const { clock, database, events, logger } = parts;

	/** Connections may share a pool. */
	async function budgets() {
		const live = await parts.connections().list();
		const views = live.map( ( { connected } ) =>
			connected.brightpearl.budget()
		);
		return [
			...new Map( views.map( ( view ) => [ view.pool, view ] ) ).values(),
		];
	}

	const metrics = createMetrics( {
		clock,
		measure: () => measure( { database, clock, budgets } ),
	} );
	return {
		metrics,
		drift: createDriftWatch( {
			drift: database.drift,
			cache: database.cache,
			clock,
			logger,
			meter: metrics.meter,
			kept: ( account ) => tellDrift( { database, events }, account ),
		} ),
	};
}
