/**
 * AddNote: a note of the order, once. Brightpearl de-duplicates nothing here, so after an outcome
 * that is not known the order's notes are looked through for the same text.
 *
 * A note that is refused is told, and stops nothing else.
 */
import { fail, ok, type Result } from '../../../contracts/result.ts';
import type { PlannedNote } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journalTarget,
	saveLink,
	type Applying,
} from '../applying.ts';
import { once } from '../once.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function addNote(
	applying: Applying,
	{ key, text }: PlannedNote
): Promise< Result< void > > {
	const { connected, link } = applying;
	const { brightpearl } = connected;
	const { salesOrderId } = link;
	if ( salesOrderId === null ) {
		return notReadYet();
	}
	const target = journalTarget( applying, 'AddNote', key );
	const since = ( await earlierTry( target ) )?.at ?? null;
	const keep = () =>
		saveLink( applying, {
			notes: [ ...new Set( [ ...applying.link.notes, key ] ) ],
		} );
	const made = await once( {
		target,
		ref: key,
		since,
		looksFirst: since !== null,
		look: () => findNote( applying, salesOrderId, text ),
		make: () => brightpearl.addOrderNote( salesOrderId, { text } ),
		called: ( id ) => `note ${ id }`,
		record: keep,
		async adopt() {
			await keep();
			return ok( undefined );
		},
		looksAfter: () => false,
	} );
	if ( made.ok ) {
		return ok( undefined );
	}
	if ( ! isRefused( made.failure ) ) {
		return fail( made.failure );
	}
	const { problem } = refusalAs( made.failure, {
		code: 'refused-by-brightpearl',
		what: `${ named( link ) }: a note was not taken:`,
		cause: 'Brightpearl refuses its text.',
		fix: 'Enter the note by hand, and turn orders.notes off if such notes come often.',
		field: 'orders.notes',
	} ).failure;
	applying.told.push( problem );
	return ok( undefined );
}

async function findNote(
	{ connected }: Applying,
	salesOrderId: number,
	text: string
): Promise< Result< number | null > > {
	const notes = await connected.brightpearl.orderNotes( {
		orderIds: [ salesOrderId ],
	} );
	return notes.ok
		? ok(
				notes.value.find(
					( note ) => plain( note.text ) === plain( text )
				)?.noteId ?? null
			)
		: notes;
}

/** As a text field gives it back: line ends and space around it may differ. */
function plain( text: string ): string {
	return text.replaceAll( /\s+/g, ' ' ).trim();
}
