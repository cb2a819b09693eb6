/**
 * The consent of a Brightpearl account: begun with a single-use state, finished with what the
 * browser brought back. Whoever brings it (the browser, the plugin, a person who pastes it), the
 * state says which connection it is for.
 */
import {
	consentUrl,
	exchangeConsent,
	type ConsentDeps,
} from '../brightpearl/auth/consent.ts';
import type { ConnectionRecord } from '../contracts/connection.ts';
import { SECOND } from '../contracts/primitives.ts';
import { hold, type Failure, type Result } from '../contracts/result.ts';
import { returnAddress } from './consent-address.ts';
import {
	CONSENT_GOOD_FOR,
	connectedBy,
	consentProgress,
	hashOf,
	tellConsent,
} from './consent-progress.ts';
import { openAgain, returnedOf, wantedOf } from './consent-returned.ts';
import { changing } from './operations/changing.ts';
import { retryAfterChange } from './operations/connection-rules.ts';
import type { OperationContext } from './operations/context.ts';

const STATE_BYTES = 32;
/** A refresh under way ends within. */
const TOKEN_WAIT = 30 * SECOND;

export interface BegunConsent {
	readonly connection: string;
	readonly url: string;
	readonly state: string;
	readonly redirectUri: string;
	readonly expiresAt: string;
	/** False = nobody takes the callback now: a person pastes where the browser ended up. */
	readonly callback: boolean;
}

export type ConsentResult =
	| { readonly kind: 'done'; readonly connection: string }
	/** The browser came back a second time, as when its page is loaded again. */
	| { readonly kind: 'already'; readonly connection: string }
	/** Not begun here, used already, run out, or another connection's. */
	| { readonly kind: 'unknown' }
	| {
			readonly kind: 'failed';
			readonly connection: string;
			readonly failure: Failure;
	  };

export async function beginConsent(
	context: OperationContext,
	record: ConnectionRecord
): Promise< Result< BegunConsent > > {
	const { database, world } = context;
	const deps = depsOf( context, record );
	if ( deps === null ) {
		return notOAuth( record.name );
	}
	const state = Buffer.from( world.random.bytes( STATE_BYTES ) ).toString(
		'base64url'
	);
	const { uri: redirectUri, callback } = await returnAddress(
		context,
		record
	);
	const url = consentUrl( deps, { state, redirectUri } );
	if ( ! url.ok ) {
		return url;
	}
	const expiresAt = world.clock.now() + CONSENT_GOOD_FOR;
	const stateHash = hashOf( state );
	await database.consents.add( {
		stateHash,
		connection: record.name,
		redirectUri,
		expiresAt,
	} );
	await tellConsent( context, record.name, { stateHash, result: null } );
	return {
		ok: true,
		value: {
			connection: record.name,
			url: url.value,
			state,
			redirectUri,
			expiresAt: new Date( expiresAt ).toISOString(),
			callback,
		},
	};
}

/**
 * @param returned The query of the address Brightpearl sent the browser back to.
 * @param only     The one connection it may be for; null = whichever the state says.
 */
export async function finishConsent(
	context: OperationContext,
	returned: URLSearchParams,
	only: string | null
): Promise< ConsentResult > {
	const parameters = wantedOf( returned );
	const state = parameters.get( 'state' ) ?? '';
	const taken = await take( context, hashOf( state ), only );
	if ( taken !== null ) {
		return settle( context, taken, { parameters, state, pasted: false } );
	}
	const connection = await connectedBy( context, state );
	return connection === null || ( only !== null && connection !== only )
		? { kind: 'unknown' }
		: { kind: 'already', connection };
}

/**
 * What a person pasted: the whole address, or the code alone. A code alone belongs to the consent
 * that was begun last for this connection.
 */
export async function finishPasted(
	context: OperationContext,
	connection: string,
	text: string
): Promise< ConsentResult > {
	const parameters = wantedOf( returnedOf( text ) );
	const state = parameters.get( 'state' );
	const stateHash =
		state === null
			? ( await consentProgress( context, connection ) )?.stateHash
			: hashOf( state );
	const taken =
		stateHash === undefined
			? null
			: await take( context, stateHash, connection );
	return taken === null
		? { kind: 'unknown' }
		: settle( context, taken, { parameters, state, pasted: true } );
}

