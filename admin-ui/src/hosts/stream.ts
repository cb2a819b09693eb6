/** Follows events by server-sent events; each new stream begins where the last one ended. */
import type { LivePage, LiveState } from '../host.ts';
import type { Follower } from './follow.ts';

/** The service says something every 15 s; a connection can die without a word. */
const SILENCE = 40_000;
/** A browser has six connections to an HTTP/1.1 host for all its tabs: hidden ones give theirs back. */
const HIDDEN = 10_000;

export function stream( {
	address,
	follower,
	stillSignedIn,
	onPage,
	onState,
}: {
	/** Of the stream, for what comes after the cursor. */
	readonly address: ( cursor: string | null ) => string;
	readonly follower: Follower;
	/** An event source does not say why it failed. */
	readonly stillSignedIn: () => Promise< boolean >;
	readonly onPage: ( page: LivePage ) => void;
	readonly onState: ( state: LiveState ) => void;
} ): () => void {
	let source: EventSource | null = null;
	let retry: number | undefined;
	let silence: number | undefined;
	let hiding: number | undefined;
	let stopped = false;

	const close = (): void => {
		source?.close();
		source = null;
		window.clearTimeout( retry );
		window.clearTimeout( silence );
	};
	const open = (): void => {
		close();
		const mine = new EventSource( address( follower.cursor() ) );
		source = mine;
		listen();
		mine.onmessage = ( { data } ) => {
			const page =
				source === mine ? follower.take( parse( data ) ) : null;
			if ( page !== null ) {
				listen();
				onState( 'live' );
				onPage( page );
			}
		};
		mine.onerror = () => {
			if ( source === mine ) {
				void failed();
			}
		};
	};
	const listen = (): void => {
		window.clearTimeout( silence );
		silence = window.setTimeout( () => void failed(), SILENCE );
	};
	const failed = async (): Promise< void > => {
		close();
		onState( 'reconnecting' );
		// Set first: `online` may come while the session is asked for.
		retry = window.setTimeout( open, follower.failed() );
		if ( ! ( await stillSignedIn() ) && ! stopped ) {
			close();
			onState( 'signed-out' );
		}
	};
	const look = (): void => {
		window.clearTimeout( hiding );
		if ( document.hidden ) {
			hiding = window.setTimeout( close, HIDDEN );
		} else if ( source === null ) {
			open();
		}
	};

	document.addEventListener( 'visibilitychange', look );
	window.addEventListener( 'online', look );
	open();
	return () => {
		stopped = true;
		close();
		window.clearTimeout( hiding );
		document.removeEventListener( 'visibilitychange', look );
		window.removeEventListener( 'online', look );
	};
}

function parse( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return null;
	}
}
