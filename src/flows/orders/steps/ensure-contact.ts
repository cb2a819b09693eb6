/**
 * EnsureContact: the customer, found by exact e-mail or made with its postal address.
 *
 * Contacts belong to no single order: several orders of one new guest may arrive at once, so
 * looking and making happen under a lock on (account, e-mail), and the intent is journaled
 * under the e-mail's own subject. A lost answer is looked up again before the lock is given
 * back, because the next order of the guest would otherwise make a second contact.
 */
import { accountScope, type LastTry } from '../../../contracts/database.ts';
import { MINUTE } from '../../../contracts/primitives.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { toContactBody } from '../../../domain/orders/bodies.ts';
import type { Step } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	INDEX_LAG,
	journalTarget,
	note,
	saveLink,
	type Applying,
	type JournalTarget,
} from '../applying.ts';
import { once } from '../once.ts';
import { chooseContact } from './choose-contact.ts';
import { addressFor, digest } from './postal-address.ts';
import { updateContact } from './update-contact.ts';

type EnsureContact = Extract< Step, { type: 'EnsureContact' } >;

export async function ensureContact(
	applying: Applying,
	step: EnsureContact
): Promise< Result< void > > {
	const { connected } = applying;
	const { brightpearl, database } = connected;
	const own = journalTarget( applying, 'EnsureContact' );

	const hash = digest( step.contact.email.toLowerCase() );
	const subject = `contact:${ hash }`;
	const locked = await database.locks.withLock(
		`contact:${ brightpearl.account }:${ hash }`,
		{ wait: MINUTE, signal: applying.lease.signal },
		( lease ) =>
			findOrMake(
				applying,
				{
					connected,
					lease,
					connection: `@${ brightpearl.account }`,
					subject,
					step: 'EnsureContact',
				},
				step
			)
	);
	const found = locked.ok ? locked.value : locked;
	if ( ! found.ok ) {
		await note( own, 'retry', null, describe( found.failure ) );
		return found;
	}
	const { contactId, made } = found.value;
	if ( ! made && step.contacts === 'update' ) {
		const updated = await updateContact(
			applying,
			contactId,
			step.contact,
			subject
		);
		if ( ! updated.ok ) {
			return updated;
		}
	}
	await note( own, made ? 'done' : 'found', `contact ${ contactId }`, null );
	applying.contactId = contactId;
	await saveLink( applying, { contactId } );
	return ok( undefined );
}

async function findOrMake(
	applying: Applying,
	target: JournalTarget,
	step: EnsureContact
): Promise< Result< { contactId: number; made: boolean } > > {
	const { connected } = applying;
	const { brightpearl, database } = connected;
	const { contact } = step;

	const known = await database.cache.get(
		accountScope( brightpearl.account ),
		target.subject
	);
	if ( typeof known === 'number' ) {
		return ok( { contactId: known, made: false } );
	}
	const earlier = await earlierTry( target );
	const since =
		earlier === null || isKnown( earlier, connected.world.clock.now() )
			? null
			: earlier.at;
	const made = await once( {
		target,
		ref: null,
		since,
		looksFirst: true,
		look: ( when ) =>
			chooseContact( brightpearl, step, {
				// What may have been made a moment ago is in no copy of the list; and where an earlier
				// try had a contact, no order came of it.
				fresh:
					when === 'after' ||
					since !== null ||
					applying.link.contactId !== null,
			} ),
		async make() {
			const address = await addressFor(
				connected,
				target.subject,
				contact
			);
			return address.ok
				? brightpearl.createContact(
						toContactBody( contact, address.value )
					)
				: address;
		},
		called: ( id ) => `contact ${ id }`,
		record: ( id ) => remember( target, id ),
		async adopt( id, when ) {
			if ( when === 'after' ) {
				await remember( target, id );
			}
			return ok( undefined );
		},
		notesFound: ( when ) => when === 'after' || since !== null,
		// The guest's next order would make another one.
		looksAfter: ( failure ) =>
			failure.kind === 'retry' && failure.outcomeUnknown,
	} );
	if ( made.ok ) {
		const { value, how } = made.value;
		return ok( { contactId: value, made: how !== 'before' } );
	}
	return made;
}

/** It came to its end, and so long ago that every search shows it. */
function isKnown( { at, outcome }: LastTry, now: number ): boolean {
	return (
		( outcome === 'done' || outcome === 'found' ) &&
		now - Date.parse( at ) >= INDEX_LAG
	);
}

/**
 * A contact just made is known here before Brightpearl's search knows it: the guest's next
 * order may come within the search's lag.
 */
function remember( target: JournalTarget, contactId: number ): Promise< void > {
	const { brightpearl, database } = target.connected;
	return database.cache.put(
		accountScope( brightpearl.account ),
		target.subject,
		contactId,
		10 * MINUTE
	);
}

function describe(
	failure:
		| { kind: 'retry'; message: string }
		| { kind: 'hold'; problem: { message: string } }
): string {
	return failure.kind === 'retry' ? failure.message : failure.problem.message;
}
