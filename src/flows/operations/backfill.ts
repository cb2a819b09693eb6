/**
 * orders backfill: orders of earlier days, each its own task in the backfill's lane; and what a
 * person does with one that runs.
 */
import type { Backfill } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import type { Connected } from '../connected.ts';
import {
	enqueueBackfill,
	enqueueRemaining,
	remainingOf,
} from '../orders/backfill.ts';
import { ordersBetween } from './backfill-orders.ts';
import {
	done,
	failure,
	isIdle,
	until,
	type OperationContext,
} from './context.ts';
import { findConnection, usableConnection } from './scope.ts';

export async function ordersBackfill(
	context: OperationContext,
	input: OperationInput< 'ordersBackfill' >,
	call: OperationCall
): Promise< Outcome< Backfill > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const orders = await ordersBetween( connected, input.from, input.to );
	if ( ! orders.ok ) {
		return orders.outcome;
	}
	const { due, there } = orders;
	if ( input.dryRun ) {
		return done( {
			id: 0,
			state: 'done',
			total: due.length,
			synced: 0,
			problems: 0,
			remaining: due.length,
			there,
			from: input.from,
			to: input.to,
			startedAt: null,
		} );
	}
	const id = await begin( connected, due, {
		from: input.from,
		to: input.to,
		there,
	} );
	const finished =
		! input.wait ||
		( await context.whileWorking( { kinds: [ 'order' ] }, () =>
			until(
				context,
				call,
				async () => ( await isIdle( connected ) ) || null
			)
		) ) !== null;
	const shown = await current( connected, id );
	return shown === null
		? unknownBackfill( id )
		: {
				exit: ! finished ? 7 : input.wait && shown.problems > 0 ? 3 : 0,
				body: shown,
			};
}

/**
 * The links first: whoever looks at a backfill of which nothing remains takes it for done. What a
 * crash leaves queued without a task gets one when the service starts.
 */
async function begin(
	connected: Connected,
	orderIds: readonly number[],
	range: Parameters< Connected[ 'database' ][ 'backfills' ][ 'start' ] >[ 2 ]
): Promise< number > {
	const { database, name } = connected;
	const { backfills, orderLinks } = database;
	for ( const link of await orderLinks.findMany( name, orderIds ) ) {
		await orderLinks.save( name, link.orderId, ( now ) =>
			now?.state === 'not-due' ? { state: 'queued' } : {}
		);
	}
	const id = await backfills.start( name, orderIds, range );
	await enqueueBackfill( connected, id, orderIds );
	return id;
}

export async function backfillShow(
	context: OperationContext,
	input: OperationInput< 'backfillShow' >
): Promise< Outcome< Backfill > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const shown = await current( found.connected, input.id );
	return shown === null ? unknownBackfill( input.id ) : done( shown );
}

export async function backfillList(
	context: OperationContext,
	input: OperationInput< 'backfillList' >
): Promise< Outcome< OperationOutput< 'backfillList' > > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const listed = await connected.database.backfills.list(
		connected.name,
		input.limit
	);
	const items: Backfill[] = [];
	for ( const backfill of listed ) {
		items.push( await noted( connected, backfill ) );
	}
	return done( { items } );
}

export function backfillCancel(
	context: OperationContext,
	input: OperationInput< 'backfillCancel' >
): Promise< Outcome< Backfill > > {
	return change( context, input, async ( connected, { id, state } ) => {
		if ( state === 'running' || state === 'paused' ) {
			await connected.database.backfills.setState(
				connected.name,
				id,
				'cancelled'
			);
		}
		if ( state === 'paused' ) {
			await letGo( connected, id );
		}
	} );
}

export function backfillPause(
	context: OperationContext,
	input: OperationInput< 'backfillPause' >
): Promise< Outcome< Backfill > > {
	return change( context, input, async ( connected, { id, state } ) => {
		if ( state === 'running' ) {
			await connected.database.backfills.setState(
				connected.name,
				id,
				'paused'
			);
		}
		return state === 'running' || state === 'paused'
			? undefined
			: over( id, state );
	} );
}

export function backfillResume(
	context: OperationContext,
	input: OperationInput< 'backfillResume' >
): Promise< Outcome< Backfill > > {
	return change( context, input, async ( connected, { id, state } ) => {
		if ( state === 'paused' ) {
			// First: whoever comes up meanwhile goes on already.
			await connected.database.backfills.setState(
				connected.name,
				id,
				'running'
			);
			await enqueueRemaining( connected, id );
		}
		return state === 'running' || state === 'paused'
			? undefined
			: over( id, state );
	} );
}

/** Shows what it is afterwards; what `act` answers is a refusal. */
async function change(
	context: OperationContext,
	input: { readonly connection: string | null; readonly id: number },
	act: (
		connected: Connected,
		backfill: Backfill
	) => Promise< ReturnType< typeof failure > | undefined | void >
): Promise< Outcome< Backfill > > {
	const found = await findConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const shown = await current( connected, input.id );
	if ( shown === null ) {
		return unknownBackfill( input.id );
	}
	return (
		( await act( connected, shown ) ) ??
		done( ( await current( connected, input.id ) ) ?? shown )
	);
}

/**
 * Orders of a paused backfill look queued and have no task; now that nobody goes on with them
 * each finds its own state again. One that was never looked at has none to find.
 */
async function letGo( connected: Connected, id: number ): Promise< void > {
	const { database, name } = connected;
	for await ( const ids of remainingOf( connected, id ) ) {
		const links = await database.orderLinks.findMany( name, ids );
		await enqueueBackfill(
			connected,
			id,
			links.map( ( { orderId } ) => orderId )
		);
	}
}

function over( id: number, state: Backfill[ 'state' ] ) {
	return failure(
		2,
		'backfill-over',
		`Backfill ${ id } is ${ state }: there is nothing left to pause or resume.`,
		'For orders that are still missing begin a new one; what is there already is not made twice.'
	);
}

/** A running backfill with nothing left is done; noted when somebody looks. */
async function noted(
	{ database, name }: Connected,
	backfill: Backfill
): Promise< Backfill > {
	if ( backfill.state !== 'running' || backfill.remaining > 0 ) {
		return backfill;
	}
	await database.backfills.setState( name, backfill.id, 'done' );
	return { ...backfill, state: 'done' };
}

async function current(
	connected: Connected,
	id: number
): Promise< Backfill | null > {
	const shown = await connected.database.backfills.find( connected.name, id );
	return shown && noted( connected, shown );
}

function unknownBackfill( id: number ) {
	return failure( 6, 'unknown-backfill', `There is no backfill ${ id }.` );
}
