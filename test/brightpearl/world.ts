/**
 * A world for tests: time that is driven by hand, and a fetch that is a function of ours.
 */
import type {
	Cache,
	SecretReader,
	StoredToken,
} from '../../src/contracts/database.ts';
import type { Result } from '../../src/contracts/result.ts';
import type {
	Clock,
	HttpAnswer,
	HttpFetch,
	HttpOutcome,
	HttpRequest,
	LogFields,
	Logger,
	World,
} from '../../src/contracts/world.ts';
import type { TokenKeeper } from '../../src/brightpearl/auth/token-keeper.ts';

/** Lets every promise that can settle do so. */
export const settled = () =>
	new Promise< void >( ( resolve ) => setImmediate( resolve ) );

export interface VirtualClock extends Clock {
	/** Moves on to `at`, waking sleepers in order and letting their work settle. */
	runTo( at: number ): Promise< void >;
	set( at: number ): void;
	/** When the next sleeper wakes. */
	next(): number | null;
	sleepers(): number;
}

export function createVirtualClock(
	start = Date.UTC( 2026, 3, 17, 10 )
): VirtualClock {
	let now = start;
	let timers: { at: number; wake: () => void }[] = [];
	return {
		now: () => now,
		sleep: ( ms, signal ) =>
			new Promise( ( resolve ) => {
				const timer = { at: now + ms, wake: resolve };
				timers.push( timer );
				signal?.addEventListener( 'abort', () => {
					timers = timers.filter( ( other ) => other !== timer );
					resolve();
				} );
			} ),
		async runTo( at ) {
			await settled();
			for (;;) {
				const [ next ] = timers.sort( ( a, b ) => a.at - b.at );
				if ( ! next || next.at > at ) {
					break;
				}
				timers = timers.filter( ( other ) => other !== next );
				now = Math.max( now, next.at );
				next.wake();
				await settled();
			}
			now = at;
		},
		set( at ) {
			now = at;
		},
		next: () =>
			timers.length === 0
				? null
				: Math.min( ...timers.map( ( timer ) => timer.at ) ),
		sleepers: () => timers.length,
	};
}

export interface LogLine {
	readonly level: string;
	readonly fields: LogFields;
	readonly message: string;
}

export function createLog(): { lines: LogLine[]; logger: Logger } {
	const lines: LogLine[] = [];
	const make = ( base: LogFields ): Logger => {
		const at =
			( level: string ) => ( fields: LogFields, message: string ) => {
				lines.push( {
					level,
					fields: { ...base, ...fields },
					message,
				} );
			};
		return {
			debug: at( 'debug' ),
			info: at( 'info' ),
			warn: at( 'warn' ),
			error: at( 'error' ),
			child: ( fields ) => make( { ...base, ...fields } ),
		};
	};
	return { lines, logger: make( {} ) };
}

export function createWorld( options: {
	readonly fetch: HttpFetch;
	readonly clock?: Clock;
	/** (always 0) */
	readonly random?: () => number;
} ): World & { readonly log: LogLine[]; readonly clock: Clock } {
	const { lines, logger } = createLog();
	return {
		clock: options.clock ?? createVirtualClock(),
		random: {
			next: options.random ?? ( () => 0 ),
			bytes: ( length ) => new Uint8Array( length ),
		},
		logger,
		fetch: options.fetch,
		log: lines,
	};
}

export function answer(
	status: number,
	body: unknown,
	headers: Record< string, string > = {}
): HttpOutcome & { ok: true; answer: HttpAnswer } {
	return {
		ok: true,
		answer: {
			status,
			headers: { ruid: 'ruid-1', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify( body ),
		},
	};
}

export const lost: HttpOutcome = {
	ok: false,
	sent: true,
	reason: 'timeout',
	message: 'no answer within 60 s',
};
export const unreachable: HttpOutcome = {
	ok: false,
	sent: false,
	reason: 'network',
	message: 'connect ECONNREFUSED',
};

/** Answers in turn, then fails the test; keeps what was asked. */
export function scripted( ...answers: HttpOutcome[] ): {
	readonly fetch: HttpFetch;
	readonly asked: HttpRequest[];
} {
	const asked: HttpRequest[] = [];
	return {
		asked,
		async fetch( request ) {
			asked.push( request );
			const next = answers[ asked.length - 1 ];
			if ( ! next ) {
				throw new Error(
					`not in the script: ${ request.method } ${ request.url }`
				);
			}
			return next;
		},
	};
}

/** Values pass through JSON, as in the database. */
export function createMemoryCache(): Cache & { size(): number } {
	const kept = new Map< string, string >();
	return {
		async get( scope, key ) {
			const text = kept.get( `${ scope }/${ key }` );
			return text === undefined ? undefined : JSON.parse( text );
		},
		async put( scope, key, value ) {
			kept.set( `${ scope }/${ key }`, JSON.stringify( value ) );
		},
		async drop( scope, key ) {
			for ( const name of [ ...kept.keys() ] ) {
				if (
					key === undefined
						? name.startsWith( `${ scope }/` )
						: name === `${ scope }/${ key }`
				) {
					kept.delete( name );
				}
			}
		},
		size: () => kept.size,
	};
}

/** One lock and one place for a token, as several processes share them. */
export function createMemoryTokens(
	first: StoredToken | null = null
): TokenKeeper & { token: StoredToken | null; saves: number } {
	let last: Promise< unknown > = Promise.resolve();
	const keeper = {
		token: first,
		saves: 0,
		load: async () => keeper.token,
		async save( token: StoredToken ) {
			keeper.token = token;
			keeper.saves += 1;
		},
		lock< T >( work: () => Promise< Result< T > > ) {
			const run = last.then( work );
			last = run.catch( () => {} );
			return run;
		},
	};
	return keeper;
}

export const plainSecrets: SecretReader = ( secret ) =>
	typeof secret === 'string'
		? { ok: true, value: secret }
		: {
				ok: false,
				problem: {
					code: 'secret-unreadable',
					message: `The secret ${ JSON.stringify( secret ) } cannot be read.`,
					cause: null,
					fix: 'Set it.',
					field: null,
				},
			};

/** The value, or the failure as an error a test shows. */
export function valueOf< T >( result: Result< T > ): T {
	if ( ! result.ok ) {
		throw new Error( JSON.stringify( result.failure ) );
	}
	return result.value;
}
