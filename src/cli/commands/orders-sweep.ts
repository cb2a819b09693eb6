import { operationCommand } from '../operation-command.ts';
import { count } from '../text.ts';

export const ordersSweep = operationCommand( {
	words: [ 'orders', 'sweep' ],
	summary: 'Look now for orders that no webhook told of',
	flags: {
		since: {
			type: 'string',
			value: 'T',
			help: 'from this time on instead of where the last one ended',
		},
		deep: {
			type: 'boolean',
			help: 'also find vanished orders and deleted refunds',
		},
		wait: { type: 'boolean', help: 'wait for the orders it queues' },
	},
	operation: 'ordersSweep',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		since: given.text( 'since' ),
		deep: given.has( 'deep' ),
		wait: given.has( 'wait' ),
	} ),
	text: ( { scanned, queued, cursor } ) =>
		`${ count( scanned, 'order' ) } scanned, ${ queued } queued${
			cursor === null ? '' : `; the next sweep begins at ${ cursor }`
		}.`,
} );
