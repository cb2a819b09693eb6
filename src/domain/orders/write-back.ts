/**
 * What the shop is to be told of an order that is in Brightpearl (settings `writeBack`): only what
 * differs from what it shows, so that the echo of a write of ours finds nothing left to write.
 *
 * A status is written when Brightpearl's has changed since the shop was last told, and then once:
 * whatever the shop makes of the order afterwards stands. Two changes are nobody's news: the
 * status that we gave Brightpearl because of the shop's, and any status of an order that the shop
 * itself has called off.
 */
import type { OrderLink, WrittenBack } from '../../contracts/database.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { isCalledOff, isNoOrder } from './statuses.ts';

export const META_KEYS = {
	salesOrder: '_pearlbridge_sales_order',
	status: '_pearlbridge_status',
} as const;

type WriteBackSettings = Settings[ 'writeBack' ];
type Told = Pick< OrderLink, 'pushed' | 'writtenBack' >;

export interface WriteBackPlan {
	/** Null = nothing to write. */
	readonly meta: Readonly< Record< string, string > > | null;
	/** It may be there already: look first. */
	readonly note: string | null;
	/** Shop status; null = none to write. */
	readonly status: string | null;
	/** To be kept once all of it is written. */
	readonly writtenBack: WrittenBack;
}

/** Some part of it is switched on. */
export function writesBack( settings: WriteBackSettings ): boolean {
	return settings.note || followsStatus( settings );
}

/** Changes of Brightpearl's status matter to the shop. */
export function followsStatus( settings: WriteBackSettings ): boolean {
	return settings.meta || Object.keys( settings.status ).length > 0;
}

/**
 * The status to write where Brightpearl shows `statusId` and the shop `storeStatus`; null = none.
 */
export function statusToWrite(
	settings: WriteBackSettings,
	{ pushed, writtenBack }: Told,
	statusId: number | null,
	storeStatus: string
): string | null {
	const wanted =
		statusId === null ? undefined : settings.status[ String( statusId ) ];
	if (
		wanted === undefined ||
		wanted === storeStatus ||
		isNoOrder( storeStatus ) ||
		statusId === ( writtenBack?.statusId ?? pushed?.statusId ?? null )
	) {
		return null;
	}
	const isAgreed =
		statusId === pushed?.statusId && storeStatus === pushed.storeStatus;
	const isOffByShop =
		isCalledOff( storeStatus ) && writtenBack?.status !== storeStatus;
	return isAgreed || isOffByShop ? null : wanted;
}

/**
 * @param statusName Of Brightpearl's status; null = not known, then its id stands for it.
 */
export function planWriteBack(
	settings: WriteBackSettings,
	link: Told & Pick< OrderLink, 'salesOrderId' | 'brightpearl' >,
	order: Pick< StoreOrder, 'status' | 'meta' >,
	statusName: string | null
): WriteBackPlan | null {
	const { salesOrderId, writtenBack } = link;
	if ( salesOrderId === null ) {
		return null;
	}
	const statusId = link.brightpearl?.statusId ?? null;
	const status = statusToWrite( settings, link, statusId, order.status );
	const isNoted =
		writtenBack?.noted === true &&
		writtenBack.salesOrderId === salesOrderId;
	return {
		meta: settings.meta
			? metaToWrite( salesOrderId, statusId, statusName, order )
			: null,
		note:
			settings.note && ! isNoted
				? `Pearlbridge: in Brightpearl as sales order ${ salesOrderId }.`
				: null,
		status,
		writtenBack: {
			salesOrderId,
			statusId: statusId ?? writtenBack?.statusId ?? null,
			status: status ?? writtenBack?.status ?? null,
			noted: settings.note || isNoted,
		},
	};
}

function metaToWrite(
	salesOrderId: number,
	statusId: number | null,
	statusName: string | null,
	{ meta }: Pick< StoreOrder, 'meta' >
): Record< string, string > | null {
	const wanted: Record< string, string > = {
		[ META_KEYS.salesOrder ]: String( salesOrderId ),
		...( statusId === null
			? {}
			: { [ META_KEYS.status ]: statusName ?? String( statusId ) } ),
	};
	const differing = Object.entries( wanted ).filter(
		( [ key, value ] ) => meta[ key ] !== value
	);
	return differing.length === 0 ? null : Object.fromEntries( differing );
}
