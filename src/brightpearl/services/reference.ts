/**
 * Reference data, read through the database's cache. What is kept is Brightpearl's own
 * answer, so that one schema reads both.
 */
import type { z } from 'zod';
import type { Cache } from '../../contracts/database.ts';
import { HOUR, MINUTE } from '../../contracts/primitives.ts';
import { fail, type Result } from '../../contracts/result.ts';
import { decode } from '../answers/decode.ts';
import type { Lane } from '../api.ts';
import type { Ask, Call } from '../transport/call.ts';

/** What people choose from: long enough to cost nothing, short enough that what was just added is soon known. */
const SHORT = 5 * MINUTE;
/**
 * What every order is planned with. Where a plan misses something it is asked for anew, so that
 * a live order does not pay for it each time.
 */
export const LONG = 12 * HOUR;

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
		fresh?: boolean,
		/** How long the answer is kept, in milliseconds (5 minutes). */
		lasts?: number
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
		schema: z.ZodType< T >,
		lasts: number
	): Promise< Result< T > > {
		const sent = await ask( call );
		if ( sent.kind === 'failed' ) {
			return fail( sent.failure );
		}
		const value =
			sent.kind === 'answer' ? sent.body[ 'response' ] : undefined;
		const decoded = decode( schema, value, call, sent.ruid );
		if ( decoded.ok ) {
			await cache.put( scope, call.path, value, lasts );
		}
		return decoded;
	}

	return {
		async read(
			{ ask, lane },
			call,
			schema,
			fresh = false,
			lasts = SHORT
		) {
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
				running = fetched( ask, call, schema, lasts ).finally( () =>
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
