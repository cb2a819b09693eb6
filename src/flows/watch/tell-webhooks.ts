/** The one problem of a connection's webhooks: raised while it holds. */
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Connected } from '../connected.ts';
import {
	clearOfConnection,
	connectionSubject,
} from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';

/** @param draft Null = they deliver. */
export async function tellWebhooks(
	connected: Connected,
	draft: ProblemDraft | null
): Promise< void > {
	const { name } = connected;
	if ( draft === null ) {
		await clearOfConnection( connected, 'webhook-disabled' );
	} else {
		await raiseProblem( connected, name, connectionSubject( name ), draft );
	}
}
