/**
 * The state of one order while its plan is applied, and the way every write goes: intent under
 * the fence, the call, the outcome.
 */
import type {
	BrightpearlOrder,
	JournalOutcome,
	Proof,
} from '../../contracts/answers.ts';
import type {
	LastTry,
	LinkChange,
	OrderLink,
} from '../../contracts/database.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Lease } from '../../contracts/queue.ts';
import { retry, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { checkProof } from '../../domain/orders/proof.ts';
import type { OrderPlan, Step } from '../../domain/orders/types.ts';
import type { SalesOrder } from '../../brightpearl/api.ts';
import type { Connected } from '../connected.ts';

export interface Applying {
	readonly connected: Connected;
	readonly lease: Lease;
	/** Null = gone from the shop. */
	readonly order: StoreOrder | null;
	readonly plan: OrderPlan;
	link: OrderLink;
	/** The sales order as last read; null until it was, or when a step has changed it. */
	salesOrder: SalesOrder | null;
	/** Made by this very run: nothing of it can exist yet, so looking first is not needed. */
	createdNow: boolean;
	contactId: number | null;
	/** Payments this very run made. */
	readonly paid: BrightpearlOrder[ 'payments' ][ number ][];
	/** What a person is told of, though it stopped nothing. */
	readonly told: ProblemDraft[];
	/** Steps that Brightpearl refused, and those that needed them. */
	readonly undone: Step[];
}

/** Brightpearl refused it, or something that it needs. */
export function isUndone(
	{ undone }: Pick< Applying, 'undone' >,
	type: Step[ 'type' ]
): boolean {
	return undone.some( ( step ) => step.type === type );
}

export function subjectOf( applying: Pick< Applying, 'link' > ): string {
	return `order:${ applying.link.orderId }`;
}

export async function saveLink(
	applying: Applying,
	change: LinkChange
): Promise< void > {
	const { database, name } = applying.connected;
	applying.link = await database.orderLinks.save(
		name,
		applying.link.orderId,
		change
	);
}

export interface JournalTarget {
	readonly connected: Connected;
	readonly lease: Lease;
	/** The journal's own connection column: a connection, or `@account` for what orders share. */
	readonly connection: string;
	readonly subject: string;
	readonly step: Step[ 'type' ];
	/** Which one it is, of a step that an order has several of: the reference of all its entries. */
	readonly key?: string;
}

export function journalTarget(
	applying: Applying,
	step: Step[ 'type' ],
	key?: string
): JournalTarget {
	return {
		connected: applying.connected,
		lease: applying.lease,
		connection: applying.connected.name,
		subject: subjectOf( applying ),
		step,
		...( key === undefined ? {} : { key } ),
	};
}

export async function note(
	target: JournalTarget,
	outcome: Exclude< JournalOutcome, 'intent' >,
	ref: string | null,
	message: string | null,
	ruid: string | null = null
): Promise< void > {
	const { connection, subject, step, key } = target;
	await target.connected.database.journal.outcome( {
		connection,
		subject,
		step,
		outcome,
		ref: key ?? ref,
		message: message ?? ( key === undefined || ref === key ? null : ref ),
		ruid,
	} );
}

/**
 * One write: nothing is called when the lease was lost, and whatever came of the call is in
 * the journal before anybody acts on it.
 *
 * @param record Keeps what was made, before the journal says that it is done: a crash in between
 *               then leaves an open intent, never a finished step that nobody remembers.
 */
export async function journaled< T >(
	target: JournalTarget,
	ref: string | null,
	call: () => Promise< Result< T > >,
	doneRef: ( value: T ) => string | null,
	record: ( value: T ) => Promise< void > = async () => {}
): Promise< Result< T > > {
	const { connected, lease, connection, subject, step } = target;
	const mayCall = await connected.database.journal.intent( lease, {
		connection,
		subject,
		step,
		ref: target.key ?? ref,
	} );
	if ( ! mayCall ) {
		return retry(
			'service',
			'lost-lease',
			'Another process took this task over.'
		);
	}
	const result = await call();
	if ( result.ok ) {
		await record( result.value );
		await note( target, 'done', doneRef( result.value ) ?? ref, null );
		return result;
	}
	const { failure } = result;
	if ( failure.kind === 'hold' ) {
		await note(
			target,
			'refused',
			ref,
			failure.problem.message,
			failure.ruid
		);
	} else {
		await note(
			target,
			failure.outcomeUnknown ? 'unknown' : 'retry',
			ref,
			failure.message,
			failure.ruid
		);
	}
	return result;
}

/**
 * An earlier try of the step that may have made something; null = none. Only for whoever begins
 * the step.
 *
 * Where the process ended between intent and answer, nobody knows when the call left: it may have
 * waited for room for minutes. It had surely left when we find it, and that moment is kept, so that
 * the search's lag is counted from it by every later try.
 */
export async function earlierTry(
	target: JournalTarget
): Promise< LastTry | null > {
	const { connected, connection, subject, step, key } = target;
	const last = await connected.database.journal.lastTry(
		connection,
		subject,
		step,
		key
	);
	if ( last?.outcome !== 'intent' ) {
		return last;
	}
	await note(
		target,
		'unknown',
		last.ref,
		'The service ended before the answer came.'
	);
	return { ...last, at: nowOf( connected ), outcome: 'unknown' };
}

/**
 * How long Brightpearl's search may lag behind a write. Not documented; nothing that may have
 * been executed is created again sooner.
 */
export const INDEX_LAG = 15 * SECOND;
/** Waited for on the spot; the rest of the lag is waited for in the queue. */
const SHORT_LAG = 3 * SECOND;

/**
 * Looks for what an earlier try may have made, and says that there is none only when the search
 * has had its time since.
 *
 * @param since When it may have been made (ISO-8601); null = it certainly was not.
 */
export async function lookFor< T >(
	connected: Connected,
	lease: Lease,
	since: string | null,
	look: () => Promise< Result< T | null > >
): Promise< Result< T | null > > {
	const { clock } = connected.world;
	const first = await look();
	if ( ! first.ok || first.value !== null || since === null ) {
		return first;
	}
	const until = Date.parse( since ) + INDEX_LAG;
	if ( clock.now() >= until ) {
		return first;
	}
	await clock.sleep(
		Math.min( SHORT_LAG, until - clock.now() ),
		lease.signal
	);
	if ( lease.signal.aborted ) {
		return retry( 'service', 'lost-lease', 'The service is stopping.' );
	}
	const second = await look();
	return ! second.ok || second.value !== null || clock.now() >= until
		? second
		: retry(
				'brightpearl',
				'busy',
				'An earlier try may have been executed; Brightpearl’s search is given the time to show it.',
				{ after: until - clock.now() }
			);
}

/** What the order as it was read shows, held against the shop's; null where the shop has none. */
export function proofOf(
	{ plan, order }: Pick< Applying, 'plan' | 'order' >,
	salesOrder: SalesOrder,
	checkedAt: string
): Proof | null {
	return order === null
		? null
		: { ...checkProof( { plan, order, salesOrder } ), checkedAt };
}

export function nowOf( connected: Connected ): string {
	return new Date( connected.world.clock.now() ).toISOString();
}

/** The plan as people see it. */
export function stepSummaries(
	steps: readonly Step[]
): { type: string; summary: string }[] {
	return steps.map( ( { type, summary } ) => ( { type, summary } ) );
}
