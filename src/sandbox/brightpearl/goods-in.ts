/**
 * Goods that come in (resources reference, §4.7). How they are booked in through the API is not
 * documented, neither for purchases nor for what a sales credit brings back: the control API does
 * it (`POST /_sandbox/goods-in`), and everybody sees it here.
 */
import { z } from 'zod';
import { emitChange, touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { controlAnswer, controlError } from './control-reply.ts';
import { fixed } from './decimal.ts';
import { LOCATION, recordMovement } from './movements.ts';
import { API_USER, DEFAULT_WAREHOUSE } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';
import type { GoodsInBatch } from './stock-model.ts';
import { levelOf, moveStock } from './stock.ts';
import { isWarehouse } from './warehouse.ts';

/** First in, first out: what lies there is of the newest batches. */
function leftOf( batch: GoodsInBatch, account: Account ): number {
	let { inStock } = levelOf( account, batch.productId, batch.warehouseId );
	for ( const later of [ ...account.tables.goodsIn.values() ].reverse() ) {
		if (
			later.productId === batch.productId &&
			later.warehouseId === batch.warehouseId
		) {
			const left = Math.max( 0, Math.min( inStock, later.quantity ) );
			if ( later.id === batch.id ) {
				return left;
			}
			inStock -= left;
		}
	}
	return 0;
}

const grouping = ( letter: string ): Column< GoodsInBatch > => ( {
	name: `grouping${ letter }`,
	type: 'STRING',
	value: () => null,
} );

const columns: readonly Column< GoodsInBatch >[] = [
	{ name: 'purchaseOrderId', type: 'IDSET', value: ( row ) => row.orderId },
	{ name: 'batchId', type: 'IDSET', value: ( row ) => row.id },
	{ name: 'userBatchRef', type: 'STRING', value: () => null },
	{ name: 'productId', type: 'IDSET', value: ( row ) => row.productId },
	{ name: 'locationId', type: 'IDSET', value: () => LOCATION },
	...[ 'A', 'B', 'C', 'D' ].map( grouping ),
	{ name: 'price', type: 'STRING', value: ( row ) => row.price },
	{ name: 'landedCosts', type: 'STRING', value: () => fixed( 0, 4 ) },
	{
		name: 'currCode',
		type: 'STRING',
		value: ( _, account ) => account.profile.baseCurrency,
	},
	{
		name: 'receivedQuantity',
		type: 'INTEGER',
		value: ( row ) => row.quantity,
	},
	{ name: 'onHand', type: 'INTEGER', value: leftOf },
	{ name: 'createdDate', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'receivedDate', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'warehouseId', type: 'IDSET', value: ( row ) => row.warehouseId },
];

/** Nothing found is 404 here, in a client's words; the shape of a note follows goods-out notes. */
function readNotes( call: Call ): Reply {
	const { account } = call;
	const everyOrder = call.params.orderIds === '*';
	const orderIds = everyOrder ? null : idsOf( call, 'orderIds' );
	const noteIds = idsOf( call );
	if ( orderIds && ! orderIds.ok ) {
		return orderIds.reply;
	}
	if ( ! noteIds.ok ) {
		return noteIds.reply;
	}
	const found = [ ...account.tables.goodsIn.values() ].filter(
		( batch ) =>
			( orderIds?.value?.includes( batch.orderId ) ?? true ) &&
			( noteIds.value?.includes( batch.id ) ?? true )
	);
	return found.length === 0
		? refuse(
				404,
				notFound(
					'No goods in notes found within range of order IDs and goods in note IDs'
				)
			)
		: answer(
				Object.fromEntries(
					found.map( ( batch ) => [
						String( batch.id ),
						{
							orderId: batch.orderId,
							warehouseId: batch.warehouseId,
							transfer: false,
							createdOn: account.zone.format( batch.createdAt ),
							receivedOn: account.zone.format( batch.createdAt ),
							createdBy: API_USER,
							goodsMoved: [
								{
									productId: batch.productId,
									quantity: batch.quantity,
									destinationLocationId: LOCATION,
									productValue: {
										currency: account.profile.baseCurrency,
										value: batch.price,
									},
								},
							],
						},
					] )
				)
			);
}

export const goodsInRoutes: readonly Route[] = [
	route(
		'GET',
		'/warehouse-service/order/{orderIds}/goods-note/goods-in/{ids?}',
		'get-goods-in-note',
		readNotes
	),
	...searchRoutes< GoodsInBatch >( {
		path: '/warehouse-service/goods-note/goods-in-search',
		columns,
		rows: ( call ) => call.account.tables.goodsIn.values(),
	} ),
];

const goodsInSchema = z.strictObject( {
	account: z.string(),
	sku: z.string().optional(),
	productId: z.int().optional(),
	quantity: z.int().min( 1 ),
	warehouseId: z.int().default( DEFAULT_WAREHOUSE ),
	/** The purchase order or the sales credit. */
	orderId: z.int().default( 0 ),
	price: z
		.string()
		.regex( /^\d+(\.\d+)?$/ )
		.default( '0' ),
} );

/** `POST /_sandbox/goods-in`: goods arrive and can be sold. */
export function receiveGoods( sandbox: Sandbox, body: unknown ): Reply {
	const read = goodsInSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const { sku, quantity, warehouseId, orderId, price } = read.data;
	const account = sandbox.tenants.get( read.data.account )?.account;
	const product =
		read.data.productId === undefined
			? account?.productsBySku( sku ?? '' )[ 0 ]
			: account?.tables.products.get( read.data.productId );
	if (
		! account ||
		! product?.stockTracked ||
		! isWarehouse( account, warehouseId )
	) {
		return controlError(
			'There is no such account, stock-tracked product or warehouse',
			404
		);
	}
	const batch: GoodsInBatch = {
		id: account.tables.goodsIn.nextId(),
		orderId,
		productId: product.id,
		warehouseId,
		quantity,
		price: fixed( price, 4 ),
		createdAt: sandbox.now(),
	};
	account.tables.goodsIn.put( batch );
	recordMovement( account, {
		type: 'GI',
		productId: product.id,
		warehouseId,
		quantity,
		noteId: batch.id,
		orderId: orderId === 0 ? null : orderId,
		cleared: true,
		updatedAt: sandbox.now(),
	} );
	emitChange( account, 'goods-in-note', batch.id, 'created' );
	// The codes of the purchase or credit follow, as those of a sale do when goods go out.
	const order = account.tables.orders.get( orderId );
	if ( order ) {
		touchOrder( account, order, sandbox.now() );
	}
	moveStock( account, product.id, warehouseId, { inStock: quantity } );
	return controlAnswer( batch );
}
