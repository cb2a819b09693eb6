/** Files that a command is given to read or to write; `-` is stdin, or stdout. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
	errorCode,
	refusal,
	systemReason,
	type CliFailure,
} from './failure.ts';
import type { Io } from './io.ts';
import { parseJsonText } from './json-text.ts';

const MB = 1024 * 1024;

/** No file of ours is near this; a wrong file (or an endless stdin) may be. */
export const LARGEST = MB;

export const nameOfFile = ( file: string ): string =>
	file === '-' ? 'stdin' : file;

/** @param largest Bytes. */
export async function readTextFile(
	file: string,
	io: Io,
	largest = LARGEST
): Promise< string | CliFailure > {
	const unreadable = ( reason: string ): CliFailure =>
		refusal(
			'unreadable-file',
			`${ nameOfFile( file ) } cannot be read: ${ reason }.`
		);
	try {
		const bytes =
			file === '-'
				? await readAll( io.stdin, largest )
				: await readFile( resolve( io.cwd, file ) );
		return bytes === null || bytes.length > largest
			? unreadable( `it is larger than ${ largest / MB } MB` )
			: new TextDecoder( 'utf-8', { fatal: true } ).decode( bytes );
	} catch ( error ) {
		return unreadable(
			errorCode( error ) === 'ERR_ENCODING_INVALID_ENCODED_DATA'
				? 'it is not UTF-8 text'
				: systemReason( error )
		);
	}
}

async function readAll(
	stdin: Io[ 'stdin' ],
	largest: number
): Promise< Buffer | null > {
	const chunks: Buffer[] = [];
	let size = 0;
	for await ( const chunk of stdin ) {
		const bytes = Buffer.from( chunk );
		size += bytes.length;
		if ( size > largest ) {
			return null;
		}
		chunks.push( bytes );
	}
	return Buffer.concat( chunks );
}

export function readJson(
	text: string,
	file: string
): { readonly ok: true; readonly value: unknown } | CliFailure {
	const json = parseJsonText( text );
	if ( json.ok ) {
		return json;
	}
	const at = `line ${ json.line }, column ${ json.column }`;
	return refusal(
		'invalid-json',
		`${ nameOfFile( file ) } is not JSON: ${ json.message } (${ at }).`,
		{
			fix: 'Mend the file there; strings and keys stand in double quotes, and no comma follows the last entry.',
			details: [ { path: at, message: json.message } ],
		}
	);
}

/** Null = written. */
export async function writeTextFile(
	file: string,
	text: string,
	{ cwd }: Pick< Io, 'cwd' >
): Promise< CliFailure | null > {
	try {
		await writeFile( resolve( cwd, file ), text );
		return null;
	} catch ( error ) {
		return refusal(
			'unwritable-file',
			`${ file } cannot be written: ${ systemReason( error ) }.`
		);
	}
}
