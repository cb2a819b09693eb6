import { operationCommand } from '../operation-command.ts';
import { loginText } from '../texts/access.ts';

export const login = operationCommand( {
	words: [ 'login' ],
	summary: 'A new one-time link to the console of the running service',
	operation: 'login',
	input: () => ( {} ),
	text: loginText,
} );
