/**
 * A new contact (resources reference, §2.1). An e-mail is not unique: by switch only is another looked for.
 */
import { z } from 'zod';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { decimal, id, readFields, wholeNumber } from './fields.ts';
import { fixed } from './decimal.ts';
import type { Contact, ContactDetails } from './model.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

/** Of each name (resources reference, §2.1). */
export const LONGEST_NAME = 32;

const emailEntry = z.strictObject( { email: z.string() } ).optional();
const phone = z.string().optional();

const contactSchema = z.strictObject( {
	salutation: z.string().optional(),
	firstName: z.string().min( 1 ),
	lastName: z.string().min( 1 ),
	postAddressIds: z.strictObject( {
		DEF: id,
		BIL: id.optional(),
		DEL: id.optional(),
	} ),
	communication: z
		.strictObject( {
			emails: z
				.strictObject( {
					PRI: emailEntry,
					SEC: emailEntry,
					TER: emailEntry,
				} )
				.prefault( {} ),
			telephones: z
				.strictObject( {
					PRI: phone,
					SEC: phone,
					MOB: phone,
					FAX: phone,
				} )
				.prefault( {} ),
			messagingVoips: z.strictObject( { SKP: phone } ).optional(),
			websites: z.strictObject( { PRI: phone } ).optional(),
		} )
		.prefault( {} ),
	contactStatus: z
		.strictObject( {
			current: z.strictObject( { contactStatusId: id } ),
		} )
		.optional(),
	relationshipToAccount: z
		.strictObject( {
			isSupplier: z.boolean().default( false ),
			isStaff: z.boolean().default( false ),
		} )
		.prefault( {} ),
	organisation: z
		.strictObject( {
			organisationId: id.optional(),
			name: z.string().optional(),
		} )
		.optional(),
	marketingDetails: z
		.strictObject( {
			isReceiveEmailNewsletter: z.boolean().default( false ),
		} )
		.prefault( {} ),
	financialDetails: z
		.strictObject( {
			priceListId: wholeNumber.optional(),
			nominalCode: z.string().optional(),
			creditTermDays: wholeNumber.optional(),
			creditLimit: wholeNumber.optional(),
			discountPercentage: decimal.optional(),
			taxCodeId: wholeNumber.optional(),
			creditTermTypeId: wholeNumber.optional(),
			currencyId: wholeNumber.optional(),
		} )
		.prefault( {} ),
	assignment: z
		.strictObject( {
			current: z.strictObject( {
				staffOwnerContactId: wholeNumber.optional(),
				leadSourceId: wholeNumber.optional(),
			} ),
		} )
		.optional(),
} );
type SentContact = z.infer< typeof contactSchema >;

export const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Only looked at where the switch refuses a second contact with an e-mail. */
function isTaken( { account }: Call, { communication }: SentContact ): boolean {
	const email = communication.emails.PRI?.email.toLowerCase();
	return (
		email !== undefined &&
		[ ...account.tables.contacts.values() ].some(
			( { emails } ) => emails.PRI?.toLowerCase() === email
		)
	);
}

/** Names come first, so that all faults of a contact are told at once. */
function faultsOf( call: Call, sent: SentContact ): Problem[] {
	const faults: Problem[] = [];
	const { profile, tables } = call.account;
	if ( call.switches.longNames === 'refuse' ) {
		for ( const field of [
			'salutation',
			'firstName',
			'lastName',
		] as const ) {
			if ( ( sent[ field ] ?? '' ).length > LONGEST_NAME ) {
				faults.push(
					problem(
						INVENTED.name,
						`${ field } must not be longer than ${ LONGEST_NAME } characters`
					)
				);
			}
		}
	}
	for ( const addressId of Object.values( sent.postAddressIds ) ) {
		const address = tables.addresses.get( addressId ?? 0 );
		if ( addressId !== undefined && address?.contactId !== null ) {
			faults.push(
				problem(
					INVENTED.addressTaken,
					address
						? `Postal address ${ addressId } belongs to contact ${ address.contactId }`
						: `There is no postal address ${ addressId }`
				)
			);
		}
	}
	for ( const entry of Object.values( sent.communication.emails ) ) {
		if ( entry && ! EMAIL.test( entry.email ) ) {
			faults.push(
				problem(
					INVENTED.email,
					`Not an e-mail address: ${ entry.email }`
				)
			);
		}
	}
	if ( call.switches.duplicateEmail === 'refuse' && isTaken( call, sent ) ) {
		faults.push(
			problem( INVENTED.email, 'A contact has this primary e-mail' )
		);
	}
	const { priceListId, currencyId, nominalCode, taxCodeId } =
		sent.financialDetails;
	const known: [ string, number | undefined, readonly { id: number }[] ][] = [
		[ 'price list', priceListId, profile.priceLists ],
		[ 'currency', currencyId, profile.currencies ],
		[ 'tax code', taxCodeId, profile.taxCodes ],
		[
			'lead source',
			sent.assignment?.current.leadSourceId,
			profile.leadSources,
		],
	];
	for ( const [ what, value, list ] of known ) {
		if (
			value !== undefined &&
			value !== 0 &&
			! list.some( ( { id } ) => id === value )
		) {
			faults.push(
				problem( INVENTED.badField, `There is no ${ what } ${ value }` )
			);
		}
	}
	if (
		nominalCode !== undefined &&
		! profile.nominals.some( ( { code } ) => code === nominalCode )
	) {
		faults.push(
			problem(
				INVENTED.unknownNominal,
				`Unknown nominal code ${ nominalCode }`
			)
		);
	}
	const organisationId = sent.organisation?.organisationId;
	if (
		organisationId !== undefined &&
		! tables.contacts.has( organisationId )
	) {
		faults.push(
			problem(
				INVENTED.unknownContact,
				`There is no organisation ${ organisationId }`
			)
		);
	}
	return faults;
}

