/**
 * `--help`: of everything, or of one command.
 */
import { GLOBAL_FLAGS } from './arguments.ts';
import type { Command, Flag } from './command.ts';
import { indent, sections } from './text.ts';

const INTRODUCTION =
	'Pearlbridge keeps a WooCommerce shop and Brightpearl in agreement.';

/** Null = of everything. */
export function helpText(
	command: Command | null,
	commands: readonly Command[]
): string {
	return command === null
		? sections(
				INTRODUCTION,
				'Usage: pearlbridge COMMAND [FLAGS]',
				`Commands:\n${ indent(
					list(
						commands.map( ( one ) => [ usage( one ), one.summary ] )
					)
				) }`,
				flagSection( 'Flags of every command', GLOBAL_FLAGS ),
				'pearlbridge COMMAND --help tells more of one.'
			)
		: sections(
				`${ command.summary }.`,
				`Usage: pearlbridge ${ usage( command ) } [FLAGS]`,
				flagSection( 'Flags', command.flags ),
				flagSection( 'Flags of every command', GLOBAL_FLAGS )
			);
}

function usage( { words, takes }: Command ): string {
	return `${ words.join( ' ' ) } ${ takes }`.trim();
}

function flagSection(
	title: string,
	flags: Readonly< Record< string, Flag > >
): string | null {
	const entries = Object.entries( flags );
	return entries.length === 0
		? null
		: `${ title }:\n${ indent(
				list(
					entries.map( ( [ name, { value, help } ] ) => [
						`--${ name }${ value === undefined ? '' : ` ${ value }` }`,
						help,
					] )
				)
			) }`;
}

function list( entries: readonly ( readonly [ string, string ] )[] ): string {
	const widest = Math.max( ...entries.map( ( [ left ] ) => left.length ) );
	return entries
		.map( ( [ left, right ] ) => `${ left.padEnd( widest ) }  ${ right }` )
		.join( '\n' );
}
