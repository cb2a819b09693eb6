import { numeric, operationCommand } from '../operation-command.ts';
import { stoppedText } from '../texts/backfill.ts';

export const ordersBackfillCancel = operationCommand( {
	words: [ 'orders', 'backfill', 'cancel' ],
	summary: 'Stop a backfill; what is pushed stays',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'backfillCancel',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		id: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: stoppedText,
} );
