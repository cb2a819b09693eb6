/**
 * A sales order that an earlier try may have made and that was never confirmed: the answer was
 * lost, or the process ended before the read-back. It is found and confirmed before anything is
 * planned, because meanwhile the order may have been edited, called off or deleted in the shop:
 * what then is not looked for stays in Brightpearl for good.
 */
import type { Brightpearl, SalesOrder } from '../../brightpearl/api.ts';
import type { OrderLink } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Lease } from '../../contracts/queue.ts';
import { hold, ok, retry, type Result } from '../../contracts/result.ts';
import { withFound } from '../../domain/orders/agreement/common-ground.ts';
import { customerRef, externalRefOf } from '../../domain/orders/references.ts';
import { refPrefix, type Connected } from '../connected.ts';
import { earlierTry, lookFor, type JournalTarget } from './applying.ts';
import { isMade } from './observe.ts';

/**
 * The link as it is once the claim is settled: confirmed, or without a sales order when there is
 * none.
 *
 * @param looks Also where the link names no sales order: for orders that will not be created
 *              again, which would find it (called off, gone, not due).
 */
export async function settleClaim(
	connected: Connected,
	lease: Lease,
	link: OrderLink,
	looks: boolean
): Promise< Result< OrderLink > > {
	if ( isMade( link ) ) {
		return ok( link );
	}
	if ( link.salesOrderId === null ) {
		const found = looks
			? await lookForClaim( connected, lease, link )
			: ok( null );
		if ( ! found.ok ) {
			return found;
		}
		return found.value === null
			? ok( link )
			: confirmClaim( connected, link, found.value );
	}
	return confirmClaim( connected, link, link.salesOrderId );
}

async function lookForClaim(
	connected: Connected,
	lease: Lease,
	link: OrderLink
): Promise< Result< number | null > > {
	const { brightpearl, name } = connected;
	const target: JournalTarget = {
		connected,
		lease,
		connection: name,
		subject: `order:${ link.orderId }`,
		step: 'CreateOrder',
	};
	const earlier = await earlierTry( target );
	if ( earlier === null ) {
		return ok( null );
	}
	const ours = {
		externalRef: externalRefOf( refPrefix( connected ), link.orderId ),
		ref: customerRef( link.number ?? '' ),
	};
	return lookFor( connected, lease, earlier.at, () =>
		findOurs( brightpearl, ours, true )
	);
}

/**
 * The id of the order that carries our reference; null = none.
 *
 * @param thorough An earlier try may have made it: then by the customer's reference as well.
 */
export async function findOurs(
	brightpearl: Pick< Brightpearl, 'findSalesOrders' >,
	planned: { readonly externalRef: string; readonly ref: string },
	thorough: boolean
): Promise< Result< number | null > > {
	const byExternal = await brightpearl.findSalesOrders( {
		externalRef: planned.externalRef,
	} );
	if ( ! byExternal.ok ) {
		return byExternal;
	}
	let hits = byExternal.value;
	if ( hits.length === 0 && thorough && planned.ref !== '' ) {
		const byCustomer = await brightpearl.findSalesOrders( {
			customerRef: planned.ref,
		} );
		if ( ! byCustomer.ok ) {
			return byCustomer;
		}
		hits = byCustomer.value.filter(
			( hit ) => hit.externalRef === planned.externalRef
		);
	}
	if ( hits.length > 1 ) {
		return hold( {
			code: 'reference-taken',
			message: `Brightpearl has ${ hits.length } sales orders with the reference ${
				planned.externalRef
			}: ${ hits.map( ( hit ) => hit.salesOrderId ).join( ', ' ) }.`,
			cause: 'The order was also entered by somebody or something else.',
			fix: 'Cancel the ones that are too many in Brightpearl and clear their external reference, then retry.',
			field: 'orders.refPrefix',
		} );
	}
	return ok( hits[ 0 ]?.salesOrderId ?? null );
}

async function confirmClaim(
	connected: Connected,
	link: OrderLink,
	salesOrderId: number
): Promise< Result< OrderLink > > {
	const { database, name, world } = connected;
	const read = await readOurs( connected, link.orderId, salesOrderId, {
		externalRef: externalRefOf( refPrefix( connected ), link.orderId ),
		ref: customerRef( link.number ?? '' ),
		placedOn: link.placedAt ?? '',
	} );
	if ( ! read.ok ) {
		return read;
	}
	const salesOrder = read.value;
	const confirmed = await database.orderLinks.save( name, link.orderId, {
		salesOrderId,
		pushedAt: new Date( world.clock.now() ).toISOString(),
		pushed:
			link.pushed === null ? null : withFound( link.pushed, salesOrder ),
	} );
	await database.connections.markPushed( name );
	return ok( confirmed );
}

/** The order that an id claims to be ours; one that is not is let go of. */
export async function readOurs(
	{ brightpearl, database, name }: Connected,
	orderId: number,
	salesOrderId: number,
	ours: {
		readonly externalRef: string;
		readonly ref: string;
		readonly placedOn: string;
	}
): Promise< Result< SalesOrder > > {
	const read = await brightpearl.salesOrders( [ salesOrderId ] );
	if ( ! read.ok ) {
		return read;
	}
	const [ salesOrder ] = read.value;
	if ( salesOrder === undefined ) {
		return retry(
			'brightpearl',
			'outage',
			`Brightpearl does not show sales order ${ salesOrderId } yet.`
		);
	}
	if ( isSame( salesOrder, ours ) ) {
		return ok( salesOrder );
	}
	await database.orderLinks.save( name, orderId, { salesOrderId: null } );
	return hold( referenceTaken( ours.externalRef, salesOrder ) );
}

/** Dates are compared to the second: that is how finely both systems keep them. */
function isSame(
	salesOrder: SalesOrder,
	ours: { readonly ref: string; readonly placedOn: string }
): boolean {
	const second = ( time: string ) => Math.floor( Date.parse( time ) / 1000 );
	return (
		salesOrder.reference === ours.ref &&
		( salesOrder.placedOn === null ||
			second( salesOrder.placedOn ) === second( ours.placedOn ) )
	);
}

function referenceTaken(
	externalRef: string,
	salesOrder: SalesOrder
): ProblemDraft {
	return {
		code: 'reference-taken',
		message: `The reference ${ externalRef } belongs to another order in Brightpearl (sales order ${ salesOrder.id }, ${ salesOrder.reference ?? 'no reference' }).`,
		cause: 'Two shops share one reference prefix, or the shop was set up anew and counts its orders from the beginning.',
		fix: 'Give this connection a reference prefix of its own (orders.refPrefix; once orders were pushed with it: a new connection), then retry.',
		field: 'orders.refPrefix',
	};
}
