import { refusal } from '../failure.ts';
import { readJson, readTextFile } from '../input-file.ts';
import { operationCommand } from '../operation-command.ts';

/** With its aliases. */
const LARGEST = 16 * 1024 * 1024;

export const settingsImport = operationCommand( {
	words: [ 'settings', 'import' ],
	summary:
		'Replace settings and SKU aliases by those of a document; goLive and the prefix stay',
	takes: '--file F',
	flags: {
		file: {
			type: 'string',
			value: 'F',
			help: 'what "settings export" wrote; - reads stdin',
		},
	},
	operation: 'settingsImport',
	input: async ( { given, io, settings } ) => {
		const file = given.text( 'file' );
		if ( file === null ) {
			return refusal(
				'missing-argument',
				'settings import needs --file F.',
				{
					fix: 'Give what "settings export" wrote, or - to read it from stdin.',
				}
			);
		}
		const text = await readTextFile( file, io, LARGEST );
		if ( typeof text !== 'string' ) {
			return text;
		}
		const json = readJson( text, file );
		return json.ok
			? { connection: settings.connection, document: json.value }
			: json;
	},
	text: ( value ) => JSON.stringify( value, null, 2 ),
} );
