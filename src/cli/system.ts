/**
 * The system's clock and randomness, and this process as commands see it.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Random } from '../contracts/world.ts';
import type { Io, StopReason } from './io.ts';

/** The largest delay a timer takes; longer ones would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** Both the terminal and the launcher may send one Ctrl-C: that is one wish, not two. */
const SAME_WISH = 1000;
/** The launcher is gone: nobody waits for a long drain. */
const LAUNCHER_GRACE = 300;
/** A reader that does not read keeps us no longer than this. */
const HAND_OVER = 2000;

export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async ( ms, signal ) => {
		await delay(
			Math.min( Math.max( ms, 0 ), LONGEST_TIMER ),
			undefined,
			signal === undefined ? {} : { signal }
		).catch( () => undefined );
	},
};

export const systemRandom: Random = {
	next: () => randomInt( 2 ** 47 ) / 2 ** 47,
	bytes: ( length ) => randomBytes( length ),
};

/**
 * The running process. The first signal asks to stop; another a while later insists. When the
 * launcher dies (its channel closes) the process follows within a second.
 */
export function processIo(): Io {
	const stop = new AbortController();
	let askedAt = 0;
	const ask = ( reason: StopReason ): void => {
		const now = Date.now();
		if ( ! stop.signal.aborted ) {
			askedAt = now;
			stop.abort( reason );
		} else if ( now - askedAt > SAME_WISH ) {
			process.exit( 130 );
		}
	};
	for ( const signal of [ 'SIGINT', 'SIGTERM', 'SIGHUP' ] as const ) {
		process.on( signal, () => ask( signal ) );
	}
	followLauncher( () => ask( 'launcher' ) );
	for ( const stream of [ process.stdout, process.stderr ] ) {
		// The reader may go away (`| head`); the work does not depend on it.
		stream.on( 'error', () => undefined );
		neverBlock( stream );
	}
	return {
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		cwd: process.cwd(),
		pid: process.pid,
		stop: stop.signal,
		uptime: () => performance.now(),
	};
}

/** The launcher's channel closes when it dies; that may have been while we were loading. */
function followLauncher( ask: () => void ): void {
	const launched = process.env[ 'PEARLBRIDGE_LAUNCHER' ] !== undefined;
	// It is between the two of us: no setting, and not for processes of ours.
	delete process.env[ 'PEARLBRIDGE_LAUNCHER' ];
	if ( ! launched ) {
		return;
	}
	const gone = (): void => {
		ask();
		setTimeout( () => process.exit( 1 ), LAUNCHER_GRACE ).unref();
	};
	if ( process.connected ) {
		process.once( 'disconnect', gone );
		process.channel?.unref();
	} else {
		gone();
	}
}

/** Everything written is handed over before the process ends, unless nobody takes it. */
export async function exitWith( code: number ): Promise< never > {
	const handedOver = Promise.all(
		[ process.stdout, process.stderr ].map(
			( stream ) =>
				new Promise( ( resolve ) => {
					stream.write( '', resolve );
				} )
		)
	);
	await Promise.race( [ handedOver, delay( HAND_OVER ) ] );
	process.exit( code );
}

/** Node writes to pipes synchronously: a reader that stalls would stop the service. */
function neverBlock( stream: NodeJS.WriteStream ): void {
	const handle: unknown = Reflect.get( stream, '_handle' );
	if ( typeof handle === 'object' && handle !== null && ! stream.isTTY ) {
		const setBlocking: unknown = Reflect.get( handle, 'setBlocking' );
		if ( typeof setBlocking === 'function' ) {
			setBlocking.call( handle, false );
		}
	}
}
