/**
 * How the newest consent of a connection stands, for those who wait for it: the callback, which
 * finishes it, comes to somebody else.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { errorBodySchema } from '../contracts/answers.ts';
import type { Database } from '../contracts/database.ts';
import { MINUTE } from '../contracts/primitives.ts';
import type { ConnectionsRegistry } from './connections.ts';

/** Signing in to Brightpearl, perhaps with a second factor, is done within. */
export const CONSENT_GOOD_FOR = 15 * MINUTE;
const SCOPE = 'consent';

type Context = { readonly database: Pick< Database, 'cache' > };

/** There is one row for each connection. */
const progressSchema = z.object( {
	stateHash: z.string(),
	/** Null while it is open. */
	result: z
		.object( { exit: z.int(), error: errorBodySchema.nullable() } )
		.nullable(),
} );
export type ConsentProgress = z.infer< typeof progressSchema >;

/** Null = none was begun, or it has run out. */
export async function consentProgress(
	{ database }: Context,
	connection: string
): Promise< ConsentProgress | null > {
	const read = progressSchema.safeParse(
		await database.cache.get( SCOPE, connection )
	);
	return read.success ? read.data : null;
}

/**
 * The connection whose newest consent this state was, when it ended well: a page loaded again.
 * Null = none.
 */
export async function connectedBy(
	context: Context & {
		readonly connections: Pick< ConnectionsRegistry, 'all' >;
	},
	state: string
): Promise< string | null > {
	const stateHash = hashOf( state );
	for ( const { record } of await context.connections.all() ) {
		const progress = await consentProgress( context, record.name );
		if (
			progress?.stateHash === stateHash &&
			progress.result?.exit === 0
		) {
			return record.name;
		}
	}
	return null;
}

export async function forgetConsent(
	{ database }: Context,
	connection: string
): Promise< void > {
	await database.cache.drop( SCOPE, connection );
}

export async function tellConsent(
	{ database }: Context,
	connection: string,
	progress: ConsentProgress
): Promise< void > {
	await database.cache.put( SCOPE, connection, progress, CONSENT_GOOD_FOR );
}

export function hashOf( state: string ): string {
	return createHash( 'sha256' ).update( state ).digest( 'hex' );
}