interface Returned {
	readonly parameters: URLSearchParams;
	/** Null = the code came alone. */
	readonly state: string | null;
	/** By a person, who may have copied the wrong thing and can paste again. */
	readonly pasted: boolean;
}

interface Taken {
	readonly stateHash: string;
	readonly connection: string;
	readonly redirectUri: string;
	readonly expiresAt: number;
}

async function take(
	{ database }: OperationContext,
	stateHash: string,
	only: string | null
): Promise< Taken | null > {
	const taken = await database.consents.take( stateHash );
	if ( taken === null ) {
		return null;
	}
	const mine = { ...taken, stateHash };
	if ( only !== null && taken.connection !== only ) {
		// Brought to the wrong connection: to its own it still may be.
		await database.consents.add( mine );
		return null;
	}
	return mine;
}

async function settle(
	context: OperationContext,
	taken: Taken,
	returned: Returned
): Promise< ConsentResult > {
	const { connection, stateHash } = taken;
	const { database, events, world } = context;
	// The account and the app must stay what they are until their token is kept.
	const turn = await changing( context, connection, () =>
		exchange( context, taken, returned )
	);
	const exchanged = turn.ok ? turn.value : turn;
	if ( ! exchanged.ok ) {
		const again = returned.pasted
			? openAgain( exchanged.failure, returned.parameters )
			: null;
		const failure = again ?? exchanged.failure;
		if ( failure.kind === 'retry' ) {
			// The code may still be good: loading the page again tries it once more.
			await database.consents.add( {
				...taken,
				expiresAt: world.clock.now() + CONSENT_GOOD_FOR,
			} );
		} else if ( again !== null ) {
			// Whoever waits goes on waiting.
			await database.consents.add( taken );
		} else {
			await tellConsent( context, connection, {
				stateHash,
				result: {
					exit: failure.problem.code === 'secret-unreadable' ? 2 : 4,
					error: {
						code: failure.problem.code,
						message: failure.problem.message,
						fix: failure.problem.fix,
						details: null,
					},
				},
			} );
		}
		world.logger.warn(
			{
				connection,
				reason:
					failure.kind === 'retry'
						? failure.message
						: failure.problem.message,
			},
			'A consent of Brightpearl’s came to nothing'
		);
		return { kind: 'failed', connection, failure };
	}
	world.logger.info(
		{ connection },
		'Brightpearl has given its consent; the token is kept'
	);
	await tellConsent( context, connection, {
		stateHash,
		result: { exit: 0, error: null },
	} );
	events.emit( { event: 'changed', connection, what: 'connection' } );
	return { kind: 'done', connection };
}

async function exchange(
	context: OperationContext,
	{ connection, redirectUri }: Taken,
	{ parameters, state }: Returned
): Promise< Result< void > > {
	const { database } = context;
	const stored = await database.connections.find( connection );
	const deps = stored === null ? null : depsOf( context, stored.record );
	if ( stored === null || deps === null ) {
		return notOAuth( connection );
	}
	// A refresh that is under way would write the old grant's token over the new one.
	const turn = await database.locks.withLock(
		`token:${ connection }`,
		{ wait: TOKEN_WAIT },
		async () => {
			const token = await exchangeConsent( deps, {
				parameters,
				state,
				redirectUri,
				before: await database.connections.token( connection ),
			} );
			if ( token.ok ) {
				await database.connections.saveToken( connection, token.value );
			}
			return token;
		}
	);
	const token = turn.ok ? turn.value : turn;
	if ( ! token.ok ) {
		return token;
	}
	// A new revision: clients that hold the token until now are made anew.
	await database.connections.replace( stored.record );
	await context.changed();
	await retryAfterChange( context, connection, stored.record.settings );
	return { ok: true, value: undefined };
}

function depsOf(
	{ readSecret, world }: OperationContext,
	{ name, brightpearl }: ConnectionRecord
): ConsentDeps | null {
	return brightpearl === null || brightpearl.auth.type !== 'oauth'
		? null
		: {
				connection: name,
				config: brightpearl,
				auth: brightpearl.auth,
				world,
				readSecret,
			};
}

function notOAuth( connection: string ) {
	return hold( {
		code: 'credentials-brightpearl',
		message: `The connection ${ connection } does not sign in to Brightpearl by OAuth any more.`,
		cause: 'It was changed or removed meanwhile.',
		fix: 'Choose OAuth for it, then begin again.',
		field: 'brightpearl.auth.type',
	} );
}
