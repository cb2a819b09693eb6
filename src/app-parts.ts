/**
 * Small parts of the composition: where secrets are read, and what an opening that is refused
 * says.
 */
import type { ErrorBody } from './contracts/answers.ts';
import type { SecretReader } from './contracts/database.ts';
import type { ProblemDraft } from './contracts/problem.ts';
import {
	ForeignDatabaseError,
	NewerDatabaseError,
	WrongKeyError,
} from './database/errors.ts';

/**
 * Reads a secret at the moment it is used, so that a secret manager can rotate it. Line ends
 * around it are not part of it.
 */
export function secretReader(
	env: Readonly< Record< string, string | undefined > >,
	readFile: ( path: string ) => string
): SecretReader {
	return ( secret ) => {
		if ( typeof secret === 'string' ) {
			return { ok: true, value: secret };
		}
		const source =
			'env' in secret
				? `environment variable ${ secret.env }`
				: `file ${ secret.file }`;
		const value =
			'env' in secret
				? env[ secret.env ]
				: fileText( secret.file, readFile );
		return value === undefined || value.trim() === ''
			? { ok: false, problem: unreadable( source ) }
			: { ok: true, value: value.trim() };
	};
}

/** The same for one side of a connection: its problem says which, so that it ends with that side. */
export function sideReader(
	read: SecretReader,
	field: 'store' | 'brightpearl.auth'
): SecretReader {
	return ( secret ) => {
		const result = read( secret );
		return result.ok
			? result
			: { ...result, problem: { ...result.problem, field } };
	};
}

function fileText(
	path: string,
	readFile: ( path: string ) => string
): string | undefined {
	try {
		return readFile( path );
	} catch {
		return undefined;
	}
}

function unreadable( source: string ): ProblemDraft {
	return {
		code: 'secret-unreadable',
		message: `The secret in the ${ source } cannot be read.`,
		cause: 'It is missing or empty, or the service may not read it.',
		fix: `Provide the ${ source } to the service, then retry.`,
		field: null,
	};
}

/** Null when the error is none of those that a person can mend. */
export function refusal(
	error: unknown,
	databaseFile: string
): ErrorBody | null {
	if ( error instanceof WrongKeyError ) {
		return {
			code: 'wrong-key',
			message: `The key does not fit the data in ${ databaseFile }. Nothing was touched.`,
			fix: 'Give the key this data was made with (PEARLBRIDGE_KEY, PEARLBRIDGE_KEY_FILE or the key file in the data dir).',
			details: null,
		};
	}
	if (
		error instanceof NewerDatabaseError ||
		error instanceof ForeignDatabaseError
	) {
		return {
			code: 'database-refused',
			message: error.message,
			fix: 'Use the version of Pearlbridge that wrote it, or another data dir.',
			details: null,
		};
	}
	return null;
}
