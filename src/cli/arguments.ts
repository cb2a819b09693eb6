/**
 * Reads the command line strictly: flags may stand anywhere, and what is not known is told
 * with the nearest name instead of being ignored.
 */
import { parseArgs } from 'node:util';
import type { Command, Flag, Given } from './command.ts';
import { refusal, type CliFailure } from './failure.ts';
import { laterCommand } from './later.ts';
import { didYouMean } from './nearest.ts';

export const GLOBAL_FLAGS: Readonly< Record< string, Flag > > = {
	json: { type: 'boolean', help: 'one JSON document on stdout' },
	connection: {
		type: 'string',
		value: 'NAME',
		help: 'which connection; may be left out when there is one',
	},
	timeout: {
		type: 'string',
		value: 'D',
		help: 'how long to wait, such as 500ms, 30s, 10m (60s)',
	},
	help: { type: 'boolean', help: 'this text' },
	version: { type: 'boolean', help: 'the version' },
	'data-dir': {
		type: 'string',
		value: 'DIR',
		help: 'database, key and service.json (./.pearlbridge)',
	},
	host: {
		type: 'string',
		value: 'H',
		help: 'address to listen on (127.0.0.1)',
	},
	port: {
		type: 'string',
		value: 'N',
		help: 'port to listen on, 0 = any free one (8780)',
	},
	'public-url': {
		type: 'string',
		value: 'URL',
		help: 'https address of the service from outside',
	},
	log: {
		type: 'string',
		value: 'LEVEL',
		help: 'debug, info, warn, error or silent (info)',
	},
};

export interface Parsed {
	readonly ok: true;
	/** Null = none was named. */
	readonly command: Command | null;
	readonly given: Given;
	/** By name, as `parseArgs` gives them. */
	readonly flags: Readonly< Record< string, unknown > >;
}

/** `--json` is obeyed even where the rest cannot be read. */
export function wantsJson( argv: readonly string[] ): boolean {
	const end = argv.indexOf( '--' );
	return argv.slice( 0, end === -1 ? undefined : end ).includes( '--json' );
}

export function parseArguments(
	argv: readonly string[],
	commands: readonly Command[]
): Parsed | CliFailure {
	// Every command's flags at once: the command is not known before the words are told from
	// the values. A name has one type in all commands.
	const all: Record< string, Flag > = Object.assign(
		{},
		GLOBAL_FLAGS,
		...commands.map( ( { flags } ) => flags )
	);
	const { values, positionals, tokens } = parseArgs( {
		args: normalise( argv ),
		options: Object.fromEntries(
			Object.entries( all ).map( ( [ name, { type, multiple } ] ) => [
				name,
				{ type, multiple: multiple ?? false },
			] )
		),
		strict: false,
		allowPositionals: true,
		tokens: true,
	} );
	const later = laterCommand( positionals );
	if ( later !== null ) {
		return refusal(
			'not-in-this-version',
			`${ later } is not part of this version.`,
			{ fix: 'See pearlbridge --help for what this version can do.' }
		);
	}
	const command = findCommand( positionals, commands );
	for ( const token of tokens ) {
		const fault =
			token.kind === 'option' &&
			flagFault( token, { ...GLOBAL_FLAGS, ...command?.flags }, command );
		if ( fault ) {
			return fault;
		}
	}
	const given = givenOf( values, positionals, command );
	if ( values[ 'help' ] === true || values[ 'version' ] === true ) {
		return { ok: true, command, given, flags: values };
	}
	if ( command === null ) {
		return unknownCommand( positionals, commands );
	}
	return (
		countFault( command, given.args ) ?? {
			ok: true,
			command,
			given,
			flags: values,
		}
	);
}

/** `-h` is the one short flag. */
function normalise( argv: readonly string[] ): string[] {
	return argv.map( ( arg ) => ( arg === '-h' ? '--help' : arg ) );
}

/** The longest run of words that names a command: `orders backfill show` before `orders backfill`. */
function findCommand(
	positionals: readonly string[],
	commands: readonly Command[]
): Command | null {
	let found: Command | null = null;
	for ( const command of commands ) {
		const named = command.words.every(
			( word, at ) => positionals[ at ] === word
		);
		if ( named && command.words.length > ( found?.words.length ?? 0 ) ) {
			found = command;
		}
	}
	return found;
}

