/**
 * A command that is one operation: what was typed becomes its input, its outcome is printed.
 */
import {
	isErrorAnswer,
	type OperationName,
	type OperationOutput,
} from '../contracts/operations.ts';
import type { Call, Command, Flag } from './command.ts';
import type { CliFailure } from './failure.ts';
import { operate } from './operate.ts';

/** The raw input, read by the operation's schema; or a failure told at once. */
export type InputOf = (
	call: Call
) =>
	| Record< string, unknown >
	| CliFailure
	| Promise< Record< string, unknown > | CliFailure >;

export interface OperationSpec< N extends OperationName > {
	readonly words: readonly string[];
	readonly summary: string;
	readonly takes?: string;
	/** [ 0, 0 ] when absent. */
	readonly arguments?: readonly [ min: number, max: number ];
	readonly flags?: Readonly< Record< string, Flag > >;
	readonly operation: N;
	readonly input: InputOf;
	/** Puts the answer where it was asked for, before it is printed; a failure when it cannot. */
	readonly deliver?: (
		output: OperationOutput< N >,
		call: Call
	) => Promise< CliFailure | null >;
	/** What a person reads. */
	readonly text: ( output: OperationOutput< N >, call: Call ) => string;
}

export function operationCommand< N extends OperationName >(
	spec: OperationSpec< N >
): Command {
	const [ min, max ] = spec.arguments ?? [ 0, 0 ];
	return {
		words: spec.words,
		summary: spec.summary,
		takes: spec.takes ?? '',
		arguments: { min, max },
		flags: spec.flags ?? {},
		usesData: true,
		async run( call ) {
			const { output } = call;
			const input = await spec.input( call );
			if ( isFailure( input ) ) {
				output.failure( input.error );
				return input.exit;
			}
			const operated = await operate( call, spec.operation, input );
			if ( ! operated.ok ) {
				output.failure( operated.error );
				return operated.exit;
			}
			if ( isErrorAnswer( operated.body ) ) {
				output.failure( operated.body.error );
				return operated.exit;
			}
			const answer = operated.body as OperationOutput< N >;
			const undelivered = await spec.deliver?.( answer, call );
			if ( undelivered ) {
				output.failure( undelivered.error );
				return undelivered.exit;
			}
			if ( output.json ) {
				output.document( operated.body, '' );
			} else {
				output.document( answer, spec.text( answer, call ) );
			}
			return operated.exit;
		},
	};
}

function isFailure(
	input: Record< string, unknown > | CliFailure
): input is CliFailure {
	return input[ 'ok' ] === false && 'exit' in input;
}

/** A number where it is one; anything else stays text, and the schema says what it must be. */
export function numeric( text: string ): number | string {
	return /^\d{1,15}$/.test( text ) ? Number( text ) : text;
}

/** A flag's value as a number, or null when it was not given. */
export function numericOrNull( text: string | null ): number | string | null {
	return text === null ? null : numeric( text );
}
