import { operationCommand } from '../operation-command.ts';
import { connectionsText } from '../texts/connection.ts';

export const connectionList = operationCommand( {
	words: [ 'connection', 'list' ],
	summary: 'All connections; secrets are never shown',
	operation: 'connectionList',
	input: () => ( {} ),
	text: ( { items } ) => connectionsText( items ),
} );
