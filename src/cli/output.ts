/**
 * What a command says: with `--json` exactly one JSON document on stdout (or one a line from
 * those that run on), otherwise text for a person. Everything else goes to stderr.
 */
import type { ErrorBody } from '../contracts/answers.ts';
import type { Io } from './io.ts';

/** Lines wait in memory when nobody reads stdout; more than this and they are dropped. */
const MOST_WAITING = 4 * 1024 * 1024;

export interface Output {
	readonly json: boolean;
	/** The one document of a command. */
	document( body: unknown, text: string ): void;
	/** The command as a whole failed. */
	failure( error: ErrorBody ): void;
	/** One line of many; `text` null = nothing to say to a person. */
	line( body: unknown, text: string | null ): void;
	/** For a person who watches, on stderr. */
	note( text: string ): void;
}

export function createOutput(
	io: Pick< Io, 'stdout' | 'stderr' >,
	json: boolean
): Output {
	const print = ( text: string ): void => {
		io.stdout.write( text.endsWith( '\n' ) ? text : `${ text }\n` );
	};
	return {
		json,
		document: ( body, text ) =>
			print( json ? JSON.stringify( body ) : text ),
		failure: ( error ) => {
			if ( json ) {
				print( JSON.stringify( { error } ) );
			} else {
				io.stderr.write( `${ describeError( error ) }\n` );
			}
		},
		line: ( body, text ) => {
			// A service must not stop because its reader did.
			if ( ( io.stdout.writableLength ?? 0 ) > MOST_WAITING ) {
				return;
			}
			if ( json ) {
				print( JSON.stringify( body ) );
			} else if ( text !== null ) {
				print( text );
			}
		},
		note: ( text ) => {
			io.stderr.write( `${ text }\n` );
		},
	};
}

/** The sentence, every fault where there are several, and the next step. */
export function describeError( error: ErrorBody ): string {
	const several = error.details !== null && error.details.length > 1;
	return [
		several ? 'Several things are wrong:' : error.message,
		...( several
			? ( error.details ?? [] ).map( ( { path, message } ) =>
					`  ${ path } ${ message }`.trimEnd()
				)
			: [] ),
		...( error.fix === null ? [] : [ error.fix ] ),
	].join( '\n' );
}
