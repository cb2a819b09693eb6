/**
 * What is refunded or called off, and would ship nevertheless: worked out from what Brightpearl shows
 * once the steps are done, so that it is told until it is no longer so. What had left before is no
 * matter: that is what a refund of returned goods looks like.
 */
import type { SalesOrder } from '../../../brightpearl/api.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import { hold, ok, type Result } from '../../../contracts/result.ts';
import { wouldStillShip } from '../../../domain/change-problems.ts';
import { saveLink, type Applying } from '../applying.ts';
import { missingInBrightpearl } from '../observe.ts';
import { excessOf, mayBeOnNotes, whole } from '../on-notes.ts';
import { named } from './refusal.ts';

/**
 * Null = nothing. What is on the notes is kept as asked for, so that the next look lets go of it: a
 * note that is deleted may give its pieces back to the reservation.
 */
export async function stillShips(
	applying: Applying
): Promise< Result< ProblemDraft | null > > {
	const { link, plan, connected } = applying;
	const { toSend } = plan;
	if ( toSend === null || link.salesOrderId === null ) {
		return ok( null );
	}
	const read = await shownOrder( applying, link.salesOrderId );
	if ( ! read.ok ) {
		return read;
	}
	const salesOrder = read.value;
	if ( ! mayBeOnNotes( salesOrder ) || salesOrder.shipping === 'all' ) {
		return ok( null );
	}
	const status = await connected.brightpearl.fulfilmentStatus(
		salesOrder.id
	);
	if ( ! status.ok ) {
		return status;
	}
	const excess = excessOf( salesOrder.rows, status.value, toSend );
	if ( excess.length === 0 ) {
		return ok( null );
	}
	await saveLink( applying, {
		reserved: {
			...link.reserved,
			...Object.fromEntries(
				excess.flatMap( ( { own } ) =>
					own.externalRef === null
						? []
						: [ [ own.externalRef, whole( own.quantity ) ] ]
				)
			),
		},
	} );
	return ok(
		wouldStillShip(
			named( link ),
			excess.map(
				( { row, pieces } ) =>
					`${ pieces } piece${ pieces === 1 ? '' : 's' } of "${ row.name ?? row.sku ?? row.productId }"`
			)
		)
	);
}

async function shownOrder(
	{ connected, salesOrder }: Applying,
	salesOrderId: number
): Promise< Result< SalesOrder > > {
	if ( salesOrder !== null ) {
		return ok( salesOrder );
	}
	const read = await connected.brightpearl.salesOrders( [ salesOrderId ] );
	if ( ! read.ok ) {
		return read;
	}
	const [ shown ] = read.value;
	return shown === undefined
		? hold( missingInBrightpearl( salesOrderId ) )
		: ok( shown );
}
