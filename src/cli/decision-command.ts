import type { Command } from './command.ts';
import { numeric, operationCommand } from './operation-command.ts';
import { resultsText } from './texts/orders.ts';

/** `orders hold|release|ignore ID…`: one operation with three decisions. */
export function decisionCommand(
	decision: 'hold' | 'release' | 'ignore',
	summary: string
): Command {
	return operationCommand( {
		words: [ 'orders', decision ],
		summary,
		takes: 'ID…',
		arguments: [ 1, Infinity ],
		operation: 'ordersDecide',
		input: ( { given, settings } ) => ( {
			connection: settings.connection,
			orderIds: given.args.map( numeric ),
			decision,
		} ),
		text: ( { results } ) => resultsText( results ),
	} );
}
