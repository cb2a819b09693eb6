/**
 * Movements of goods by `goods-movement-search` (resources reference, §4.8): the middle way of
 * seeing that stock changed.
 *
 * Sorted by id, not by time: a movement that is cleared while its pages are read would move to
 * the end of a list by `updatedOn`, and its place would swallow another.
 */
import { z } from 'zod';
import type { Result } from '../../contracts/result.ts';
import type { GoodsMovement } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import {
	count,
	id,
	idOrNone,
	textOrNone,
	timeOrNone,
} from '../answers/fields.ts';
import { formatPeriod } from '../search/period.ts';
import { searchPages } from '../search/search.ts';

const movementRow = z
	.object( {
		goodsMovementId: id,
		productId: id,
		warehouseId: idOrNone,
		quantity: count,
		goodsNoteTypeCode: textOrNone,
		orderId: idOrNone,
		updatedOn: timeOrNone,
	} )
	.transform( ( row ): GoodsMovement => ( {
		movementId: row.goodsMovementId,
		productId: row.productId,
		warehouseId: row.warehouseId,
		quantity: row.quantity,
		type: row.goodsNoteTypeCode,
		orderId: row.orderId,
		updatedOn: row.updatedOn,
	} ) );

export function goodsMovements(
	ask: Ask,
	since: string
): AsyncIterable< Result< readonly GoodsMovement[] > > {
	return searchPages( ask, {
		path: '/warehouse-service/goods-movement-search',
		columns: [
			'goodsMovementId',
			'productId',
			'warehouseId',
			'quantity',
			'goodsNoteTypeCode',
			'orderId',
			'updatedOn',
		],
		filters: { updatedOn: formatPeriod( { from: since } ) },
		sort: 'goodsMovementId.ASC',
		key: 'goodsMovementId',
		row: movementRow,
	} );
}
