import { operationCommand } from '../operation-command.ts';
import { problemsText } from '../texts/status.ts';

export const problemsList = operationCommand( {
	words: [ 'problems', 'list' ],
	summary: 'What waits for a person, why, and what to do',
	operation: 'problemsList',
	input: ( { settings } ) => ( { connection: settings.connection } ),
	text: ( { items } ) => problemsText( items ),
} );
