/**
 * A contact as it is shown: the recorded shape, odd spellings included (resources reference, §2.2).
 */
import type { Call } from './call.ts';
import type { Contact } from './model.ts';
import { fixedNumber } from './reply.ts';

const emailsOf = ( contact: Contact ): Record< string, { email: string } > =>
	Object.fromEntries(
		Object.entries( contact.emails ).map( ( [ kind, email ] ) => [
			kind,
			{ email },
		] )
	);

export function showContact(
	call: Call,
	contact: Contact
): Record< string, unknown > {
	const { format } = call.account.zone;
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
			messagingVoips: {},
			websites: {},
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
			creditLimit: 0,
			creditTermDays: contact.creditTermDays,
			currencyId: contact.currencyId,
			discountPercentage: fixedNumber( '0.00' ),
			creditTermTypeId: 1,
		},
		assignment: {
			current:
				contact.leadSourceId === 0
					? {}
					: { leadSourceId: contact.leadSourceId },
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
		contactTags: '',
		aliases: {},
		companyId: 0,
	};
}
