import { numeric, operationCommand } from '../operation-command.ts';
import { orderText } from '../texts/orders.ts';

export const ordersShow = operationCommand( {
	words: [ 'orders', 'show' ],
	summary: 'One order from our ledger, with its journal',
	takes: 'ID',
	arguments: [ 1, 1 ],
	operation: 'ordersShow',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		orderId: numeric( given.args[ 0 ] ?? '' ),
	} ),
	text: orderText,
} );
