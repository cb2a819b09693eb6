/**
 * Runs one operation: through the service when it runs, otherwise here, under the same lock.
 */
import {
	parseOperationInput,
	type OperationInput,
	type OperationName,
	type Outcome,
} from '../contracts/operations.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { Call } from './command.ts';
import {
	makeDataDir,
	readHolder,
	tryLock,
	type DataDirLock,
} from './data-dir.ts';
import { failure, type CliFailure } from './failure.ts';
import { interruptedExit } from './io.ts';
import { givenKey } from './key-file.ts';
import { openLocalApp } from './local-app.ts';
import { callService, findService } from './service-client.ts';
import type { ServiceFile } from './service-file.ts';

export type Operated = ( Outcome & { readonly ok: true } ) | CliFailure;

/** Between two looks whether the lock is free. */
const LOOK_AGAIN = 50;
/**
 * An operation answers 7 by itself, as soon as what it is doing can be let go of; this much later
 * we stop waiting for it to say so.
 */
const GRACE = 5 * SECOND;

type OperateCall = Pick< Call, 'settings' | 'env' | 'io' | 'parts' >;

export async function operate(
	call: OperateCall,
	name: OperationName,
	raw: unknown
): Promise< Operated > {
	const read = parseOperationInput( name, raw );
	if ( ! read.ok ) {
		return { ok: false, exit: 2, error: read.error };
	}
	const key = await givenKey( call.env );
	if ( ! key.ok ) {
		return key;
	}
	const deadline = call.parts.clock.now() + call.settings.timeout;
	const way = await findWay( call, deadline );
	if ( ! way.ok ) {
		return way;
	}
	return way.kind === 'service'
		? throughService( call, way.service, name, read.input, deadline )
		: here( call, way.lock, key.key, name, read.input, deadline );
}

type Way =
	| {
			readonly ok: true;
			readonly kind: 'service';
			readonly service: ServiceFile;
	  }
	| { readonly ok: true; readonly kind: 'here'; readonly lock: DataDirLock };

/**
 * A service that answers, or else the lock. Neither may be there for a moment: another command
 * works, or the service is starting or stopping; then we look again until time is up.
 */
async function findWay(
	{ settings, io, parts }: OperateCall,
	deadline: number
): Promise< Way | CliFailure > {
	const made = await makeDataDir( settings.dataDir );
	if ( ! made.ok ) {
		return made;
	}
	for (;;) {
		const service = await findService( settings.dataDir );
		if ( service !== null ) {
			return { ok: true, kind: 'service', service };
		}
		const locked = await tryLock( settings.dataDir, {
			pid: io.pid,
			what: 'command',
		} );
		if ( ! locked.ok ) {
			return locked;
		}
		if ( locked.lock !== null ) {
			return { ok: true, kind: 'here', lock: locked.lock };
		}
		if ( io.stop.aborted ) {
			return interrupted( io );
		}
		if ( parts.clock.now() >= deadline ) {
			return busy( await readHolder( settings.dataDir ) );
		}
		await parts.clock.sleep( LOOK_AGAIN, io.stop );
	}
}

function busy(
	holder: Awaited< ReturnType< typeof readHolder > >
): CliFailure {
	const who = holder === null ? 'another process' : `process ${ holder.pid }`;
	return holder?.what === 'service'
		? failure(
				5,
				'service-unreachable',
				`The service (${ who }) runs, but does not answer.`,
				{
					fix: `Look at its log, or stop it with: kill ${ holder.pid }`,
				}
			)
		: failure( 5, 'data-dir-busy', `The data dir is in use by ${ who }.`, {
				fix: 'Try again when it is done.',
			} );
}

async function throughService(
	{ io, parts }: OperateCall,
	service: ServiceFile,
	name: OperationName,
	input: unknown,
	deadline: number
): Promise< Operated > {
	const left = Math.max( 0, deadline - parts.clock.now() );
	const ended = new AbortController();
	const signal = AbortSignal.any( [ io.stop, ended.signal ] );
	void parts.clock.sleep( left + GRACE, signal ).then( () => ended.abort() );
	const result = await callService( service, name, input, {
		timeout: left,
		signal,
	} );
	const lateness = ended.signal.aborted;
	ended.abort();
	switch ( result.kind ) {
		case 'outcome':
			return { ok: true, ...result.outcome };
		case 'aborted':
			return lateness && ! io.stop.aborted
				? timedOut()
				: interrupted( io );
		case 'misunderstood':
			return failure( 5, 'service-version', result.message, {
				fix: 'It is probably another version: start the service again.',
			} );
		case 'stranger':
		case 'lost':
			return failure(
				5,
				'service-unreachable',
				'The service went away while it worked; what it had accepted stays queued.',
				{
					fix: 'Start the service again, then look with pearlbridge status.',
				}
			);
	}
}

async function here< N extends OperationName >(
	call: OperateCall,
	lock: DataDirLock,
	key: Uint8Array | null,
	name: N,
	input: OperationInput< N >,
	deadline: number
): Promise< Operated > {
	const { io, parts } = call;
	try {
		const opened = await openLocalApp( call, key );
		if ( ! opened.ok ) {
			return opened;
		}
		const ended = new AbortController();
		const signal = AbortSignal.any( [ io.stop, ended.signal ] );
		try {
			const operated = await Promise.race( [
				opened.app.operations
					.run( name, input, { signal, deadline } )
					.then( ( outcome ) => ( {
						ok: true as const,
						...outcome,
					} ) ),
				parts.clock
					.sleep(
						Math.max( 0, deadline - parts.clock.now() ) + GRACE,
						signal
					)
					.then( () =>
						io.stop.aborted ? interrupted( io ) : timedOut()
					),
			] );
			return io.stop.aborted ? interrupted( io ) : operated;
		} finally {
			ended.abort();
			await opened.app.close();
		}
	} finally {
		await lock.release();
	}
}

function timedOut(): CliFailure {
	return failure(
		7,
		'timeout',
		'Time ran out while waiting; the work goes on.',
		{
			fix: 'Look again with pearlbridge status, or give more with --timeout.',
		}
	);
}

function interrupted( io: OperateCall[ 'io' ] ): CliFailure {
	return failure(
		interruptedExit( io.stop.reason ),
		'interrupted',
		'Interrupted; what was accepted stays queued.'
	);
}
