/**
 * The contacts of the Brightpearl in memory, as they are looked at and changed.
 */
import type {
	Brightpearl,
	Contact,
	PatchOperation,
} from '../../../src/brightpearl/api.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import type { FakeOrderBrightpearl } from './order-brightpearl.ts';
import { Refused, type Answer } from './order-parts.ts';

type Kept = FakeOrderBrightpearl[ 'contacts' ][ number ];

function shown( kept: Kept ): Contact {
	return {
		contactId: kept.id,
		firstName: kept.firstName,
		lastName: kept.lastName,
		email: kept.email,
		telephone: kept.telephone ?? kept.phone ?? null,
		mobile: null,
		organisationId: kept.id,
		addressIds: kept.addressIds ?? {
			DEF: kept.addressId,
			BIL: kept.addressId,
			DEL: kept.addressId,
		},
		isPrimary: kept.isPrimary ?? true,
		isSupplier: kept.isSupplier ?? false,
		isStaff: kept.isStaff ?? false,
		newsletter: false,
		tagIds: [],
		createdOn: null,
		updatedOn: null,
	};
}

function patched( kept: Kept, { path, value }: PatchOperation ): Kept | null {
	switch ( path ) {
		case '/firstName':
			return { ...kept, firstName: String( value ) };
		case '/lastName':
			return { ...kept, lastName: String( value ) };
		case '/communication/telephones/PRI':
			return { ...kept, telephone: String( value ) };
		default:
			return null;
	}
}

export function contactsOf(
	fakeOf: () => FakeOrderBrightpearl,
	answer: Answer,
	clock: Clock
): Pick<
	Brightpearl,
	| 'contacts'
	| 'contactsByEmail'
	| 'createContact'
	| 'createPostalAddress'
	| 'patchContact'
	| 'postalAddresses'
	| 'setContactAddresses'
> {
	const replace = ( contactId: number, by: ( kept: Kept ) => Kept ) => {
		const { contacts } = fakeOf();
		const at = contacts.findIndex( ( { id } ) => id === contactId );
		const kept = contacts[ at ];
		if ( kept === undefined ) {
			return new Refused( `There is no contact ${ contactId }` );
		}
		contacts[ at ] = by( kept );
		return undefined;
	};
	return {
		contactsByEmail: ( email ) =>
			answer( 'contactsByEmail', () =>
				fakeOf()
					.contacts.filter(
						( contact ) =>
							contact.email.toLowerCase() ===
								email.toLowerCase() &&
							fakeOf().isFound( contact )
					)
					.map( ( { id } ) => id )
			),
		createPostalAddress: ( body ) =>
			answer( 'createPostalAddress', () =>
				fakeOf().addresses.push( body )
			),
		createContact: ( body ) =>
			answer( 'createContact', () => {
				const id = 200 + fakeOf().contacts.length;
				fakeOf().contacts.push( { ...body, id, at: clock.now() } );
				return id;
			} ),
		contacts: ( ids ) =>
			answer( 'contacts', () =>
				fakeOf()
					.contacts.filter( ( { id } ) => ids.includes( id ) )
					.map( shown )
			),
		patchContact: ( contactId, operations ) =>
			answer( 'patchContact', () => {
				const { contacts } = fakeOf();
				const kept = contacts.find( ( { id } ) => id === contactId );
				const next = operations.reduce< Kept | null >(
					( contact, operation ) =>
						contact && patched( contact, operation ),
					kept ?? null
				);
				return next === null
					? new Refused( 'CMNC-042 Unsupported patch path' )
					: replace( contactId, () => next );
			} ),
		postalAddresses: ( ids ) =>
			answer( 'postalAddresses', () =>
				ids.flatMap( ( addressId ) => {
					const body = fakeOf().addresses[ addressId - 1 ];
					return body === undefined
						? []
						: [
								{
									addressId,
									contactId: null,
									line1: body.addressLine1 ?? null,
									line2: body.addressLine2 ?? null,
									line3: body.addressLine3 ?? null,
									line4: body.addressLine4 ?? null,
									postalCode: body.postalCode ?? null,
									countryIso3: body.countryIsoCode ?? null,
									countryId: null,
								},
							];
				} )
			),
		setContactAddresses: ( contactId, addresses ) =>
			answer( 'setContactAddresses', () =>
				replace( contactId, ( kept ) => {
					const next = { ...shown( kept ).addressIds };
					for ( const { addressId, type } of addresses ) {
						if ( type !== undefined ) {
							next[ type ] = addressId;
						}
					}
					return { ...kept, addressIds: next };
				} )
			),
	};
}
