/** What a check of Brightpearl tells, as `connection check` prints it. */
import type { Finding } from '../../contracts/answers.ts';
import type { Failure } from '../../contracts/result.ts';

export const finding = (
	level: Finding[ 'level' ],
	code: string,
	message: string,
	fix: string | null = null
): Finding => ( { side: 'brightpearl', code, level, message, fix } );

export function failureFinding( what: string, failure: Failure ): Finding {
	if ( failure.kind === 'hold' ) {
		const { code, message, fix } = failure.problem;
		return finding( 'error', code, `${ what }: ${ message }`, fix );
	}
	return failure.cause === 'throttled'
		? finding(
				'error',
				'throttled',
				`${ what }: ${ failure.message }`,
				'Wait a minute, then check again; `budget.reserve` shares the minute with other apps.'
			)
		: finding(
				'error',
				'service-unreachable',
				`${ what }: ${ failure.message }`,
				'Check `brightpearl.apiDomain` and this machine’s way to the internet; Brightpearl’s status page tells of outages.'
			);
}
