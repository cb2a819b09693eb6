/**
 * What is counted for `GET /metrics`: one list, so that a name has one meaning and one help text.
 */

/** Counter name → help text; label names are part of the help. */
export const COUNTERS = {
	brightpearl_requests:
		'Requests sent to Brightpearl, by connection, lane and kind (read, write, batch)',
	brightpearl_messages:
		'Writes sent to Brightpearl, by connection and way (single, batched)',
	brightpearl_throttled: 'Requests Brightpearl refused as too many, by pool',
	brightpearl_outages: 'Requests nobody sensible answered, by connection',
	brightpearl_drift:
		'Differences between Brightpearl’s answers and what is documented, by account, endpoint and kind (unknown, missing, version)',
	brightpearl_cache:
		'Questions answered by our caches of Brightpearl, by account, cache (contacts, products, bundles, reference) and result (hit, miss)',
	brightpearl_webhooks:
		'Deliveries of Brightpearl’s webhooks, by connection and result (accepted, ignored, unreadable)',
} as const;

export type Counter = keyof typeof COUNTERS;

export interface Meter {
	/** Labels must be bounded: names of connections, endpoints, lanes; never ids, never text of people. */
	count(
		counter: Counter,
		labels: Readonly< Record< string, string > >,
		by?: number
	): void;
}

/** Counts nothing; for one-off commands and tests. */
export const NO_METER: Meter = { count: () => {} };
