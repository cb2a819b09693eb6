/**
 * The steps of a goods-out note: printed, picked, packed, shipped (resources reference, §4.5).
 */
import { z } from 'zod';
import { emitChange, touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { instant, readFields, wholeNumber } from './fields.ts';
import type { GoodsOutNote } from './model.ts';
import { clearMovements } from './movements.ts';
import { codesOf, isShipped } from './order-state.ts';
import { refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { shipRows } from './stock.ts';

const EVENT_NAMES = {
	PRI: 'printed',
	UPR: 'un-printed',
	PIC: 'picked',
	UPI: 'un-picked',
	PAC: 'packed',
	UPA: 'un-packed',
	SHW: 'shipped',
} as const;
type EventCode = keyof typeof EVENT_NAMES;

const eventsSchema = z.strictObject( {
	events: z
		.array(
			z.strictObject( {
				eventCode: z.enum(
					Object.keys( EVENT_NAMES ) as [ EventCode, ...EventCode[] ]
				),
				// Brightpearl's spelling.
				occured: instant,
				eventOwnerId: wholeNumber,
			} )
		)
		.min( 1 ),
} );

/** `lastEventVersion`: moves with every event. */
export const versionOf = ( note: GoodsOutNote ): number =>
	note.id * 1000 + note.events.length;

export const noSuchNote = ( call: Call ): Reply =>
	refuse(
		404,
		notFound( `Cannot find goods-out note: ${ call.params.id ?? '' }` )
	);

export const alreadyShipped = ( status: number ): Reply =>
	refuse(
		status,
		problem( INVENTED.shipped, 'The goods-out note is shipped' )
	);

function addEvents(
	account: Account,
	note: GoodsOutNote,
	codes: readonly EventCode[],
	at: number,
	ownerId: number
): void {
	note.events.push( ...codes.map( ( code ) => ( { at, ownerId, code } ) ) );
	account.tables.notes.put( note );
	for ( const code of codes ) {
		emitChange(
			account,
			'goods-out-note',
			note.id,
			'modified',
			EVENT_NAMES[ code ]
		);
	}
}

/** The ship event stands before the steps it makes up for (recorded, §9). */
export function shipNote(
	account: Account,
	note: GoodsOutNote,
	at: number,
	ownerId: number,
	now: number
): void {
	const happened = new Set( note.events.map( ( { code } ) => code ) );
	const codes = ( [ 'SHW', 'PRI', 'PIC', 'PAC' ] as const ).filter(
		( code ) => code === 'SHW' || ! happened.has( code )
	);
	addEvents( account, note, codes, at, ownerId );
	shipRows( account, note.warehouseId, Object.values( note.rows ) );
	clearMovements( account, note.id, now );
	const order = account.tables.orders.get( note.orderId );
	if ( order ) {
		touchOrder( account, order, now );
		if ( codesOf( account, order ).shipping === 'ASS' ) {
			emitChange(
				account,
				'order',
				order.id,
				'modified',
				'fully-shipped'
			);
		}
		account.emit( {
			type: 'shipped',
			account: account.code,
			orderId: order.id,
		} );
	}
}

/** `If-Match` names the version of the last event that was seen; another one has come since. */
function isStale( call: Call, note: GoodsOutNote ): boolean {
	const wanted = call.headers[ 'if-match' ];
	return (
		wanted !== undefined &&
		/^\d+$/.test( wanted ) &&
		Number( wanted ) !== versionOf( note )
	);
}

export function postEvents( call: Call ): Reply {
	const { account, switches } = call;
	const note = account.tables.notes.get( idOf( call ) );
	if ( ! note ) {
		return noSuchNote( call );
	}
	const read = readFields( eventsSchema, call.body, switches.unknownFields );
	if ( ! read.ok ) {
		return read.reply;
	}
	if ( isShipped( note ) ) {
		return alreadyShipped( 409 );
	}
	if ( isStale( call, note ) ) {
		return refuse(
			switches.staleNoteEvent,
			problem(
				INVENTED.staleVersion,
				`The goods-out note is at event version ${ versionOf( note ) }`
			)
		);
	}
	for ( const { eventCode, occured, eventOwnerId } of read.value.events ) {
		if ( eventCode === 'SHW' ) {
			shipNote( account, note, occured, eventOwnerId, call.now );
			break;
		}
		addEvents( account, note, [ eventCode ], occured, eventOwnerId );
	}
	return silent();
}
