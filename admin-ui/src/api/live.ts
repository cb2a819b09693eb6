/** What happens, handed to whoever watches: one stream for all screens. */
import type { FlowEvent } from '../../../src/contracts/events.ts';
import type { Host, LiveState } from '../host.ts';

export interface Live {
	state(): LiveState;
	onState( listener: () => void ): () => void;
	onEvent( listener: ( event: FlowEvent ) => void ): () => void;
	/** Everything shown may be out of date. */
	onReset( listener: () => void ): () => void;
	start(): () => void;
}

export function createLive( host: Pick< Host, 'events' > ): Live {
	let state: LiveState = 'connecting';
	const states = new Set< () => void >();
	const events = new Set< ( event: FlowEvent ) => void >();
	const resets = new Set< () => void >();
	const add = < T >( set: Set< T >, listener: T ): ( () => void ) => {
		set.add( listener );
		return () => {
			set.delete( listener );
		};
	};
	return {
		state: () => state,
		onState: ( listener ) => add( states, listener ),
		onEvent: ( listener ) => add( events, listener ),
		onReset: ( listener ) => add( resets, listener ),
		start: () =>
			host.events(
				( page ) => {
					if ( page.reset ) {
						resets.forEach( ( listener ) => listener() );
					}
					for ( const event of page.items ) {
						events.forEach( ( listener ) => listener( event ) );
					}
				},
				( next ) => {
					if ( next === state ) {
						return;
					}
					// What was asked for meanwhile has failed, and no event tells of that.
					const back = state === 'reconnecting' && next === 'live';
					state = next;
					states.forEach( ( listener ) => listener() );
					if ( back ) {
						resets.forEach( ( listener ) => listener() );
					}
				}
			),
	};
}
