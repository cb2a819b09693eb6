import { refusal } from '../failure.ts';
import { operationCommand } from '../operation-command.ts';
import { connectionText } from '../texts/connection.ts';

export const connectionSite = operationCommand( {
	words: [ 'connection', 'site' ],
	summary:
		'Say of a shop that calls itself another site: it moved, or it is a copy',
	takes: 'NAME moved|copy',
	arguments: [ 2, 2 ],
	operation: 'connectionSite',
	input: ( { given } ) => {
		const [ name = '', answer = '' ] = given.args;
		return answer === 'moved' || answer === 'copy'
			? { name, answer }
			: refusal(
					'invalid-argument',
					`connection site says “moved” (the shop is at its new address) or “copy” (this is not the shop), not “${ answer }”.`
				);
	},
	text: ( view, { given } ) =>
		given.args[ 1 ] === 'moved'
			? `${ view.name } goes on with the shop as it is now.\n\n${ connectionText( view ) }`
			: `${ view.name } rests: the site is a copy, and goLive is not set any more.\n\n${ connectionText( view ) }`,
} );
