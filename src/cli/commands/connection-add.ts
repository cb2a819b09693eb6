import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connectionFileSchema } from '../../contracts/connection.ts';
import { explainError, issueDetails } from '../../contracts/issues.ts';
import { invalid } from '../../contracts/operations.ts';
import type { Call } from '../command.ts';
import {
	errorCode,
	refusal,
	systemReason,
	type CliFailure,
} from '../failure.ts';
import type { Io } from '../io.ts';
import { parseJsonText } from '../json-text.ts';
import { operationCommand } from '../operation-command.ts';
import { connectionText } from '../texts/connection.ts';

/** No connection file is near this; a wrong file (or an endless stdin) may be. */
const LARGEST = 1024 * 1024;

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
	const name = file === '-' ? 'stdin' : file;
	const text = await readText( file, io );
	if ( typeof text !== 'string' ) {
		return text;
	}
	const json = parseJsonText( text );
	if ( ! json.ok ) {
		const at = `line ${ json.line }, column ${ json.column }`;
		return refusal(
			'invalid-json',
			`${ name } is not JSON: ${ json.message } (${ at }).`,
			{
				fix: 'Mend the file there; strings and keys stand in double quotes, and no comma follows the last entry.',
				details: [ { path: at, message: json.message } ],
			}
		);
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
				`Mend ${ name }; nothing was stored.`
			),
		};
	}
	return {
		file: withAbsoluteFiles( json.value, io.cwd ),
		replace: given.has( 'replace' ),
	};
}

async function readText(
	file: string,
	io: Io
): Promise< string | CliFailure > {
	const unreadable = ( reason: string ): CliFailure =>
		refusal(
			'unreadable-file',
			`${ file === '-' ? 'stdin' : file } cannot be read: ${ reason }.`
		);
	try {
		const bytes =
			file === '-'
				? await readAll( io.stdin )
				: await readFile( resolve( io.cwd, file ) );
		return bytes === null || bytes.length > LARGEST
			? unreadable( 'it is larger than 1 MB' )
			: new TextDecoder( 'utf-8', { fatal: true } ).decode( bytes );
	} catch ( error ) {
		return unreadable(
			errorCode( error ) === 'ERR_ENCODING_INVALID_ENCODED_DATA'
				? 'it is not UTF-8 text'
				: systemReason( error )
		);
	}
}

async function readAll( stdin: Io[ 'stdin' ] ): Promise< Buffer | null > {
	const chunks: Buffer[] = [];
	let size = 0;
	for await ( const chunk of stdin ) {
		const bytes = Buffer.from( chunk );
		size += bytes.length;
		if ( size > LARGEST ) {
			return null;
		}
		chunks.push( bytes );
	}
	return Buffer.concat( chunks );
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
