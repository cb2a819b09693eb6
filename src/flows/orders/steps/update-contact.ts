/**
 * A contact that was found takes over what a new order says: names, telephone, and the address as
 * its default and billing one (`orders.contacts`). Tried once for each order; a refusal stops no
 * order.
 */
import type {
	Contact,
	PatchOperation,
	PostalAddress,
	PostalAddressBody,
} from '../../../brightpearl/api.ts';
import { ok, type Failure, type Result } from '../../../contracts/result.ts';
import { toPostalAddressBody } from '../../../domain/orders/bodies.ts';
import type { PlannedContact } from '../../../domain/orders/types.ts';
import { journaled, journalTarget, note, type Applying } from '../applying.ts';
import { addressFor } from './postal-address.ts';

/** @param subject Of the contact, as its address is remembered by. */
export async function updateContact(
	applying: Applying,
	contactId: number,
	wanted: PlannedContact,
	subject: string
): Promise< Result< void > > {
	const { brightpearl, database } = applying.connected;
	const key = `update contact ${ contactId }`;
	const target = journalTarget( applying, 'EnsureContact', key );
	const last = await database.journal.lastTry(
		target.connection,
		target.subject,
		target.step,
		key
	);
	if ( last?.outcome === 'done' || last?.outcome === 'found' ) {
		return ok( undefined );
	}
	const read = await brightpearl.contacts( [ contactId ] );
	if ( ! read.ok ) {
		return unlessRefused( read.failure );
	}
	const [ contact ] = read.value;
	// Whoever works in the house is nobody's to rename.
	if ( contact === undefined || contact.isStaff || contact.isSupplier ) {
		return ok( undefined );
	}
	const operations = operationsFor( contact, wanted );
	const isMoved = await hasMoved( applying, contact, wanted );
	if ( ! isMoved.ok ) {
		return unlessRefused( isMoved.failure );
	}
	if ( operations.length === 0 && ! isMoved.value ) {
		await note( target, 'found', key, null );
		return ok( undefined );
	}
	const updated = await journaled(
		target,
		key,
		async (): Promise< Result< void > > => {
			const patched =
				operations.length === 0
					? ok( undefined )
					: await brightpearl.patchContact( contactId, operations );
			return patched.ok && isMoved.value
				? moveTo( applying, contactId, wanted, subject )
				: patched;
		},
		() => null
	);
	return updated.ok ? updated : unlessRefused( updated.failure );
}

/** Time heals a retry; a refusal is in the journal, and the order goes on. */
function unlessRefused( failure: Failure ): Result< void > {
	return failure.kind === 'retry' ? { ok: false, failure } : ok( undefined );
}

/** Resources reference, §2.4: `replace` needs something there. */
function operationsFor(
	contact: Contact,
	{ firstName, lastName, phone }: PlannedContact
): readonly PatchOperation[] {
	return [
		...given( '/firstName', contact.firstName, firstName ),
		...given( '/lastName', contact.lastName, lastName ),
		...given( '/communication/telephones/PRI', contact.telephone, phone ),
	];
}

function given(
	path: string,
	now: string | null,
	value: string
): readonly PatchOperation[] {
	return value === '' || value === now
		? []
		: [
				{
					op: now === null || now === '' ? 'add' : 'replace',
					path,
					value,
				},
			];
}

/** The addresses of a secondary contact are its company's, and stay. */
async function hasMoved(
	{ connected }: Applying,
	{ addressIds, isPrimary }: Contact,
	{ address }: PlannedContact
): Promise< Result< boolean > > {
	const wanted = toPostalAddressBody( address );
	if ( ! isPrimary || Object.keys( wanted ).length === 0 ) {
		return ok( false );
	}
	const ids = [ ...new Set( [ addressIds.DEF, addressIds.BIL ] ) ].flatMap(
		( id ) => id ?? []
	);
	if ( ids.length === 0 ) {
		return ok( true );
	}
	const read = await connected.brightpearl.postalAddresses( ids );
	return read.ok
		? ok(
				read.value.length < ids.length ||
					! read.value.every( ( found ) => isSame( found, wanted ) )
			)
		: read;
}

function isSame( found: PostalAddress, wanted: PostalAddressBody ): boolean {
	const pairs: readonly [ string | null, string | undefined ][] = [
		[ found.line1, wanted.addressLine1 ],
		[ found.line2, wanted.addressLine2 ],
		[ found.line3, wanted.addressLine3 ],
		[ found.line4, wanted.addressLine4 ],
		[ found.postalCode, wanted.postalCode ],
		[ found.countryIso3, wanted.countryIsoCode ],
	];
	return pairs.every( ( [ now, then ] ) => ( now ?? '' ) === ( then ?? '' ) );
}

async function moveTo(
	{ connected }: Applying,
	contactId: number,
	wanted: PlannedContact,
	subject: string
): Promise< Result< void > > {
	const addressId = await addressFor( connected, subject, wanted );
	return addressId.ok
		? connected.brightpearl.setContactAddresses( contactId, [
				{ addressId: addressId.value, type: 'DEF' },
				{ addressId: addressId.value, type: 'BIL' },
			] )
		: addressId;
}
