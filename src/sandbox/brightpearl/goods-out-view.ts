/**
 * A goods-out note as it is shown and searched (resources reference, §4.5 and §9).
 */
import type { Call, Route } from './call.ts';
import { versionOf } from './goods-out-events.ts';
import type { GoodsOutNote } from './model.ts';
import { LOCATION } from './movements.ts';
import { searchRoutes } from './search.ts';

const UNDONE_BY: Readonly< Record< string, string > > = {
	PRI: 'UPR',
	PIC: 'UPI',
	PAC: 'UPA',
};

/** A step stands while its last event is not its undoing. */
function standing( note: GoodsOutNote, code: string ) {
	const last = note.events.findLast(
		( event ) => event.code === code || event.code === UNDONE_BY[ code ]
	);
	return last?.code === code ? last : undefined;
}

const STEPS = [
	[ 'printed', 'PRI' ],
	[ 'picked', 'PIC' ],
	[ 'packed', 'PAC' ],
	[ 'shipped', 'SHW' ],
] as const;

export function showNote(
	call: Call,
	note: GoodsOutNote
): Record< string, unknown > {
	const { format } = call.account.zone;
	const status: Record< string, unknown > = {};
	for ( const [ name, code ] of STEPS ) {
		const event = standing( note, code );
		status[ name ] = event !== undefined;
		if ( event ) {
			status[ `${ name }On` ] = format( event.at );
			status[ `${ name }ById` ] = event.ownerId;
		}
	}
	const order = call.account.tables.orders.get( note.orderId );
	return {
		orderId: note.orderId,
		warehouseId: note.warehouseId,
		transfer: note.targetWarehouseId !== undefined,
		...( note.targetWarehouseId === undefined
			? {}
			: { targetWarehouseId: note.targetWarehouseId } ),
		priority: note.priority,
		status,
		shipping: {
			reference: note.reference,
			shippingMethodId: note.shippingMethodId,
			...( note.boxes === null ? {} : { boxes: note.boxes } ),
			...( note.weight === null ? {} : { weight: note.weight } ),
		},
		...( note.releaseAt === null
			? {}
			: { releaseDate: format( note.releaseAt ) } ),
		createdOn: format( note.createdAt ),
		createdBy: note.events[ 0 ]?.ownerId ?? 0,
		// What stands here for a transfer, which has no rows of an order, is not known.
		orderRows: Object.fromEntries(
			Object.entries( note.orderId === 0 ? {} : note.rows ).map(
				( [ rowId, row ] ) => {
					const externalRef = order?.rows.find(
						( { id } ) => id === Number( rowId )
					)?.externalRef;
					return [
						rowId,
						[
							{
								...row,
								locationId: LOCATION,
								...( externalRef == null
									? {}
									: { externalRef } ),
							},
						],
					];
				}
			)
		),
		sequence: note.sequence,
		events: note.events.map( ( event ) => ( {
			occured: format( event.at ),
			eventOwnerId: event.ownerId,
			eventCode: event.code,
		} ) ),
		...( note.labelUri === null ? {} : { labelUri: note.labelUri } ),
		lastEventVersion: versionOf( note ),
	};
}

const step = ( name: string, code: string ) => ( {
	name,
	type: 'BOOLEAN' as const,
	value: ( row: GoodsOutNote ) => standing( row, code ) !== undefined,
} );

export const noteSearchRoutes: readonly Route[] = searchRoutes< GoodsOutNote >(
	{
		path: '/warehouse-service/goods-note/goods-out-search',
		columns: [
			{ name: 'goodsOutNoteId', type: 'IDSET', value: ( row ) => row.id },
			...STEPS.map( ( [ name, code ] ) => step( name, code ) ),
			{
				name: 'shippedOn',
				type: 'PERIOD',
				value: ( row ) => standing( row, 'SHW' )?.at ?? null,
			},
			{ name: 'orderId', type: 'IDSET', value: ( row ) => row.orderId },
			{
				name: 'shippingMethodId',
				type: 'IDSET',
				value: ( row ) => row.shippingMethodId,
			},
			{
				name: 'warehouseId',
				type: 'IDSET',
				value: ( row ) => row.warehouseId,
			},
			{
				name: 'priority',
				type: 'BOOLEAN',
				value: ( row ) => row.priority,
			},
			{
				name: 'createdOn',
				type: 'PERIOD',
				value: ( row ) => row.createdAt,
			},
			{
				name: 'releaseDate',
				type: 'PERIOD',
				value: ( row ) => row.releaseAt,
			},
			{
				name: 'createdBy',
				type: 'INTEGER',
				value: ( row ) => row.events[ 0 ]?.ownerId ?? null,
			},
			{
				name: 'labelUri',
				type: 'STRING',
				value: ( row ) => row.labelUri,
			},
			{
				name: 'channelId',
				type: 'INTEGER',
				value: ( row, account ) =>
					account.tables.orders.get( row.orderId )?.channelId ?? null,
			},
			{
				name: 'transfer',
				type: 'BOOLEAN',
				value: ( row ) => row.targetWarehouseId !== undefined,
			},
		],
		rows: ( call ) => call.account.tables.notes.values(),
	}
);
