import { refusal } from '../failure.ts';
import { writeTextFile } from '../input-file.ts';
import { operationCommand } from '../operation-command.ts';
import { reportCsv, reportText } from '../texts/mapping.ts';

export const mappingReport = operationCommand( {
	words: [ 'mapping', 'report' ],
	summary:
		'What of the shop would find no place in Brightpearl; exit 3 when an order would wait',
	takes: '[--csv FILE|-]',
	flags: {
		csv: {
			type: 'string',
			value: 'FILE',
			help: 'all of it as a table; - writes it to stdout',
		},
	},
	operation: 'mappingReport',
	input: ( { given, output, settings } ) =>
		output.json && given.text( 'csv' ) === '-'
			? refusal(
					'invalid-argument',
					'--json and --csv - both want stdout.',
					{ fix: 'Give --csv a file, or leave one of them out.' }
				)
			: { connection: settings.connection },
	deliver: async ( report, { given, io } ) => {
		const file = given.text( 'csv' );
		return file === null || file === '-'
			? null
			: writeTextFile( file, reportCsv( report ), io );
	},
	text: ( report, { given } ) =>
		given.text( 'csv' ) === '-'
			? reportCsv( report )
			: reportText( report ),
} );
