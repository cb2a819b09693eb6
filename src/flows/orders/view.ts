/**
 * Orders as the command line and the console show them, from our ledger.
 */
import type {
	Order,
	OrderState,
	OrderSummary,
} from '../../contracts/answers.ts';
import type { Database, OrderLink } from '../../contracts/database.ts';
import type { Problem } from '../../contracts/problem.ts';
import { taskKey, type TaskView } from '../../contracts/queue.ts';
import type { Connected } from '../connected.ts';
import { connectionSubject, stoppingOf } from '../connection-problems.ts';

const utc = ( milliseconds: number ) => new Date( milliseconds ).toISOString();

/** The order's own problem, else the connection's where that is what stops it. */
function problemFor(
	link: OrderLink,
	problems: readonly Problem[]
): Problem | null {
	if ( link.state === 'queued' ) {
		return stoppingOf( ofConnection( link.connection, problems ) );
	}
	if ( link.state !== 'problem' && link.state !== 'retrying' ) {
		return null;
	}
	const own = problems.find(
		( { subject } ) => subject === `order:${ link.orderId }`
	);
	return (
		own ??
		( link.state === 'problem'
			? sharedProblem( link.connection, problems )
			: null )
	);
}

function sharedProblem(
	connection: string,
	problems: readonly Problem[]
): Problem | null {
	const own = ofConnection( connection, problems );
	return stoppingOf( own ) ?? own[ 0 ] ?? null;
}

function ofConnection(
	connection: string,
	problems: readonly Problem[]
): Problem[] {
	return problems.filter(
		( { subject } ) => subject === connectionSubject( connection )
	);
}

export function toSummary(
	link: OrderLink,
	problems: readonly Problem[]
): OrderSummary {
	return {
		connection: link.connection,
		orderId: link.orderId,
		number: link.number,
		state: link.state,
		storeStatus: link.storeStatus,
		placedAt:
			link.placedAt === null
				? null
				: new Date( link.placedAt ).toISOString(),
		currency: link.currency,
		total: link.total,
		salesOrderId: link.salesOrderId,
		problem: problemFor( link, problems ),
		updatedAt: link.updatedAt,
	};
}

export async function summaries(
	database: Database,
	connection: string,
	links: readonly OrderLink[]
): Promise< OrderSummary[] > {
	// Only theirs: a wrong setting can give thousands of orders a problem.
	const problems = await database.problems.list( {
		connection,
		subject: [
			connectionSubject( connection ),
			...links.map( ( { orderId } ) => `order:${ orderId }` ),
		],
	} );
	return links.map( ( link ) => toSummary( link, problems ) );
}

/** The whole order; null when neither the ledger nor the queue knows it. */
export async function orderView(
	{ database, name, world }: Pick< Connected, 'database' | 'name' | 'world' >,
	orderId: number
): Promise< Order | null > {
	const link = await database.orderLinks.find( name, orderId );
	const task = await database.queue.find( taskKey( name, 'order', orderId ) );
	if ( link === null && task === null ) {
		return null;
	}
	const problems = await database.problems.list( {
		connection: name,
		subject: [ connectionSubject( name ), `order:${ orderId }` ],
	} );
	const summary =
		link === null
			? unreadSummary( name, orderId, task?.state ?? 'ready', {
					problems,
					now: world.clock.now(),
				} )
			: toSummary( link, problems );
	return {
		...summary,
		attempts: task?.attempts ?? 0,
		nextAttemptAt:
			task?.state === 'retrying' || task?.state === 'ready'
				? utc( task.dueAt )
				: null,
		pending: [ ...( link?.pending ?? [] ) ],
		brightpearl: link?.brightpearl ?? null,
		proof: link?.proof ?? null,
		journal: await database.journal.list( name, `order:${ orderId }` ),
		plan: null,
		conflicts: [ ...( link?.conflicts ?? [] ) ],
	};
}

const STATE_OF_TASK: Record< TaskView[ 'state' ], OrderState > = {
	ready: 'queued',
	running: 'working',
	retrying: 'retrying',
	parked: 'problem',
};

/** Told of by a delivery, and not read from the shop yet. */
function unreadSummary(
	connection: string,
	orderId: number,
	state: TaskView[ 'state' ],
	{ problems, now }: { problems: readonly Problem[]; now: number }
): OrderSummary {
	return {
		connection,
		orderId,
		number: null,
		state: STATE_OF_TASK[ state ],
		storeStatus: null,
		placedAt: null,
		currency: null,
		total: null,
		salesOrderId: null,
		problem:
			state === 'parked'
				? sharedProblem( connection, problems )
				: state === 'ready'
					? stoppingOf( ofConnection( connection, problems ) )
					: null,
		updatedAt: utc( now ),
	};
}
