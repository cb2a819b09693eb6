import { numeric, operationCommand } from '../operation-command.ts';
import { stoppedText } from '../texts/backfill.ts';

export const ordersBackfillPause = operationCommand( {
	words: [ 'orders', 'backfill', 'pause' ],
	summary: 'Let a backfill rest; orders under way finish, nothing is lost',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'backfillPause',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		id: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: stoppedText,
} );
