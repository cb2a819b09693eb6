import { operationCommand } from '../operation-command.ts';
import { statusText } from '../texts/status.ts';

export const status = operationCommand( {
	words: [ 'status' ],
	summary: 'Service, queue, problems and health of each connection',
	flags: {
		'wait-idle': {
			type: 'boolean',
			help: 'return when nothing is left to do within 5 s',
		},
	},
	operation: 'status',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		waitIdle: given.has( 'wait-idle' ),
	} ),
	text: statusText,
} );
