import { operationCommand } from '../operation-command.ts';
import { pairText } from '../texts/access.ts';

export const pair = operationCommand( {
	words: [ 'pair' ],
	summary:
		'A new one-time code that pairs the plugin of a shop with this service',
	operation: 'pair',
	input: ( { settings } ) => ( { connection: settings.connection } ),
	text: pairText,
} );
