/**
 * Failures of the command line itself: an exit code with the error it prints.
 */
import { types } from 'node:util';
import type { ErrorBody } from '../contracts/answers.ts';

const { isNativeError } = types;

export interface CliFailure {
	readonly ok: false;
	readonly exit: number;
	readonly error: ErrorBody;
}

/** Exit 2: nothing was done. */
export function refusal(
	code: string,
	message: string,
	more: Partial< Pick< ErrorBody, 'fix' | 'details' > > = {}
): CliFailure {
	return failure( 2, code, message, more );
}

export function failure(
	exit: CliFailure[ 'exit' ],
	code: string,
	message: string,
	more: Partial< Pick< ErrorBody, 'fix' | 'details' > > = {}
): CliFailure {
	return {
		ok: false,
		exit,
		error: {
			code,
			message,
			fix: more.fix ?? null,
			details: more.details ?? null,
		},
	};
}

/** What went wrong in a system call, without the path and the call's name. */
export function systemReason( error: unknown ): string {
	const code = errorCode( error );
	const known: Record< string, string > = {
		EACCES: 'permission denied',
		EPERM: 'not permitted',
		ENOENT: 'there is no such file or directory',
		ENOTDIR: 'part of the path is not a directory',
		EISDIR: 'it is a directory',
		EROFS: 'the file system is read-only',
		ENOSPC: 'the disk is full',
	};
	return known[ code ?? '' ] ?? errorMessage( error );
}

export function errorMessage( error: unknown ): string {
	return isNativeError( error ) ? error.message : String( error );
}

/** The code of a system error such as `ENOENT`. */
export function errorCode( error: unknown ): string | undefined {
	const code: unknown = isNativeError( error )
		? Reflect.get( error, 'code' )
		: undefined;
	return typeof code === 'string' ? code : undefined;
}

export function errorTrace( error: unknown ): string {
	return ( isNativeError( error ) ? error.stack : null ) ?? String( error );
}
