/**
 * Keeps the webhooks of a connection without the plugin. Every look is level-triggered: it
 * compares what the shop lists with what should be, writes only what differs, says what it did,
 * and gives up for a while where that is in vain.
 */
import { DAY, HOUR, SECOND } from '../../contracts/primitives.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import { fail, ok, type Failure, type Result } from '../../contracts/result.ts';
import type { StoreWebhook } from '../../contracts/store.ts';
import type { Connected } from '../connected.ts';
import { connectionSubject } from '../connection-problems.ts';
import { applyWebhooks } from './apply-webhooks.ts';
import type { WatchParts } from './parts.ts';
import { tellWebhooks } from './tell-webhooks.ts';
import {
	oursOf,
	planWebhooks,
	type Known,
	type WebhookPlan,
} from './webhook-plan.ts';
import * as problems from './webhook-problems.ts';
import { makeWebhookSecret, readWebhookSecret } from './webhook-secret.ts';
import { keepWebhookState, type WebhookState } from './webhook-state.ts';

/**
 * Repairs within a day, after which another would be in vain. They stand for the streak of failed
 * deliveries, which the shop’s REST answer does not count (measured).
 */
const MOST_REPAIRS = 3;
/** Before a shop that refused a write is asked again. */
const REFUSED_FOR = HOUR;
const HEALTH_TIMEOUT = 10 * SECOND;

export async function keepWebhooks(
	parts: WatchParts,
	connected: Connected,
	before: WebhookState,
	hooks: readonly StoreWebhook[],
	{ base, known }: { readonly base: string; readonly known: Known }
): Promise< Result< void > > {
	const { database, name, world } = connected;
	const stored = await parts.connections.stored( name );
	if ( stored === null ) {
		return ok( undefined );
	}
	const now = world.clock.now();
	const read = readWebhookSecret( parts, stored.record );
	let secret = read?.ok === true ? read.value : null;
	const plan = planWebhooks(
		hooks,
		known,
		// What others made is believed to be signed rightly: its secret cannot be read.
		read === null ||
			( secret !== null &&
				( before.secret ?? secret.mark ) !== secret.mark )
	);
	let state: WebhookState = {
		...before,
		hooks: oursOf( hooks, known ),
		repairs: before.repairs.filter( ( at ) => now - at < DAY ),
		secret: before.secret ?? secret?.mark ?? null,
	};
	const save = () => keepWebhookState( database, name, state );
	if ( isNothing( plan ) ) {
		await save();
		await tellWebhooks( connected, null );
		return ok( undefined );
	}
	if ( read?.ok === false ) {
		await save();
		await tellWebhooks( connected, cannot( plan, read.failure ) );
		return ok( undefined );
	}
	if (
		before.refused !== null &&
		before.refused.revision === stored.revision &&
		now - before.refused.at < REFUSED_FOR
	) {
		// It was told, and would be refused once more.
		await save();
		return ok( undefined );
	}
	const isRepair = isBroken( plan, before );
	if ( isRepair ) {
		const vain = await inVain( connected, state, plan, base, known );
		await save();
		await tellWebhooks(
			connected,
			vain ?? problems.repairing( plan.down )
		);
		if ( vain !== null ) {
			return ok( undefined );
		}
	}
	if ( secret === null ) {
		const made = await makeWebhookSecret( parts, connected );
		if ( ! made.ok ) {
			return made;
		}
		secret = made.value;
	}
	const applied = await applyWebhooks(
		connected,
		plan,
		known.address,
		secret.value
	);
	const ours = oursOf( applied.hooks( hooks ), {
		...known,
		made: [ ...known.made, ...applied.made ],
	} );
	state = {
		...state,
		hooks: ours,
		made: [ ...known.made, ...applied.made ].filter( ( id ) =>
			ours.some( ( hook ) => hook.id === id )
		),
	};
	if ( applied.failure !== null ) {
		const told = cannot( plan, applied.failure );
		const { revision } =
			( await parts.connections.stored( name ) ) ?? stored;
		state = {
			...state,
			refused: told === null ? null : { at: now, revision },
		};
		await save();
		if ( told === null ) {
			return fail( applied.failure );
		}
		await tellWebhooks( connected, told );
		return ok( undefined );
	}
	state = {
		...state,
		secret: secret.mark,
		refused: null,
		repairs: isRepair ? [ ...state.repairs, now ] : state.repairs,
	};
	await save();
	await tellWebhooks( connected, null );
	await done( connected, plan, isRepair );
	return ok( undefined );
}

function isNothing( { create, remove, update }: WebhookPlan ): boolean {
	return create.length + remove.length + update.length === 0;
}

/** Something that worked has stopped; the first time, all that is missing is simply made. */
function isBroken( { down }: WebhookPlan, { made }: WebhookState ): boolean {
	return down.some( ( { what } ) => what !== 'missing' || made.length > 0 );
}

/** Why putting it right would be of no use; null = it would. */
async function inVain(
	{ world }: Connected,
	{ repairs }: WebhookState,
	{ down }: WebhookPlan,
	base: string,
	{ address }: Known
): Promise< ProblemDraft | null > {
	if ( repairs.length >= MOST_REPAIRS ) {
		return problems.againAndAgain( down, repairs.length, address );
	}
	const asked = await world.fetch( {
		method: 'GET',
		url: `${ base.replace( /\/$/, '' ) }/healthz`,
		headers: { accept: 'application/json' },
		timeout: HEALTH_TIMEOUT,
	} );
	if ( asked.ok && asked.answer.status === 200 ) {
		return null;
	}
	return problems.notReachable(
		down,
		base,
		asked.ok
			? `it answers ${ asked.answer.status }`
			: `no answer: ${ asked.reason }`
	);
}

/** Null = it is tried again by itself. */
function cannot(
	{ down }: WebhookPlan,
	failure: Failure
): ProblemDraft | null {
	return failure.kind === 'hold'
		? problems.cannotWrite( down, failure.problem )
		: null;
}

async function done(
	{ database, name, world }: Connected,
	plan: WebhookPlan,
	isRepair: boolean
): Promise< void > {
	const said = saidOf( plan );
	world.logger.info( { connection: name }, `Webhooks: ${ said }.` );
	await database.journal.outcome( {
		connection: name,
		subject: connectionSubject( name ),
		step: 'Webhooks',
		outcome: 'done',
		ref: null,
		message: said,
		ruid: null,
	} );
	if ( isRepair ) {
		// What was changed while nothing was delivered.
		await database.queue.enqueue( [
			{
				key: taskKey( name, 'sweep', 'changed' ),
				kind: 'sweep',
				connection: name,
				priority: PRIORITY.sweep,
			},
		] );
	}
}

function saidOf( { create, remove, update }: WebhookPlan ): string {
	return [
		...create.map( ( topic ) => `made ${ topic }` ),
		...update.map( ( { id } ) => `corrected number ${ id }` ),
		...remove.map( ( id ) => `deleted number ${ id }` ),
	].join( ', ' );
}
