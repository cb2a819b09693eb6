/**
 * pair, and the end of a pairing.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { forget } from '../pairing/keys.ts';
import { openPairing } from '../pairing/pair.ts';
import { whileChanging } from './changing.ts';
import { connectionView } from './connection-view.ts';
import { done, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

export async function pair(
	context: OperationContext,
	{ connection }: OperationInput< 'pair' >
): Promise< Outcome< OperationOutput< 'pair' > > > {
	if ( connection !== null ) {
		const found = await findStored( context, connection );
		if ( ! found.ok ) {
			return found.outcome;
		}
	}
	const { code, expiresAt } = await openPairing( context, connection );
	return done( {
		code,
		expiresAt: new Date( expiresAt ).toISOString(),
		connection,
	} );
}

/** Also where there is none: a second click finds what the first has done. */
export async function connectionUnpair(
	context: OperationContext,
	{ name }: OperationInput< 'connectionUnpair' >
): Promise< Outcome< ConnectionView > > {
	const found = await findStored( context, name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	return whileChanging( context, name, async () => {
		await forget( context, name );
		return done( await connectionView( context, found.stored ) );
	} );
}
