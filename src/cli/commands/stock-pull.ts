import { refusal } from '../failure.ts';
import { operationCommand } from '../operation-command.ts';
import { stockRunText } from '../texts/stock.ts';

export const stockPull = operationCommand( {
	words: [ 'stock', 'pull' ],
	summary: 'Bring sellable stock to the shop now, and wait for it',
	takes: '[--sku SKU…]',
	arguments: [ 0, Infinity ],
	flags: {
		sku: {
			type: 'string',
			multiple: true,
			value: 'SKU…',
			help: 'only these',
		},
		'dry-run': {
			type: 'boolean',
			help: 'show what would be written; only reads',
		},
	},
	operation: 'stockPull',
	input: ( { given, settings } ) => {
		const skus = given.texts( 'sku' );
		// `--sku A B C` is one flag with three SKUs.
		if ( skus.length === 0 && given.args.length > 0 ) {
			return refusal(
				'unexpected-argument',
				`stock pull does not take "${ given.args[ 0 ] }".`,
				{ fix: 'Name SKUs after --sku.' }
			);
		}
		return {
			connection: settings.connection,
			skus: skus.length === 0 ? null : [ ...skus, ...given.args ],
			dryRun: given.has( 'dry-run' ),
		};
	},
	text: stockRunText,
} );
