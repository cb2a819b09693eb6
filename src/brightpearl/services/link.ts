/**
 * What a service needs to speak to Brightpearl: how to ask, in which lane, and what is known
 * already.
 */
import type { z } from 'zod';
import type { Result } from '../../contracts/result.ts';
import type { Clock } from '../../contracts/world.ts';
import type { AccountConfiguration, Lane } from '../api.ts';
import type { Ask, Call } from '../transport/call.ts';
import type { Together } from './reading.ts';

export interface Link {
	readonly ask: Ask;
	readonly lane: Lane;
	/** `/public-api/{account}`: part of every request's length. */
	readonly prefix: string;
	readonly clock: Clock;
	/** Reads that others make at the same time too. */
	readonly together: Together;
	/** One kind of reference data, through the cache; `fresh` passes it by, and renews it. */
	kept< T >(
		call: Call,
		schema: z.ZodType< T >,
		/** How long it is kept, in milliseconds (5 minutes). */
		lasts?: number
	): ( fresh?: boolean ) => Promise< Result< T > >;
	configuration( fresh?: boolean ): Promise< Result< AccountConfiguration > >;
}
