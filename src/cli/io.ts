/**
 * The process, passed in: what a command may read and write, and when it must stop.
 */
export interface Writer {
	write( text: string ): unknown;
	readonly isTTY?: boolean | undefined;
	/** Bytes that wait because nobody reads. */
	readonly writableLength?: number | undefined;
}

export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'launcher';

export interface Io {
	readonly stdin: AsyncIterable< Uint8Array | string >;
	readonly stdout: Writer;
	readonly stderr: Writer;
	readonly cwd: string;
	readonly pid: number;
	/** Aborts once, with a `StopReason` as its reason. */
	readonly stop: AbortSignal;
	/** Milliseconds since the process began. */
	readonly uptime: () => number;
}

/** The exit code of a command that was interrupted. */
export function interruptedExit( reason: unknown ): number {
	return reason === 'SIGTERM' ? 143 : 130;
}

/** Resolves when the process is asked to stop. */
export function untilStopped( stop: AbortSignal ): Promise< void > {
	return new Promise( ( resolve ) => {
		if ( stop.aborted ) {
			resolve();
		}
		stop.addEventListener( 'abort', () => resolve(), { once: true } );
	} );
}
