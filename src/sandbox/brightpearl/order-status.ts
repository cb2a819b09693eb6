/**
 * Status and notes of an order, and cancelling it (resources reference, §1.8, §1.9).
 */
import { z } from 'zod';
import { isInvoiced, touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { id, instant, readFields } from './fields.ts';
import type { Order } from './model.ts';
import { paidOf } from './order-state.ts';
import { API_USER } from './profile.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { releaseReservation } from './stock.ts';

/** The documented refusal of an order id that is none (§1.6). */
export const noSuchOrder = ( orderId: string | number ): Reply =>
	refuse(
		400,
		problem(
			DOCUMENTED.orderId,
			`You have supplied an invalid order id: ${ orderId }`
		)
	);

const statusSchema = z.strictObject( {
	orderStatusId: id,
	orderNote: z
		.strictObject( {
			text: z.string(),
			isPublic: z.boolean().default( false ),
			fileId: id.optional(),
		} )
		.optional(),
} );

const noteSchema = z.strictObject( {
	text: z.string().min( 1 ),
	isPublic: z.boolean().default( false ),
	addedOn: instant.optional(),
	fileId: id.optional(),
	contactId: id.optional(),
} );

/** Why an order cannot be cancelled: notes, an invoice, or money on it. */
function cancelFaults( account: Account, order: Order ): Problem[] {
	const fault = ( message: string ) =>
		problem( INVENTED.statusRefused, message );
	return [
		...( account.notesByOrder( String( order.id ) ).length > 0
			? [ fault( 'An order with goods-out notes cannot be cancelled' ) ]
			: [] ),
		...( isInvoiced( account, order )
			? [ fault( 'An invoiced order cannot be cancelled' ) ]
			: [] ),
		...( paidOf( account, order.id ).eq( 0 )
			? []
			: [ fault( 'An order with payments cannot be cancelled' ) ] ),
	];
}

/** Sets a status with its note; on refusal neither changes. */
export function setStatus(
	account: Account,
	order: Order,
	statusId: number,
	note: { readonly text: string; readonly isPublic: boolean },
	now: number
): Reply {
	const { all, cancelled } = account.profile.statuses;
	const status = all.find( ( entry ) => entry.id === statusId );
	if ( ! status || status.type !== 'SO' || status.disabled ) {
		return refuse(
			400,
			problem(
				INVENTED.statusRefused,
				`Status ${ statusId } does not exist, is hidden, or is not one of a sales order`
			)
		);
	}
	if ( statusId === cancelled ) {
		const faults = cancelFaults( account, order );
		if ( faults.length > 0 ) {
			return refuse( 400, ...faults );
		}
		releaseReservation( account, order.id );
	}
	order.statusId = statusId;
	addNote( account, order, { ...note, addedAt: now, contactId: API_USER } );
	touchOrder( account, order, now );
	if ( statusId === cancelled ) {
		account.emit( {
			type: 'cancelled',
			account: account.code,
			orderId: order.id,
		} );
	}
	return silent();
}

function addNote(
	account: Account,
	order: Order,
	note: {
		text: string;
		isPublic: boolean;
		addedAt: number;
		contactId: number;
	}
): number {
	const noteId = account.counters.orderNote++;
	order.notes.push( { id: noteId, statusId: order.statusId, ...note } );
	return noteId;
}

function putStatus( call: Call ): Reply {
	const order = call.account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return noSuchOrder( call.params.id ?? '' );
	}
	const read = readFields(
		statusSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { orderStatusId, orderNote } = read.value;
	return setStatus(
		call.account,
		order,
		orderStatusId,
		{
			text: orderNote?.text ?? 'Order status changed',
			isPublic: orderNote?.isPublic ?? false,
		},
		call.now
	);
}

function postNote( call: Call ): Reply {
	const order = call.account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return noSuchOrder( call.params.id ?? '' );
	}
	const read = readFields(
		noteSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const noteId = addNote( call.account, order, {
		text: read.value.text,
		isPublic: read.value.isPublic,
		addedAt: read.value.addedOn ?? call.now,
		contactId: read.value.contactId ?? API_USER,
	} );
	touchOrder( call.account, order, call.now );
	return answer( noteId );
}

function readStatuses( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const wanted = ids.value;
	// Sorted by type, then by the order a person gave them.
	const found = call.account.profile.statuses.all
		.filter( ( status ) => wanted?.includes( status.id ) ?? true )
		.toSorted( ( a, b ) => a.type.localeCompare( b.type ) || a.id - b.id );
	return found.length === 0
		? refuse( 404, notFound( 'No Order Status Found' ) )
		: answer(
				found.map( ( status, index ) => ( {
					statusId: status.id,
					name: status.name,
					orderTypeCode: status.type,
					sortOrder: index,
					disabled: status.disabled,
					visible: ! status.disabled,
					color: status.color,
					remindAfterDays: 0,
					alertEmails: [],
					emailContent: '',
					batchProcess: false,
					state: status.state,
				} ) )
			);
}

export const orderStatusRoutes: readonly Route[] = [
	route(
		'PUT',
		'/order-service/order/{id}/status',
		'put-order-status',
		putStatus
	),
	route(
		'POST',
		'/order-service/order/{id}/note',
		'post-order-note',
		postNote
	),
	route(
		'GET',
		'/order-service/order-status/{ids?}',
		'get-order-status',
		readStatuses
	),
];
