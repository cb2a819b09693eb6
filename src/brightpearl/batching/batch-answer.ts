/**
 * What a batch's answer is to each of its members: every message is judged by itself, by the
 * classifier that judges single calls, with the batch's own headers and request id.
 */
import { retry } from '../../contracts/result.ts';
import type { Attempt } from '../transport/attempt.ts';
import type { Call, Sent } from '../transport/call.ts';
import { classify, type Verdict } from '../transport/classify.ts';
import type { Message } from './multi-message.ts';
import type { Report } from '../transport/report.ts';
import { sentOf } from '../transport/transport.ts';

/** Null = turned away for its token alone: not executed, and a call of its own renews that. */
export type Told = Sent | null;

function judge( call: Call, message: Message, attempt: Attempt ): Verdict {
	const { credentials, outcome, ruid, sentAt } = attempt;
	const endpoint = `${ call.method } ${ call.path }`;
	const undone = ( text: string, outcomeUnknown: boolean ): Verdict => ( {
		kind: 'stumbled',
		failure: retry( 'brightpearl', 'outage', text, {
			outcomeUnknown,
			ruid,
		} ).failure,
	} );
	switch ( message.kind ) {
		case 'unprocessed':
			return undone(
				`Brightpearl left ${ endpoint } of a batch undone.`,
				false
			);
		case 'untold':
			return undone(
				`Brightpearl's answer to a batch tells nothing of ${ endpoint }.`,
				true
			);
		case 'processed':
			return classify( {
				endpoint,
				write: true,
				none: call.none ?? 'never',
				outcome: {
					ok: true,
					answer: {
						status: message.status,
						headers: outcome.ok ? outcome.answer.headers : {},
						body: message.body,
					},
				},
				secrets: credentials.secrets,
				field: credentials.field,
				now: sentAt,
			} );
	}
}

export function tellEach(
	calls: readonly Call[],
	messages: readonly Message[],
	attempt: Attempt,
	report: Report
): Told[] {
	const { ruid, sentAt } = attempt;
	/** However many of them were too many, it is one stop. */
	let stop: Verdict | null = null;
	return calls.map( ( call, at ): Told => {
		const message = messages[ at ] ?? { kind: 'untold' };
		const own = judge( call, message, attempt );
		const verdict =
			own.kind === 'throttled' ? ( stop ??= report.message( own ) ) : own;
		const status = message.kind === 'processed' ? message.status : null;
		report.log(
			{
				method: call.method,
				path: call.path,
				status,
				ruid,
				batched: true,
			},
			verdict
		);
		return verdict.kind === 'unauthorized'
			? null
			: sentOf( verdict, { ruid, sentAt, status } );
	} );
}
