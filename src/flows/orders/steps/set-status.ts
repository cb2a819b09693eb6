/**
 * SetStatus: Brightpearl's status, after the shop's. It is set once; one that is there already is
 * found.
 */
import { ok, type Result } from '../../../contracts/result.ts';
import type { LinkChange } from '../../../contracts/database.ts';
import type { Step } from '../../../domain/orders/types.ts';
import {
	journaled,
	journalTarget,
	note,
	saveLink,
	type Applying,
} from '../applying.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function setStatus(
	applying: Applying,
	step: Extract< Step, { type: 'SetStatus' } >
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	if ( salesOrder === null ) {
		return notReadYet();
	}
	const { statusId } = step;
	const target = journalTarget( applying, 'SetStatus' );
	const ref = `status ${ statusId }`;
	const keep = () => saveLink( applying, agreed( applying, step ) );
	if ( salesOrder.statusId === statusId ) {
		await keep();
		await note( target, 'found', ref, null );
		return ok( undefined );
	}
	const set = await journaled(
		target,
		ref,
		() => connected.brightpearl.setOrderStatus( salesOrder.id, statusId ),
		() => null,
		keep
	);
	applying.salesOrder = null;
	if ( set.ok || ! isRefused( set.failure ) ) {
		return set;
	}
	return refusalAs( set.failure, {
		code: 'refused-by-brightpearl',
		what: `${ named( applying.link ) } is "${ step.storeStatus }" in the shop, and Brightpearl does not set its status to ${ statusId }:`,
		cause: 'The status is no longer there, is hidden or is not one of sales orders.',
		fix: 'Correct orders.status, or set the status in Brightpearl, then retry.',
		field: 'orders.status',
	} );
}

/**
 * The status is agreed on at once, or a run that ends here would leave one behind that looks like
 * somebody else's. What was reserved went when the order was cancelled.
 */
function agreed(
	{ link }: Applying,
	{ statusId, storeStatus, revives }: Extract< Step, { type: 'SetStatus' } >
): LinkChange {
	return {
		...( link.pushed === null
			? {}
			: { pushed: { ...link.pushed, storeStatus, statusId } } ),
		...( revives
			? { cancelled: false, reserved: null, allocation: null }
			: {} ),
	};
}
