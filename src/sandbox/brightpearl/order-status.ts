/**
 * Status and notes of an order, and cancelling it (resources reference, §1.8, §1.9).
 */
import { z } from 'zod';
import { isInvoiced, statusesOf, touchOrder, typeOf } from './account.ts';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { id, readFields } from './fields.ts';
import type { Order } from './model.ts';
import { addNote } from './order-notes.ts';
import { paidOf } from './order-state.ts';
import { isOrderType } from './order-types.ts';
import { API_USER } from './profile.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { noSuchOrder } from './find-order.ts';
import { releaseReservation } from './stock.ts';

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

interface StatusNote {
	readonly text: string;
	readonly isPublic: boolean;
	readonly fileId?: number;
}

const noSuchStatus = ( statusId: number ): Reply =>
	refuse(
		400,
		problem(
			INVENTED.statusRefused,
			`Status ${ statusId } does not exist, is hidden, or is not one of this type of order`
		)
	);

/** Sets a status with its note; on refusal neither changes. */
export function setStatus(
	account: Account,
	order: Order,
	statusId: number,
	note: StatusNote,
	now: number
): Reply {
	const { cancelled } = account.profile.statuses;
	const status = statusesOf( account ).find(
		( entry ) => entry.id === statusId
	);
	if ( ! status || status.type !== typeOf( order ) || status.disabled ) {
		return noSuchStatus( statusId );
	}
	if ( statusId === cancelled ) {
		const faults = cancelFaults( account, order );
		if ( faults.length > 0 ) {
			return refuse( 400, ...faults );
		}
		releaseReservation( account, order.id, now );
	}
	order.statusId = statusId;
	addNote( account, order, { ...note, addedAt: now, contactId: API_USER } );
	touchOrder( account, order, now, 'order-status' );
	if ( statusId === cancelled ) {
		account.emit( {
			type: 'cancelled',
			account: account.code,
			orderId: order.id,
		} );
	}
	return silent();
}

/** By switch the account has no cancelled status: it is not listed and nobody can set it. */
const isMissing = ( { account, switches }: Call, statusId: number ): boolean =>
	switches.cancelledStatus === 'none' &&
	statusId === account.profile.statuses.cancelled;

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
	if ( isMissing( call, orderStatusId ) ) {
		return noSuchStatus( orderStatusId );
	}
	return setStatus(
		call.account,
		order,
		orderStatusId,
		{
			text: orderNote?.text ?? 'Order status changed',
			isPublic: orderNote?.isPublic ?? false,
			...( orderNote?.fileId === undefined
				? {}
				: { fileId: orderNote.fileId } ),
		},
		call.now
	);
}

function readStatuses( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const wanted = ids.value;
	// Sorted by type, then by the order a person gave them.
	const found = statusesOf( call.account )
		.filter(
			( { id: statusId } ) =>
				( wanted?.includes( statusId ) ?? true ) &&
				! isMissing( call, statusId )
		)
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

const newStatusSchema = z.strictObject( {
	name: z.string().min( 1 ),
	orderTypeCode: z
		.string()
		.refine( isOrderType, 'is not the code of an order type' ),
	color: z
		.string()
		.regex( /^#[0-9A-Fa-f]{6}$/ )
		.default( '#E7E6E4' ),
} );

function createStatus( call: Call ): Reply {
	const read = readFields(
		newStatusSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { name, orderTypeCode, color } = read.value;
	const { statuses } = call.account.tables;
	const statusId = statuses.nextId();
	statuses.put( {
		id: statusId,
		name,
		type: orderTypeCode,
		color,
		disabled: false,
		state: 'open',
	} );
	return answer( statusId );
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
		'/order-service/order-status',
		'post-order-status',
		createStatus
	),
	route(
		'GET',
		'/order-service/order-status/{ids?}',
		'get-order-status',
		readStatuses
	),
];
