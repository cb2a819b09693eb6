/**
 * Goods-out and drop-ship notes (resources reference, §4.5 and §4.6).
 */
import { z } from 'zod';
import { ok, retry } from '../../contracts/result.ts';
import type { GoodsOutApi, ShippedNote } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { flag, id, idOrNone, timeOrNone } from '../answers/fields.ts';
import { dropShipSchema, goodsOutSchema } from './goods-notes.ts';
import type { Link } from './link.ts';
import { formatPeriod } from '../search/period.ts';
import { readList, whole } from '../search/read-sets.ts';
import { searchAll } from '../search/search.ts';
import { done, remove, write } from './writes.ts';

const GOODS_OUT_PER_SET = 500;

/** By order, or of whatever order by their own ids: `*` needs those (§4.6). */
const notesPath = (
	kind: 'goods-out' | 'drop-ship',
	by: { orderIds: readonly number[] } | { noteIds: readonly number[] }
) =>
	'orderIds' in by
		? {
				ids: by.orderIds,
				call: ( set: string ) => ( {
					path: `/warehouse-service/order/${ set }/goods-note/${ kind }`,
				} ),
			}
		: {
				ids: by.noteIds,
				call: ( set: string ) => ( {
					path: `/warehouse-service/order/*/goods-note/${ kind }/${ set }`,
				} ),
			};

const shippedRow = z.object( {
	goodsOutNoteId: id,
	orderId: idOrNone,
	shipped: flag,
	shippedOn: timeOrNone,
	channelId: idOrNone,
	transfer: flag.nullish(),
} );

/** `channelId` and `shippedOn` together are what a shop asks (§4.5). */
async function shippedNotes(
	{ ask }: Link,
	{
		channelId,
		since,
	}: { readonly channelId?: number; readonly since: string }
): ReturnType< GoodsOutApi[ 'shippedNotes' ] > {
	const found = await searchAll( ask, {
		path: '/warehouse-service/goods-note/goods-out-search',
		columns: [
			'goodsOutNoteId',
			'orderId',
			'shipped',
			'shippedOn',
			'channelId',
			'transfer',
		],
		filters: {
			shippedOn: formatPeriod( { from: since } ),
			...( channelId === undefined
				? {}
				: { channelId: String( channelId ) } ),
		},
		sort: 'goodsOutNoteId.ASC',
		key: 'goodsOutNoteId',
		row: shippedRow,
	} );
	return found.ok
		? ok(
				found.value.flatMap( ( row ): ShippedNote[] =>
					row.orderId === null ||
					row.transfer === true ||
					! row.shipped
						? []
						: [
								{
									noteId: row.goodsOutNoteId,
									orderId: row.orderId,
									shippedOn: row.shippedOn,
									channelId: row.channelId,
								},
							]
				)
			)
		: found;
}

/** A list of ids, or the one id the documentation's prose speaks of. */
const noteIdsSchema = z.union( [
	z.array( id ),
	id.transform( ( one ) => [ one ] ),
] );

async function createNotes(
	{ ask }: Link,
	...[ orderId, body ]: Parameters< GoodsOutApi[ 'createGoodsOutNotes' ] >
): ReturnType< GoodsOutApi[ 'createGoodsOutNotes' ] > {
	const call: Call = {
		method: 'POST',
		path: `/warehouse-service/order/${ orderId }/goods-note/goods-out`,
		body: {
			warehouses: body.warehouses.map( ( one ) => ( {
				...one,
				transfer: false,
			} ) ),
			priority: false,
			...( body.shippingMethodId === undefined
				? {}
				: { shippingMethodId: body.shippingMethodId } ),
		},
	};
	const sent = await ask( call );
	if ( sent.kind !== 'answer' ) {
		return sent.kind === 'failed'
			? { ok: false, failure: sent.failure }
			: ok( [] );
	}
	const ids = noteIdsSchema.safeParse( sent.body[ 'response' ] );
	return ids.success
		? ok( ids.data )
		: retry(
				'brightpearl',
				'outage',
				`Brightpearl's answer to ${ call.method } ${ call.path } names no note.`,
				{ outcomeUnknown: true, ruid: sent.ruid }
			);
}

export function createGoodsOutApi( link: Link ): GoodsOutApi {
	const { ask } = link;
	const note = ( noteId: number ) =>
		`/warehouse-service/goods-note/goods-out/${ noteId }`;
	return {
		goodsOutNotes: ( by ) =>
			readList( link, {
				...notesPath( 'goods-out', by ),
				take: whole( goodsOutSchema ),
				most: GOODS_OUT_PER_SET,
			} ),
		dropShipNotes: ( by ) =>
			readList( link, {
				...notesPath( 'drop-ship', by ),
				take: whole( dropShipSchema ),
			} ),
		shippedNotes: ( by ) => shippedNotes( link, by ),
		createGoodsOutNotes: ( orderId, body ) =>
			createNotes( link, orderId, body ),
		updateGoodsOutNote: ( noteId, shipping ) =>
			write( ask, {
				method: 'PUT',
				path: note( noteId ),
				body: { shipping },
			} ),
		async addGoodsOutEvent( noteId, { at, code, ownerId, version } ) {
			const sent = await ask( {
				method: 'POST',
				path: `${ note( noteId ) }/event`,
				body: {
					events: [
						{ eventCode: code, occured: at, eventOwnerId: ownerId },
					],
				},
				...( version === undefined
					? {}
					: { headers: { 'if-match': String( version ) } } ),
			} );
			// It has shipped: a second SHW is the first one's repeat.
			return code === 'SHW' &&
				sent.kind === 'failed' &&
				sent.status === 409
				? ok( undefined )
				: done( sent );
		},
		deleteGoodsOutNote: ( orderId, noteId ) =>
			remove(
				ask,
				`/warehouse-service/order/${ orderId }/goods-note/goods-out/${ noteId }`
			),
	};
}
