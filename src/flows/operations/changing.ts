/**
 * One change of a connection's record at a time, also across processes: it is read, changed and
 * written whole, and what two wrote at once must not undo each other.
 */
import type { ErrorBody } from '../../contracts/answers.ts';
import type { OperationExit } from '../../contracts/operations.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Result } from '../../contracts/result.ts';
import { ofFailure, type OperationContext } from './context.ts';

/** A change is a matter of milliseconds. */
const WAIT = 10 * SECOND;

interface Busy {
	readonly exit: OperationExit;
	readonly body: { readonly error: ErrorBody };
}

export async function whileChanging< T >(
	context: Pick< OperationContext, 'database' >,
	name: string,
	work: () => Promise< T >
): Promise< T | Busy > {
	const held = await changing( context, name, work );
	return held.ok ? held.value : ofFailure( held.failure );
}

/** For those who are answered in another way. */
export function changing< T >(
	{ database }: Pick< OperationContext, 'database' >,
	name: string,
	work: () => Promise< T >
): Promise< Result< T > > {
	return database.locks.withLock(
		`connection:${ name }`,
		{ wait: WAIT },
		work
	);
}
