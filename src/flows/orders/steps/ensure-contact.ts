/**
 * EnsureContact: the customer, found by exact e-mail or made with its postal address.
 *
 * Contacts belong to no single order: several orders of one new guest may arrive at once, so
 * looking and making happen under a lock on (account, e-mail), and the intent is journaled
 * under the e-mail's own subject. A lost answer is looked up again before the lock is given
 * back, because the next order of the guest would otherwise make a second contact.
 */
import { createHash } from 'node:crypto';
import { DAY, MINUTE } from '../../../contracts/primitives.ts';
import type { Lease } from '../../../contracts/queue.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import {
	toContactBody,
	toPostalAddressBody,
} from '../../../domain/orders/bodies.ts';
import type { PlannedContact } from '../../../domain/orders/types.ts';
import type { Connected } from '../../connected.ts';
import {
	journaled,
	journalTarget,
	lookTwice,
	note,
	saveLink,
	type Applying,
	type JournalTarget,
} from '../applying.ts';

export async function ensureContact(
	applying: Applying,
	contact: PlannedContact
): Promise< Result< void > > {
	const { connected } = applying;
	const { brightpearl, database } = connected;
	const own = journalTarget( applying, 'EnsureContact' );

	const email = contact.email.toLowerCase();
	const hash = createHash( 'sha256' )
		.update( email )
		.digest( 'hex' )
		.slice( 0, 32 );
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
					subject: `contact:${ hash }`,
					step: 'EnsureContact',
				},
				lease,
				contact
			)
	);
	const found = locked.ok ? locked.value : locked;
	if ( ! found.ok ) {
		await note( own, 'retry', null, describe( found.failure ) );
		return found;
	}
	const { contactId, made } = found.value;
	await note( own, made ? 'done' : 'found', `contact ${ contactId }`, null );
	applying.contactId = contactId;
	await saveLink( applying, { contactId } );
	return ok( undefined );
}

async function findOrMake(
	applying: Applying,
	target: JournalTarget,
	lease: Lease,
	contact: PlannedContact
): Promise< Result< { contactId: number; made: boolean } > > {
	const { connected } = applying;
	const { brightpearl, database } = connected;
	const look = async (): Promise< Result< number | null > > => {
		const hits = await brightpearl.contactsByEmail( contact.email );
		return hits.ok ? ok( hits.value[ 0 ] ?? null ) : hits;
	};

	const mayExist = await database.journal.isOpen(
		target.connection,
		target.subject,
		target.step
	);
	const existing = await lookTwice( connected, lease, mayExist, look );
	if ( ! existing.ok ) {
		return existing;
	}
	if ( existing.value !== null ) {
		if ( mayExist ) {
			await note( target, 'found', `contact ${ existing.value }`, null );
		}
		return ok( { contactId: existing.value, made: false } );
	}

	const made = await journaled(
		target,
		null,
		async (): Promise< Result< number > > => {
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
		( id ) => `contact ${ id }`
	);
	if ( made.ok ) {
		await database.cache.drop( target.connection, target.subject );
		return ok( { contactId: made.value, made: true } );
	}
	if ( made.failure.kind === 'retry' && made.failure.outcomeUnknown ) {
		const again = await lookTwice( connected, lease, true, look );
		if ( again.ok && again.value !== null ) {
			await note( target, 'found', `contact ${ again.value }`, null );
			return ok( { contactId: again.value, made: true } );
		}
	}
	return made;
}

/**
 * The contact's postal address. Addresses cannot be searched for, so one that was made before a
 * failed contact is remembered and used by the next try.
 */
async function addressFor(
	{ brightpearl, database }: Connected,
	subject: string,
	contact: PlannedContact
): Promise< Result< number > > {
	const scope = `@${ brightpearl.account }`;
	const remembered = await database.cache.get( scope, subject );
	if ( typeof remembered === 'number' ) {
		return ok( remembered );
	}
	const made = await brightpearl.createPostalAddress(
		toPostalAddressBody( contact.address )
	);
	if ( made.ok ) {
		await database.cache.put( scope, subject, made.value, DAY );
	}
	return made;
}

function describe(
	failure:
		| { kind: 'retry'; message: string }
		| { kind: 'hold'; problem: { message: string } }
): string {
	return failure.kind === 'retry' ? failure.message : failure.problem.message;
}
