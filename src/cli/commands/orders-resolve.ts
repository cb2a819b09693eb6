import { refusal } from '../failure.ts';
import { numeric, operationCommand } from '../operation-command.ts';
import { resultsText } from '../texts/orders.ts';

export const ordersResolve = operationCommand( {
	words: [ 'orders', 'resolve' ],
	summary: 'Settle what shop and Brightpearl both changed: one side holds',
	takes: 'ID… --side store|brightpearl',
	arguments: [ 1, Infinity ],
	flags: {
		side: {
			type: 'string',
			value: 'SIDE',
			help: 'whose values hold: store or brightpearl',
		},
	},
	operation: 'ordersResolve',
	input: ( { given, settings } ) => {
		const side = given.text( 'side' );
		return side === null
			? refusal( 'missing-argument', 'orders resolve needs --side.', {
					fix: 'Give --side store (the shop’s values are written) or --side brightpearl (Brightpearl’s stay).',
				} )
			: {
					connection: settings.connection,
					orderIds: given.args.map( numeric ),
					side,
				};
	},
	text: ( { results } ) => resultsText( results ),
} );
