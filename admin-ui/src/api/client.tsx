/** The hooks screens ask with. */
import {
	createContext,
	useCallback,
	useContext,
	useEffect,
	useMemo,
	useRef,
	useState,
	useSyncExternalStore,
} from '@wordpress/element';
import type { ReactNode } from 'react';
import type { ConsoleOperationName } from '../../../src/contracts/console.ts';
import type { FlowEvent } from '../../../src/contracts/events.ts';
import type { ApiError, Host, LiveState } from '../host.ts';
import { readAnswer } from './answer.ts';
import type { Answer, Input, Output } from './answer.ts';
import { createKeys } from './idempotency.ts';
import { createLive } from './live.ts';
import type { Live } from './live.ts';
import { createQuery } from './query.ts';
import type { QueryState } from './query.ts';

interface Client {
	readonly host: Host;
	readonly live: Live;
}
const ClientContext = createContext< Client | null >( null );

export function ClientProvider( {
	host,
	children,
}: {
	readonly host: Host;
	readonly children: ReactNode;
} ) {
	const client = useMemo(
		() => ( { host, live: createLive( host ) } ),
		[ host ]
	);
	useEffect( () => client.live.start(), [ client ] );
	return (
		<ClientContext.Provider value={ client }>
			{ children }
		</ClientContext.Provider>
	);
}

function useClient(): Client {
	const client = useContext( ClientContext );
	if ( client === null ) {
		throw new Error( 'There is no ClientProvider above this component.' );
	}
	return client;
}

export function useHost(): Host {
	return useClient().host;
}

export function useLiveState(): LiveState {
	const { live } = useClient();
	return useSyncExternalStore( live.onState, live.state );
}

/** Called with each event; the newest function given is the one called. */
export function useEvents(
	onEvent: ( event: FlowEvent ) => void,
	onReset: () => void = nothing
): void {
	const { live } = useClient();
	const latest = useRef( { onEvent, onReset } );
	useEffect( () => {
		latest.current = { onEvent, onReset };
	} );
	useEffect( () => {
		const stopEvents = live.onEvent( ( event ) =>
			latest.current.onEvent( event )
		);
		const stopResets = live.onReset( () => latest.current.onReset() );
		return () => {
			stopEvents();
			stopResets();
		};
	}, [ live ] );
}

function nothing(): void {}

function later( work: () => void, ms: number ): () => void {
	const timer = window.setTimeout( work, ms );
	return () => window.clearTimeout( timer );
}

export interface OperationOptions {
	/**
	 * Events that make the answer old; left out = none do, not even when events were missed. Both
	 * sides are asked for some answers, which costs Brightpearl's API budget.
	 */
	readonly refreshOn?: ( event: FlowEvent ) => boolean;
	/** Show the old answer while another input is asked for (true). */
	readonly keep?: boolean;
	/** Ask again after so many milliseconds while the tab is visible (never). */
	readonly every?: number;
	/** Milliseconds the answer may take, where it may take longer than others do. */
	readonly timeout?: number;
}

export interface OperationState< T > extends QueryState< T > {
	/** Asks again now. */
	readonly reload: () => void;
}

/** Asks, and asks again when something changed; `input` null = not yet. */
export function useOperation< N extends ConsoleOperationName >(
	name: N,
	input: Input< N > | null,
	options: OperationOptions = {}
): OperationState< Output< N > > {
	const { host } = useClient();
	const { keep = true, refreshOn, every, timeout = null } = options;
	const query = useMemo(
		() =>
			createQuery< Input< N >, Output< N > >( {
				send: async ( wanted, signal ) =>
					readAnswer(
						name,
						await host.request( name, wanted, {
							idempotencyKey: null,
							timeout,
							signal,
						} )
					),
				later,
				now: Date.now,
			} ),
		[ host, name, timeout ]
	);
	const key = JSON.stringify( input );
	useEffect( () => {
		query.ask( JSON.parse( key ) as Input< N > | null, keep );
		return query.stop;
	}, [ query, key, keep ] );
	useEvents(
		( event ) => {
			if ( refreshOn?.( event ) === true ) {
				query.refresh();
			}
		},
		refreshOn === undefined ? nothing : query.refresh
	);
	useEffect( () => {
		if ( every === undefined ) {
			return undefined;
		}
		const timer = window.setInterval( () => {
			if ( ! document.hidden ) {
				query.refresh();
			}
		}, every );
		return () => window.clearInterval( timer );
	}, [ query, every ] );
	const state = useSyncExternalStore( query.subscribe, query.get );
	// Before the effect has run nothing is under way yet, but it is about to be.
	const loading =
		state.loading ||
		( input !== null && state.data === null && state.error === null );
	return { ...state, loading, reload: query.reload };
}

/** Asks once, when somebody wants to know: for what is not shown but handed on. */
export function useAsk< N extends ConsoleOperationName >(
	name: N
): ( input: Input< N > ) => Promise< Answer< Output< N > > > {
	const { host } = useClient();
	return useCallback(
		async ( input ) =>
			readAnswer(
				name,
				await host.request( name, input, {
					idempotencyKey: null,
					timeout: null,
					signal: null,
				} )
			),
		[ host, name ]
	);
}

export interface CommandState< N extends ConsoleOperationName > {
	/** A second call while the first is under way gets the first one's answer. */
	readonly run: (
		input: Input< N >,
		more?: { readonly timeout?: number }
	) => Promise< Answer< Output< N > > >;
	readonly busy: boolean;
	readonly error: ApiError | null;
	readonly value: Output< N > | null;
	/** Forgets error and value. */
	readonly reset: () => void;
}

/** Does something, once for each click, also over lost answers. */
export function useCommand< N extends ConsoleOperationName >(
	name: N
): CommandState< N > {
	const { host } = useClient();
	const [ state, setState ] = useState< {
		busy: boolean;
		error: ApiError | null;
		value: Output< N > | null;
	} >( { busy: false, error: null, value: null } );
	const underWay = useRef< Promise< Answer< Output< N > > > | null >( null );
	const keys = useMemo( () => createKeys( randomKey ), [] );
	const run = useCallback< CommandState< N >[ 'run' ] >(
		( input, more = {} ) => {
			underWay.current ??= ( async () => {
				setState( { busy: true, error: null, value: null } );
				const idempotencyKey = keys.of( input );
				const answer = readAnswer(
					name,
					await host.request( name, input, {
						idempotencyKey,
						timeout: more.timeout ?? null,
						signal: null,
					} )
				);
				keys.settle( ! answer.ok && answer.error.unknown );
				underWay.current = null;
				setState(
					answer.ok
						? { busy: false, error: null, value: answer.value }
						: { busy: false, error: answer.error, value: null }
				);
				return answer;
			} )();
			return underWay.current;
		},
		[ host, name, keys ]
	);
	const reset = useCallback(
		() => setState( { busy: false, error: null, value: null } ),
		[]
	);
	return { run, reset, ...state };
}

/** `crypto.randomUUID` is missing where the page came over plain http. */
function randomKey(): string {
	return Array.from(
		crypto.getRandomValues( new Uint8Array( 16 ) ),
		( byte ) => byte.toString( 16 ).padStart( 2, '0' )
	).join( '' );
}
