import { writeTextFile } from '../input-file.ts';
import { operationCommand } from '../operation-command.ts';

export const settingsExport = operationCommand( {
	words: [ 'settings', 'export' ],
	summary: 'Settings and SKU aliases as one document; no secret is in it',
	takes: '[--file F]',
	flags: {
		file: {
			type: 'string',
			value: 'F',
			help: 'write it there instead of to stdout',
		},
	},
	operation: 'settingsExport',
	input: ( { settings } ) => ( { connection: settings.connection } ),
	deliver: async ( document, { given, io } ) => {
		const file = given.text( 'file' );
		return file === null || file === '-'
			? null
			: writeTextFile( file, text( document ), io );
	},
	text: ( document, { given } ) => {
		const file = given.text( 'file' );
		return file === null || file === '-'
			? text( document )
			: `Wrote the settings of ${ document.connection } to ${ file }.`;
	},
} );

const text = ( document: unknown ): string =>
	`${ JSON.stringify( document, null, 2 ) }\n`;
