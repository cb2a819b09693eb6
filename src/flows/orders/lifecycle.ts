/**
 * What may happen to an order after it was pushed and that a person must be told of: it went
 * to the trash, vanished, was cancelled, was edited, or one of its refunds was deleted.
 */
import type { OrderLink, Problems } from '../../contracts/database.ts';
import type { ProblemCode, ProblemDraft } from '../../contracts/problem.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { fingerprintOf } from '../../domain/orders/fingerprint.ts';
import { isCalledOff } from '../../domain/orders/statuses.ts';
import { isNews } from './seen.ts';

/** The order as a person finds it in both systems. */
function named( link: OrderLink ): string {
	return `Order ${ link.number ?? link.orderId } (sales order ${ link.salesOrderId })`;
}

export function goneProblem(
	link: OrderLink,
	how: 'trashed' | 'deleted'
): ProblemDraft {
	return {
		code: 'order-gone',
		message: `${ named( link ) } was ${
			how === 'trashed' ? 'moved to the trash' : 'deleted for good'
		} in the shop, but it is in Brightpearl.`,
		cause: 'Somebody removed it in the shop after it was pushed.',
		fix:
			how === 'trashed'
				? 'Restore it in the shop, or cancel the sales order in Brightpearl and ignore the order here (orders ignore).'
				: 'Cancel the sales order in Brightpearl if it must not be shipped, then ignore the order here (orders ignore).',
		field: null,
	};
}

/**
 * Problems that stay until a person says that the matter is settled: by a retry, or by pushing
 * the order by hand (see `settle`).
 */
export const TOLD_CODES: readonly ProblemCode[] = [
	'order-changed',
	'cancelled-paid',
	'refund-deleted',
];

/** A person's word on what was told of an order. What comes after it is told again. */
export async function settle(
	problems: Problems,
	connection: string,
	orderId: number,
	codes: readonly ProblemCode[] = TOLD_CODES
): Promise< void > {
	const subject = `order:${ orderId }`;
	const open = await problems.list( { connection, subject } );
	const left = open
		.map( ( { code } ) => code )
		.filter(
			( code ) =>
				! ( TOLD_CODES.includes( code ) && codes.includes( code ) )
		);
	if ( left.length < open.length ) {
		await problems.clear( connection, subject, left );
	}
}

/** What of the shop's order Brightpearl was given; a call-off is part of it. */
export function markOf( order: StoreOrder ): string {
	const off = isCalledOff( order.status ) ? `:${ order.status }` : '';
	return fingerprintOf( order ) + off;
}

/** The shop shows what it showed when the order was last worked on: there is nothing to do. */
export function isSettled( order: StoreOrder, link: OrderLink ): boolean {
	return (
		link.state === 'synced' &&
		link.decision === null &&
		link.salesOrderId !== null &&
		link.pushedAt !== null &&
		link.proof?.matches === true &&
		link.fingerprint === markOf( order ) &&
		! isNews( order, link ) &&
		link.refunds.length === order.refunds.length &&
		order.refunds.every( ( { id } ) => link.refunds.includes( id ) )
	);
}

/**
 * What a person must be told of an order that was pushed before; empty when nothing.
 *
 * @param order As it is now.
 * @param link  As it was before this reading.
 */
export function changesToTell(
	order: StoreOrder,
	link: OrderLink
): readonly ProblemDraft[] {
	if ( link.salesOrderId === null ) {
		return [];
	}
	const problems: ProblemDraft[] = [];
	const deleted = link.refunds.filter(
		( id ) => ! order.refunds.some( ( refund ) => refund.id === id )
	);
	if ( deleted.length > 0 ) {
		problems.push( {
			code: 'refund-deleted',
			message: `${ named( link ) }: refund ${ deleted.join( ', ' ) } was deleted again in the shop.`,
			cause: 'A refund was made by mistake, or was taken back.',
			fix: 'Make sure that Brightpearl holds no credit for it, then retry.',
			field: null,
		} );
	}
	const edited =
		link.fingerprint !== null && link.fingerprint !== markOf( order );
	const refunded = order.refunds.some(
		( refund ) => ! link.refunds.includes( refund.id )
	);
	if ( edited && isCalledOff( order.status ) ) {
		const paid = order.status === 'cancelled' && order.paidAt !== null;
		problems.push( {
			code: paid ? 'cancelled-paid' : 'order-changed',
			message: `${ named( link ) } is now ${ order.status } in the shop; Brightpearl still has it.`,
			cause: 'It was called off after it was pushed.',
			fix: 'Cancel or credit the sales order in Brightpearl, then retry.',
			field: null,
		} );
	} else if ( edited ) {
		problems.push( {
			code: 'order-changed',
			message: `${ named( link ) } was edited in the shop after it was pushed.`,
			cause: 'Lines, amounts or addresses differ from what Brightpearl was given.',
			fix: 'Make the same change to the sales order in Brightpearl, then retry.',
			field: null,
		} );
	} else if ( refunded ) {
		problems.push( {
			code: 'order-changed',
			message: `${ named( link ) } was refunded in the shop; Brightpearl has it in full.`,
			cause: 'A refund was made in the shop.',
			fix: 'Enter the credit in Brightpearl, then retry.',
			field: null,
		} );
	}
	return problems;
}
