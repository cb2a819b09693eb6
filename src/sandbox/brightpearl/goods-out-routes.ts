/**
 * The goods-out note resource (resources reference, §4.5 and §9).
 */
import { z } from 'zod';
import { emitChange } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { decimal, readFields, wholeNumber } from './fields.ts';
import {
	createNote,
	deleteNote,
	faultsOfNote,
	noteSchema,
} from './goods-out.ts';
import { alreadyShipped, noSuchNote, postEvents } from './goods-out-events.ts';
import { noteSearchRoutes, showNote } from './goods-out-view.ts';
import { isShipped } from './order-state.ts';
import { noSuchOrder, saleOf } from './find-order.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';

/** Notes in one set (§4.5). */
const NOTE_LIMIT = 500;

const HEAVIEST = 999_999.99;

const changeSchema = z.strictObject( {
	priority: z.boolean().optional(),
	shipping: z
		.strictObject( {
			shippingMethodId: wholeNumber.optional(),
			boxes: z.int().min( 0 ).optional(),
			reference: z.string().max( 64 ).optional(),
			weight: decimal
				.refine(
					( text ) => Number( text ) <= HEAVIEST,
					`must not be more than ${ HEAVIEST }`
				)
				.optional(),
		} )
		.prefault( {} ),
	labelUri: z.string().max( 512 ).optional(),
} );

const noShippingMethod = ( id: number ) =>
	problem( INVENTED.orderReference, `There is no shipping method ${ id }` );

function postNote( call: Call ): Reply {
	const { account } = call;
	const order = saleOf( account, idOf( call ), 'SO' );
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
	const faults = faultsOfNote(
		account,
		order,
		warehouses,
		call.switches.overFulfilment === 'ignore'
	);
	if (
		rest.shippingMethodId !== 0 &&
		! account.profile.shippingMethods.some(
			( { id } ) => id === rest.shippingMethodId
		)
	) {
		faults.push( noShippingMethod( rest.shippingMethodId ) );
	}
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const ids = warehouses.map(
		( part ) => createNote( account, order, rest, part, call.now ).id
	);
	return answer( call.switches.noteAnswer === 'id' ? ids[ 0 ] : ids );
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
	const methodId = shipping.shippingMethodId ?? 0;
	if (
		methodId !== 0 &&
		! call.account.profile.shippingMethods.some(
			( { id } ) => id === methodId
		)
	) {
		return refuse( 400, noShippingMethod( methodId ) );
	}
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
	emitChange( call.account, 'goods-out-note', note.id, 'modified' );
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
