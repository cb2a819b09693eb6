/**
 * Changes of what an order is: its status, its few patchable fields, its rows (resources
 * reference, §1.6 to §1.8). Everything else of an order cannot be patched.
 */
import { fail, ok, type Result } from '../../contracts/result.ts';
import type {
	OrderEditsApi,
	OrderRowBody,
	PatchOperation,
	SalesOrder,
} from '../api.ts';
import type { Call } from '../transport/call.ts';
import { createdId } from '../answers/decode.ts';
import type { Link } from './link.ts';
import { orderSchema, toSalesOrder } from './order-resource.ts';
import { remove, write } from './writes.ts';

async function patchOrder(
	{ ask, configuration }: Link,
	orderId: number,
	operations: readonly PatchOperation[]
): Promise< Result< SalesOrder | null > > {
	// Asked first: after the write its failure would hide that the write was done.
	const account = await configuration();
	if ( ! account.ok ) {
		return account;
	}
	const sent = await ask( {
		method: 'PATCH',
		path: `/order-service/order/${ orderId }`,
		body: operations,
	} );
	if ( sent.kind === 'failed' ) {
		return fail( sent.failure );
	}
	const value = sent.kind === 'answer' ? sent.body[ 'response' ] : null;
	const order = orderSchema.safeParse( value );
	return ok(
		order.success && [ 'SO', 'SC' ].includes( order.data.orderTypeCode )
			? toSalesOrder(
					order.data,
					account.value.cancelledOrderStatusId,
					new Map()
				)
			: null
	);
}

/** The older form of a row: quantity and values each in an object of their own (§1.6). */
const rowBody = ( row: OrderRowBody ) => ( {
	...( row.productId === undefined ? {} : { productId: row.productId } ),
	...( row.name === undefined ? {} : { productName: row.name } ),
	quantity: { magnitude: row.quantity },
	rowValue: {
		taxCode: row.taxCode,
		rowNet: { value: row.net },
		rowTax: { value: row.tax },
	},
	...( row.nominalCode === undefined
		? {}
		: { nominalCode: row.nominalCode } ),
} );

export function createOrderEditsApi( link: Link ): OrderEditsApi {
	const { ask } = link;
	const row = ( orderId: number, rowId: number ) =>
		`/order-service/order/${ orderId }/row/${ rowId }`;
	return {
		setOrderStatus: ( orderId, statusId, note ) =>
			write( ask, {
				method: 'PUT',
				path: `/order-service/order/${ orderId }/status`,
				body: {
					orderStatusId: statusId,
					...( note === undefined
						? {}
						: {
								orderNote: {
									text: note.text,
									isPublic: note.isPublic ?? false,
								},
							} ),
				},
			} ),
		patchOrder: ( orderId, operations ) =>
			patchOrder( link, orderId, operations ),
		patchOrderRow: ( orderId, rowId, operations ) =>
			write( ask, {
				method: 'PATCH',
				path: row( orderId, rowId ),
				body: operations,
			} ),
		async addOrderRow( orderId, body ) {
			const call: Call = {
				method: 'POST',
				path: `/order-service/order/${ orderId }/row`,
				body: rowBody( body ),
			};
			return createdId( await ask( call ), call );
		},
		deleteOrderRow: ( orderId, rowId ) =>
			remove( ask, row( orderId, rowId ) ),
	};
}
