import { refusal } from '../failure.ts';
import { operationCommand } from '../operation-command.ts';

export const settingsSet = operationCommand( {
	words: [ 'settings', 'set' ],
	summary: 'Change settings by dotted path; null resets',
	takes: 'KEY=VALUE…',
	arguments: [ 1, Infinity ],
	operation: 'settingsSet',
	input: ( { given, settings } ) => {
		const unreadable = given.args.find(
			( arg ) => ! /^[^=]+=/.test( arg )
		);
		return unreadable !== undefined
			? refusal(
					'invalid-argument',
					`"${ unreadable }" is not KEY=VALUE.`,
					{
						fix: 'For example: orders.delay=10m or goLive=2026-11-21T09:00:00Z',
					}
				)
			: {
					connection: settings.connection,
					changes: given.args.map( ( arg ) => {
						const at = arg.indexOf( '=' );
						return {
							key: arg.slice( 0, at ),
							text: arg.slice( at + 1 ),
						};
					} ),
				};
	},
	text: ( settings ) => JSON.stringify( settings, null, 2 ),
} );
