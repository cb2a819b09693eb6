/**
 * What was asked of the sandbox: bounded, with counters that are not. Bodies and headers are
 * never kept, so that no token is.
 */
export interface LoggedRequest {
	readonly n: number;
	/** ISO-8601 UTC */
	readonly at: string;
	readonly account: string | null;
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	/** 0 = the answer was lost on purpose. */
	readonly status: number;
	readonly ruid: string | null;
	readonly pool: string | null;
	readonly fault: string | null;
	/** A multi-message: how many messages the one request carried. */
	readonly messages?: number;
	/** Set when a handler failed, which is a defect of the sandbox. */
	readonly defect?: string;
}

export interface RequestLog {
	/** `inner`: the endpoints of a multi-message's messages, counted apart as `… (batched)`. */
	add(
		entry: Omit< LoggedRequest, 'n' >,
		endpoint: string,
		inner?: readonly string[]
	): void;
	since( n: number ): readonly LoggedRequest[];
	last(): number;
	counters(): Readonly< Record< string, number > >;
}

const KEPT = 20_000;

export function createRequestLog(): RequestLog {
	let entries: LoggedRequest[] = [];
	const counters = new Map< string, number >();
	let n = 0;
	const count = ( name: string ): void => {
		counters.set( name, ( counters.get( name ) ?? 0 ) + 1 );
	};
	return {
		add: ( entry, endpoint, inner = [] ) => {
			entries.push( { n: ++n, ...entry } );
			count( endpoint );
			for ( const name of inner ) {
				count( `${ name } (batched)` );
			}
			// Cut rarely, so that adding stays cheap.
			if ( entries.length > KEPT * 2 ) {
				entries = entries.slice( -KEPT );
			}
		},
		since: ( from ) => {
			const first = n - entries.length + 1;
			return entries
				.slice( Math.max( 0, from + 1 - first ) )
				.slice( -KEPT );
		},
		last: () => n,
		counters: () => Object.fromEntries( counters ),
	};
}
