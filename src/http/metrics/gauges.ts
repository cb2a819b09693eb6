/** What is measured at the moment somebody looks. */
export const GAUGES = {
	uptime_seconds: { help: 'Since this service began', labels: [] },
	brightpearl_budget_limit: {
		help: 'Requests Brightpearl allows in a period, by pool',
		labels: [ 'pool' ],
	},
	brightpearl_budget_remaining: {
		help: 'Requests left in this period, by pool',
		labels: [ 'pool' ],
	},
	brightpearl_budget_refused: {
		help: 'Requests Brightpearl refused as too many since this service began, by pool',
		labels: [ 'pool' ],
	},
	brightpearl_cache_hit_ratio: {
		help: 'Part of the questions our caches answered since this service began, by account and cache',
		labels: [ 'account', 'cache' ],
	},
	brightpearl_drift_entries: {
		help: 'Known differences between Brightpearl’s answers and what is documented, by account and kind',
		labels: [ 'account', 'kind' ],
	},
	queue_tasks: {
		help: 'Tasks, by kind and state (ready, running, retrying, parked)',
		labels: [ 'kind', 'state' ],
	},
	orders: {
		help: 'Orders in our ledger, by connection and state',
		labels: [ 'connection', 'state' ],
	},
	problems: {
		help: 'Problems that wait for a person, by connection',
		labels: [ 'connection' ],
	},
	sweep_age_seconds: {
		help: 'Since the last sweep of changed orders, by connection',
		labels: [ 'connection' ],
	},
	stock_pull_age_seconds: {
		help: 'Since the last stock pull began, by connection',
		labels: [ 'connection' ],
	},
} as const satisfies Record<
	string,
	{ readonly help: string; readonly labels: readonly string[] }
>;

export type GaugeName = keyof typeof GAUGES;

export interface Sample {
	readonly gauge: GaugeName;
	readonly labels: Readonly< Record< string, string > >;
	readonly value: number;
}
