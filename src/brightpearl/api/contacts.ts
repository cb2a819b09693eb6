/**
 * Contacts and their postal addresses.
 */
import type {
	ContactBody,
	PatchOperation,
	PostalAddressBody,
} from '../../contracts/brightpearl-bodies.ts';
import type { Result } from '../../contracts/result.ts';

export interface Contact {
	readonly contactId: number;
	readonly firstName: string | null;
	readonly lastName: string | null;
	/** Primary; e-mails are not unique there. */
	readonly email: string | null;
	readonly telephone: string | null;
	readonly mobile: string | null;
	readonly organisationId: number | null;
	/** Default, billing and delivery address. */
	readonly addressIds: {
		readonly DEF: number | null;
		readonly BIL: number | null;
		readonly DEL: number | null;
	};
	readonly isPrimary: boolean;
	readonly isSupplier: boolean;
	readonly isStaff: boolean;
	readonly newsletter: boolean;
	readonly tagIds: readonly number[];
	readonly createdOn: string | null;
	readonly updatedOn: string | null;
}

export interface PostalAddress {
	readonly addressId: number;
	readonly contactId: number | null;
	readonly line1: string | null;
	readonly line2: string | null;
	readonly line3: string | null;
	readonly line4: string | null;
	readonly postalCode: string | null;
	/** In this resource the three letters are the main form (resources reference, §2.1). */
	readonly countryIso3: string | null;
	readonly countryId: number | null;
}

export interface ContactsApi {
	/**
	 * Contacts whose *primary* e-mail equals this one, case-insensitively; lowest id first. Of
	 * several questions that come together the answer may be a minute old.
	 *
	 * @param fresh Asks Brightpearl, whoever else asks.
	 */
	contactsByEmail(
		email: string,
		fresh?: boolean
	): Promise< Result< readonly number[] > >;
	createPostalAddress( body: PostalAddressBody ): Promise< Result< number > >;
	createContact( body: ContactBody ): Promise< Result< number > >;
	/** Missing ones are left out. */
	contacts( ids: readonly number[] ): Promise< Result< readonly Contact[] > >;
	/** Names, telephones, e-mails, newsletter (resources reference, §2.4). */
	patchContact(
		contactId: number,
		operations: readonly PatchOperation[]
	): Promise< Result< void > >;
	/**
	 * Every contact and its primary e-mail by `contact-search`, 500 at a time; with `since` those
	 * made or changed since, each once. `updatedOn` may be null there, so `createdOn` is asked too.
	 */
	contactPages( since: string | null ): AsyncIterable<
		Result<
			readonly {
				readonly contactId: number;
				readonly email: string | null;
			}[]
		>
	>;
	postalAddresses(
		ids: readonly number[]
	): Promise< Result< readonly PostalAddress[] > >;
	/**
	 * An address belongs to one contact only; BIL and DEF cannot be set on secondary contacts.
	 * Without a type it is added to the contact's others.
	 */
	setContactAddresses(
		contactId: number,
		addresses: readonly {
			readonly addressId: number;
			readonly type?: 'DEF' | 'BIL' | 'DEL';
		}[]
	): Promise< Result< void > >;
}
