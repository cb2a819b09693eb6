/**
 * Reading the notes of an order: the shop answers with all of them, notes have no paging
 * ("WooCommerce, as measured": *Further traps*).
 */
import type { Result } from '../contracts/result.ts';
import { fail, hold, ok } from '../contracts/result.ts';
import type { StoreNote } from '../contracts/store.ts';
import { isMissing } from './orders.ts';
import { unreadable } from './problems.ts';
import { NOTE_FIELDS, noteSchema } from './refund-schemas.ts';
import { whyRefused } from './schemas.ts';
import type { Transport } from './transport.ts';

/** Oldest first; an order that the shop does not have has none. */
export async function readOrderNotes(
	transport: Transport,
	orderId: number
): Promise< Result< readonly StoreNote[] > > {
	const what = `the notes of order ${ orderId }`;
	if ( ! Number.isSafeInteger( orderId ) || orderId <= 0 ) {
		return ok( [] );
	}
	const reply = await transport.get( `orders/${ orderId }/notes`, {
		type: 'any',
		_fields: NOTE_FIELDS,
	} );
	if ( ! reply.ok ) {
		return isMissing( reply ) ? ok( [] ) : fail( reply.failure );
	}
	if ( ! Array.isArray( reply.body ) ) {
		return hold( unreadable( what, 'it is not a list' ) );
	}
	const notes: StoreNote[] = [];
	for ( const entry of reply.body as readonly unknown[] ) {
		const read = noteSchema.safeParse( entry );
		if ( ! read.success ) {
			return hold( unreadable( what, whyRefused( read.error ) ) );
		}
		notes.push( {
			id: read.data.id,
			text: read.data.note,
			addedAt: read.data.date_created_gmt,
			toCustomer: read.data.customer_note,
		} );
	}
	return ok( notes.sort( byAge ) );
}

function byAge( a: StoreNote, b: StoreNote ): number {
	return a.addedAt === b.addedAt
		? a.id - b.id
		: a.addedAt < b.addedAt
			? -1
			: 1;
}
