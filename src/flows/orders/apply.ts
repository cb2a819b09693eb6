/**
 * Apply: the plan's steps in their order, each idempotent, each journaled. Those that do not
 * need each other go side by side, so that their writes can leave in one request. What time heals
 * ends the walk; what was done is recorded and the next try begins from there. What Brightpearl
 * refuses is told, and stops only the steps that need it.
 */
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Lease } from '../../contracts/queue.ts';
import {
	fail,
	ok,
	retry,
	type Failure,
	type Result,
} from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { SalesOrder } from '../../brightpearl/api.ts';
import type { OrderPlan, Step } from '../../domain/orders/types.ts';
import type { Connected } from '../connected.ts';
import {
	isUndone,
	saveLink,
	stepSummaries,
	type Applying,
} from './applying.ts';
import { isPassed, isStopped } from './refusals.ts';
import { readOrder } from './steps/read-order.ts';
import { run } from './steps/run.ts';
import { stillShips } from './steps/still-ships.ts';

export interface Applied {
	readonly link: OrderLink;
	/** What a person is told of. */
	readonly told: readonly ProblemDraft[];
	/** Steps that Brightpearl refused, and those that needed them. */
	readonly undone: readonly Step[];
}

export async function apply( input: {
	readonly connected: Connected;
	readonly lease: Lease;
	/** Null = gone from the shop. */
	readonly order: StoreOrder | null;
	readonly plan: OrderPlan;
	readonly link: OrderLink;
	/** As it was read for the plan; null = there is none yet. */
	readonly salesOrder: SalesOrder | null;
	/** Asked before the order is made: a backfill may be cancelled while its orders wait for room. */
	readonly isWanted: () => Promise< boolean >;
} ): Promise< Result< Applied > > {
	const { plan, link } = input;
	const applying: Applying = {
		connected: input.connected,
		lease: input.lease,
		order: input.order,
		plan,
		link,
		salesOrder: input.salesOrder,
		createdNow: false,
		contactId: link.contactId,
		paid: [],
		told: [],
		undone: [],
	};
	const refused: Refused[] = [];
	let left = plan.steps;
	while ( left.length > 0 ) {
		await saveLink( applying, {
			pending: stepSummaries( [ ...applying.undone, ...left ] ),
		} );
		const together = sideBySide( left );
		left = left.slice( together.length );
		const possible = together.filter(
			( step ) => ! isStopped( step, applying.undone )
		);
		applying.undone.push(
			...together.filter( ( step ) => ! possible.includes( step ) )
		);
		if (
			possible[ 0 ]?.type === 'CreateOrder' &&
			! ( await input.isWanted() )
		) {
			return retry( 'service', 'busy', 'The backfill was cancelled.', {
				after: 0,
			} );
		}
		const read = await readOrder( applying, possible );
		if ( ! read.ok ) {
			return read;
		}
		const ended = await carryOut( applying, possible, refused );
		if ( ended !== null ) {
			return fail( ended );
		}
	}
	const shipping = await stillShips( applying );
	if ( ! shipping.ok ) {
		return shipping;
	}
	await saveLink( applying, { pending: stepSummaries( applying.undone ) } );
	return ok( {
		link: applying.link,
		told: [
			...applying.told,
			...refused
				.filter( ( one ) => ! isMoot( one, applying ) )
				.map( ( { problem } ) => problem ),
			...( shipping.value === null ? [] : [ shipping.value ] ),
		],
		undone: applying.undone,
	} );
}

interface Refused {
	readonly step: Step;
	readonly problem: ProblemDraft;
}

/** Null = what was refused stops nothing but what needs it. */
async function carryOut(
	applying: Applying,
	steps: readonly Step[],
	refused: Refused[]
): Promise< Failure | null > {
	const done = await Promise.all(
		steps.map( async ( step ) => ( {
			step,
			result: await run( applying, step ),
		} ) )
	);
	let ended: Failure | null = null;
	for ( const { step, result } of done ) {
		if ( result.ok ) {
			continue;
		}
		const { failure } = result;
		if ( isPassed( step, failure ) ) {
			applying.undone.push( step );
			refused.push( { step, problem: failure.problem } );
		} else {
			ended ??= failure;
		}
	}
	return ended;
}

/** Cancelling has let go of the stock that could not be let go of alone. */
function isMoot( { step }: Refused, applying: Applying ): boolean {
	return (
		step.type === 'Allocate' &&
		applying.plan.steps.some( ( { type } ) => type === 'CancelOrder' ) &&
		! isUndone( applying, 'CancelOrder' )
	);
}

/** The next step, and those after it that need nothing of what it does. */
function sideBySide( steps: readonly Step[] ): readonly Step[] {
	const [ first, second ] = steps;
	return first?.type === 'RecordPayment' && second?.type === 'Allocate'
		? [ first, second ]
		: steps.slice( 0, 1 );
}
