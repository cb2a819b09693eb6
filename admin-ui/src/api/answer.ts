/** Reads what an operation answered with the operation's own schema, once, at the border. */
import type { z } from 'zod';
import { errorAnswerSchema } from '../../../src/contracts/answers.ts';
import type { ConsoleOperationName } from '../../../src/contracts/console.ts';
import { OPERATIONS } from '../../../src/contracts/operations.ts';
import type { OperationOutput } from '../../../src/contracts/operations.ts';
import type { ApiError, HostAnswer } from '../host.ts';
import { strangeAnswer } from './errors.ts';

/**
 * `exit` may be other than 0 with a value: a check that found something, an order that was tried
 * and is a problem now.
 */
export type Answer< T > =
	| { readonly ok: true; readonly value: T; readonly exit: number }
	| { readonly ok: false; readonly error: ApiError };

/** What a caller gives: defaults may be left out. */
export type Input< N extends ConsoleOperationName > = z.input<
	( typeof OPERATIONS )[ N ][ 'input' ]
>;
export type Output< N extends ConsoleOperationName > = OperationOutput< N >;

export function readAnswer< N extends ConsoleOperationName >(
	name: N,
	answer: HostAnswer
): Answer< Output< N > > {
	if ( ! answer.ok ) {
		return answer;
	}
	const { exit, body } = answer;
	const error = errorAnswerSchema.safeParse( body );
	if ( error.success ) {
		return {
			ok: false,
			error: { ...error.data.error, exit, unknown: exit === 7 },
		};
	}
	const schema: z.ZodType< Output< N > > = OPERATIONS[ name ].output as never;
	const read = schema.safeParse( body );
	return read.success
		? { ok: true, value: read.data, exit }
		: { ok: false, error: { ...strangeAnswer(), exit } };
}
