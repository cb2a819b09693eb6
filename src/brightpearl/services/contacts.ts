/**
 * Contacts and postal addresses (resources reference, §2).
 */
import { z } from 'zod';
import { ok, type Result } from '../../contracts/result.ts';
import type { ContactBody, ContactsApi, PostalAddressBody } from '../api.ts';
import type { Ask, Call } from '../transport/call.ts';
import { changedSince } from '../search/changed-since.ts';
import { addressSchema, contactSchema } from './contact-resource.ts';
import { createdId } from '../answers/decode.ts';
import { id, textOrNone } from '../answers/fields.ts';
import { ascending } from '../search/id-set.ts';
import type { Link } from './link.ts';
import { listOf, readList } from '../search/read-sets.ts';
import { searchAll, searchPages } from '../search/search.ts';
import { write } from './writes.ts';

const CONTACT_SEARCH = {
	path: '/contact-service/contact-search',
	columns: [ 'contactId', 'primaryEmail' ],
	sort: 'contactId.ASC',
	key: 'contactId',
	row: z.object( { contactId: id, primaryEmail: textOrNone } ),
} as const;

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
		...CONTACT_SEARCH,
		filters: { primaryEmail: wanted },
		equals: { column: 'primaryEmail', text: wanted, fold: true },
	} );
	return found.ok
		? ok( ascending( found.value.map( ( row ) => row.contactId ) ) )
		: found;
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

async function* contactPages(
	ask: Ask,
	since: string | null
): ReturnType< ContactsApi[ 'contactPages' ] > {
	const pages =
		since === null
			? searchPages( ask, CONTACT_SEARCH )
			: changedSince(
					ask,
					CONTACT_SEARCH,
					( row ) => row.contactId,
					since
				);
	for await ( const page of pages ) {
		yield page.ok
			? ok(
					page.value.map( ( row ) => ( {
						contactId: row.contactId,
						email: row.primaryEmail,
					} ) )
				)
			: page;
	}
}

export function createContactsApi( link: Link ): ContactsApi {
	const { ask } = link;
	return {
		contactsByEmail: ( email ) => contactsByEmail( ask, email ),
		createPostalAddress: ( body ) => createPostalAddress( ask, body ),
		createContact: ( body ) => createContact( ask, body ),
		// A page holds 200, as a set does (§2.2).
		contacts: ( ids ) =>
			readList( link, {
				ids,
				call: ( set ) => ( {
					path: `/contact-service/contact/${ set }`,
				} ),
				take: listOf( contactSchema ),
			} ),
		patchContact: ( contactId, operations ) =>
			write( ask, {
				method: 'PATCH',
				path: `/contact-service/contact/${ contactId }`,
				body: operations,
			} ),
		contactPages: ( since ) => contactPages( ask, since ),
		postalAddresses: ( ids ) =>
			readList( link, {
				ids,
				call: ( set ) => ( {
					path: `/contact-service/postal-address/${ set }`,
				} ),
				take: listOf( addressSchema ),
			} ),
		setContactAddresses: ( contactId, addresses ) =>
			write( ask, {
				method: 'PUT',
				path: `/contact-service/contact/${ contactId }/postal-address`,
				body: addresses.map( ( { addressId, type } ) => ( {
					postalAddressId: addressId,
					...( type === undefined ? {} : { type } ),
				} ) ),
			} ),
	};
}
