import { readTextFile } from '../input-file.ts';
import { operationCommand } from '../operation-command.ts';
import { count } from '../text.ts';

/** Some three hundred thousand aliases. */
const LARGEST = 16 * 1024 * 1024;

export const aliasesImport = operationCommand( {
	words: [ 'aliases', 'import' ],
	summary:
		'Replace the SKU aliases by those of a CSV file with the columns sku and alias',
	takes: 'FILE.csv|-',
	arguments: [ 1, 1 ],
	flags: {
		'allow-empty': {
			type: 'boolean',
			help: 'a table of the header alone removes all aliases',
		},
	},
	operation: 'aliasesImport',
	input: async ( { given, io, settings } ) => {
		const csv = await readTextFile( given.args[ 0 ] ?? '-', io, LARGEST );
		return typeof csv === 'string'
			? {
					connection: settings.connection,
					csv,
					allowEmpty: given.has( 'allow-empty' ),
				}
			: csv;
	},
	text: ( { imported, retried } ) =>
		`Imported ${ count( imported, 'alias', 'aliases' ) }; ${ count( retried, 'order' ) } that waited for a SKU ${ retried === 1 ? 'is' : 'are' } looked at again.`,
} );
