/** Follows events by asking: while the tab is visible, at once when it becomes so again. */
import type { LivePage, LiveState } from '../host.ts';
import type { Follower } from './follow.ts';

const EVERY = 1500;

export function poll( {
	follower,
	ask,
	onPage,
	onState,
}: {
	readonly follower: Follower;
	readonly ask: (
		signal: AbortSignal
	) => Promise<
		{ readonly page: unknown } | { readonly signedOut: boolean }
	>;
	readonly onPage: ( page: LivePage ) => void;
	readonly onState: ( state: LiveState ) => void;
} ): () => void {
	const stopped = new AbortController();
	let timer: number | undefined;
	let asking = false;

	const round = async (): Promise< void > => {
		window.clearTimeout( timer );
		if ( asking || document.hidden || stopped.signal.aborted ) {
			return;
		}
		asking = true;
		const answer = await ask( stopped.signal );
		asking = false;
		if ( stopped.signal.aborted ) {
			return;
		}
		const page = 'page' in answer ? follower.take( answer.page ) : null;
		if ( page !== null ) {
			onState( 'live' );
			onPage( page );
			timer = window.setTimeout( round, EVERY );
		} else {
			onState(
				'signedOut' in answer && answer.signedOut
					? 'signed-out'
					: 'reconnecting'
			);
			timer = window.setTimeout( round, follower.failed() );
		}
	};
	const now = (): void => void round();

	document.addEventListener( 'visibilitychange', now );
	window.addEventListener( 'online', now );
	now();
	return () => {
		stopped.abort();
		window.clearTimeout( timer );
		document.removeEventListener( 'visibilitychange', now );
		window.removeEventListener( 'online', now );
	};
}