const present = < K extends string >(
	entries: Partial< Record< K, string | undefined > >
): Partial< Record< K, string > > =>
	Object.fromEntries(
		Object.entries( entries ).filter(
			( [ , value ] ) => value !== undefined && value !== ''
		)
	) as Partial< Record< K, string > >;

/** What few contacts have is kept only where it was sent. */
function detailsFrom( sent: SentContact ): Pick< Contact, 'more' > {
	const { messagingVoips, websites } = sent.communication;
	const { creditLimit, discountPercentage, taxCodeId } =
		sent.financialDetails;
	const more: Partial< ContactDetails > = {
		...( messagingVoips?.SKP ? { skype: messagingVoips.SKP } : {} ),
		...( websites?.PRI ? { website: websites.PRI } : {} ),
		...( creditLimit ? { creditLimit } : {} ),
		...( discountPercentage
			? { discount: fixed( discountPercentage, 2 ) }
			: {} ),
		...( taxCodeId ? { taxCodeId } : {} ),
		...( sent.assignment?.current.staffOwnerContactId
			? { staffOwnerId: sent.assignment.current.staffOwnerContactId }
			: {} ),
	};
	return Object.keys( more ).length > 0 ? { more } : {};
}

export function createContact( call: Call ): Reply {
	const read = readFields(
		contactSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	const faults = faultsOf( call, sent );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const { tables, profile } = call.account;
	const contactId = tables.contacts.nextId();
	const { DEF, BIL = DEF, DEL = DEF } = sent.postAddressIds;
	const { PRI, SEC, TER } = sent.communication.emails;
	const contact: Contact = {
		id: contactId,
		salutation: ( sent.salutation ?? '' ).slice( 0, LONGEST_NAME ),
		firstName: sent.firstName.slice( 0, LONGEST_NAME ),
		lastName: sent.lastName.slice( 0, LONGEST_NAME ),
		addressIds: { DEF, BIL, DEL },
		emails: present( {
			PRI: PRI?.email,
			SEC: SEC?.email,
			TER: TER?.email,
		} ),
		phones: present( sent.communication.telephones ),
		...sent.relationshipToAccount,
		newsletter: sent.marketingDetails.isReceiveEmailNewsletter,
		statusId: sent.contactStatus?.current.contactStatusId ?? 0,
		priceListId: sent.financialDetails.priceListId ?? 2,
		nominalCode: sent.financialDetails.nominalCode ?? '0',
		creditTermDays: sent.financialDetails.creditTermDays ?? 0,
		currencyId:
			sent.financialDetails.currencyId ??
			profile.currencies.find(
				( { code } ) => code === profile.baseCurrency
			)?.id ??
			1,
		leadSourceId: sent.assignment?.current.leadSourceId ?? 0,
		organisation: {
			id: sent.organisation?.organisationId ?? contactId,
			name: sent.organisation?.name ?? '',
		},
		createdAt: call.now,
		updatedAt: call.now,
		lastOrderedAt: null,
		...detailsFrom( sent ),
	};
	tables.contacts.put( contact );
	for ( const addressId of new Set( [ DEF, BIL, DEL ] ) ) {
		const address = tables.addresses.get( addressId );
		if ( address ) {
			tables.addresses.put( { ...address, contactId } );
		}
	}
	return answer( contactId );
}
