/**
 * Problems of a connection as a whole: refused keys, an unreachable side, throttling. They are
 * raised once against `connection:{name}`, however many tasks they stop, and go by themselves
 * when the side answers again.
 */
import type {
	Problem,
	ProblemCode,
	ProblemDraft,
} from '../contracts/problem.ts';
import { taskKey } from '../contracts/queue.ts';
import type { Failure } from '../contracts/result.ts';
import { STOCK_FIELD } from '../woocommerce/plugin.ts';
import { isOfConnection, type Connected } from './connected.ts';
import { raiseProblem } from './raise-problem.ts';

type Side = 'store' | 'brightpearl';

const BY_SIDE: Record< Side, readonly ProblemCode[] > = {
	store: [
		'credentials-store',
		'rights-store',
		'store-unreachable',
		'site-moved',
	],
	brightpearl: [
		'credentials-brightpearl',
		'brightpearl-unreachable',
		'throttled',
	],
};

/** With these nothing of the connection can move. */
const STOPPING: ReadonlySet< ProblemCode > = new Set( [
	'credentials-store',
	'credentials-brightpearl',
	'secret-unreadable',
	'store-unreachable',
	'brightpearl-unreachable',
] );

export function stopsOrders( code: ProblemCode ): boolean {
	return STOPPING.has( code );
}

/** While it stands, the site's guard lets nothing of the connection through. */
export function isOtherSite( {
	code,
	field,
}: Pick< Problem, 'code' | 'field' > ): boolean {
	return code === 'site-moved' && field === OTHER_SITE;
}

/** What of the connection's own stops all its orders. */
export function stoppingOf( own: readonly Problem[] ): Problem | null {
	return (
		own.find( isOtherSite ) ??
		own.find( ( { code } ) => stopsOrders( code ) ) ??
		null
	);
}

/** Tries of one task before an outage is called one. */
const TRIES_BEFORE_OUTAGE = 3;

export function connectionSubject( name: string ): string {
	return `connection:${ name }`;
}

/**
 * Raises what is the connection's; true when the failure was such a problem (then it is not
 * raised again for the task).
 */
export async function tellConnection(
	connected: Connected,
	failure: Failure,
	attempt = TRIES_BEFORE_OUTAGE
): Promise< boolean > {
	const draft =
		failure.kind === 'hold'
			? failure.problem
			: draftOf( failure.side, failure.cause, failure.message );
	if ( draft === null || ! isOfConnection( draft.code ) ) {
		return false;
	}
	if (
		failure.kind === 'retry' &&
		failure.cause !== 'throttled' &&
		attempt < TRIES_BEFORE_OUTAGE
	) {
		return false;
	}
	const { database, name } = connected;
	const subject = connectionSubject( name );
	// One row holds both, and only the guard's says how a person ends it.
	if (
		draft.code !== 'site-moved' ||
		! (
			await database.problems.list( { connection: name, subject } )
		).some( isOtherSite )
	) {
		await raiseProblem( connected, name, subject, draft );
	}
	return true;
}

function draftOf(
	side: string,
	cause: string,
	message: string
): ProblemDraft | null {
	if ( cause === 'throttled' && side === 'brightpearl' ) {
		return {
			code: 'throttled',
			message: 'Brightpearl answers that too many requests were sent.',
			cause: 'The minute’s allowance is used up, by this connection or by another app that shares it.',
			fix: 'Nothing is lost and nothing is to be done: it goes on by itself. If it stays, leave more to the others with budget.reserve, or ask Brightpearl for a higher limit.',
			field: 'budget.reserve',
		};
	}
	if (
		cause !== 'outage' ||
		( side !== 'store' && side !== 'brightpearl' )
	) {
		return null;
	}
	return side === 'store'
		? {
				code: 'store-unreachable',
				message: `The shop does not answer as it should: ${ message }`,
				cause: 'The shop is down, in maintenance, or a plugin or host breaks its answers.',
				fix: 'Open the shop in a browser and run "connection check". What was accepted stays queued.',
				field: 'store.url',
			}
		: {
				code: 'brightpearl-unreachable',
				message: `Brightpearl does not answer as it should: ${ message }`,
				cause: 'Brightpearl has an outage, or the network between is broken.',
				fix: 'Look at Brightpearl’s status page. What was accepted stays queued and goes on by itself.',
				field: 'brightpearl.apiDomain',
			};
}

