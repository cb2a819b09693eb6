import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { useHost } from '../../api/client.tsx';
import type { ApiError } from '../../host.ts';
import { callPairing } from './api.ts';
import type { PairingAnswer, PairingCall, PairingView } from './api.ts';

export interface Pairing {
	readonly view: PairingView | null;
	/** Why the view could not be read. */
	readonly error: ApiError | null;
	/** The path that is under way. */
	readonly busy: string | null;
	readonly run: ( request: PairingCall ) => Promise< PairingAnswer >;
	readonly reload: () => void;
}

/** What the outbox and the webhooks do is told by no event. */
const EVERY = 15_000;

export function usePairing(): Pairing {
	const { plugin } = useHost();
	const [ view, setView ] = useState< PairingView | null >( null );
	const [ error, setError ] = useState< ApiError | null >( null );
	const [ busy, setBusy ] = useState< string | null >( null );
	const commands = useRef( 0 );
	const read = useCallback( async (): Promise< void > => {
		if ( plugin === null ) {
			return;
		}
		const before = commands.current;
		const answer = await callPairing( plugin, { path: 'pairing' } );
		// What a command has answered meanwhile is newer.
		if ( commands.current === before ) {
			if ( answer.ok ) {
				setView( answer.view );
			}
			setError( answer.ok ? null : answer.error );
		}
	}, [ plugin ] );
	useEffect( () => {
		void read();
		const timer = window.setInterval( () => {
			if ( ! document.hidden ) {
				void read();
			}
		}, EVERY );
		return () => window.clearInterval( timer );
	}, [ read ] );
	const run = useCallback(
		async ( request: PairingCall ): Promise< PairingAnswer > => {
			if ( plugin === null ) {
				throw new Error( 'There is no plugin in this host.' );
			}
			commands.current++;
			setBusy( request.path );
			const answer = await callPairing( plugin, request );
			setBusy( null );
			if ( answer.ok ) {
				setView( answer.view );
				setError( null );
			}
			return answer;
		},
		[ plugin ]
	);
	return { view, error, busy, run, reload: () => void read() };
}
