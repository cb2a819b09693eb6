/**
 * The goods-out note resource (resources reference, §4.5 and §9).
 */
import { z } from 'zod';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { decimal, instant, readFields, wholeNumber } from './fields.ts';
import {
	createNote,
	deleteNote,
	faultsOfNote,
	noteSchema,
	shipNote,
} from './goods-out.ts';
import { noteSearchRoutes, showNote } from './goods-out-view.ts';
import { isShipped } from './order-state.ts';
import { noSuchOrder } from './order-status.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';

/** Notes in one set (§4.5). */
const NOTE_LIMIT = 500;

const eventsSchema = z.strictObject( {
	events: z
		.array(
			z.strictObject( {
				eventCode: z.enum( [
					'PRI',
					'UPR',
					'PIC',
					'UPI',
					'PAC',
					'UPA',
					'SHW',
				] ),
				// Brightpearl's spelling.
				occured: instant,
				eventOwnerId: wholeNumber,
			} )
		)
		.min( 1 ),
} );

const changeSchema = z.strictObject( {
	priority: z.boolean().optional(),
	shipping: z
		.strictObject( {
			shippingMethodId: wholeNumber.optional(),
			boxes: z.int().min( 0 ).optional(),
			reference: z.string().max( 64 ).optional(),
			weight: decimal.optional(),
		} )
		.prefault( {} ),
	labelUri: z.string().max( 512 ).optional(),
} );

function postNote( call: Call ): Reply {
	const { account } = call;
	const order = account.tables.orders.get( idOf( call ) );
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
	const { warehouses, ...rest } = read.value;
	const faults = faultsOfNote( account, order, warehouses );
	if (
		rest.shippingMethodId !== 0 &&
		! account.profile.shippingMethods.some(
			( { id } ) => id === rest.shippingMethodId
		)
	) {
		faults.push(
			problem(
				INVENTED.orderReference,
				`There is no shipping method ${ rest.shippingMethodId }`
			)
		);
	}
	return faults.length > 0
		? refuse( 400, ...faults )
		: answer(
				warehouses.map(
					( part ) =>
						createNote( account, order, rest, part, call.now ).id
				)
			);
}

/** By order ids or `*`, and note ids; for no notes the map is empty. */
function readNotes( call: Call ): Reply {
	const everyOrder = call.params.orderIds === '*';
	const orderIds = everyOrder ? null : idsOf( call, 'orderIds' );
	const noteIds = idsOf( call, 'ids', NOTE_LIMIT );
	if ( orderIds && ! orderIds.ok ) {
		return orderIds.reply;
	}
	if ( ! noteIds.ok ) {
		return noteIds.reply;
	}
	if ( everyOrder && noteIds.value === null ) {
		return refuse(
			400,
			problem(
				INVENTED.badIds,
				'With * for the orders, note ids are needed'
			)
		);
	}
	const { tables, notesByOrder } = call.account;
	const notes = noteIds.value
		? noteIds.value.flatMap( ( id ) => tables.notes.get( id ) ?? [] )
		: ( orderIds?.value ?? [] ).flatMap( ( id ) => [
				...notesByOrder( String( id ) ),
			] );
	const wanted = orderIds?.value;
	return answer(
		Object.fromEntries(
			notes
				.filter( ( note ) => wanted?.includes( note.orderId ) ?? true )
				.map( ( note ) => [
					String( note.id ),
					showNote( call, note ),
				] )
		)
	);
}

const noSuchNote = ( call: Call ): Reply =>
	refuse(
		404,
		notFound( `Cannot find goods-out note: ${ call.params.id ?? '' }` )
	);

const alreadyShipped = ( status: number ): Reply =>
	refuse(
		status,
		problem( INVENTED.shipped, 'The goods-out note is shipped' )
	);

function postEvents( call: Call ): Reply {
	const { account } = call;
	const note = account.tables.notes.get( idOf( call ) );
	if ( ! note ) {
		return noSuchNote( call );
	}
	const read = readFields(
		eventsSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	if ( isShipped( note ) ) {
		return alreadyShipped( 409 );
	}
	for ( const { eventCode, occured, eventOwnerId } of read.value.events ) {
		if ( eventCode === 'SHW' ) {
			shipNote( account, note, occured, eventOwnerId, call.now );
			break;
		}
		note.events.push( {
			at: occured,
			ownerId: eventOwnerId,
			code: eventCode,
		} );
		account.tables.notes.put( note );
	}
	return silent();
}

/** Tracking must be written before the ship event: afterwards nothing can be. */
function putNote( call: Call ): Reply {
	const note = call.account.tables.notes.get( idOf( call ) );
	if ( ! note ) {
		return noSuchNote( call );
	}
	const read = readFields(
		changeSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	if ( isShipped( note ) ) {
		return alreadyShipped( 400 );
	}
	const { priority, labelUri, shipping } = read.value;
	call.account.tables.notes.put( {
		...note,
		priority: priority ?? note.priority,
		labelUri: labelUri ?? note.labelUri,
		shippingMethodId: shipping.shippingMethodId ?? note.shippingMethodId,
		boxes: shipping.boxes ?? note.boxes,
		reference: shipping.reference ?? note.reference,
		weight:
			shipping.weight === undefined
				? note.weight
				: fixed( shipping.weight, 2 ),
	} );
	return silent();
}

function removeNote( call: Call ): Reply {
	const note = call.account.tables.notes.get( idOf( call ) );
	if ( note?.orderId !== idOf( call, 'orderId' ) ) {
		return noSuchNote( call );
	}
	return deleteNote( call.account, note, call.now )
		? silent()
		: alreadyShipped( 400 );
}

export const goodsOutRoutes: readonly Route[] = [
	route(
		'POST',
		'/warehouse-service/order/{id}/goods-note/goods-out',
		'post-goods-out-note',
		postNote
	),
	route(
		'GET',
		'/warehouse-service/order/{orderIds}/goods-note/goods-out/{ids?}',
		'get-goods-out-note',
		readNotes
	),
	route(
		'DELETE',
		'/warehouse-service/order/{orderId}/goods-note/goods-out/{id}',
		'delete-goods-out-note',
		removeNote
	),
	route(
		'PUT',
		'/warehouse-service/goods-note/goods-out/{id}',
		'put-goods-out-note',
		putNote
	),
	route(
		'POST',
		'/warehouse-service/goods-note/goods-out/{id}/event',
		'post-goods-out-note-event',
		postEvents
	),
	...noteSearchRoutes,
];
