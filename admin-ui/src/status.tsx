/** How everything stands, asked once for the header, the navigation and the overview. */
import { createContext, useContext } from '@wordpress/element';
import type { ReactNode } from 'react';
import type { Status } from '../../src/contracts/answers.ts';
import { useHost, useOperation } from './api/client.tsx';
import type { OperationOptions, OperationState } from './api/client.tsx';

const StatusContext = createContext< OperationState< Status > | null >( null );

const OPTIONS: OperationOptions = {
	/** What no event tells (the budget, the webhooks) is never older than this. */
	every: 15_000,
	refreshOn: ( { event } ) => event !== 'progress',
};

export function StatusProvider( {
	children,
}: {
	readonly children: ReactNode;
} ) {
	const { connection, plugin } = useHost();
	// Nobody answers before the shop is paired.
	const ready = plugin === null || plugin.state === 'paired';
	const status = useOperation(
		'status',
		ready ? { connection } : null,
		OPTIONS
	);
	return (
		<StatusContext.Provider value={ status }>
			{ children }
		</StatusContext.Provider>
	);
}

/** Of all connections this person may see. */
export function useStatus(): OperationState< Status > {
	const status = useContext( StatusContext );
	if ( status === null ) {
		throw new Error( 'There is no StatusProvider above this component.' );
	}
	return status;
}

/** Of one connection alone, with its own queue and problems; null = of all. */
export function useStatusOf(
	connection: string | null
): OperationState< Status > {
	const all = useStatus();
	const names = all.data?.connections.map( ( { name } ) => name ) ?? [];
	const same =
		connection === null || names.every( ( name ) => name === connection );
	const one = useOperation( 'status', same ? null : { connection }, {
		...OPTIONS,
		keep: false,
	} );
	return same ? all : one;
}
