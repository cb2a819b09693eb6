import { operationCommand } from '../operation-command.ts';

export const settingsGet = operationCommand( {
	words: [ 'settings', 'get' ],
	summary: 'All settings of a connection, or the one at KEY',
	takes: '[KEY]',
	arguments: [ 0, 1 ],
	operation: 'settingsGet',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		key: given.args[ 0 ] ?? null,
	} ),
	text: ( value ) => JSON.stringify( value, null, 2 ),
} );
