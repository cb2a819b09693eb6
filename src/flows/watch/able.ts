/** Remembers, over restarts, since when a connection's orders could have been pushed. */
import { z } from 'zod';
import { MINUTE, parseDuration } from '../../contracts/primitives.ts';
import { ableSince, type Able } from '../../domain/able-since.ts';
import type { Connected } from '../connected.ts';

const ableSchema = z.object( { since: z.number(), seenAt: z.number() } );

const KEY = 'able';
/** At least: an update of the machine is no pause. */
const LONGEST_CRASH = 10 * MINUTE;

/**
 * To be called at each look, that it is known until when it ran.
 *
 * @param startedAt Of the service that runs now; null = there is none.
 */
export async function nowAble(
	{ database: { cache }, name, settings, world }: Connected,
	startedAt: string | null
): Promise< number > {
	const now = world.clock.now();
	const known =
		ableSchema.safeParse( await cache.get( name, KEY ) ).data ?? null;
	const since = ableSince(
		known,
		startedAt === null ? now : Date.parse( startedAt ),
		// One look may be missed between the last one and the crash.
		Math.max(
			LONGEST_CRASH,
			2 * ( parseDuration( settings.sweep.every ) ?? 0 )
		)
	);
	await cache.put( name, KEY, { since, seenAt: now } satisfies Able, null );
	return since;
}

/** Nothing may be pushed at this moment: what comes after begins anew. */
export async function notAble( {
	database: { cache },
	name,
	world,
}: Connected ): Promise< void > {
	const now = world.clock.now();
	await cache.put(
		name,
		KEY,
		{ since: now, seenAt: now } satisfies Able,
		null
	);
}
