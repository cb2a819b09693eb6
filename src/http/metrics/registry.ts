/**
 * The counters of `contracts/meter.ts` and what is measured when somebody looks, as Prometheus
 * reads them. Labels are names of ours and of the account: never ids of orders or people.
 */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import {
	COUNTERS,
	type Counter as CounterName,
	type Meter,
} from '../../contracts/meter.ts';
import type { Clock } from '../../contracts/world.ts';
import { GAUGES, type GaugeName, type Sample } from './gauges.ts';
import type { MetricsText } from './route.ts';

const PREFIX = 'pearlbridge_';

/** As each counter's help text says. */
const LABELS: Record< CounterName, readonly string[] > = {
	brightpearl_requests: [ 'connection', 'lane', 'kind' ],
	brightpearl_messages: [ 'connection', 'way' ],
	brightpearl_throttled: [ 'pool' ],
	brightpearl_outages: [ 'connection' ],
	brightpearl_drift: [ 'account', 'endpoint', 'kind' ],
	brightpearl_cache: [ 'account', 'cache', 'result' ],
	brightpearl_webhooks: [ 'connection', 'result' ],
};
/** Of one counter; what comes beyond is counted together. */
const MOST_SERIES = 2000;
const LONGEST_LABEL = 120;

export interface Metrics extends MetricsText {
	readonly meter: Meter;
	/** Begins to watch this process; a command that ends at once has no use for it. */
	watchProcess(): void;
}

const entriesOf = < Key extends string, Value >(
	record: Readonly< Record< Key, Value > >
) => Object.entries( record ) as [ Key, Value ][];

export function createMetrics( deps: {
	readonly clock: Clock;
	/** What is measured now; an order of any size. */
	readonly measure: () => Promise< readonly Sample[] >;
} ): Metrics {
	const registry = new Registry();
	const counters = new Map(
		entriesOf( COUNTERS ).map( ( [ name, help ] ) => [
			name,
			{
				series: new Set< string >(),
				counter: new Counter( {
					name: `${ PREFIX }${ name }_total`,
					help,
					labelNames: [ ...LABELS[ name ] ],
					registers: [ registry ],
				} ),
			},
		] )
	);
	const gauges = new Map< GaugeName, Gauge >(
		entriesOf( GAUGES ).map( ( [ name, { help, labels } ] ) => [
			name,
			new Gauge( {
				name: `${ PREFIX }${ name }`,
				help,
				labelNames: [ ...labels ],
				registers: [ registry ],
			} ),
		] )
	);
	/** Of each cache's questions: how many there were, and how many it answered. */
	const asked = new Map<
		string,
		{ account: string; cache: string; all: number; hits: number }
	>();
	const startedAt = deps.clock.now();
	let isWatching = false;
	let running: Promise< string > | null = null;

	function noteCache(
		{
			account = '',
			cache = '',
			result,
		}: Readonly< Record< string, string > >,
		by: number
	): void {
		const key = `${ account } ${ cache }`;
		const one = asked.get( key ) ?? { account, cache, all: 0, hits: 0 };
		one.all += by;
		one.hits += result === 'hit' ? by : 0;
		asked.set( key, one );
	}

	function ownSamples(): Sample[] {
		return [
			{
				gauge: 'uptime_seconds',
				labels: {},
				value: ( deps.clock.now() - startedAt ) / 1000,
			},
			...[ ...asked.values() ]
				.filter( ( { all } ) => all > 0 )
				.map( ( { account, all, cache, hits } ): Sample => ( {
					gauge: 'brightpearl_cache_hit_ratio',
					labels: { account, cache },
					value: hits / all,
				} ) ),
		];
	}

	async function collect(): Promise< string > {
		const samples = [ ...ownSamples(), ...( await deps.measure() ) ];
		// What is gone (a connection, a state) must not go on being told.
		for ( const gauge of gauges.values() ) {
			gauge.reset();
		}
		for ( const { gauge, labels, value } of samples ) {
			gauges.get( gauge )?.set( { ...labels }, value );
		}
		return registry.metrics();
	}

	return {
		contentType: registry.contentType,
		meter: {
			count( name, labels, by = 1 ) {
				const found = counters.get( name );
				if ( found === undefined || ! ( by > 0 ) ) {
					return;
				}
				if ( name === 'brightpearl_cache' ) {
					noteCache( labels, by );
				}
				const values = LABELS[ name ].map( ( label ) =>
					( labels[ label ] ?? '' ).slice( 0, LONGEST_LABEL )
				);
				const series = values.join( '\n' );
				const isKnown = found.series.has( series );
				const fits = isKnown || found.series.size < MOST_SERIES;
				if ( fits ) {
					found.series.add( series );
				}
				found.counter.inc(
					Object.fromEntries(
						LABELS[ name ].map( ( label, at ) => [
							label,
							fits ? ( values[ at ] ?? '' ) : 'other',
						] )
					),
					by
				);
			},
		},
		watchProcess() {
			if ( ! isWatching ) {
				isWatching = true;
				collectDefaultMetrics( { register: registry } );
			}
		},
		// Whoever looks at the same time sees the same.
		text: () =>
			( running ??= collect().finally( () => {
				running = null;
			} ) ),
	};
}
