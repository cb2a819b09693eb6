import type { Call } from './command.ts';
import { refusal, type CliFailure } from './failure.ts';

/** A connection is named after the command or by `--connection`; null = the only one. */
export function connectionName( {
	given,
	settings,
}: Call ): { readonly name: string | null } | CliFailure {
	const [ named ] = given.args;
	const flagged = settings.connection;
	return named !== undefined && flagged !== null && named !== flagged
		? refusal(
				'invalid-flag',
				`Two connections are named: ${ named } and ${ flagged }.`
			)
		: { name: named ?? flagged };
}
