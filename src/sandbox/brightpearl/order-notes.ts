/**
 * Notes of an order, and their search (resources reference, §1.9).
 */
import { z } from 'zod';
import { touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { id, instant, readFields } from './fields.ts';
import type { Order, OrderNote } from './model.ts';
import { noSuchOrder } from './find-order.ts';
import { API_USER } from './profile.ts';
import { answer } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

const noteSchema = z.strictObject( {
	text: z.string().min( 1 ),
	isPublic: z.boolean().default( false ),
	addedOn: instant.optional(),
	fileId: id.optional(),
	contactId: id.optional(),
} );

/** Without a touch: the caller's change does that. */
export function addNote(
	account: Account,
	order: Order,
	note: Omit< OrderNote, 'id' | 'statusId' >
): number {
	const noteId = account.counters.orderNote++;
	order.notes.push( { id: noteId, statusId: order.statusId, ...note } );
	return noteId;
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
	const { text, isPublic, addedOn, contactId, fileId } = read.value;
	const noteId = addNote( call.account, order, {
		text,
		isPublic,
		addedAt: addedOn ?? call.now,
		contactId: contactId ?? API_USER,
		...( fileId === undefined ? {} : { fileId } ),
	} );
	touchOrder( call.account, order, call.now );
	return answer( noteId );
}

interface NoteOfOrder {
	readonly order: Order;
	readonly note: OrderNote;
}

const notesOf = ( order: Order ): NoteOfOrder[] =>
	order.notes.map( ( note ) => ( { order, note } ) );

const columns: readonly Column< NoteOfOrder >[] = [
	{ name: 'orderId', type: 'IDSET', value: ( { order } ) => order.id },
	{ name: 'noteId', type: 'IDSET', value: ( { note } ) => note.id },
	{
		name: 'contactId',
		type: 'INTEGER',
		value: ( { note } ) => note.contactId,
	},
	{ name: 'noteText', type: 'STRING', value: ( { note } ) => note.text },
	{
		name: 'isPublic',
		type: 'BOOLEAN',
		value: ( { note } ) => note.isPublic,
	},
	{ name: 'dateAdded', type: 'PERIOD', value: ( { note } ) => note.addedAt },
	{ name: 'addedBy', type: 'INTEGER', value: () => API_USER },
	{
		name: 'orderStatusId',
		type: 'INTEGER',
		value: ( { note } ) => note.statusId,
	},
];

export const orderNoteRoutes: readonly Route[] = [
	route(
		'POST',
		'/order-service/order/{id}/note',
		'post-order-note',
		postNote
	),
	...searchRoutes< NoteOfOrder >( {
		path: '/order-service/order-note-search',
		columns,
		rows: ( { account } ) =>
			[ ...account.tables.orders.values() ].flatMap( notesOf ),
	} ),
];
