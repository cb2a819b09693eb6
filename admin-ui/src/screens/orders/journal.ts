/**
 * The journal as a person reads it: what was meant and what came of it are one entry, and the
 * same thing tried again and again is one entry, too.
 */
import type {
	JournalEntry,
	JournalOutcome,
} from '../../../../src/contracts/answers.ts';

export interface JournalItem {
	readonly key: string;
	readonly step: string;
	/** `intent` = begun, and nothing known of its end. */
	readonly outcome: JournalOutcome;
	/** When it was begun; the first time, where it was tried several times. */
	readonly from: string;
	/** When its outcome was known; the last time. */
	readonly at: string;
	readonly ref: string | null;
	readonly message: string | null;
	/** Brightpearl's own ids of the requests, newest last. */
	readonly ruids: readonly string[];
	readonly tries: number;
}

export function foldJournal( journal: readonly JournalEntry[] ): JournalItem[] {
	return repeated( paired( journal ) );
}

function paired( journal: readonly JournalEntry[] ): JournalItem[] {
	const items: JournalItem[] = [];
	const open = new Map< string, number >();
	journal.forEach( ( entry, index ) => {
		const begun = open.get( entry.step );
		if ( entry.outcome === 'intent' || begun === undefined ) {
			if ( entry.outcome === 'intent' ) {
				// An earlier intent without an outcome stays as it is: its end is not known.
				open.set( entry.step, items.length );
			}
			items.push( itemOf( entry, index ) );
			return;
		}
		const intent = items[ begun ];
		if ( intent !== undefined ) {
			items[ begun ] = {
				...intent,
				outcome: entry.outcome,
				at: entry.at,
				ref: entry.ref ?? intent.ref,
				message: entry.message,
				ruids: ruidsOf( entry ),
			};
		}
		open.delete( entry.step );
	} );
	return items;
}

function itemOf( entry: JournalEntry, index: number ): JournalItem {
	return {
		key: `${ index }`,
		step: entry.step,
		outcome: entry.outcome,
		from: entry.at,
		at: entry.at,
		ref: entry.ref,
		message: entry.message,
		ruids: ruidsOf( entry ),
		tries: 1,
	};
}

function ruidsOf( { ruid }: JournalEntry ): string[] {
	return ruid === null ? [] : [ ruid ];
}

/** Only tries that came to nothing: two payments that were made are two. */
const REPEATABLE: ReadonlySet< JournalOutcome > = new Set( [
	'retry',
	'refused',
	'unknown',
] );

function repeated( items: readonly JournalItem[] ): JournalItem[] {
	const folded: JournalItem[] = [];
	for ( const item of items ) {
		const before = folded.at( -1 );
		if (
			before !== undefined &&
			REPEATABLE.has( item.outcome ) &&
			before.outcome === item.outcome &&
			before.step === item.step &&
			before.message === item.message
		) {
			folded[ folded.length - 1 ] = {
				...before,
				at: item.at,
				ref: item.ref ?? before.ref,
				ruids: [ ...before.ruids, ...item.ruids ],
				tries: before.tries + 1,
			};
		} else {
			folded.push( item );
		}
	}
	return folded;
}
