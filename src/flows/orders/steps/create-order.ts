/**
 * CreateOrder: one sales order for one order of the shop, ever.
 *
 * With an installation instance id Brightpearl de-duplicates `externalRef`, so the same POST may
 * be repeated and an id, `{}` or a conflict are all answers. Without one, an earlier try that may
 * have been executed is looked for by `externalRef`, and, after the index lag, also by
 * `customerRef`, before anything is created again.
 *
 * An order found whose `ref` or date differs is somebody else's and is never adopted.
 */
import type { SalesOrder } from '../../../brightpearl/api.ts';
import type { Pushed } from '../../../contracts/database.ts';
import { ok, retry, type Result } from '../../../contracts/result.ts';
import { toSalesOrderBody } from '../../../domain/orders/bodies.ts';
import { withFound } from '../../../domain/orders/agreement/common-ground.ts';
import type { PlannedSalesOrder } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journalTarget,
	nowOf,
	proofOf,
	saveLink,
	type Applying,
} from '../applying.ts';
import { findOurs, readOurs } from '../claim.ts';
import { once } from '../once.ts';
import { notReadYet } from './read-order.ts';

export async function createOrder(
	applying: Applying,
	planned: PlannedSalesOrder
): Promise< Result< void > > {
	const { connected, contactId, link, plan } = applying;
	const { brightpearl } = connected;
	const target = journalTarget( applying, 'CreateOrder' );
	const deduplicates = planned.installationInstanceId !== null;
	const key = deduplicationKey( planned );
	const earlier = await earlierTry( target );

	const made = await once( {
		target,
		ref: key,
		since: earlier?.at ?? null,
		// An earlier try under another key is not known to what de-duplicates this one.
		looksFirst:
			! deduplicates || ( earlier !== null && earlier.ref !== key ),
		look: ( when ) =>
			findOurs(
				brightpearl,
				planned,
				when === 'after' || earlier !== null
			),
		async make() {
			// What an earlier try wrote stands until its order was read back: it may be what is there.
			if ( ! deduplicates || earlier === null || link.pushed === null ) {
				await saveLink( applying, { pushed: plan.pushed } );
			}
			return brightpearl.createSalesOrder(
				toSalesOrderBody( planned, contactId )
			);
		},
		called: ( id ) => `sales order ${ id }`,
		record: ( salesOrderId ) => saveLink( applying, { salesOrderId } ),
		async adopt( salesOrderId ) {
			await saveLink( applying, { salesOrderId } );
			return confirmOrder( applying, planned );
		},
		async refused() {
			if ( contactId !== null ) {
				// It may be the contact that is refused: merged or deleted since it was copied.
				await brightpearl.forgetContact( contactId );
			}
		},
	} );
	if ( ! made.ok ) {
		return made;
	}
	if ( made.value.how !== 'made' ) {
		return ok( undefined );
	}
	const confirmed = await confirmOrder( applying, planned );
	// With de-duplication the answer may name an order that was there before; one that anything
	// was done to shows it.
	applying.createdNow =
		earlier === null &&
		( ! deduplicates || isUntouched( applying.salesOrder ) );
	return confirmed;
}

/** What Brightpearl tells a repeated POST by: the pair, where there is an instance (resources reference, §1.2). */
function deduplicationKey( {
	externalRef,
	installationInstanceId,
}: PlannedSalesOrder ): string {
	return installationInstanceId === null
		? externalRef
		: `${ externalRef } (instance ${ installationInstanceId })`;
}

/**
 * Reads back the order whose id the link was given, and makes sure that it is the one we meant.
 * Until then the id is a claim, without `pushedAt`, and every later try begins with settling it
 * (see `claim.ts`).
 */
async function confirmOrder(
	applying: Applying,
	planned: PlannedSalesOrder
): Promise< Result< void > > {
	const { connected, link } = applying;
	const { database, name } = connected;
	const read =
		link.salesOrderId === null
			? notReadYet()
			: await readOurs(
					connected,
					link.orderId,
					link.salesOrderId,
					planned
				);
	if ( ! read.ok ) {
		return read;
	}
	const salesOrder = read.value;
	applying.salesOrder = salesOrder;
	const pushedAt = nowOf( applying.connected );
	const written = applying.link.pushed ?? applying.plan.pushed;
	await saveLink( applying, {
		pushedAt,
		pushed: written === null ? null : withFound( written, salesOrder ),
		proof: proofOf( applying, salesOrder, pushedAt ),
	} );
	await database.connections.markPushed( name );
	return isOfThisPlan( written, applying.plan.pushed )
		? ok( undefined )
		: retry(
				'service',
				'busy',
				'Sales order found that an earlier try made of an earlier state of the order.',
				{ after: 0 }
			);
}

/** Otherwise the rest of the plan would take for agreed what Brightpearl was never given. */
function isOfThisPlan(
	written: Pushed | null,
	planned: Pushed | null
): boolean {
	const marksOf = ( ground: Pushed | null ): string =>
		ground === null
			? ''
			: JSON.stringify( [
					ground.rows.map( ( { ref, mark } ) => [ ref, mark ] ),
					Object.entries( ground.parts ).map(
						( [ name, { mark } ] ) => [ name, mark ]
					),
				] );
	return marksOf( written ) === marksOf( planned );
}

/** Neither paid nor allocated: both show in the order itself (resources reference, §1.11). */
function isUntouched( salesOrder: SalesOrder | null ): boolean {
	return (
		salesOrder !== null &&
		( salesOrder.paymentStatus === 'UNPAID' ||
			salesOrder.paymentStatus === 'NOT_APPLICABLE' ) &&
		( salesOrder.allocation === 'none' ||
			salesOrder.allocation === 'not-needed' )
	);
}
