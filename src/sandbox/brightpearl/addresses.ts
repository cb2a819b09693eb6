/**
 * Addresses: of an order (names, phone and either ISO code) and postal ones (ISO-3 only).
 *
 * The naming clash is Brightpearl's: `countryIsoCode` is ISO-2 in an order and ISO-3 in a
 * postal address (resources reference, §1.4, §2.1).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { answer, good, bad, refuse } from './reply.ts';
import type { Checked } from './reply.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { countryByAnyIso, countryById, countryByIso3 } from './countries.ts';
import type { Country } from './countries.ts';
import { id, readFields } from './fields.ts';
import type { Address, Contact, PostalAddress } from './model.ts';

const text = z.string().optional();

/** Address of an order, as sent. */
export const addressSchema = z.strictObject( {
	addressFullName: text,
	companyName: text,
	addressLine1: text,
	addressLine2: text,
	addressLine3: text,
	addressLine4: text,
	postalCode: text,
	countryId: id.optional(),
	countryIsoCode: text,
	telephone: text,
	mobileTelephone: text,
	fax: text,
	email: text,
} );
export type SentAddress = z.infer< typeof addressSchema >;

/** The order's address; an unknown country is added to `problems`. */
export function addressFrom(
	sent: SentAddress,
	where: string,
	problems: Problem[]
): Address {
	const { countryId, countryIsoCode } = sent;
	let country: Country | undefined;
	if ( countryIsoCode !== undefined ) {
		country = countryByAnyIso( countryIsoCode );
	} else if ( countryId !== undefined ) {
		country = countryById( countryId );
	}
	const given =
		countryIsoCode !== undefined ||
		( countryId !== undefined && countryId !== 0 );
	if ( given && ! country ) {
		problems.push(
			problem(
				INVENTED.unknownCountry,
				`${ where }: unknown country ${ countryIsoCode ?? countryId ?? '' }`
			)
		);
	}
	return {
		addressFullName: sent.addressFullName ?? '',
		companyName: sent.companyName ?? '',
		addressLine1: sent.addressLine1 ?? '',
		addressLine2: sent.addressLine2 ?? '',
		addressLine3: sent.addressLine3 ?? '',
		addressLine4: sent.addressLine4 ?? '',
		postalCode: sent.postalCode ?? '',
		country: country?.iso3 ?? null,
		telephone: sent.telephone ?? '',
		mobileTelephone: sent.mobileTelephone ?? '',
		fax: sent.fax ?? '',
		email: sent.email ?? '',
	};
}

/** What stands on an order when no address was sent: the contact's own. */
export function contactAddress(
	account: Account,
	contact: Contact,
	kind: 'DEF' | 'BIL' | 'DEL'
): Address {
	const postal = account.tables.addresses.get( contact.addressIds[ kind ] );
	return {
		addressFullName: `${ contact.firstName } ${ contact.lastName }`,
		companyName: contact.organisation.name,
		addressLine1: postal?.addressLine1 ?? '',
		addressLine2: postal?.addressLine2 ?? '',
		addressLine3: postal?.addressLine3 ?? '',
		addressLine4: postal?.addressLine4 ?? '',
		postalCode: postal?.postalCode ?? '',
		country: postal?.country ?? null,
		telephone: contact.phones.PRI ?? '',
		mobileTelephone: contact.phones.MOB ?? '',
		fax: contact.phones.FAX ?? '',
		email: contact.emails.PRI ?? '',
	};
}

/** As orders show it: both codes, and `countryId` 0 with no texts where there is no country. */
export function showAddress( address: Address ): Record< string, unknown > {
	const { country: iso3, ...fields } = address;
	const country = iso3 === null ? undefined : countryByIso3( iso3 );
	return {
		...fields,
		countryId: country?.id ?? 0,
		...( country
			? {
					country: country.name,
					countryIsoCode: country.iso2,
					countryIsoCode3: country.iso3,
				}
			: {} ),
	};
}

const postalSchema = z.strictObject( {
	addressLine1: z.string().min( 1 ),
	addressLine2: text,
	addressLine3: text,
	addressLine4: text,
	postalCode: text,
	countryId: id.optional(),
	countryIsoCode: text,
} );

function postalCountry(
	call: Call,
	sent: z.infer< typeof postalSchema >
): Checked< Country | null > {
	const { countryId, countryIsoCode } = sent;
	if ( countryIsoCode === undefined && countryId === undefined ) {
		return good( null );
	}
	const find =
		call.switches.postalCountry === 'any' ? countryByAnyIso : countryByIso3;
	const country =
		countryIsoCode === undefined
			? countryById( countryId ?? 0 )
			: find( countryIsoCode );
	return country
		? good( country )
		: bad(
				refuse(
					400,
					problem(
						INVENTED.postalCountry,
						`Unknown country ${ countryIsoCode ?? countryId ?? '' }: a 3-letter ISO code is needed here`
					)
				)
			);
}

export const showPostal = (
	address: PostalAddress
): Record< string, unknown > => {
	const { id: addressId, contactId, country: iso3, ...lines } = address;
	const country = iso3 === null ? undefined : countryByIso3( iso3 );
	return {
		addressId,
		...( contactId === null ? {} : { contactId } ),
		...lines,
		...( country
			? {
					countryIsoCode: country.iso3,
					countryIsoCode2: country.iso2,
					countryId: country.id,
				}
			: {} ),
	};
};

export const addressRoutes: readonly Route[] = [
	route(
		'POST',
		'/contact-service/postal-address',
		'post-postal-address',
		( call ) => {
			const read = readFields(
				postalSchema,
				call.body,
				call.switches.unknownFields
			);
			if ( ! read.ok ) {
				return read.reply;
			}
			const country = postalCountry( call, read.value );
			if ( ! country.ok ) {
				return country.reply;
			}
			const { addresses } = call.account.tables;
			const row: PostalAddress = {
				id: addresses.nextId(),
				contactId: null,
				addressLine1: read.value.addressLine1,
				addressLine2: read.value.addressLine2 ?? '',
				addressLine3: read.value.addressLine3 ?? '',
				addressLine4: read.value.addressLine4 ?? '',
				postalCode: read.value.postalCode ?? '',
				country: country.value?.iso3 ?? null,
			};
			addresses.put( row );
			return answer( row.id );
		}
	),
	route(
		'GET',
		'/contact-service/postal-address/{ids}',
		'get-postal-address',
		( call ) => {
			const ids = idsOf( call );
			if ( ! ids.ok ) {
				return ids.reply;
			}
			const found = ( ids.value ?? [] ).flatMap(
				( addressId ) =>
					call.account.tables.addresses.get( addressId ) ?? []
			);
			return found.length === 0
				? refuse( 404, notFound( 'No Postal Address Found' ) )
				: answer( found.map( showPostal ) );
		}
	),
];
