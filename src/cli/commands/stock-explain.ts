import { operationCommand } from '../operation-command.ts';
import { explainText } from '../texts/stock.ts';

export const stockExplain = operationCommand( {
	words: [ 'stock', 'explain' ],
	summary: 'Why a product shows the stock it shows, by live figures',
	takes: 'SKU',
	arguments: [ 1, 1 ],
	operation: 'stockExplain',
	input: ( { given, settings } ) => ( {
		connection: settings.connection,
		sku: given.args[ 0 ],
	} ),
	text: explainText,
} );
