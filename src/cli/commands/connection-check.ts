import { connectionName } from '../connection-name.ts';
import { operationCommand } from '../operation-command.ts';
import { checkText } from '../texts/connection.ts';

export const connectionCheck = operationCommand( {
	words: [ 'connection', 'check' ],
	summary: 'Ask the shop and Brightpearl whether all is well; writes nothing',
	takes: '[NAME]',
	arguments: [ 0, 1 ],
	operation: 'connectionCheck',
	input: connectionName,
	text: checkText,
} );
