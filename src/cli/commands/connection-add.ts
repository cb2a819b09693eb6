import { resolve } from 'node:path';
import { connectionFileSchema } from '../../contracts/connection.ts';
import { explainError, issueDetails } from '../../contracts/issues.ts';
import { invalid } from '../../contracts/operations.ts';
import type { Call } from '../command.ts';
import { refusal, type CliFailure } from '../failure.ts';
import { nameOfFile, readJson, readTextFile } from '../input-file.ts';
import { operationCommand } from '../operation-command.ts';
import { connectionText } from '../texts/connection.ts';

export const connectionAdd = operationCommand( {
	words: [ 'connection', 'add' ],
	summary: 'Store a connection after validating it; calls nobody',
	takes: '--file FILE',
	flags: {
		file: {
			type: 'string',
			value: 'FILE',
			help: 'connection.json; - reads stdin',
		},
		replace: {
			type: 'boolean',
			help: 'replace the one of that name; its ledger and cursors stay',
		},
	},
	operation: 'connectionAdd',
	input: readInput,
	text: ( connection ) =>
		`Stored connection ${ connection.name }.\n\n${ connectionText(
			connection
		) }`,
} );

async function readInput( {
	given,
	io,
}: Call ): Promise< Record< string, unknown > | CliFailure > {
	const file = given.text( 'file' );
	if ( file === null ) {
		return refusal(
			'missing-argument',
			'connection add needs --file FILE.',
			{
				fix: 'Give the connection.json, or - to read it from stdin.',
			}
		);
	}
	const text = await readTextFile( file, io );
	if ( typeof text !== 'string' ) {
		return text;
	}
	const json = readJson( text, file );
	if ( ! json.ok ) {
		return json;
	}
	const read = connectionFileSchema.safeParse( json.value, {
		error: explainError,
	} );
	if ( ! read.success ) {
		return {
			ok: false,
			exit: 2,
			error: invalid(
				'invalid-config',
				issueDetails( read.error ),
				`Mend ${ nameOfFile( file ) }; nothing was stored.`
			),
		};
	}
	return {
		file: withAbsoluteFiles( json.value, io.cwd ),
		replace: given.has( 'replace' ),
	};
}

/**
 * `{"file":"PATH"}` is read later, perhaps by a service that was started elsewhere: a relative
 * path means relative to where the person stands now.
 */
function withAbsoluteFiles( value: unknown, cwd: string ): unknown {
	if ( typeof value !== 'object' || value === null ) {
		return value;
	}
	if ( Array.isArray( value ) ) {
		return value.map( ( item ) => withAbsoluteFiles( item, cwd ) );
	}
	return Object.fromEntries(
		Object.entries( value ).map( ( [ key, item ]: [ string, unknown ] ) => [
			key,
			key === 'file' && typeof item === 'string'
				? resolve( cwd, item )
				: withAbsoluteFiles( item, cwd ),
		] )
	);
}