function givenOf(
	values: Readonly< Record< string, unknown > >,
	positionals: readonly string[],
	command: Command | null
): Given {
	return {
		args: positionals.slice( command?.words.length ?? 0 ),
		has: ( flag ) => values[ flag ] === true,
		text: ( flag ) => {
			const value = values[ flag ];
			return typeof value === 'string' ? value : null;
		},
		texts: ( flag ) => {
			const value = values[ flag ];
			return Array.isArray( value ) ? value.map( String ) : [];
		},
	};
}

interface OptionToken {
	readonly name: string;
	readonly rawName: string;
	readonly value?: string | undefined;
	readonly inlineValue?: boolean | undefined;
}

function flagFault(
	token: OptionToken,
	flags: Readonly< Record< string, Flag > >,
	command: Command | null
): CliFailure | null {
	const flag = Object.hasOwn( flags, token.name )
		? flags[ token.name ]
		: undefined;
	if ( flag === undefined ) {
		const near = didYouMean(
			token.rawName,
			Object.keys( flags ).map( ( name ) => `--${ name }` )
		);
		return refusal(
			'unknown-flag',
			command === null
				? `There is no flag ${ token.rawName }.`
				: `${ command.words.join( ' ' ) } has no flag ${ token.rawName }.`,
			{ fix: near }
		);
	}
	if ( flag.type === 'boolean' && token.value !== undefined ) {
		return refusal( 'invalid-flag', `${ token.rawName } takes no value.` );
	}
	if ( flag.type === 'string' && ! hasValue( token ) ) {
		return refusal( 'invalid-flag', `${ token.rawName } needs a value.`, {
			fix: `Write ${ token.rawName } ${
				flag.value ?? 'VALUE'
			}, or ${ token.rawName }=VALUE when the value begins with a hyphen.`,
		} );
	}
	return null;
}

/** `-` alone is a value (stdin); another hyphen there is the next flag, unless joined by `=`. */
function hasValue( { value, inlineValue }: OptionToken ): boolean {
	return (
		value !== undefined &&
		( inlineValue === true || value === '-' || ! value.startsWith( '-' ) )
	);
}

function unknownCommand(
	positionals: readonly string[],
	commands: readonly Command[]
): CliFailure {
	const typed = positionals.join( ' ' );
	if ( typed === '' ) {
		return refusal( 'unknown-command', 'No command was given.', {
			fix: 'See pearlbridge --help.',
		} );
	}
	const begun = commands.filter(
		( { words } ) => words[ 0 ] === positionals[ 0 ]
	);
	const names = commands.map( ( { words } ) => words.join( ' ' ) );
	const longest = Math.max(
		...commands.map( ( { words } ) => words.length )
	);
	const fix =
		begun.length > 0
			? `There is: ${ begun
					.map( ( { words } ) => words.join( ' ' ) )
					.join( ', ' ) }.`
			: Array.from( { length: longest }, ( _, at ) =>
					didYouMean(
						positionals.slice( 0, longest - at ).join( ' ' ),
						names
					)
				).find( ( near ) => near !== null );
	return refusal( 'unknown-command', `There is no command "${ typed }".`, {
		fix: fix ?? 'See pearlbridge --help.',
	} );
}

function countFault(
	command: Command,
	args: readonly string[]
): CliFailure | null {
	const { min, max } = command.arguments;
	const words = command.words.join( ' ' );
	const usage = `pearlbridge ${ words } ${ command.takes }`.trim();
	if ( args.length < min ) {
		return refusal(
			'missing-argument',
			`${ words } needs ${ command.takes }.`,
			{
				fix: `Usage: ${ usage }`,
			}
		);
	}
	if ( args.length > max ) {
		return refusal(
			'unexpected-argument',
			`${ words } does not take "${ args[ max ] }".`,
			{ fix: `Usage: ${ usage }` }
		);
	}
	return null;
}
