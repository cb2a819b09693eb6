import { numericOrNull, operationCommand } from '../operation-command.ts';
import { backfillText } from '../texts/backfill.ts';

export const ordersBackfillList = operationCommand( {
	words: [ 'orders', 'backfill', 'list' ],
	summary: 'Backfills, newest first',
	flags: {
		limit: { type: 'string', value: 'N', help: 'at most so many (20)' },
	},
	operation: 'backfillList',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		...( given.text( 'limit' ) === null
			? {}
			: { limit: numericOrNull( given.text( 'limit' ) ) } ),
	} ),
	text: ( { items } ) =>
		items.length === 0
			? 'There is no backfill.'
			: items.map( backfillText ).join( '\n' ),
} );
