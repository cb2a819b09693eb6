/**
 * What became of problems that were retried. A problem leaves the list when its retry begins and
 * comes back when it fails: only what the work says of its subject afterwards is news. Pure, so
 * that every order of events can be tried.
 */
import type { FlowEvent } from '../../../../src/contracts/events.ts';
import type { Problem } from '../../../../src/contracts/problem.ts';

type OrderEvent = Extract< FlowEvent, { event: 'order' } >;
type Fate = 'waiting' | 'solved' | 'again';

/** By subject: an order with two problems is one thing that is tried again. */
export type Retries = ReadonlyMap< string, Fate >;

export const NO_RETRIES: Retries = new Map();

export function subjectKey( {
	connection,
	subject,
}: Pick< Problem, 'connection' | 'subject' > ): string {
	return `${ connection }/${ subject }`;
}

export function begun(
	retries: Retries,
	problems: readonly Problem[]
): Retries {
	const before = countsOf( retries ).waiting === 0 ? NO_RETRIES : retries;
	return new Map( [
		...before,
		...problems.map(
			( problem ) => [ subjectKey( problem ), 'waiting' ] as const
		),
	] );
}

/**
 * The list as it is now. What is gone from it is solved; an order is so only once it says so, for
 * it is gone while it is tried.
 */
export function listed( retries: Retries, items: readonly Problem[] ): Retries {
	const open = new Set( items.map( subjectKey ) );
	return changed( retries, ( key, fate ) =>
		fate === 'waiting' && ! open.has( key ) && ! key.includes( '/order:' )
			? 'solved'
			: fate
	);
}

export function heard( retries: Retries, event: FlowEvent ): Retries {
	switch ( event.event ) {
		case 'problem':
			return withFate( retries, subjectKey( event.problem ), 'again' );
		case 'order':
			return seen( retries, event );
		default:
			return retries;
	}
}

/** How an order stands now: by an event, or because somebody looked. */
export function seen(
	retries: Retries,
	{
		connection,
		orderId,
		state,
	}: Pick< OrderEvent, 'connection' | 'orderId' | 'state' >
): Retries {
	return withFate(
		retries,
		subjectKey( { connection, subject: `order:${ orderId }` } ),
		fateOf( state )
	);
}

/** An order that is waited for; null = none. */
export function firstWaiting(
	retries: Retries
): { readonly connection: string; readonly orderId: number } | null {
	for ( const [ key, fate ] of retries ) {
		const order = /^(.*)\/order:(\d+)$/.exec( key );
		if ( fate === 'waiting' && order !== null ) {
			return {
				connection: order[ 1 ] ?? '',
				orderId: Number( order[ 2 ] ),
			};
		}
	}
	return null;
}

/** Nobody waits any longer: an order that did not come back is taken for solved. */
export function ended( retries: Retries, items: readonly Problem[] ): Retries {
	const open = new Set( items.map( subjectKey ) );
	return changed( retries, ( key, fate ) =>
		fate !== 'waiting' ? fate : open.has( key ) ? 'again' : 'solved'
	);
}

export interface Counts {
	readonly waiting: number;
	readonly solved: number;
	readonly again: number;
	readonly total: number;
}

export function countsOf( retries: Retries ): Counts {
	const count = ( wanted: Fate ): number =>
		[ ...retries.values() ].filter( ( fate ) => fate === wanted ).length;
	return {
		waiting: count( 'waiting' ),
		solved: count( 'solved' ),
		again: count( 'again' ),
		total: retries.size,
	};
}

function fateOf( state: OrderEvent[ 'state' ] ): Fate {
	switch ( state ) {
		case 'queued':
		case 'working':
		case 'retrying':
			return 'waiting';
		case 'problem':
			return 'again';
		case 'synced':
		case 'held':
		case 'ignored':
		case 'not-due':
			return 'solved';
	}
}

function withFate( retries: Retries, key: string, fate: Fate ): Retries {
	return changed( retries, ( one, before ) =>
		one === key ? fate : before
	);
}

/** The same object when nothing changed, so that nothing is drawn again. */
function changed(
	retries: Retries,
	fateFor: ( key: string, fate: Fate ) => Fate
): Retries {
	const next = new Map(
		[ ...retries ].map( ( [ key, fate ] ) => [ key, fateFor( key, fate ) ] )
	);
	return [ ...next ].every( ( [ key, fate ] ) => retries.get( key ) === fate )
		? retries
		: next;
}
