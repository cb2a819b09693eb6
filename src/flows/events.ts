/**
 * Tells whoever listens what just happened.
 *
 * Listeners are told after the fact was recorded and may not throw; nothing depends on them.
 */
import type { FlowEvent } from '../contracts/events.ts';

export type { FlowEvent } from '../contracts/events.ts';

export interface Events {
	emit( event: FlowEvent ): void;
	subscribe( listener: ( event: FlowEvent ) => void ): () => void;
}

export function createEvents(): Events {
	const listeners = new Set< ( event: FlowEvent ) => void >();
	return {
		emit( event ) {
			for ( const listener of listeners ) {
				listener( event );
			}
		},
		subscribe( listener ) {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
	};
}
