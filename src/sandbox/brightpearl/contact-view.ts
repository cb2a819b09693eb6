/**
 * A contact as it is shown: the recorded shape, odd spellings included (resources reference, §2.2).
 */
import type { Call } from './call.ts';
import { showPostal } from './addresses.ts';
import { contactDetailsOf, customFieldsFor } from './contact-details.ts';
import { customFieldSections } from './custom-fields.ts';
import type { Contact } from './model.ts';
import { fixedNumber } from './reply.ts';

const emailsOf = ( contact: Contact ): Record< string, { email: string } > =>
	Object.fromEntries(
		Object.entries( contact.emails ).map( ( [ kind, email ] ) => [
			kind,
			{ email },
		] )
	);

/** Only when asked for; that they stand in a list is a guess. */
const showAddresses = (
	call: Call,
	contact: Contact
): Record< string, unknown > =>
	( call.query.get( 'includeOptional' ) ?? '' )
		.split( ',' )
		.includes( 'postalAddresses' )
		? {
				postalAddresses: [
					...new Set( Object.values( contact.addressIds ) ),
				].flatMap( ( id ) => {
					const address = call.account.tables.addresses.get( id );
					return address ? [ showPostal( address ) ] : [];
				} ),
			}
		: {};

export function showContact(
	call: Call,
	contact: Contact
): Record< string, unknown > {
	const { format } = call.account.zone;
	const more = contactDetailsOf( contact );
	return {
		contactId: contact.id,
		isPrimaryContact: contact.organisation.id === contact.id,
		salutation: contact.salutation,
		firstName: contact.firstName,
		lastName: contact.lastName,
		postAddressIds: contact.addressIds,
		communication: {
			emails: emailsOf( contact ),
			telephones: contact.phones,
			messagingVoips: more.skype === '' ? {} : { SKP: more.skype },
			websites: more.website === '' ? {} : { PRI: more.website },
		},
		contactStatus: { current: { contactStatusId: contact.statusId } },
		relationshipToAccount: {
			isSupplier: contact.isSupplier,
			isStaff: contact.isStaff,
		},
		marketingDetails: { isReceiveEmailNewsletter: contact.newsletter },
		financialDetails: {
			priceListId: contact.priceListId,
			nominalCode: contact.nominalCode,
			creditLimit: more.creditLimit,
			creditTermDays: contact.creditTermDays,
			currencyId: contact.currencyId,
			discountPercentage: fixedNumber( more.discount ),
			creditTermTypeId: 1,
			...( more.taxCodeId === 0 ? {} : { taxCodeId: more.taxCodeId } ),
		},
		assignment: {
			current: {
				...( contact.leadSourceId === 0
					? {}
					: { leadSourceId: contact.leadSourceId } ),
				...( more.staffOwnerId === 0
					? {}
					: { staffOwnerContactId: more.staffOwnerId } ),
			},
		},
		organisation: {
			organisationId: contact.organisation.id,
			...( contact.organisation.name === ''
				? {}
				: { name: contact.organisation.name } ),
		},
		tradeStatus: 'UNKNOWN',
		createdByid: 0,
		createdOn: format( contact.createdAt ),
		updatedOn: format( contact.updatedAt ),
		contactTags: more.tagIds.join( ',' ),
		aliases: {},
		companyId: more.companyId,
		...( more.leadTime === 0 ? {} : { leadTime: more.leadTime } ),
		...showAddresses( call, contact ),
		...customFieldSections(
			call,
			more.customFields,
			customFieldsFor( contact )
		),
	};
}
