/**
 * The sales order as Brightpearl has it, read once per run where a step needs it, and again after a
 * step that has changed it.
 */
import { ok, retry, type Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import type { Applying } from '../applying.ts';

const NEEDS_ORDER: ReadonlySet< Step[ 'type' ] > = new Set( [
	'RecordPayment',
	'ReversePayment',
	'Allocate',
	'CreateCredit',
	'RecordRefund',
	'ReverseRefund',
	'SetStatus',
	'CancelOrder',
	'CloseOrder',
] );

export async function readOrder(
	applying: Applying,
	steps: readonly Step[]
): Promise< Result< void > > {
	const { link, connected } = applying;
	if ( ! steps.some( ( { type } ) => NEEDS_ORDER.has( type ) ) ) {
		return ok( undefined );
	}
	if ( applying.salesOrder !== null || link.salesOrderId === null ) {
		return ok( undefined );
	}
	const read = await connected.brightpearl.salesOrders( [
		link.salesOrderId,
	] );
	if ( ! read.ok ) {
		return read;
	}
	applying.salesOrder = read.value[ 0 ] ?? null;
	return applying.salesOrder === null
		? retry(
				'brightpearl',
				'outage',
				`Brightpearl does not show sales order ${ link.salesOrderId }.`
			)
		: ok( undefined );
}

/** For a step whose order was never made. */
export function notReadYet() {
	return retry( 'service', 'outage', 'The sales order was not read yet.' );
}
