/**
 * Tags, companies and groups of contacts (resources reference, §2.5).
 */
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import type { Contact } from './model.ts';
import type { Named } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';

const TAGS = [
	{ tagId: 9, tagName: 'Web', tagParentId: 0, tagColor: '#00aa00' },
	{ tagId: 16, tagName: 'VIP', tagParentId: 0, tagColor: '#ff0000' },
];

/** An object keyed by tag id, unlike every other list. */
function readTags( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const found = TAGS.filter(
		( { tagId } ) => ids.value?.includes( tagId ) ?? true
	);
	return found.length === 0
		? refuse( 404, notFound( 'No Tags Found' ) )
		: answer(
				Object.fromEntries(
					found.map( ( tag ) => [ String( tag.tagId ), tag ] )
				)
			);
}

/** Contacts that gave their organisation a name. */
function* companies( account: Account ): Iterable< Contact > {
	for ( const contact of account.tables.contacts.values() ) {
		if (
			contact.organisation.name !== '' &&
			contact.organisation.id === contact.id
		) {
			yield contact;
		}
	}
}

const GROUPS: readonly Named[] = [ { id: 1, name: 'Web customers' } ];

export const contactListRoutes: readonly Route[] = [
	route( 'GET', '/contact-service/tag/{ids?}', 'get-tag', readTags ),
	...searchRoutes< Contact >( {
		path: '/contact-service/company-search',
		columns: [
			{ name: 'companyId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'name',
				type: 'SEARCH_STRING',
				value: ( row ) => row.organisation.name,
			},
		],
		rows: ( call ) => companies( call.account ),
	} ),
	// The columns of groups and members are not known: these are the least there are.
	...searchRoutes< Named >( {
		path: '/contact-service/contact-group-search',
		columns: [
			{ name: 'contactGroupId', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'name', type: 'SEARCH_STRING', value: ( row ) => row.name },
		],
		rows: () => GROUPS,
	} ),
	...searchRoutes< Contact >( {
		path: '/contact-service/contact-group-member-search',
		columns: [
			{ name: 'contactId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'contactGroupId',
				type: 'IDSET',
				value: () => GROUPS[ 0 ]?.id ?? null,
			},
		],
		// Nobody is put into a group here.
		rows: () => [],
	} ),
];
