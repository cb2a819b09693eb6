/**
 * The contact resource (resources reference, §2.2).
 */
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { createContact } from './contact-create.ts';
import { patchContact } from './contact-patch.ts';
import { showContact } from './contact-view.ts';
import { existing } from './existing.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';

/** What more does is not known; nobody writes so many ids into an address. */
const LARGEST_SET = 200_000;

/** Without an id set, one page of the whole list (§2.2). */
function readContacts( call: Call ): Reply {
	// A larger set is no error here: it answers a page (§2.2).
	const ids = idsOf( call, 'ids', LARGEST_SET );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { contacts } = call.account.tables;
	const limit = call.switches.idLimit;
	const start = Math.max(
		1,
		Number( call.query.get( 'firstResult' ) ?? 1 ) || 1
	);
	const size = Math.min(
		limit,
		Math.max( 1, Number( call.query.get( 'pageSize' ) ?? limit ) || limit )
	);
	const descending = call.query.get( 'sort' ) === 'contactId.DESC';
	const all = ( ids.value ?? contacts.ids() ).filter( ( contactId ) =>
		contacts.has( contactId )
	);
	const ordered = descending ? [ ...all ].reverse() : all;
	const page = ordered
		.slice( start - 1, start - 1 + size )
		.flatMap( ( contactId ) => contacts.get( contactId ) ?? [] );
	if ( page.length === 0 ) {
		return refuse( 404, notFound( 'No Contact Found' ) );
	}
	return {
		status: 200,
		body: {
			response: page.map( ( contact ) => showContact( call, contact ) ),
			pagination: {
				morePagesAvailable: start - 1 + page.length < ordered.length,
				resultsReturned: page.length,
				firstResult: start,
				lastResult: start - 1 + page.length,
			},
			sorting: [
				{ field: 'contactId', direction: descending ? 'DESC' : 'ASC' },
			],
		},
	};
}

export const contactRoutes: readonly Route[] = [
	route( 'POST', '/contact-service/contact', 'post-contact', createContact ),
	route(
		'GET',
		'/contact-service/contact/{ids?}',
		'get-contact',
		readContacts,
		[
			'includeOptional',
			'excludeOptional',
			'firstResult',
			'pageSize',
			'sort',
		]
	),
	route(
		'PATCH',
		'/contact-service/contact/{id}',
		'patch-contact',
		patchContact
	),
	route(
		'OPTIONS',
		'/contact-service/contact/{ids?}',
		'options-contact',
		( call ) =>
			existing( call, '/contact', call.account.tables.contacts.ids() )
	),
];
