import { useState } from '@wordpress/element';
import { useEvents } from '../../api/client.tsx';
import { moved } from './runs.ts';
import type { Positions } from './runs.ts';

/** How far the runs of a connection have got, as it is told while one looks. */
export function usePositions( connection: string ): Positions {
	const [ positions, setPositions ] = useState< Positions >( new Map() );
	useEvents( ( event ) =>
		setPositions( ( before ) => moved( before, event, connection ) )
	);
	return positions;
}
