/**
 * connection authorize: the consent of a Brightpearl account for an OAuth connection, in three
 * steps that may be taken by different people and programs: begin, wait, finish by hand.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	OperationOutput,
	Outcome,
} from '../../contracts/operations.ts';
import { beginConsent, finishPasted } from '../consent.ts';
import { consentProgress, hashOf } from '../consent-progress.ts';
import { connectionView } from './connection-view.ts';
import { done, failure, ofFailure, type OperationContext } from './context.ts';
import { findStored, incomplete } from './scope.ts';

/** Between two looks: a person is on the way, not a program. */
const LOOK_AGAIN = 250;

export async function connectionConsent(
	context: OperationContext,
	{ name }: OperationInput< 'connectionConsent' >
): Promise< Outcome< OperationOutput< 'connectionConsent' > > > {
	const found = await oauthConnection( context, name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const begun = await beginConsent( context, found.stored.record );
	return begun.ok ? done( begun.value ) : ofFailure( begun.failure );
}

export async function connectionConsentState(
	context: OperationContext,
	{ name, state, wait }: OperationInput< 'connectionConsentState' >,
	call: OperationCall
): Promise< Outcome< OperationOutput< 'connectionConsentState' > > > {
	const found = await oauthConnection( context, name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { clock } = context.world;
	const connection = found.stored.record.name;
	for (;;) {
		const seen = await look( context, connection, state );
		const isOver =
			seen.state !== 'waiting' ||
			! wait ||
			// Nobody else could work on this data dir while a command waits in it.
			context.service().running === null ||
			call.signal.aborted ||
			clock.now() >= call.deadline;
		if ( isOver ) {
			return done( seen );
		}
		await clock.sleep(
			Math.min( LOOK_AGAIN, Math.max( call.deadline - clock.now(), 1 ) ),
			call.signal
		);
	}
}

async function look(
	context: OperationContext,
	connection: string,
	state: string
): Promise< OperationOutput< 'connectionConsentState' > > {
	const progress = await consentProgress( context, connection );
	if ( progress === null ) {
		return { state: 'expired', exit: 0, failure: null };
	}
	const { result, stateHash } = progress;
	if ( result?.exit === 0 ) {
		return { state: 'done', exit: 0, failure: null };
	}
	// That another consent, begun after this one, was refused says nothing of this one.
	return result === null || stateHash !== hashOf( state )
		? { state: 'waiting', exit: 0, failure: null }
		: {
				state: 'failed',
				exit: result.exit,
				failure: result.error,
			};
}

export async function connectionAuthorize(
	context: OperationContext,
	{ name, code }: OperationInput< 'connectionAuthorize' >
): Promise< Outcome< ConnectionView > > {
	const found = await oauthConnection( context, name );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { name: connection } = found.stored.record;
	const result = await finishPasted( context, connection, code );
	switch ( result.kind ) {
		case 'unknown':
		case 'already':
			return failure(
				4,
				'consent-unknown',
				`No consent is open for ${ connection } that this belongs to: it was used already, has run out after 15 minutes, or was begun for another connection.`,
				`Begin again with: pearlbridge connection authorize ${ connection }`
			);
		case 'failed':
			return ofFailure( result.failure );
		case 'done': {
			const stored = await context.connections.stored( connection );
			return stored === null
				? failure(
						6,
						'unknown-connection',
						`${ connection } was removed meanwhile.`
					)
				: done( await connectionView( context, stored ) );
		}
	}
}

async function oauthConnection(
	context: OperationContext,
	name: string | null
) {
	const found = await findStored( context, name );
	if ( ! found.ok ) {
		return found;
	}
	const { brightpearl, name: connection } = found.stored.record;
	if ( brightpearl === null ) {
		return {
			ok: false as const,
			outcome: incomplete( found.stored.record ),
		};
	}
	return brightpearl.auth.type === 'oauth'
		? found
		: {
				ok: false as const,
				outcome: failure(
					2,
					'not-oauth',
					`The connection ${ connection } signs in to Brightpearl with a ${ brightpearl.auth.type === 'private-app' ? 'private app' : 'staff token' }: there is no consent to give.`,
					'Nothing is to be done; or choose OAuth under brightpearl.auth first.',
					[
						{
							path: 'brightpearl.auth.type',
							message: 'is not oauth',
						},
					]
				),
			};
}
