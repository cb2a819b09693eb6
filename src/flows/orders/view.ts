/**
 * Orders as the command line and the console show them, from our ledger.
 */
import type {
	Order,
	OrderPlanView,
	OrderSummary,
} from '../../contracts/answers.ts';
import type { Database, OrderLink } from '../../contracts/database.ts';
import type { Problem } from '../../contracts/problem.ts';
import { taskKey } from '../../contracts/queue.ts';
import { connectionSubject } from '../connection-problems.ts';

const utc = ( milliseconds: number ) => new Date( milliseconds ).toISOString();

/** The order's own problem, else the connection's where that is what stops it. */
function problemFor(
	link: OrderLink,
	problems: readonly Problem[]
): Problem | null {
	if ( link.state !== 'problem' && link.state !== 'retrying' ) {
		return null;
	}
	const own = problems.find(
		( { subject } ) => subject === `order:${ link.orderId }`
	);
	const shared = problems.find(
		( { subject } ) => subject === connectionSubject( link.connection )
	);
	return own ?? ( link.state === 'problem' ? ( shared ?? null ) : null );
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
	const problems = await database.problems.list( { connection } );
	return links.map( ( link ) => toSummary( link, problems ) );
}

/** The whole order; null when neither the ledger nor the queue knows it. */
export async function orderView(
	database: Database,
	connection: string,
	orderId: number,
	plan: OrderPlanView | null = null
): Promise< Order | null > {
	const link = await database.orderLinks.find( connection, orderId );
	const task = await database.queue.find(
		taskKey( connection, 'order', orderId )
	);
	if ( link === null && task === null ) {
		return null;
	}
	const known =
		link ?? ( await database.orderLinks.save( connection, orderId, {} ) );
	const [ summary ] = await summaries( database, connection, [ known ] );
	if ( summary === undefined ) {
		return null;
	}
	return {
		...summary,
		attempts: task?.attempts ?? 0,
		nextAttemptAt:
			task?.state === 'retrying' || task?.state === 'ready'
				? utc( task.dueAt )
				: null,
		pending: [ ...known.pending ],
		brightpearl: known.brightpearl,
		proof: known.proof,
		journal: await database.journal.list(
			connection,
			`order:${ orderId }`
		),
		plan,
	};
}
