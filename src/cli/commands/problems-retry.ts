import { refusal } from '../failure.ts';
import { numeric, operationCommand } from '../operation-command.ts';
import { count } from '../text.ts';

export const problemsRetry = operationCommand( {
	words: [ 'problems', 'retry' ],
	summary: 'Try again what a problem stopped',
	takes: 'ID…|--all',
	arguments: [ 0, Infinity ],
	flags: { all: { type: 'boolean', help: 'all problems' } },
	operation: 'problemsRetry',
	input: ( { given, settings } ) =>
		given.has( 'all' ) === given.args.length > 0
			? refusal(
					'missing-argument',
					'problems retry needs either problem ids or --all.',
					{ fix: 'See pearlbridge problems list for the ids.' }
				)
			: {
					connection: settings.connection,
					ids: given.has( 'all' ) ? null : given.args.map( numeric ),
				},
	text: ( { retried } ) =>
		`${ count( retried, 'problem' ) } will be tried again.`,
} );
