/** Contact service (resources reference, §2.1, §2.2, §2.4, §2.5). */
import { shape, type Documented } from './shape.ts';

const CONTACT = `
	contactId! isPrimaryContact salutation firstName lastName
	postAddressIds { DEF BIL DEL }
	communication! {
		emails { PRI { email } SEC { email } TER { email } }
		telephones { PRI SEC MOB FAX } messagingVoips { SKP } websites { PRI }
	}
	contactStatus { current { contactStatusId } }
	relationshipToAccount { isSupplier isStaff }
	marketingDetails { isReceiveEmailNewsletter }
	financialDetails {
		priceListId nominalCode creditLimit creditTermDays currencyId discountPercentage creditTermTypeId
		taxCodeId taxNumber
	}
	assignment { current { staffOwnerContactId projectId channelId leadSourceId teamId } }
	organisation { organisationId name jobTitle }
	tradeStatus createdByid createdOn updatedOn contactTags aliases companyId leadTime
	customFields nullCustomFields postalAddresses
`;

export const CONTACT_SERVICE: Documented = {
	'GET /contact-service/contact': shape( `[] { ${ CONTACT } }` ),
	'PATCH /contact-service/contact': shape( CONTACT ),
	'POST /contact-service/contact': shape( '#!' ),
	'PATCH /contact-service/contact/custom-field': shape( '* { id! value }' ),
	'POST /contact-service/postal-address': shape( '#!' ),
	'GET /contact-service/postal-address': shape( `[] {
		addressId! contactId addressLine1 addressLine2 addressLine3 addressLine4 postalCode
		countryIsoCode countryIsoCode2 countryId
	}` ),
	'GET /contact-service/lead-source': shape(
		'[] { id! ownerId parentId name! isActive }'
	),
	'GET /contact-service/tag': shape(
		'* { tagId! tagName! tagParentId tagColor }'
	),
};
