/**
 * `POST /_sandbox/transfer`: a goods-out note to another warehouse of the account. It belongs to no
 * order: `orderId` 0, with a `targetWarehouseId` (resources reference, §4.5). How one is made
 * through the API is not known (§8.9). What has shipped arrives by `POST /_sandbox/goods-in`.
 */
import { z } from 'zod';
import { emitChange } from './account.ts';
import { controlAnswer, controlError } from './control-reply.ts';
import { recordMovement } from './movements.ts';
import { API_USER } from './profile.ts';
import type { Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import { allocateRows, levelOf } from './stock.ts';
import type { GoodsOutNote } from './stock-model.ts';
import { isWarehouse } from './warehouse.ts';

const transferSchema = z.strictObject( {
	account: z.string(),
	productId: z.int(),
	quantity: z.int().min( 1 ),
	warehouseId: z.int(),
	targetWarehouseId: z.int(),
} );

export function sendTransfer( sandbox: Sandbox, body: unknown ): Reply {
	const read = transferSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const { productId, quantity, warehouseId, targetWarehouseId } = read.data;
	const account = sandbox.tenants.get( read.data.account )?.account;
	if (
		! account?.tables.products.get( productId )?.stockTracked ||
		! isWarehouse( account, warehouseId ) ||
		! isWarehouse( account, targetWarehouseId ) ||
		warehouseId === targetWarehouseId
	) {
		return controlError(
			'There is no such account, stock-tracked product or pair of warehouses',
			404
		);
	}
	if ( levelOf( account, productId, warehouseId ).onHand < quantity ) {
		return controlError( 'There is less on hand', 409 );
	}
	const now = sandbox.now();
	const rows = { '0': { productId, quantity } };
	allocateRows( account, warehouseId, Object.values( rows ), 1 );
	const note: GoodsOutNote = {
		id: account.tables.notes.nextId(),
		orderId: 0,
		targetWarehouseId,
		warehouseId,
		rows,
		priority: false,
		shippingMethodId: 0,
		reference: '',
		boxes: null,
		weight: null,
		labelUri: null,
		releaseAt: null,
		createdAt: now,
		sequence: 1,
		events: [ { at: now, ownerId: API_USER, code: 'PLA' } ],
	};
	account.tables.notes.put( note );
	recordMovement( account, {
		type: 'GO',
		productId,
		warehouseId,
		quantity: -quantity,
		noteId: note.id,
		cleared: false,
		updatedAt: now,
	} );
	emitChange( account, 'goods-out-note', note.id, 'created' );
	return controlAnswer( { noteId: note.id } );
}
