/**
 * Sends requests to Brightpearl and tells budget, guard, counters and log what came of them. A
 * 401 is answered by one renewal of the token and one more try; nothing else is retried here.
 */
import { NO_METER, type Meter } from '../../contracts/meter.ts';
import type { Failure } from '../../contracts/result.ts';
import type { Lane } from '../api/lanes.ts';
import {
	createTry,
	type Attempt,
	type AttemptDeps,
	type Question,
} from './attempt.ts';
import type { Ask, AskLate, Call, Sent } from './call.ts';
import type { Verdict } from './classify.ts';
import { createReport, type Report } from './report.ts';

/** What came of a question, with what was judged. */
export interface Exchanged {
	readonly sent: Sent;
	/** Null = nothing left, or nothing could. */
	readonly attempt: Attempt | null;
}

export interface Transport {
	/** `count` is called for every request that leaves. */
	ask( lane: Lane, count: () => void ): Ask;
	askLate( lane: Lane, count: () => void ): AskLate;
	/** For a question that is more than a call; null as of `askLate`. */
	exchange(
		lane: Lane,
		count: () => void,
		make: () => Question | null
	): Promise< Exchanged | null >;
	readonly report: Report;
	/** `/public-api/{account}`: part of every request's length. */
	readonly prefix: string;
}

export type TransportDeps = Omit< AttemptDeps, 'meter' | 'report' > & {
	/** (counts nothing) */
	readonly meter?: Meter | undefined;
	/** Shown every answer; must not throw. */
	readonly seen?: ( ( call: Call, sent: Sent ) => void ) | undefined;
};

const failed = (
	failure: Failure,
	status: number | null,
	sentAt: number
): Sent => ( { kind: 'failed', failure, status, sentAt } );

/** What a reported verdict is to whoever asked. */
export function sentOf(
	verdict: Verdict,
	{ ruid, sentAt, status }: Pick< Attempt, 'ruid' | 'sentAt' | 'status' >
): Sent {
	switch ( verdict.kind ) {
		case 'answer':
			return { kind: 'answer', body: verdict.body, ruid, sentAt };
		case 'none':
			return { kind: 'none', ruid, sentAt };
		case 'unauthorized':
		case 'throttled':
		case 'outage':
		case 'stumbled':
		case 'refused':
			return failed( verdict.failure, status, sentAt );
	}
}

export function createTransport( deps: TransportDeps ): Transport {
	const { auth, config, connection, instance, pool, world } = deps;
	const meter = deps.meter ?? NO_METER;
	const report = createReport( {
		connection,
		pool,
		logger: world.logger,
		meter,
	} );
	const attempt = createTry( { ...deps, meter, report } );

	function ended( one: Attempt ): Exchanged {
		const sent = sentOf( report.request( one.verdict ), one );
		deps.seen?.( one.question.call, sent );
		return { sent, attempt: one };
	}
	const unsent = ( failure: Failure ): Exchanged => ( {
		sent: failed( failure, null, world.clock.now() ),
		attempt: null,
	} );

	async function exchange(
		lane: Lane,
		count: () => void,
		make: () => Question | null
	): Promise< Exchanged | null > {
		await instance.ready();
		const first = await attempt( { lane, count, make, credentials: null } );
		if ( first === null ) {
			return null;
		}
		if ( 'kind' in first ) {
			return unsent( first );
		}
		if ( first.verdict.kind !== 'unauthorized' ) {
			return ended( first );
		}
		pool.guard.up();
		const renewed = await auth.renew( first.credentials );
		if ( renewed === null ) {
			return ended( first );
		}
		if ( ! renewed.ok ) {
			return {
				sent: failed( renewed.failure, first.status, first.sentAt ),
				attempt: first,
			};
		}
		const second = await attempt( {
			lane,
			count,
			make: () => first.question,
			credentials: renewed.value,
		} );
		if ( second === null ) {
			return null;
		}
		return 'kind' in second ? unsent( second ) : ended( second );
	}

	const askLate =
		( lane: Lane, count: () => void ): AskLate =>
		async ( make ) => {
			const exchanged = await exchange( lane, count, () => {
				const call = make();
				return call === null ? null : { call };
			} );
			return exchanged?.sent ?? null;
		};

	return {
		prefix: `/public-api/${ config.account }`,
		report,
		exchange,
		askLate,
		ask: ( lane, count ) => async ( call ) => {
			const sent = await askLate( lane, count )( () => call );
			if ( sent === null ) {
				throw new TypeError( 'a call that was given was not sent' );
			}
			return sent;
		},
	};
}
