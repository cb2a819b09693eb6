import { writeAliases } from '../../domain/mapping/aliases.ts';
import { operationCommand } from '../operation-command.ts';

export const aliasesExport = operationCommand( {
	words: [ 'aliases', 'export' ],
	summary: 'The SKU aliases as CSV, as a spreadsheet reads it',
	operation: 'aliasesExport',
	input: ( { settings } ) => ( { connection: settings.connection } ),
	text: ( { items } ) => writeAliases( items ),
} );
