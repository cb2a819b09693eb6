/**
 * Reference data, read through the database's cache. What is kept is Brightpearl's own
 * answer, so that one schema reads both.
 */
import type { z } from 'zod';
import type { Cache } from '../contracts/database.ts';
import { MINUTE } from '../contracts/primitives.ts';
import { fail, type Result } from '../contracts/result.ts';
import { decode } from './decode.ts';
import type { Lane } from './api.ts';
import type { Ask, Call } from './call.ts';

/** Long enough to cost nothing, short enough that a tax code just added is soon known. */
const TTL = 5 * MINUTE;

export interface Asker {
	readonly lane: Lane;
	readonly ask: Ask;
}

export interface Reference {
	/** `fresh` passes the cache by, and renews it. */
	read< T >(
		from: Asker,
		call: Call,
		schema: z.ZodType< T >,
		fresh?: boolean
	): Promise< Result< T > >;
}

export function createReference(
	cache: Cache,
	scope: string,
	counted: ( result: 'hit' | 'miss' ) => void = () => {}
): Reference {
	/** One request for everybody who asks at the same time in the same lane: nobody waits in a slower one. */
	const asking = new Map< string, Promise< Result< unknown > > >();

	async function fetched< T >(
		ask: Ask,
		call: Call,
		schema: z.ZodType< T >
	): Promise< Result< T > > {
		const sent = await ask( call );
		if ( sent.kind === 'failed' ) {
			return fail( sent.failure );
		}
		const value =
			sent.kind === 'answer' ? sent.body[ 'response' ] : undefined;
		const decoded = decode( schema, value, call, sent.ruid );
		if ( decoded.ok ) {
			await cache.put( scope, call.path, value, TTL );
		}
		return decoded;
	}

	return {
		async read( { ask, lane }, call, schema, fresh = false ) {
			if ( ! fresh ) {
				const kept = await cache.get( scope, call.path );
				const known = schema.safeParse( kept );
				if ( kept !== undefined && known.success ) {
					counted( 'hit' );
					return { ok: true, value: known.data };
				}
			}
			counted( 'miss' );
			const key = `${ lane } ${ call.path }`;
			let running = asking.get( key );
			if ( ! running ) {
				running = fetched( ask, call, schema ).finally( () =>
					asking.delete( key )
				);
				asking.set( key, running );
			}
			const result = await running;
			// The same path is always read with the same schema.
			return result as Result< z.output< typeof schema > >;
		},
	};
}
