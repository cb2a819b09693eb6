import { numeric, operationCommand } from '../operation-command.ts';
import { backfillText } from '../texts/backfill.ts';

export const ordersBackfillPause = operationCommand( {
	words: [ 'orders', 'backfill', 'pause' ],
	summary: 'Let a backfill rest; nothing of it is lost',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'backfillPause',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		id: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: backfillText,
} );
