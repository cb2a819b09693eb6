/**
 * Sends one request to Brightpearl: waits for the budget, adds the credentials, hands the
 * outcome to the classifier and reports it to budget, guard and log. A 401 is answered by one
 * renewal of the token and one more try; nothing else is retried here.
 */
import type { BrightpearlConfig } from '../contracts/connection.ts';
import { SECOND } from '../contracts/primitives.ts';
import { retry, type Failure } from '../contracts/result.ts';
import type { HttpOutcome, World } from '../contracts/world.ts';
import type { Lane } from './api.ts';
import type { Auth, Credentials } from './credentials.ts';
import type { Permit } from './budget.ts';
import { queryString, type Ask, type Call, type Sent } from './call.ts';
import { classify, throttlePeriod, type Verdict } from './classify.ts';
import type { InstanceId } from './instance-id.ts';
import type { Pool } from './pools.ts';
import type { Figures } from './throttle-window.ts';

const READ_TIMEOUT = 30 * SECOND;
/** A write that is given up on has an unknown outcome: better to wait a little longer. */
const WRITE_TIMEOUT = 60 * SECOND;

export interface Transport {
	/** `count` is called for every request that leaves. */
	ask( lane: Lane, count: () => void ): Ask;
	/** `/public-api/{account}`: part of every request's length. */
	readonly prefix: string;
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

interface Attempt {
	readonly verdict: Verdict;
	readonly status: number | null;
	readonly ruid: string | null;
	readonly sentAt: number;
	readonly credentials: Credentials;
}

export function createTransport( deps: {
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly auth: Auth;
	readonly instance: InstanceId;
	readonly pool: Pool;
	readonly reserve: number;
} ): Transport {
	const { auth, config, instance, pool, world } = deps;
	const { clock, logger } = world;
	const prefix = `/public-api/${ config.account }`;

	const failed = (
		failure: Failure,
		status: number | null = null,
		sentAt = clock.now()
	): Sent => ( { kind: 'failed', failure, status, sentAt } );

	/** Room in the budget and no outage; or why not. */
	async function enter( lane: Lane ): Promise< Permit | Failure > {
		const admission = await pool.budget.admit( lane, deps.reserve );
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
		call: Call,
		permit: Permit,
		credentials: Credentials
	): Promise< Attempt > {
		const endpoint = `${ call.method } ${ call.path }`;
		const write = call.method !== 'GET';
		const sentAt = clock.now();
		const outcome = await world.fetch( {
			method: call.method,
			url: `${ credentials.origin }${ prefix }${ call.path }${ queryString( call.query ) }`,
			headers: {
				accept: 'application/json',
				...credentials.headers,
				...( call.body === undefined
					? {}
					: { 'content-type': 'application/json' } ),
			},
			...( call.body === undefined
				? {}
				: { body: JSON.stringify( call.body ) } ),
			timeout: write ? WRITE_TIMEOUT : READ_TIMEOUT,
		} );
		if ( outcome.ok || outcome.sent ) {
			permit.ended( figuresOf( outcome ) );
		} else {
			permit.unsent();
		}
		const verdict = classify( {
			endpoint,
			write,
			none: call.none ?? 'never',
			outcome,
			secrets: credentials.secrets,
			field: credentials.field,
			now: clock.now(),
		} );
		const status = outcome.ok ? outcome.answer.status : null;
		const ruid = outcome.ok
			? ( outcome.answer.headers[ 'ruid' ] ?? null )
			: null;
		const fields = {
			method: call.method,
			path: call.path,
			status,
			ruid,
			ms: clock.now() - sentAt,
		};
		if ( verdict.kind === 'answer' || verdict.kind === 'none' ) {
			logger.debug( fields, 'Asked Brightpearl' );
		} else {
			const { failure } = verdict;
			logger.warn(
				{
					...fields,
					why:
						failure.kind === 'hold'
							? failure.problem.message
							: failure.message,
				},
				'Brightpearl did not do as asked'
			);
		}
		if ( outcome.ok ) {
			await instance.learn( outcome.answer.headers );
		}
		return { verdict, status, ruid, sentAt, credentials };
	}

	/** Tells budget and guard; a throttled answer's wait is the budget's. */
	function report( { verdict }: Attempt ): Verdict {
		if ( verdict.kind === 'outage' ) {
			pool.guard.down();
			return verdict;
		}
		pool.guard.up();
		if ( verdict.kind !== 'throttled' ) {
			return verdict;
		}
		const after = pool.budget.refused( verdict.failure.after );
		return { ...verdict, failure: { ...verdict.failure, after } };
	}

	function sentOf( attempt: Attempt ): Sent {
		const { ruid, sentAt, status } = attempt;
		const verdict = report( attempt );
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

	/** One try: the permit is given back whatever happens before the request leaves. */
	async function attempt(
		call: Call,
		lane: Lane,
		count: () => void,
		given: Credentials | null
	): Promise< Attempt | Failure > {
		const permit = await enter( lane );
		if ( 'kind' in permit ) {
			return permit;
		}
		let leaving = false;
		try {
			const known = given
				? { ok: true as const, value: given }
				: await auth.current();
			if ( ! known.ok ) {
				const { failure } = known;
				if ( failure.kind === 'retry' && failure.cause === 'outage' ) {
					pool.guard.down();
				}
				return failure;
			}
			leaving = true;
			count();
			return await send( call, permit, known.value );
		} finally {
			// Both do nothing where the request came to its end in the ordinary way.
			if ( leaving ) {
				permit.ended( null );
			} else {
				permit.unsent();
				pool.guard.skipped();
			}
		}
	}

	async function ask(
		call: Call,
		lane: Lane,
		count: () => void
	): Promise< Sent > {
		await instance.ready();
		const first = await attempt( call, lane, count, null );
		if ( 'kind' in first ) {
			return failed( first );
		}
		if ( first.verdict.kind !== 'unauthorized' ) {
			return sentOf( first );
		}
		pool.guard.up();
		const renewed = await auth.renew( first.credentials );
		if ( renewed === null ) {
			return sentOf( first );
		}
		if ( ! renewed.ok ) {
			return failed( renewed.failure, first.status, first.sentAt );
		}
		const second = await attempt( call, lane, count, renewed.value );
		return 'kind' in second ? failed( second ) : sentOf( second );
	}

	return {
		prefix,
		ask: ( lane, count ) => ( call ) => ask( call, lane, count ),
	};
}
