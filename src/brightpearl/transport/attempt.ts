/**
 * One try of one request: room in the budget, credentials, the way there and back, and what it
 * means. The permit is given back whatever happens.
 */
import type { BrightpearlConfig } from '../../contracts/connection.ts';
import type { Meter } from '../../contracts/meter.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { retry, type Failure } from '../../contracts/result.ts';
import type { HttpOutcome, World } from '../../contracts/world.ts';
import type { Lane } from '../api/lanes.ts';
import type { Permit } from '../budget/budget.ts';
import { isRead, queryString, type Call } from './call.ts';
import { classify, type Exchange, type Verdict } from './classify.ts';
import type { Auth, Credentials } from '../auth/credentials.ts';
import type { InstanceId } from '../auth/instance-id.ts';
import type { Pool } from '../budget/pools.ts';
import { ruidOf, throttlePeriod } from './reply-body.ts';
import type { Report } from './report.ts';
import type { Figures } from '../budget/throttle-window.ts';

const READ_TIMEOUT = 30 * SECOND;
/** A write that is given up on has an unknown outcome: better to wait a little longer. */
const WRITE_TIMEOUT = 60 * SECOND;

export interface Question {
	readonly call: Call;
	/** How an answer is judged (`classify`). */
	readonly judge?: ( exchange: Exchange ) => Verdict;
	/** Writes in one request; absent = the call itself is one. */
	readonly messages?: number;
	/** Milliseconds to wait for the answer. */
	readonly timeout?: number;
}

export interface Attempt {
	readonly question: Question;
	readonly verdict: Verdict;
	readonly outcome: HttpOutcome;
	readonly status: number | null;
	readonly ruid: string | null;
	readonly sentAt: number;
	readonly credentials: Credentials;
}

export interface Asking {
	readonly lane: Lane;
	/** Called when the request leaves. */
	readonly count: () => void;
	/** Called when there is room; null = there is nothing to send any more. */
	readonly make: () => Question | null;
	/** Null = whatever is current. */
	readonly credentials: Credentials | null;
}

export interface AttemptDeps {
	/** The connection's name, for the counters. */
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly auth: Auth;
	readonly instance: InstanceId;
	readonly pool: Pool;
	/** Requests per period left to other apps, asked for whenever one may leave. */
	readonly reserve: ( lane: Lane ) => number;
	readonly meter: Meter;
	readonly report: Report;
}

function figuresOf( outcome: HttpOutcome ): Figures | null {
	if ( ! outcome.ok ) {
		return null;
	}
	const remaining =
		outcome.answer.headers[ 'brightpearl-requests-remaining' ]?.trim();
	const period = throttlePeriod( outcome.answer );
	return remaining !== undefined &&
		/^\d{1,9}$/.test( remaining ) &&
		period !== null
		? { remaining: Number( remaining ), period }
		: null;
}

/** A failure of ours, before anything left; null = there was nothing to send. */
export type Try = ( asking: Asking ) => Promise< Attempt | Failure | null >;

export function createTry( deps: AttemptDeps ): Try {
	const { auth, config, instance, meter, pool, report, world } = deps;
	const { clock } = world;

	/** Room in the budget and no outage; or why not. */
	async function enter( lane: Lane ): Promise< Permit | Failure > {
		const admission = await pool.budget.admit( lane, () =>
			deps.reserve( lane )
		);
		if ( ! admission.ok ) {
			return retry(
				'brightpearl',
				'busy',
				'This minute’s requests to Brightpearl are used up; it goes on when the next one begins.',
				{ after: admission.after }
			).failure;
		}
		const wait = pool.guard.wait();
		if ( wait !== null ) {
			admission.permit.unsent();
			return retry(
				'brightpearl',
				'outage',
				'Brightpearl is not answering; it is asked again now and then.',
				{ after: wait }
			).failure;
		}
		return admission.permit;
	}

	async function send(
		question: Question,
		permit: Permit,
		credentials: Credentials
	): Promise< Attempt > {
		const { call, judge = classify, messages, timeout } = question;
		const write = ! isRead( call );
		const sentAt = clock.now();
		const outcome = await world.fetch( {
			method: call.method,
			url: `${ credentials.origin }/public-api/${ config.account }${ call.path }${ queryString( call.query ) }`,
			headers: {
				accept: 'application/json',
				...( call.body === undefined
					? {}
					: { 'content-type': 'application/json' } ),
				...call.headers,
				...credentials.headers,
			},
			...( call.body === undefined
				? {}
				: { body: JSON.stringify( call.body ) } ),
			timeout: timeout ?? ( write ? WRITE_TIMEOUT : READ_TIMEOUT ),
		} );
		if ( outcome.ok || outcome.sent ) {
			permit.ended( figuresOf( outcome ) );
		} else {
			permit.unsent();
		}
		const verdict = judge( {
			endpoint: `${ call.method } ${ call.path }`,
			write,
			none: call.none ?? 'never',
			outcome,
			secrets: credentials.secrets,
			field: credentials.field,
			now: clock.now(),
		} );
		const status = outcome.ok ? outcome.answer.status : null;
		const ruid = outcome.ok
			? ruidOf( outcome.answer, credentials.secrets )
			: null;
		report.log(
			{
				method: call.method,
				path: call.path,
				...( messages === undefined ? {} : { messages } ),
				status,
				ruid,
				ms: clock.now() - sentAt,
			},
			verdict
		);
		if ( outcome.ok ) {
			await instance.learn( outcome.answer.headers );
		}
		return {
			question,
			verdict,
			outcome,
			status,
			ruid,
			sentAt,
			credentials,
		};
	}

	function counted( { call, messages }: Question, lane: Lane ): void {
		const { connection } = deps;
		const read = isRead( call );
		const one = read ? 'read' : 'write';
		meter.count( 'brightpearl_requests', {
			connection,
			lane,
			kind: messages === undefined ? one : 'batch',
		} );
		if ( ! read ) {
			meter.count(
				'brightpearl_messages',
				{
					connection,
					way: messages === undefined ? 'single' : 'batched',
				},
				messages ?? 1
			);
		}
	}

	return async ( { lane, count, make, credentials } ) => {
		const permit = await enter( lane );
		if ( 'kind' in permit ) {
			return permit;
		}
		let isLeaving = false;
		try {
			const known = credentials
				? { ok: true as const, value: credentials }
				: await auth.current();
			if ( ! known.ok ) {
				const { failure } = known;
				if ( failure.kind === 'retry' && failure.cause === 'outage' ) {
					pool.guard.down();
				}
				return failure;
			}
			const question = make();
			if ( question === null ) {
				return null;
			}
			isLeaving = true;
			count();
			counted( question, lane );
			return await send( question, permit, known.value );
		} finally {
			// Both do nothing where the request came to its end in the ordinary way.
			if ( isLeaving ) {
				permit.ended( null );
			} else {
				permit.unsent();
				pool.guard.skipped();
			}
		}
	};
}
