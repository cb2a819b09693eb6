import { connectionName } from '../connection-name.ts';
import { refusal } from '../failure.ts';
import { operationCommand } from '../operation-command.ts';

export const connectionRemove = operationCommand( {
	words: [ 'connection', 'remove' ],
	summary: 'Remove a connection with its ledger, problems and queue',
	takes: 'NAME --yes',
	arguments: [ 0, 1 ],
	flags: { yes: { type: 'boolean', help: 'yes, remove it' } },
	operation: 'connectionRemove',
	input: ( call ) => {
		const named = connectionName( call );
		if ( 'ok' in named ) {
			return named;
		}
		// Never "the only one": what is removed is named.
		if ( named.name === null ) {
			return refusal(
				'missing-argument',
				'connection remove needs NAME.'
			);
		}
		return call.given.has( 'yes' )
			? named
			: refusal(
					'not-confirmed',
					`Removing ${ named.name } forgets its ledger: which orders are in Brightpearl, its problems and its queue.`,
					{ fix: 'Add --yes when that is what you want.' }
				);
	},
	text: ( { removed } ) => `Removed connection ${ removed }.`,
} );
