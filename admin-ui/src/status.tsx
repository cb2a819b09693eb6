/** How everything stands, asked once for the header, the navigation and the overview. */
import { createContext, useContext } from '@wordpress/element';
import type { ReactNode } from 'react';
import type { Status } from '../../src/contracts/answers.ts';
import { useHost, useOperation } from './api/client.tsx';
import type { OperationState } from './api/client.tsx';

const StatusContext = createContext< OperationState< Status > | null >( null );

/** What no event tells (the budget, the webhooks) is never older than this. */
const EVERY = 15_000;

export function StatusProvider( {
	children,
}: {
	readonly children: ReactNode;
} ) {
	const { connection, plugin } = useHost();
	// Nobody answers before the shop is paired.
	const ready = plugin === null || plugin.state === 'paired';
	const status = useOperation( 'status', ready ? { connection } : null, {
		every: EVERY,
		refreshOn: ( { event } ) => event !== 'progress',
	} );
	return (
		<StatusContext.Provider value={ status }>
			{ children }
		</StatusContext.Provider>
	);
}

export function useStatus(): OperationState< Status > {
	const status = useContext( StatusContext );
	if ( status === null ) {
		throw new Error( 'There is no StatusProvider above this component.' );
	}
	return status;
}
