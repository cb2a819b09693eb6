/**
 * What happened lately, kept in memory, so that a screen that lost its connection can catch up.
 *
 * There is one ring for each connection and one for all of them together, each with an epoch and
 * a count of its own: a cursor of one connection tells nothing of how much the others do, and a
 * cursor of another ring or of an earlier run is simply unknown. Nothing is lost when a ring is:
 * the asker is told to read everything anew.
 */
import type { EventPage, FlowEvent } from '../contracts/events.ts';
import type { Random } from '../contracts/world.ts';
import type { Events } from './events.ts';

/** Events kept in each ring; at a busy hour's pace that is many minutes. */
const DEFAULT_LIMIT = 1000;
/**
 * Of a stock run's changes: an event says where to look, and the first runs of a large shop
 * would fill the memory.
 */
const CHANGES_KEPT = 20;

export interface EventLog {
	/**
	 * What came after the cursor, of one connection (null = of all). Without a cursor: nothing
	 * but the present one.
	 */
	since( after: string | null, connection: string | null ): EventPage;
	/** Told after the event can be read with `since`. */
	subscribe( listener: ( event: FlowEvent ) => void ): () => void;
}

interface Ring {
	readonly epoch: string;
	/** The newest at the end. */
	readonly items: FlowEvent[];
	/** How many there ever were. */
	count: number;
}

export function createEventLog( {
	events,
	random,
	limit = DEFAULT_LIMIT,
}: {
	readonly events: Pick< Events, 'subscribe' >;
	readonly random: Random;
	readonly limit?: number;
} ): EventLog {
	const all = newRing( random );
	const rings = new Map< string, Ring >();
	const listeners = new Set< ( event: FlowEvent ) => void >();

	const ringOf = ( connection: string | null ): Ring => {
		if ( connection === null ) {
			return all;
		}
		const ring = rings.get( connection ) ?? newRing( random );
		rings.set( connection, ring );
		return ring;
	};

	events.subscribe( ( told ) => {
		const event = shortened( told );
		for ( const ring of [ all, ringOf( event.connection ) ] ) {
			append( ring, event, limit );
		}
		for ( const listener of listeners ) {
			listener( event );
		}
	} );

	return {
		since( after, connection ) {
			const ring = ringOf( connection );
			const cursor = `${ ring.epoch }.${ ring.count }`;
			if ( after === null ) {
				return { items: [], cursor, reset: false };
			}
			const missed = missedSince( ring, after );
			return missed === null
				? { items: [], cursor, reset: true }
				: { items: missed, cursor, reset: false };
		},
		subscribe( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
	};
}

function newRing( random: Random ): Ring {
	return {
		epoch: Buffer.from( random.bytes( 6 ) ).toString( 'base64url' ),
		items: [],
		count: 0,
	};
}

function append( ring: Ring, event: FlowEvent, limit: number ): void {
	ring.items.push( event );
	ring.count += 1;
	if ( ring.items.length > limit ) {
		ring.items.shift();
	}
}

/** Null when the cursor is unknown, or older than the ring. */
function missedSince( ring: Ring, after: string ): FlowEvent[] | null {
	const [ , epoch, sequence ] =
		/^([\w-]{1,20})\.(\d{1,15})$/.exec( after ) ?? [];
	const missing = ring.count - Number( sequence );
	return epoch !== ring.epoch ||
		! ( missing >= 0 && missing <= ring.items.length )
		? null
		: latestProgress( ring.items.slice( ring.items.length - missing ) );
}

/** How far a run had got in between is of no use to who catches up. */
function latestProgress( items: readonly FlowEvent[] ): FlowEvent[] {
	const last = new Map< string, FlowEvent >();
	for ( const event of items ) {
		if ( event.event === 'progress' ) {
			last.set( `${ event.connection }/${ event.runId }`, event );
		}
	}
	return items.filter(
		( event ) =>
			event.event !== 'progress' ||
			last.get( `${ event.connection }/${ event.runId }` ) === event
	);
}

function shortened( event: FlowEvent ): FlowEvent {
	return event.event === 'stock' && event.changes.length > CHANGES_KEPT
		? { ...event, changes: event.changes.slice( 0, CHANGES_KEPT ) }
		: event;
}