/**
 * The side has just answered: clears its problems and wakes the orders they stopped. Cheap when
 * there is nothing to clear.
 *
 * @param pulled A stock run has come to its end. A key that may only read goes on reading, and so
 *               does a plugin whose writing something forbids: as long as stock is pulled, only a
 *               run shows that the rights are in order.
 */
export async function recovered(
	connected: Connected,
	side: Side,
	pulled = false
): Promise< void > {
	const { database, name, settings } = connected;
	const open = await database.problems.list( {
		connection: name,
		subject: connectionSubject( name ),
	} );
	const over = open.filter(
		( problem ) =>
			isOfSide( problem, side ) &&
			( ! isShownByPulls( problem ) ||
				pulled ||
				settings.stock.every === null )
	);
	if ( over.length === 0 ) {
		return;
	}
	await database.problems.clear(
		name,
		connectionSubject( name ),
		open
			.filter( ( problem ) => ! over.includes( problem ) )
			.map( ( problem ) => problem.code )
	);
	await wakeStopped( connected );
}

/** Deliveries come from a site that is not the one that was paired: only a person ends that. */
export const FOREIGN_SITE = 'paired';

/** The shop calls itself another site, without the plugin: a person ends that, or the shop itself. */
export const OTHER_SITE = 'store';

function isShownByPulls( { code, field }: Problem ): boolean {
	return code === 'rights-store' || field === STOCK_FIELD;
}

function isOfSide( { code, field }: Problem, side: Side ): boolean {
	if ( code === 'plugin-unreachable' ) {
		// The outbox tells of the rest, and ends it.
		return side === 'store' && field === STOCK_FIELD;
	}
	if (
		code === 'site-moved' &&
		( field === FOREIGN_SITE || field === OTHER_SITE )
	) {
		return false;
	}
	return code === 'secret-unreadable'
		? field === null || field.startsWith( side )
		: BY_SIDE[ side ].includes( code );
}

/** Clears one problem of the connection alone; cheap when there is none. */
export async function clearOfConnection(
	{ database: { problems }, name }: Pick< Connected, 'database' | 'name' >,
	code: ProblemCode,
	isIt: ( problem: Problem ) => boolean = () => true
): Promise< boolean > {
	const subject = connectionSubject( name );
	const open = await problems.list( { connection: name, subject } );
	return open.some( ( problem ) => problem.code === code && isIt( problem ) )
		? problems.clear(
				name,
				subject,
				open
					.map( ( problem ) => problem.code )
					.filter( ( other ) => other !== code )
			)
		: false;
}

/**
 * Wakes the orders that only the connection's problems had stopped, and those with a problem of
 * their own on which a person has spoken since: that was not looked at yet.
 */
export async function wakeStopped( {
	database,
	name,
}: Pick< Connected, 'database' | 'name' > ): Promise< number > {
	const own = new Set(
		( await database.problems.list( { connection: name } ) ).map(
			( { subject } ) => subject
		)
	);
	const asked = new Set(
		await database.queue.parkedKeys( name, { asked: true } )
	);
	const parked = await database.queue.parkedKeys( name );
	const waits = ( key: string ) =>
		own.has( key.slice( name.length + 1 ) ) && ! asked.has( key );
	const resolved = new Set(
		(
			await database.orderLinks.findMany(
				name,
				parked.filter( waits ).flatMap( orderOf )
			)
		).flatMap( ( { orderId, resolve } ) =>
			resolve === null ? [] : [ taskKey( name, 'order', orderId ) ]
		)
	);
	return database.queue.wake(
		parked.filter( ( key ) => ! waits( key ) || resolved.has( key ) )
	);
}

function orderOf( key: string ): number[] {
	const found = /\/order:(\d+)$/.exec( key );
	return found === null ? [] : [ Number( found[ 1 ] ) ];
}
