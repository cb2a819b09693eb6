/**
 * AmendOrder: the sales order replaced by itself with what the shop changed, in one request that
 * only counts for the version the change was made from.
 *
 * Nothing is looked for after a lost answer: the next run plans from the order as it is then.
 */
import {
	fail,
	ok,
	type Failure,
	type Result,
} from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import {
	journaled,
	journalTarget,
	saveLink,
	type Applying,
} from '../applying.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function amendOrder(
	applying: Applying,
	{ version, change, pushed }: Extract< Step, { type: 'AmendOrder' } >
): Promise< Result< void > > {
	const { connected, link } = applying;
	const { salesOrderId } = link;
	if ( salesOrderId === null ) {
		return notReadYet();
	}
	const amended = await journaled(
		journalTarget( applying, 'AmendOrder' ),
		`sales order ${ salesOrderId }`,
		async () => {
			// Kept before, not after: where nobody sees the end of it, the next run then knows that
			// what Brightpearl shows may be ours.
			await saveLink( applying, { pushed } );
			const result = await connected.brightpearl.amendSalesOrder(
				salesOrderId,
				version,
				change
			);
			if ( ! result.ok && ! isUnknown( result.failure ) ) {
				await saveLink( applying, { pushed: link.pushed } );
			}
			return result;
		},
		() => null
	);
	applying.salesOrder = null;
	if ( amended.ok || ! isRefused( amended.failure ) ) {
		return amended.ok ? ok( undefined ) : fail( amended.failure );
	}
	return refusalAs( amended.failure, {
		code: 'order-changed',
		what: `${ named( link ) } was edited in the shop, and Brightpearl does not take the change:`,
		cause: 'The order is allocated, shipped or invoiced there, or somebody is working on it.',
		fix: 'Make the same change in Brightpearl (or a credit, where it is invoiced), then retry.',
	} );
}

function isUnknown( failure: Failure ): boolean {
	return failure.kind === 'retry' && failure.outcomeUnknown;
}
