/**
 * Notes on orders (resources reference, §1.9).
 */
import { z } from 'zod';
import type { OrderNote, OrderNotesApi } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { createdId } from '../answers/decode.ts';
import { flag, id, textOrNone, timeOrNone } from '../answers/fields.ts';
import type { Link } from './link.ts';
import { formatPeriod } from '../search/period.ts';
import { searchSets } from '../search/search-sets.ts';
import { searchAll, type Search } from '../search/search.ts';

const noteRow = z
	.object( {
		noteId: id,
		orderId: id,
		noteText: textOrNone,
		isPublic: flag.nullish(),
		dateAdded: timeOrNone,
	} )
	.transform( ( row ): OrderNote => ( {
		noteId: row.noteId,
		orderId: row.orderId,
		text: row.noteText ?? '',
		isPublic: row.isPublic ?? false,
		addedOn: row.dateAdded,
	} ) );

const noteSearch = (
	filters: Readonly< Record< string, string > >
): Search< OrderNote > => ( {
	path: '/order-service/order-note-search',
	columns: [ 'noteId', 'orderId', 'noteText', 'isPublic', 'dateAdded' ],
	filters,
	sort: 'noteId.ASC',
	key: 'noteId',
	row: noteRow,
} );

export function createOrderNotesApi( link: Link ): OrderNotesApi {
	const { ask } = link;
	return {
		async addOrderNote( orderId, { text, isPublic = false } ) {
			const call: Call = {
				method: 'POST',
				path: `/order-service/order/${ orderId }/note`,
				body: { text, isPublic },
			};
			return createdId( await ask( call ), call );
		},
		orderNotes: ( by ) =>
			'orderIds' in by
				? searchSets(
						link,
						by.orderIds,
						( orderId ) => noteSearch( { orderId } ),
						( note ) => note.orderId
					)
				: searchAll(
						ask,
						noteSearch( {
							dateAdded: formatPeriod( { from: by.since } ),
						} )
					),
	};
}
