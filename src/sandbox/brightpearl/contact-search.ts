/**
 * `contact-search` (resources reference, §2.3 and §9): names and e-mails match anywhere inside.
 */
import type { Route } from './call.ts';
import type { Contact } from './model.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

const unsorted = { sortable: false } as const;

const columns: readonly Column< Contact >[] = [
	{ name: 'contactId', type: 'IDSET', value: ( row ) => row.id },
	{
		name: 'primaryEmail',
		type: 'SEARCH_STRING',
		value: ( row ) => row.emails.PRI ?? '',
	},
	{
		name: 'secondaryEmail',
		type: 'SEARCH_STRING',
		value: ( row ) => row.emails.SEC ?? '',
	},
	{
		name: 'tertiaryEmail',
		type: 'SEARCH_STRING',
		value: ( row ) => row.emails.TER ?? '',
	},
	{
		name: 'firstName',
		type: 'SEARCH_STRING',
		value: ( row ) => row.firstName,
	},
	{ name: 'lastName', type: 'SEARCH_STRING', value: ( row ) => row.lastName },
	{
		name: 'isSupplier',
		type: 'BOOLEAN',
		value: ( row ) => row.isSupplier,
		...unsorted,
	},
	{
		name: 'companyName',
		type: 'SEARCH_STRING',
		value: ( row ) => row.organisation.name,
	},
	{
		name: 'isStaff',
		type: 'BOOLEAN',
		value: ( row ) => row.isStaff,
		...unsorted,
	},
	{
		name: 'isCustomer',
		type: 'BOOLEAN',
		value: ( row ) => ! row.isStaff && ! row.isSupplier,
		...unsorted,
	},
	{ name: 'createdOn', type: 'PERIOD', value: ( row ) => row.createdAt },
	{ name: 'updatedOn', type: 'PERIOD', value: ( row ) => row.updatedAt },
	{ name: 'lastContactedOn', type: 'PERIOD', value: () => null },
	{
		name: 'lastOrderedOn',
		type: 'PERIOD',
		value: ( row ) => row.lastOrderedAt,
	},
	{
		name: 'nominalCode',
		type: 'INTEGER',
		value: ( row ) => Number( row.nominalCode ),
	},
	{
		name: 'isPrimary',
		type: 'BOOLEAN',
		value: ( row ) => row.organisation.id === row.id,
	},
	{
		name: 'pri',
		type: 'STRING',
		value: ( row ) => row.phones.PRI ?? '',
		...unsorted,
	},
	{
		name: 'sec',
		type: 'STRING',
		value: ( row ) => row.phones.SEC ?? '',
		...unsorted,
	},
	{
		name: 'mob',
		type: 'STRING',
		value: ( row ) => row.phones.MOB ?? '',
		...unsorted,
	},
	{
		name: 'exactCompanyName',
		type: 'STRING',
		value: ( row ) => row.organisation.name,
	},
	{ name: 'title', type: 'STRING', value: ( row ) => row.salutation },
];

/** All three addresses as one text: a space can stand in none of them. */
const allEmail: Column< Contact > = {
	name: 'allEmail',
	type: 'SEARCH_STRING',
	value: ( { emails } ) =>
		emails.SEC === undefined && emails.TER === undefined
			? ( emails.PRI ?? '' )
			: Object.values( emails ).join( ' ' ),
};

const searchWith = ( shown: readonly Column< Contact >[] ): Route[] =>
	searchRoutes< Contact >( {
		path: '/contact-service/contact-search',
		columns: shown,
		filters: [ allEmail ],
		rows: ( call ) => call.account.tables.contacts.values(),
		stamp: ( { account, switches } ) =>
			switches.contactIndexLagMs === 0
				? String( account.tables.contacts.version() )
				: null,
		visible: ( row, { now, switches } ) =>
			now - row.createdAt >= switches.contactIndexLagMs,
	} );

/** Recorded with `updatedOn`; others report that it is null there, though GET has it (§2.3). */
const withoutUpdates = searchWith(
	columns.map( ( column ) =>
		column.name === 'updatedOn' ? { ...column, value: () => null } : column
	)
);

export const contactSearchRoutes: readonly Route[] = searchWith( columns ).map(
	( entry, index ) => ( {
		...entry,
		handle: ( call ) =>
			(
				( call.switches.contactUpdatedOn === 'null'
					? withoutUpdates[ index ]
					: undefined ) ?? entry
			).handle( call ),
	} )
);
