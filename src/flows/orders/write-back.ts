/**
 * Telling the shop what became of its order (settings `writeBack`, all of it off by default).
 *
 * The order's task ends with it, after everything of the order is in Brightpearl. It is
 * level-triggered and may be repeated at any time: what the shop shows already is not written, a
 * note is looked for before it is added. Each write is remembered at once; a status even before,
 * so that the shop's word that comes of it is never taken for its own.
 *
 * A status that the settings do not allow to be written is the connection's problem, told once
 * however many orders it stops; the status sweep tries one of them now and then, and all of them
 * when it is solved (`status-sweep.ts`). The order itself is in order.
 */
import type { OrderLink, WrittenBack } from '../../contracts/database.ts';
import type {
	Problem,
	ProblemCode,
	ProblemDraft,
} from '../../contracts/problem.ts';
import { fail, ok, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import {
	planWriteBack,
	writesBack,
	type WriteBackPlan,
} from '../../domain/orders/write-back.ts';
import { isOfConnection, type Connected } from '../connected.ts';
import { connectionSubject } from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';

/** Cursor of the order whose status the shop refused last; see `status-sweep.ts`. */
export const REFUSED = 'write-back-refused';

const NOTHING: WrittenBack = {
	salesOrderId: null,
	statusId: null,
	status: null,
	noted: false,
};

/**
 * @param order As it was read at the beginning of this task.
 * @param link  As it is after the plan was carried out, with Brightpearl's order as last read.
 * @return The link as it is then. A retry: the task is to come again. A hold: nothing of what
 *         is in Brightpearl is undone by it; the caller tells it, of the connection or the order.
 */
export async function writeBack(
	connected: Connected,
	order: StoreOrder,
	link: OrderLink
): Promise< Result< OrderLink > > {
	const settings = connected.settings.writeBack;
	if ( ! writesBack( settings ) || link.salesOrderId === null ) {
		return ok( link );
	}
	const named = await statusName( connected, link );
	if ( ! named.ok ) {
		return named;
	}
	const plan = planWriteBack( settings, link, order, named.value );
	if ( plan === null ) {
		return ok( link );
	}
	const written = await writeAll( connected, order, link, plan );
	if ( ! written.ok || written.value === null ) {
		return written.ok ? ok( link ) : written;
	}
	return ok(
		isSame( link.writtenBack, written.value )
			? link
			: await remember( connected, link, written.value )
	);
}

function isSame( one: WrittenBack | null, other: WrittenBack ): boolean {
	return (
		one?.salesOrderId === other.salesOrderId &&
		one.statusId === other.statusId &&
		one.status === other.status &&
		one.noted === other.noted
	);
}

/** Null = the shop has no such order any more: the next look finds out what became of it. */
async function writeAll(
	connected: Connected,
	order: StoreOrder,
	link: OrderLink,
	plan: WriteBackPlan
): Promise< Result< WrittenBack | null > > {
	const { store } = connected;
	let kept = plan.writtenBack;
	if ( plan.status !== null ) {
		const status = await writeStatus( connected, order, link, plan.status );
		if ( ! status.ok || status.value === null ) {
			return status.ok ? ok( null ) : status;
		}
		if ( status.value === 'refused' ) {
			const { statusId, status: told } = link.writtenBack ?? NOTHING;
			kept = { ...kept, statusId, status: told };
		}
	}
	if ( plan.meta !== null ) {
		const meta = await store.writeOrderMeta( order.id, plan.meta );
		if ( ! meta.ok || meta.value === null ) {
			return meta.ok ? ok( null ) : meta;
		}
	}
	if ( plan.note !== null ) {
		const note = await addOnce( connected, order.id, plan.note );
		if ( ! note.ok || note.value === null ) {
			return note.ok ? ok( null ) : note;
		}
	}
	return ok( kept );
}

async function writeStatus(
	connected: Connected,
	order: StoreOrder,
	link: OrderLink,
	status: string
): Promise< Result< 'written' | 'refused' | null > > {
	const { settings, store } = connected;
	const before = link.writtenBack;
	await remember( connected, link, { ...( before ?? NOTHING ), status } );
	const written = await store.writeOrderStatus( order.id, status, {
		quiet: settings.writeBack.mails === 'quiet',
	} );
	const statusId = link.brightpearl?.statusId ?? null;
	if ( written.ok ) {
		if ( written.value === null ) {
			return ok( null );
		}
		// Meta or note may fail, and then this must not be written once more.
		await remember( connected, link, {
			...( before ?? NOTHING ),
			statusId,
			status,
		} );
		await settled( connected, statusId );
		return ok( 'written' );
	}
	const { failure } = written;
	if ( failure.kind === 'retry' ) {
		return written;
	}
	await remember( connected, link, before );
	if ( ! stopsStatuses( failure.problem.code ) ) {
		return fail( failure );
	}
	const { database, name } = connected;
	await database.cursors.set( name, REFUSED, String( order.id ) );
	if ( failure.problem.code !== 'write-back-refused' ) {
		return fail( failure );
	}
	await raiseProblem( connected, name, connectionSubject( name ), {
		...failure.problem,
		field: fieldOf( failure.problem, statusId ),
	} );
	return ok( 'refused' );
}

function remember(
	{ database, name }: Connected,
	{ orderId }: OrderLink,
	writtenBack: WrittenBack | null
): Promise< OrderLink > {
	return database.orderLinks.save( name, orderId, { writtenBack } );
}

/** Nothing de-duplicates notes, and the answer to the last try may have been lost. */
async function addOnce(
	{ store }: Connected,
	orderId: number,
	text: string
): Promise< Result< true | null > > {
	const notes = await store.orderNotes( orderId );
	if ( ! notes.ok ) {
		return notes;
	}
	return notes.value.some( ( note ) => note.text.includes( text ) )
		? ok( true )
		: store.addPrivateNote( orderId, text );
}

/** Of Brightpearl's status; null = it needs none, or the account does not know it either. */
async function statusName(
	{ brightpearl, settings }: Connected,
	{ brightpearl: found }: OrderLink
): Promise< Result< string | null > > {
	const statusId = found?.statusId ?? null;
	if ( ! settings.writeBack.meta || statusId === null ) {
		return ok( null );
	}
	const statuses = await brightpearl.orderStatuses();
	return statuses.ok
		? ok(
				statuses.value.find( ( { id } ) => id === statusId )?.name ??
					null
			)
		: statuses;
}

function fieldOf(
	{ field }: ProblemDraft,
	statusId: number | null
): string | null {
	return field === 'writeBack.status' ? `${ field }.${ statusId }` : field;
}

/** A status was written: what forbade this one does so no more. */
async function settled(
	connected: Connected,
	statusId: number | null
): Promise< void > {
	const standing = await problemsOf( connected );
	const over = standing.some(
		( { code, field } ) =>
			code === 'write-back-refused' &&
			( field === 'writeBack.mails' ||
				field === `writeBack.status.${ statusId }` )
	);
	if ( over ) {
		await endRefusal( connected );
	}
}

/** Not one order's matter: the settings forbid it, or the shop and its plugin cannot be asked. */
function stopsStatuses( code: ProblemCode ): boolean {
	return code === 'write-back-refused' || isOfConnection( code );
}

/** Something of the connection stands in the way of statuses. */
export async function areStatusesStopped(
	connected: Connected
): Promise< boolean > {
	const standing = await problemsOf( connected );
	return standing.some( ( { code } ) => stopsStatuses( code ) );
}

function problemsOf( { database, name }: Connected ): Promise< Problem[] > {
	return database.problems.list( {
		connection: name,
		subject: connectionSubject( name ),
	} );
}

export async function endRefusal( connected: Connected ): Promise< void > {
	const { database, name } = connected;
	const standing = await problemsOf( connected );
	await database.problems.clear(
		name,
		connectionSubject( name ),
		standing
			.map( ( { code } ) => code )
			.filter( ( code ) => code !== 'write-back-refused' )
	);
}
