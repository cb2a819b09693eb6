/** The request log: what was asked, without anything secret. */

export interface LoggedRequest {
	readonly n: number;
	readonly at: string;
	readonly method: string;
	readonly path: string;
	/** Without keys and signatures. */
	readonly query: Readonly< Record< string, string > >;
	/** 0 = the connection was cut. */
	readonly status: number;
	readonly fault: string | null;
}

export interface RequestLog {
	add( entry: Omit< LoggedRequest, 'n' > ): void;
	/** Oldest first. */
	list( after?: number ): LoggedRequest[];
	readonly total: number;
}

const KEPT = 20_000;

export function withoutSecrets( rawQuery: string ): Record< string, string > {
	return Object.fromEntries(
		[ ...new URLSearchParams( rawQuery ) ].filter(
			( [ name ] ) =>
				! name.startsWith( 'oauth_' ) &&
				! name.startsWith( 'consumer_' )
		)
	);
}

export function createRequestLog(): RequestLog {
	let entries: LoggedRequest[] = [];
	let total = 0;
	return {
		add( entry ) {
			total += 1;
			entries.push( { n: total, ...entry } );
			if ( entries.length >= 2 * KEPT ) {
				entries = entries.slice( -KEPT );
			}
		},
		list: ( after = 0 ) => entries.filter( ( { n } ) => n > after ),
		get total() {
			return total;
		},
	};
}
