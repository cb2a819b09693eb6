/**
 * The command line: read it, do it, say it. Everything it needs is passed in; the answer is
 * the exit code.
 */
import { parseArguments, wantsJson } from './arguments.ts';
import type { Call } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import {
	errorMessage,
	errorTrace,
	refusal,
	type CliFailure,
} from './failure.ts';
import { helpText } from './help.ts';
import type { Io } from './io.ts';
import { createOutput } from './output.ts';
import type { Parts } from './parts.ts';
import { readProcessSettings, type Environment } from './process-settings.ts';

export async function main(
	argv: readonly string[],
	io: Io,
	env: Environment,
	parts: Parts
): Promise< number > {
	const output = createOutput( io, wantsJson( argv ) );
	try {
		return await run( argv, io, env, parts );
	} catch ( error ) {
		// Nothing expected is thrown: this is ours, and its trace is what we need to mend it.
		io.stderr.write( `${ errorTrace( error ) }
` );
		output.failure( {
			code: 'defect',
			message: `Something in Pearlbridge went wrong: ${ errorMessage( error ) }`,
			fix: 'Please report it with the lines above.',
			details: null,
		} );
		return 1;
	}
}

async function run(
	argv: readonly string[],
	io: Io,
	env: Environment,
	parts: Parts
): Promise< number > {
	const json = wantsJson( argv );
	const output = createOutput( io, json );
	const fail = ( { exit, error }: CliFailure ): number => {
		output.failure( error );
		return exit;
	};
	const parsed = parseArguments( argv, COMMANDS );
	if ( ! parsed.ok ) {
		return fail( parsed );
	}
	const { command, given, flags } = parsed;
	if ( flags[ 'version' ] === true ) {
		output.document( { version: parts.version }, parts.version );
		return 0;
	}
	if ( flags[ 'help' ] === true || command === null ) {
		const help = helpText( command, COMMANDS );
		output.document( { help }, help );
		return 0;
	}
	const settings = readProcessSettings( flags, env, {
		cwd: io.cwd,
		defaultDataDir: command.defaultDataDir ?? '.pearlbridge',
	} );
	if ( ! settings.ok ) {
		return fail( settings );
	}
	if ( command.usesData && ( env[ 'DATABASE_URL' ] ?? '' ) !== '' ) {
		return fail(
			refusal(
				'not-in-this-version',
				'DATABASE_URL is set, but PostgreSQL is not part of this version.',
				{
					fix: 'Unset DATABASE_URL; data is then kept in the data dir.',
				}
			)
		);
	}
	const call: Call = {
		given,
		settings: settings.value,
		env,
		io,
		output,
		parts,
	};
	return command.run( call );
}
