/**
 * The `contact` resource as it is recorded, and the postal address as it is documented (resources
 * reference, §2.1 and §2.2).
 */
import { z } from 'zod';
import type { Contact, PostalAddress } from '../api.ts';
import {
	flag,
	id,
	idOrNone,
	textOrNone,
	timeOrNone,
} from '../answers/fields.ts';

const email = z.object( { email: textOrNone } );

export const contactSchema = z
	.object( {
		contactId: id,
		isPrimaryContact: flag.nullish(),
		firstName: textOrNone,
		lastName: textOrNone,
		postAddressIds: z
			.object( { DEF: idOrNone, BIL: idOrNone, DEL: idOrNone } )
			.nullish(),
		communication: z
			.object( {
				emails: z.object( { PRI: email.nullish() } ).nullish(),
				telephones: z
					.object( { PRI: textOrNone, MOB: textOrNone } )
					.nullish(),
			} )
			.nullish(),
		relationshipToAccount: z
			.object( { isSupplier: flag.nullish(), isStaff: flag.nullish() } )
			.nullish(),
		marketingDetails: z
			.object( { isReceiveEmailNewsletter: flag.nullish() } )
			.nullish(),
		organisation: z.object( { organisationId: idOrNone } ).nullish(),
		/** A text of ids and commas. */
		contactTags: textOrNone,
		createdOn: timeOrNone,
		updatedOn: timeOrNone,
	} )
	.transform( ( found ): Contact => {
		const { communication, postAddressIds, relationshipToAccount } = found;
		return {
			contactId: found.contactId,
			firstName: found.firstName,
			lastName: found.lastName,
			email: communication?.emails?.PRI?.email ?? null,
			telephone: communication?.telephones?.PRI ?? null,
			mobile: communication?.telephones?.MOB ?? null,
			organisationId: found.organisation?.organisationId ?? null,
			addressIds: {
				DEF: postAddressIds?.DEF ?? null,
				BIL: postAddressIds?.BIL ?? null,
				DEL: postAddressIds?.DEL ?? null,
			},
			isPrimary: found.isPrimaryContact ?? false,
			isSupplier: relationshipToAccount?.isSupplier ?? false,
			isStaff: relationshipToAccount?.isStaff ?? false,
			newsletter:
				found.marketingDetails?.isReceiveEmailNewsletter ?? false,
			tagIds: ( found.contactTags ?? '' )
				.split( ',' )
				.map( Number )
				.filter( ( tag ) => Number.isSafeInteger( tag ) && tag > 0 ),
			createdOn: found.createdOn,
			updatedOn: found.updatedOn,
		};
	} );

export const addressSchema = z
	.object( {
		addressId: id,
		contactId: idOrNone,
		addressLine1: textOrNone,
		addressLine2: textOrNone,
		addressLine3: textOrNone,
		addressLine4: textOrNone,
		postalCode: textOrNone,
		countryIsoCode: textOrNone,
		countryId: idOrNone,
	} )
	.transform( ( found ): PostalAddress => ( {
		addressId: found.addressId,
		contactId: found.contactId,
		line1: found.addressLine1,
		line2: found.addressLine2,
		line3: found.addressLine3,
		line4: found.addressLine4,
		postalCode: found.postalCode,
		countryIso3: found.countryIsoCode,
		countryId: found.countryId,
	} ) );
