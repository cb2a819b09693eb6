/**
 * EnsureContact: the customer, found by exact e-mail or made with its postal address.
 *
 * Contacts belong to no single order: several orders of one new guest may arrive at once, so
 * looking and making happen under a lock on (account, e-mail), and the intent is journaled
 * under the e-mail's own subject. A lost answer is looked up again before the lock is given
 * back, because the next order of the guest would otherwise make a second contact.
 */
import { createHash } from 'node:crypto';
import { accountScope, type LastTry } from '../../../contracts/database.ts';
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
	earlierTry,
	INDEX_LAG,
	journaled,
	journalTarget,
	lookFor,
	nowOf,
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
	const hash = digest( email );
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
	/** What may have been made a moment ago is in no copy of the list. */
	const look = async (
		fresh: boolean
	): Promise< Result< number | null > > => {
		const hits = await brightpearl.contactsByEmail( contact.email, fresh );
		return hits.ok ? ok( hits.value[ 0 ] ?? null ) : hits;
	};

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
	const existing = await lookFor( connected, lease, since, () =>
		// An earlier try had one, and no order came of it.
		look( since !== null || applying.link.contactId !== null )
	);
	if ( ! existing.ok ) {
		return existing;
	}
	if ( existing.value !== null ) {
		if ( since !== null ) {
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
		( id ) => `contact ${ id }`,
		( id ) => remember( target, id )
	);
	if ( made.ok ) {
		return ok( { contactId: made.value, made: true } );
	}
	if ( made.failure.kind === 'retry' && made.failure.outcomeUnknown ) {
		const again = await lookFor( connected, lease, nowOf( connected ), () =>
			look( true )
		);
		if ( again.ok && again.value !== null ) {
			await remember( target, again.value );
			await note( target, 'found', `contact ${ again.value }`, null );
			return ok( { contactId: again.value, made: true } );
		}
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

/** Of an e-mail or address: our tables need not hold people's data to compare it. */
function digest( text: string ): string {
	return createHash( 'sha256' ).update( text ).digest( 'hex' ).slice( 0, 32 );
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
	const scope = accountScope( brightpearl.account );
	const body = toPostalAddressBody( contact.address );
	const key = `${ subject }:address:${ digest( JSON.stringify( body ) ) }`;
	const remembered = await database.cache.get( scope, key );
	if ( typeof remembered === 'number' ) {
		return ok( remembered );
	}
	const made = await brightpearl.createPostalAddress( body );
	if ( made.ok ) {
		await database.cache.put( scope, key, made.value, DAY );
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
