/**
 * Contacts and postal addresses (resources reference, §2).
 */
import { z } from 'zod';
import { ok, type Result } from '../contracts/result.ts';
import type { ContactBody, PostalAddressBody } from './api.ts';
import { createdId } from './decode.ts';
import { id, textOrNone } from './fields.ts';
import { sameEmail, searchAll } from './search.ts';
import type { Ask, Call } from './call.ts';

/** E-mails are not unique there, and the search matches substrings (§2.3). */
export async function contactsByEmail(
	ask: Ask,
	email: string
): Promise< Result< readonly number[] > > {
	const wanted = email.trim();
	if ( wanted === '' ) {
		return ok( [] );
	}
	const found = await searchAll( ask, {
		path: '/contact-service/contact-search',
		columns: [ 'contactId', 'primaryEmail' ],
		filters: { primaryEmail: wanted },
		sort: 'contactId.ASC',
		row: z.object( { contactId: id, primaryEmail: textOrNone } ),
	} );
	if ( ! found.ok ) {
		return found;
	}
	const ids = found.value
		.filter( ( row ) => sameEmail( row.primaryEmail, wanted ) )
		.map( ( row ) => row.contactId );
	return ok( [ ...new Set( ids ) ].sort( ( a, b ) => a - b ) );
}

/** Body without what is unset or empty. */
function filled< T extends object >( body: T ): Partial< T > {
	return Object.fromEntries(
		Object.entries( body ).filter(
			( [ , value ] ) => value !== undefined && value !== ''
		)
	) as Partial< T >;
}

export async function createPostalAddress(
	ask: Ask,
	body: PostalAddressBody
): Promise< Result< number > > {
	const call: Call = {
		method: 'POST',
		path: '/contact-service/postal-address',
		body: filled( body ),
	};
	return createdId( await ask( call ), call );
}

/** One address serves as default, billing and delivery address, as all clients set it (§2.1). */
export async function createContact(
	ask: Ask,
	body: ContactBody
): Promise< Result< number > > {
	const { addressId } = body;
	const call: Call = {
		method: 'POST',
		path: '/contact-service/contact',
		body: {
			firstName: body.firstName,
			lastName: body.lastName,
			postAddressIds: { DEF: addressId, BIL: addressId, DEL: addressId },
			communication: {
				emails: { PRI: { email: body.email } },
				...( body.phone ? { telephones: { PRI: body.phone } } : {} ),
			},
			...( body.companyName
				? { organisation: { name: body.companyName } }
				: {} ),
			marketingDetails: { isReceiveEmailNewsletter: false },
		},
	};
	return createdId( await ask( call ), call );
}
