/**
 * Calls to a subscriber, again where the quality of service says so (platform reference, §6.4):
 * 0 only after a 503, 1 after every failure but 4xx. How often, how long after and how long a
 * receiver has are inventions, behind switches.
 */
import type { Clock } from '../../contracts/world.ts';
import { callOut } from '../call-out.ts';
import type { Account } from './account.ts';
import type { Switches } from './switches.ts';
import type { Delivery } from './webhook-model.ts';

/** Calls under way at once: a sudden flood must not open a thousand sockets. */
const AT_ONCE = 8;
/** Deliveries kept for the log; those that wait are never cut. */
const KEPT = 500;

export interface Attempts {
	/** Calls as soon as there is room. */
	enqueue( account: Account, delivery: Delivery ): void;
	/** Work for later; forgotten when the sandbox stops. */
	later( ms: number, work: () => void ): void;
	/** Resolves when nothing runs any more, after the signal. */
	settled(): Promise< void >;
}

const isGood = ( status: number | null ): boolean =>
	status !== null && status >= 200 && status < 300;

const isRetried = ( quality: 0 | 1, status: number | null ): boolean =>
	quality === 0
		? status === 503
		: ! isGood( status ) &&
			( status === null || status < 400 || status >= 500 );

/** Forgets the oldest that are done. */
export function trimLog( { tables }: Account ): void {
	if ( tables.deliveries.size() <= KEPT * 2 ) {
		return;
	}
	const done = [ ...tables.deliveries.values() ].filter(
		( { state } ) => state !== 'waiting'
	);
	for ( const { id } of done.slice( 0, Math.max( 0, done.length - KEPT ) ) ) {
		tables.deliveries.remove( id );
	}
}

export function createAttempts(
	clock: Clock,
	switches: () => Switches,
	signal: AbortSignal
): Attempts {
	const underWay = new Set< Promise< void > >();
	const queue: ( () => Promise< void > )[] = [];
	let busy = 0;

	const track = ( work: Promise< void > ): void => {
		const done: Promise< void > = work.finally( () =>
			underWay.delete( done )
		);
		underWay.add( done );
	};

	const next = (): void => {
		while ( busy < AT_ONCE && ! signal.aborted ) {
			const work = queue.shift();
			if ( ! work ) {
				return;
			}
			busy += 1;
			track(
				work().finally( () => {
					busy -= 1;
					next();
				} )
			);
		}
	};

	const later = ( ms: number, work: () => void ): void =>
		track(
			clock.sleep( ms, signal ).then(
				() => ( signal.aborted ? undefined : work() ),
				() => undefined
			)
		);

	const attempt = async (
		account: Account,
		delivery: Delivery
	): Promise< void > => {
		const rules = switches();
		const status = await callOut( {
			method: delivery.method,
			url: delivery.uri,
			headers:
				delivery.contentType === null
					? {}
					: { 'content-type': delivery.contentType },
			body: delivery.body === null ? null : Buffer.from( delivery.body ),
			timeout: rules.webhookTimeoutMs,
			signal,
		} );
		if ( signal.aborted ) {
			// Still waiting: the next start tries again.
			return;
		}
		delivery.attempts.push( status );
		const again =
			isRetried( delivery.qualityOfService, status ) &&
			delivery.attempts.length < rules.webhookAttempts;
		if ( again ) {
			delivery.dueAt = clock.now() + rules.webhookRetryMs;
			later( rules.webhookRetryMs, () => enqueue( account, delivery ) );
		} else {
			delivery.state = isGood( status ) ? 'delivered' : 'failed';
		}
		account.tables.deliveries.put( delivery );
		trimLog( account );
	};

	const enqueue = ( account: Account, delivery: Delivery ): void => {
		queue.push( () => attempt( account, delivery ) );
		next();
	};

	return {
		enqueue,
		later,
		settled: async () => {
			while ( underWay.size > 0 ) {
				await Promise.all( underWay );
			}
		},
	};
}
