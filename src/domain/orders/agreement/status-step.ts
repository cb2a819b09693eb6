/**
 * Whether Brightpearl's status follows the shop's: only when the shop's has changed, and nobody in
 * Brightpearl has moved the order on since.
 */
import type { OrderLink, Pushed } from '../../../contracts/database.ts';
import type { FoundOrder } from '../found.ts';
import { mappedStatus } from '../head/sales-order.ts';
import type { PlanInput, Step } from '../types.ts';

type SetStatus = Extract< Step, { type: 'SetStatus' } >;

export interface NextStatus {
	/** Null = Brightpearl's stays. */
	readonly step: SetStatus | null;
	/** Of the common ground from then on. */
	readonly storeStatus: string;
	readonly statusId: number | null;
}

export function nextStatus( {
	input,
	link,
	found,
	ground,
	revives,
}: {
	readonly input: PlanInput;
	readonly link: OrderLink;
	readonly found: FoundOrder;
	readonly ground: Pushed;
	/** We had cancelled it, and the shop has it again. */
	readonly revives: boolean;
} ): NextStatus {
	const { order, settings } = input;
	const mapped = mappedStatus( order.status, settings );
	const step = ( statusId: number ): SetStatus => ( {
		type: 'SetStatus',
		summary: revives
			? `Bring sales order ${ found.id } back: status ${ statusId }, because the shop's order is ${ order.status } again.`
			: `Set the status of sales order ${ found.id } to ${ statusId }: the shop's order is ${ order.status }.`,
		statusId,
		storeStatus: order.status,
		revives,
	} );
	if ( revives ) {
		const before =
			ground.statusId === input.account.cancelledStatusId
				? null
				: ground.statusId;
		const statusId = mapped ?? before;
		return {
			step: statusId === null ? null : step( statusId ),
			storeStatus: order.status,
			statusId: statusId ?? ground.statusId,
		};
	}
	if ( order.status === ground.storeStatus ) {
		return {
			step: null,
			storeStatus: ground.storeStatus,
			statusId: ground.statusId,
		};
	}
	// What we wrote into the shop is Brightpearl's own word.
	const isOurs = link.writtenBack?.status === order.status;
	const isThere = mapped === found.statusId;
	const isMovedOn =
		ground.statusId !== null && ground.statusId !== found.statusId;
	const writes = mapped !== null && ! isOurs && ! isThere && ! isMovedOn;
	return {
		step: writes ? step( mapped ) : null,
		storeStatus: order.status,
		statusId: writes || isThere ? mapped : ground.statusId,
	};
}
