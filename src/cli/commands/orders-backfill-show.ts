import { numeric, operationCommand } from '../operation-command.ts';
import { backfillText } from '../texts/backfill.ts';

export const ordersBackfillShow = operationCommand( {
	words: [ 'orders', 'backfill', 'show' ],
	summary: 'How far a backfill is',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'backfillShow',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		id: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: backfillText,
} );
