import { numericOrNull, operationCommand } from '../operation-command.ts';
import { sections } from '../text.ts';
import { summariesText } from '../texts/orders.ts';

export const ordersList = operationCommand( {
	words: [ 'orders', 'list' ],
	summary: 'Orders of our ledger, newest first',
	flags: {
		state: {
			type: 'string',
			value: 'S',
			help: 'queued, working, retrying, synced, problem, held, ignored or not-due',
		},
		since: {
			type: 'string',
			value: 'T',
			help: 'placed at or after, such as 2026-11-21T00:00:00Z',
		},
		customer: {
			type: 'string',
			value: 'E',
			help: 'of the customer with this e-mail address',
		},
		problem: {
			type: 'string',
			value: 'CODE',
			help: 'with a problem of this code, such as sku-unknown',
		},
		limit: { type: 'string', value: 'N', help: 'at most so many (50)' },
		cursor: {
			type: 'string',
			value: 'C',
			help: 'nextCursor of the page before',
		},
	},
	operation: 'ordersList',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		state: given.text( 'state' ),
		since: given.text( 'since' ),
		customer: given.text( 'customer' ),
		problem: given.text( 'problem' ),
		...( given.text( 'limit' ) === null
			? {}
			: { limit: numericOrNull( given.text( 'limit' ) ) } ),
		cursor: given.text( 'cursor' ),
	} ),
	text: ( { items, total, nextCursor } ) =>
		sections(
			summariesText( items, 'There are no such orders.' ),
			nextCursor === null
				? null
				: `${ items.length } of ${ total }; more with --cursor ${ nextCursor }`
		),
} );
