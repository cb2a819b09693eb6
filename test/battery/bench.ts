/** What a battery needs of an engine, and a world it can steer. */
import type { Database } from '../../src/contracts/database.ts';
import type {
	Clock,
	LogFields,
	Logger,
	Random,
} from '../../src/contracts/world.ts';

export interface ManualClock extends Clock {
	/** Moves on, waking sleepers in the order of their time and letting each act. */
	advance( ms: number ): Promise< void >;
}

/** Turns of the event loop: the database lets one in at each, and a step asks it a dozen times. */
const CALM = 30;

/** Lets everything that needs no clock come to rest. */
export async function calm(): Promise< void > {
	for ( let turn = 0; turn < CALM; turn += 1 ) {
		await new Promise( ( resolve ) => setImmediate( resolve ) );
	}
}

export function manualClock( start = Date.UTC( 2026, 0, 1 ) ): ManualClock {
	let now = start;
	const sleepers = new Set< {
		readonly at: number;
		readonly wake: () => void;
	} >();
	return {
		now: () => now,
		sleep( ms, signal ) {
			return new Promise( ( resolve ) => {
				if ( signal?.aborted ) {
					resolve();
					return;
				}
				const sleeper = {
					at: now + ms,
					wake() {
						sleepers.delete( sleeper );
						signal?.removeEventListener( 'abort', sleeper.wake );
						resolve();
					},
				};
				sleepers.add( sleeper );
				signal?.addEventListener( 'abort', sleeper.wake );
			} );
		},
		async advance( ms ) {
			const end = now + ms;
			await calm();
			for (;;) {
				const [ next ] = [ ...sleepers ]
					.filter( ( sleeper ) => sleeper.at <= end )
					.sort( ( a, b ) => a.at - b.at );
				if ( ! next ) {
					break;
				}
				now = Math.max( now, next.at );
				next.wake();
				await calm();
			}
			now = end;
		},
	};
}

export function seededRandom( seed = 1 ): Random {
	let state = seed;
	const next = () => {
		state = ( state * 1103515245 + 12345 ) % 2147483648;
		return state / 2147483648;
	};
	return {
		next,
		bytes: ( length ) =>
			Uint8Array.from( { length }, () => Math.floor( next() * 256 ) ),
	};
}

export interface LogLine {
	readonly level: 'debug' | 'info' | 'warn' | 'error';
	readonly fields: LogFields;
	readonly message: string;
}

export function memoryLogger(): Logger & { readonly lines: LogLine[] } {
	const lines: LogLine[] = [];
	const write =
		( level: LogLine[ 'level' ] ) =>
		( fields: LogFields, message: string ) => {
			lines.push( { level, fields, message } );
		};
	const logger = {
		lines,
		debug: write( 'debug' ),
		info: write( 'info' ),
		warn: write( 'warn' ),
		error: write( 'error' ),
		child: () => logger,
	};
	return logger;
}

/** One data set that may be opened several times, as several processes do. */
export interface Bench {
	readonly clock: ManualClock;
	open( options?: {
		readonly owner?: string;
		readonly exclusive?: boolean;
		readonly leaseMs?: number;
		/** The process that dies shares no clock with the living. */
		readonly clock?: Clock;
	} ): Promise< Database >;
	/** Closes what is open and removes the data. */
	destroy(): Promise< void >;
}

export type OpenBench = () => Promise< Bench >;
