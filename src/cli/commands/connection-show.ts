import { connectionName } from '../connection-name.ts';
import { operationCommand } from '../operation-command.ts';
import { connectionText } from '../texts/connection.ts';

export const connectionShow = operationCommand( {
	words: [ 'connection', 'show' ],
	summary: 'One connection; secrets are never shown',
	takes: '[NAME]',
	arguments: [ 0, 1 ],
	operation: 'connectionShow',
	input: connectionName,
	text: connectionText,
} );
