/**
 * CloseOrder: makes the invoice. Brightpearl does it after it has answered, and takes the request
 * again meanwhile; an order that is invoiced it refuses (resources reference, §1.12).
 */
import { fail, ok, type Result } from '../../../contracts/result.ts';
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { journaled, journalTarget, note, type Applying } from '../applying.ts';
import { notReadYet } from './read-order.ts';
import { isRefused } from './refusal.ts';

export async function closeOrder(
	applying: Applying
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl } = connected;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const target = journalTarget( applying, 'CloseOrder' );
	const ref = `sales order ${ salesOrder.id }`;
	if ( isClosed( salesOrder ) ) {
		await note( target, 'found', ref, salesOrder.invoiceReference );
		return ok( undefined );
	}
	const closed = await journaled(
		target,
		ref,
		() => brightpearl.closeSalesOrder( salesOrder.id ),
		() => null
	);
	applying.salesOrder = null;
	if ( closed.ok || ! isRefused( closed.failure ) ) {
		return closed;
	}
	const again = await brightpearl.salesOrders( [ salesOrder.id ] );
	if ( again.ok && again.value.some( isClosed ) ) {
		await note( target, 'found', ref, null );
		return ok( undefined );
	}
	return fail( closed.failure );
}

function isClosed( salesOrder: SalesOrder ): boolean {
	return salesOrder.invoiced || salesOrder.invoiceReference !== null;
}
