/**
 * Notes of the shop's order that the sales order gets, each once: what the customer wrote at
 * checkout, and (`orders.notes.order`) notes of the order itself.
 */
import { createHash } from 'node:crypto';
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreNote, StoreOrder } from '../../../contracts/store.ts';
import { textBlock } from '../text.ts';
import type { PlannedNote } from '../types.ts';

/** Brightpearl names no limit; more than this nobody reads in an order. */
const NOTE_LIMIT = 2000;
/** Of 64; two texts of one order never share it. */
const DIGEST_LENGTH = 16;
/** What we wrote into the shop ourselves. */
const OUR_OWN = /^\s*Pearlbridge:/i;

export function notesOf(
	order: Pick< StoreOrder, 'customerNote' >,
	notes: readonly StoreNote[],
	{ orders }: Pick< Settings, 'orders' >
): PlannedNote[] {
	const { customer, order: wanted } = orders.notes;
	const written = customer ? textBlock( order.customerNote, NOTE_LIMIT ) : '';
	return [
		...( written === ''
			? []
			: [
					{
						key: `customer:${ digestOf( written ) }`,
						text: `Customer note: ${ written }`,
					},
				] ),
		...notes
			.filter(
				( note ) =>
					( wanted === 'all' ||
						( wanted === 'customer' && note.toCustomer ) ) &&
					! OUR_OWN.test( note.text )
			)
			.flatMap( ( note ) => {
				const text = textBlock( note.text, NOTE_LIMIT );
				return text === ''
					? []
					: [
							{
								key: `note-${ note.id }`,
								text: `Shop note ${ dayAndTime( note.addedAt ) }: ${ text }`,
							},
						];
			} ),
	];
}

/** An edited note has another, and is noted again. */
function digestOf( text: string ): string {
	return createHash( 'sha256' )
		.update( text )
		.digest( 'hex' )
		.slice( 0, DIGEST_LENGTH );
}

/** `2026-11-21 05:26 UTC` */
function dayAndTime( instant: string ): string {
	const utc = new Date( instant ).toISOString();
	return `${ utc.slice( 0, 10 ) } ${ utc.slice( 11, 16 ) } UTC`;
}
