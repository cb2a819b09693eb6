import { numeric, operationCommand } from '../operation-command.ts';
import { planText, resultsText } from '../texts/orders.ts';

export const ordersPush = operationCommand( {
	words: [ 'orders', 'push' ],
	summary: 'Bring orders to Brightpearl now, past delay and go-live',
	takes: 'ID…',
	arguments: [ 1, Infinity ],
	flags: {
		'dry-run': {
			type: 'boolean',
			help: 'show what would be sent; only reads',
		},
		'no-wait': { type: 'boolean', help: 'only queue them' },
	},
	operation: 'ordersPush',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		orderIds: given.args.map( numeric ),
		dryRun: given.has( 'dry-run' ),
		wait: ! given.has( 'no-wait' ),
	} ),
	text: ( { results } ) => resultsText( results, planText ),
} );
