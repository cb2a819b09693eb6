/**
 * Runs the service in this process until it is told to stop: lock, key, app, `service.json`.
 * `serve` and `demo` are this with different things around it.
 */
import type { App } from '../app-port.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { Call } from './command.ts';
import {
	makeDataDir,
	readHolder,
	tryLock,
	type DataDirLock,
} from './data-dir.ts';
import { refusal, type CliFailure } from './failure.ts';
import { givenKey } from './key-file.ts';
import { openLocalApp } from './local-app.ts';
import type { LogLevel } from './process-settings.ts';
import { removeServiceFile, writeServiceFile } from './service-file.ts';

/** A command that works without the service is soon done; its lock is waited for this long. */
const WAIT_FOR_COMMAND = 10 * SECOND;
const LOOK_AGAIN = 50;
/** `close` drains by itself within this; what hangs longer is left to the queue. */
const DRAIN = 10 * SECOND;

export interface Running {
	readonly ok: true;
	readonly app: App;
	readonly url: string;
	/** Stops taking work, drains, lets go of the data dir. */
	stop(): Promise< void >;
}

type ServeCall = Pick< Call, 'settings' | 'env' | 'io' | 'parts' >;

export interface Opened {
	readonly ok: true;
	readonly app: App;
	start( port: number ): Promise< Running | CliFailure >;
	stop(): Promise< void >;
}

/** The app under the service's lock, not listening yet. */
export async function openService(
	call: ServeCall,
	log: LogLevel = call.settings.log
): Promise< Opened | CliFailure > {
	const key = await givenKey( call.env );
	if ( ! key.ok ) {
		return key;
	}
	const locked = await takeLock( call );
	if ( ! locked.ok ) {
		return locked;
	}
	const opened = await openLocalApp( call, key.key, log ).catch(
		async ( error: unknown ) => {
			await locked.lock.release();
			throw error;
		}
	);
	if ( ! opened.ok ) {
		await locked.lock.release();
		return opened;
	}
	const { app } = opened;
	const stop = (): Promise< void > => stopService( call, app, locked.lock );
	return {
		ok: true,
		app,
		stop,
		start: ( port ) => startService( call, app, port, stop ),
	};
}

async function startService(
	{ settings, io, parts }: ServeCall,
	app: App,
	port: number,
	stop: () => Promise< void >
): Promise< Running | CliFailure > {
	const token = Buffer.from( parts.random.bytes( 32 ) ).toString(
		'base64url'
	);
	const startedAt = new Date( parts.clock.now() ).toISOString();
	const started = await app.start( {
		host: settings.host,
		port,
		token,
		startedAt,
	} );
	if ( ! started.ok ) {
		return { ok: false, exit: 2, error: started.error };
	}
	await writeServiceFile( settings.dataDir, {
		pid: io.pid,
		url: started.url,
		token,
		startedAt,
	} );
	return { ok: true, app, url: started.url, stop };
}

/** The file goes first, so that no command is sent to a service that stops. */
async function stopService(
	{ settings, io, parts }: ServeCall,
	app: App,
	lock: DataDirLock
): Promise< void > {
	await removeServiceFile( settings.dataDir, io.pid );
	const drained = new AbortController();
	await Promise.race( [
		app.close(),
		parts.clock.sleep( DRAIN, drained.signal ),
	] );
	drained.abort();
	await lock.release();
}

async function takeLock( {
	settings,
	io,
	parts,
}: ServeCall ): Promise<
	{ readonly ok: true; readonly lock: DataDirLock } | CliFailure
> {
	const made = await makeDataDir( settings.dataDir );
	if ( ! made.ok ) {
		return made;
	}
	const patience = parts.clock.now() + WAIT_FOR_COMMAND;
	for (;;) {
		const locked = await tryLock( settings.dataDir, {
			pid: io.pid,
			what: 'service',
		} );
		if ( ! locked.ok ) {
			return locked;
		}
		if ( locked.lock !== null ) {
			return { ok: true, lock: locked.lock };
		}
		const holder = await readHolder( settings.dataDir );
		if (
			holder?.what === 'service' ||
			parts.clock.now() >= patience ||
			io.stop.aborted
		) {
			return alreadyRuns( settings.dataDir, holder );
		}
		await parts.clock.sleep( LOOK_AGAIN, io.stop );
	}
}

function alreadyRuns(
	dataDir: string,
	holder: Awaited< ReturnType< typeof readHolder > >
): CliFailure {
	const who =
		holder === null
			? 'Another process'
			: `${ holder.what === 'service' ? 'A service' : 'A command' } (pid ${
					holder.pid
				})`;
	return refusal(
		'already-running',
		`${ who } uses the data dir ${ dataDir } already.`,
		{
			fix:
				holder === null
					? 'Stop it, or give another --data-dir.'
					: `Stop it with: kill ${ holder.pid }, or give another --data-dir.`,
		}
	);
}
