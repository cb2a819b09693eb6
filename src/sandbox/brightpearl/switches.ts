/**
 * What the references leave open, one switch for each question. The default is the strictest
 * reading; both readings must be survived by a client. Each says what it asks in its description,
 * which the Switches page shows.
 *
 * No switch for what no client of ours reads: the answers' shapes of `countOnly`, of `…-search/meta-data`
 * and of `sale-payment-total`, which nobody has recorded. What the sandbox answers there is a guess.
 */
import { z } from 'zod';
import { platformSwitches } from './switches-platform.ts';
import { resourceSwitches } from './switches-resources.ts';

export const switchesSchema = z.strictObject( {
	...platformSwitches,
	...resourceSwitches,
} );

export type Switches = z.infer< typeof switchesSchema >;

export const strictSwitches = (): Switches => switchesSchema.parse( {} );
