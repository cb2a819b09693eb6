/**
 * API drift: where Brightpearl's answers differ from what is documented. Answers are looked at
 * by sample, counted in memory and kept a few seconds later, so that watching costs nothing.
 */
import {
	accountScope,
	type Cache,
	type Drift,
	type DriftEntry,
} from '../../contracts/database.ts';
import type { Meter } from '../../contracts/meter.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import { isRead, type Call, type Sent } from '../transport/call.ts';
import { DOCUMENTED } from './documented/index.ts';
import {
	differences,
	endpointOf,
	type Documented,
} from './documented/shape.ts';
import { watchAnswer } from './refused-answers.ts';

/** Every answer of an endpoint at first, then one in so many. */
const FIRST = 20;
const THEN = 50;
const FLUSH = 3 * SECOND;
/** Differences counted at a time; more is another API altogether. */
const MOST = 500;
/** Where the version is kept that the others are compared with, in the account's scope. */
export const VERSION_KEY = 'brightpearl-version';
/** Such as `4.95.2647`; what is none tells nothing. */
const VERSION = /^\d{1,5}(?:\.\d{1,6}){0,4}$/;

type Counted = Omit< DriftEntry, 'firstAt' >;

export interface DriftWatch {
	/** Shown an answer of the account's. */
	seen( account: string, call: Call, sent: Sent ): void;
	/** A webhook told the version it came from. */
	versionSeen( account: string, version: string ): Promise< void >;
	flush(): Promise< void >;
	close(): Promise< void >;
}

export interface DriftDeps {
	readonly drift: Drift;
	readonly cache: Cache;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly meter: Meter;
	/** Something new was kept for these accounts. */
	readonly kept?: ( account: string ) => Promise< void >;
	/** (`DOCUMENTED`) */
	readonly documented?: Documented;
}

export function createDriftWatch( deps: DriftDeps ): DriftWatch {
	const { cache, clock, drift, logger, meter } = deps;
	const documented = deps.documented ?? DOCUMENTED;
	const answers = new Map< string, number >();
	const closing = new AbortController();
	let counted = new Map< string, Counted >();
	let flushing: Promise< void > | null = null;

	function count(
		entry: Pick<
			Counted,
			'account' | 'endpoint' | 'kind' | 'field' | 'ruid'
		>
	): void {
		const { account, endpoint, field, kind } = entry;
		meter.count( 'brightpearl_drift', { account, endpoint, kind } );
		const key = [ account, endpoint, kind, field ].join( ' ' );
		const before = counted.get( key );
		if ( before === undefined && counted.size >= MOST ) {
			return;
		}
		counted.set( key, {
			...entry,
			times: ( before?.times ?? 0 ) + 1,
			lastAt: new Date( clock.now() ).toISOString(),
		} );
		flushing ??= clock
			.sleep( FLUSH, closing.signal )
			.then( keep )
			.finally( () => ( flushing = null ) );
	}

	async function keep(): Promise< void > {
		const entries = [ ...counted.values() ];
		counted = new Map();
		if ( entries.length === 0 ) {
			return;
		}
		try {
			await drift.add( entries );
			for ( const account of new Set(
				entries.map( ( entry ) => entry.account )
			) ) {
				await deps.kept?.( account );
			}
		} catch ( error ) {
			logger.warn( { err: error }, 'API drift could not be kept' );
		}
	}

	/** Whether this answer of the endpoint is one of the sample. */
	function isSampled( account: string, endpoint: string ): boolean {
		const key = `${ account } ${ endpoint }`;
		const nth = ( answers.get( key ) ?? 0 ) + 1;
		answers.set( key, nth );
		return nth <= FIRST || nth % THEN === 0;
	}

	function look( account: string, call: Call, sent: Sent ): void {
		if ( sent.kind !== 'answer' ) {
			return;
		}
		const { ruid } = sent;
		const endpoint = endpointOf( call );
		// Writes of one batch share a request id; and what only a write answers is never refused.
		if ( isRead( call ) ) {
			watchAnswer( ruid, ( field ) =>
				count( { account, endpoint, kind: 'missing', field, ruid } )
			);
		}
		const response = sent.body[ 'response' ];
		const asked = call.query?.[ 'columns' ];
		const shape = documented[ endpoint ];
		if (
			( shape === undefined && asked === undefined ) ||
			! isSampled( account, endpoint )
		) {
			return;
		}
		const { missing, unknown } =
			shape === undefined
				? {
						missing: missingColumns( asked ?? '', response ),
						unknown: [],
					}
				: differences( shape, response );
		for ( const field of missing ) {
			count( { account, endpoint, kind: 'missing', field, ruid } );
		}
		for ( const field of unknown ) {
			count( { account, endpoint, kind: 'unknown', field, ruid } );
		}
	}

	/** Those that versions were compared with before, so that a webhook costs no read. */
	const versions = new Map< string, string >();

	return {
		seen: look,
		async versionSeen( account, version ) {
			if (
				! VERSION.test( version ) ||
				versions.get( account ) === version
			) {
				return;
			}
			// At once: of webhooks that come together one is compared.
			versions.set( account, version );
			const scope = accountScope( account );
			let known: unknown;
			try {
				known = await cache.get( scope, VERSION_KEY );
				if ( typeof known !== 'string' ) {
					await cache.put( scope, VERSION_KEY, version, null );
				}
			} catch ( error ) {
				versions.delete( account );
				throw error;
			}
			if ( typeof known === 'string' && known !== version ) {
				count( {
					account,
					endpoint: 'webhooks',
					kind: 'version',
					field: version,
					ruid: null,
				} );
			}
		},
		flush: keep,
		async close() {
			closing.abort();
			await flushing;
			await keep();
		},
	};
}

/** A search answers the columns that were asked for (platform reference, §5.1). */
function missingColumns( asked: string, response: unknown ): string[] {
	const told = columnsOf( response );
	return told === null
		? []
		: asked
				.split( ',' )
				.filter( ( name ) => ! told.has( name ) )
				.map( ( name ) => `response.metaData.columns.${ name }` );
}

function columnsOf( response: unknown ): ReadonlySet< unknown > | null {
	if (
		typeof response !== 'object' ||
		response === null ||
		! ( 'metaData' in response ) ||
		typeof response.metaData !== 'object' ||
		response.metaData === null ||
		! ( 'columns' in response.metaData ) ||
		! Array.isArray( response.metaData.columns )
	) {
		return null;
	}
	return new Set(
		response.metaData.columns.map( ( column: unknown ) =>
			typeof column === 'object' && column !== null && 'name' in column
				? column.name
				: null
		)
	);
}
