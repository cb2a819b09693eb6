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
	return set;
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
