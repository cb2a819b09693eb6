/**
 * CloseOrder: makes the invoice. Brightpearl does it after it has answered, and takes the request
 * again meanwhile; an order that is invoiced it refuses (resources reference, §1.12).
 */
import { ok, type Result } from '../../../contracts/result.ts';
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { journaled, journalTarget, note, type Applying } from '../applying.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

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
	return refusalAs( closed.failure, {
		code: 'refused-by-brightpearl',
		what: `${ named( applying.link ) } was not invoiced:`,
		cause: 'Brightpearl does not close an order whose accounting period is locked, or that somebody is working on.',
		fix: 'Invoice it in Brightpearl, or put right what it names, then retry; orders.invoice "never" leaves invoicing to you.',
		field: 'orders.invoice',
	} );
}

function isClosed( salesOrder: SalesOrder ): boolean {
	return salesOrder.invoiced || salesOrder.invoiceReference !== null;
}
