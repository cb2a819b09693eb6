/**
 * Tells when a connection has fallen silent: orders wait, and none reaches Brightpearl for far
 * longer than usual. It is over when one does, or none waits any more.
 */
import { DAY, parseDuration } from '../../contracts/primitives.ts';
import type { Problem, ProblemDraft } from '../../contracts/problem.ts';
import { taskKey } from '../../contracts/queue.ts';
import { inWords, silentSince } from '../../domain/silence.ts';
import type { Connected } from '../connected.ts';
import {
	clearOfConnection,
	connectionSubject,
	stopsOrders,
} from '../connection-problems.ts';
import { raiseProblem } from '../raise-problem.ts';
import { nowAble } from './able.ts';
import type { WatchParts } from './parts.ts';

const LOOKS_BACK = 7 * DAY;
const CODE = 'orders-silent';

export async function watchSilence(
	{ service }: Pick< WatchParts, 'service' >,
	connected: Connected
): Promise< void > {
	const { database, name, settings, world } = connected;
	if ( ! settings.watch.silence || settings.goLive === null ) {
		await clearOfConnection( connected, CODE );
		return;
	}
	const now = world.clock.now();
	const able = await nowAble(
		connected,
		service().running?.startedAt ?? null
	);
	const own = await database.problems.list( {
		connection: name,
		subject: connectionSubject( name ),
	} );
	const stop = own.find( ( { code } ) => stopsOrders( code ) ) ?? null;
	const { count, oldest } = await database.orderLinks.waiting(
		name,
		now - LOOKS_BACK,
		// A side that is down stops orders one by one: then they wait as well.
		stop !== null
	);
	const { lastPushAt } = await database.orderLinks.lastTimes( name );
	const since =
		oldest === null
			? null
			: silentSince( {
					latencies: await database.orderLinks.pushTimes(
						name,
						now - LOOKS_BACK
					),
					delay: parseDuration( settings.orders.delay ) ?? 0,
					waitingSince: oldest.since,
					lastPushAt:
						lastPushAt === null ? null : Date.parse( lastPushAt ),
					ableSince: Math.max( Date.parse( settings.goLive ), able ),
					now,
				} );
	if ( since === null || oldest === null ) {
		await clearOfConnection( connected, CODE );
		return;
	}
	const task = await database.queue.find(
		taskKey( name, 'order', oldest.orderId )
	);
	const draft = silent( {
		count,
		since,
		lasts: now - since,
		oldest: oldest.number ?? String( oldest.orderId ),
		stop,
		said: task?.message ?? null,
	} );
	if ( own.some( ( { code } ) => code === CODE ) ) {
		// It was told; how many wait by now is for whoever looks.
		await database.problems.raise( name, connectionSubject( name ), draft );
	} else {
		await raiseProblem( connected, name, connectionSubject( name ), draft );
	}
}

function silent( found: {
	readonly count: number;
	readonly since: number;
	readonly lasts: number;
	readonly oldest: string;
	/** What stops the connection as a whole. */
	readonly stop: Problem | null;
	/** Why the oldest was not pushed when it was last tried. */
	readonly said: string | null;
} ): ProblemDraft {
	const { count, lasts, oldest, said, since, stop } = found;
	const orders = count === 1 ? '1 order waits' : `${ count } orders wait`;
	return {
		code: CODE,
		message: `${ orders }, and none has reached Brightpearl since ${ new Date( since ).toISOString() } (${ inWords( lasts ) }).`,
		cause:
			stop !== null
				? stop.message
				: said !== null
					? `Order ${ oldest } waits longest; its last try said: ${ said }`
					: 'Nothing has failed: the orders’ turn does not come. The service may be stuck or overloaded, or it waits for Brightpearl’s allowance.',
		fix:
			stop !== null
				? ( stop.fix ?? 'See the other problems of the connection.' )
				: said !== null
					? 'See the problem it names. What was accepted stays queued and goes on by itself.'
					: 'Look at the service’s log and at the queue in “pearlbridge status”; restarting the service loses nothing.',
		field: 'watch.silence',
	};
}
