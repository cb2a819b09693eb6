import { numeric, operationCommand } from '../operation-command.ts';
import { backfillText } from '../texts/backfill.ts';

export const ordersBackfillResume = operationCommand( {
	words: [ 'orders', 'backfill', 'resume' ],
	summary: 'Go on with a paused backfill',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'backfillResume',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		id: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: backfillText,
} );
