/**
 * What few contacts have, and their custom fields (resources reference, §2.5).
 */
import type { Route } from './call.ts';
import { notFound } from './codes.ts';
import type { CustomField } from './custom-field-definitions.ts';
import { CUSTOM_FIELDS } from './custom-field-definitions.ts';
import { customFieldRoutes, metaDataRoute } from './custom-fields.ts';
import type { Contact, ContactDetails } from './model.ts';
import { refuse } from './reply.ts';

const PLAIN: ContactDetails = {
	skype: '',
	website: '',
	creditLimit: 0,
	discount: '0.00',
	taxCodeId: 0,
	staffOwnerId: 0,
	leadTime: 0,
	companyId: 0,
	tagIds: [],
	customFields: {},
};

/** The details with what was left out filled in. */
export const contactDetailsOf = ( contact: Contact ): ContactDetails =>
	contact.more ? { ...PLAIN, ...contact.more } : PLAIN;

/** Suppliers and customers have fields of their own. */
export const customFieldsFor = ( {
	isSupplier,
}: Contact ): readonly CustomField[] =>
	isSupplier ? CUSTOM_FIELDS.supplier : CUSTOM_FIELDS.customer;

export const contactFieldRoutes: readonly Route[] = [
	...customFieldRoutes< Contact >( {
		path: '/contact-service/contact',
		find: ( account, id ) => account.tables.contacts.get( id ),
		missing: () => refuse( 404, notFound( 'No Contact Found' ) ),
		fieldsOf: customFieldsFor,
		read: ( contact ) => contactDetailsOf( contact ).customFields,
		save: ( { account, now }, contact, customFields ) =>
			account.tables.contacts.put( {
				...contact,
				updatedAt: now,
				more: { ...contact.more, customFields },
			} ),
	} ),
	metaDataRoute(
		'/contact-service/customer/custom-field-meta-data',
		CUSTOM_FIELDS.customer
	),
	metaDataRoute(
		'/contact-service/supplier/custom-field-meta-data',
		CUSTOM_FIELDS.supplier
	),
];
