import { useEffect, useState } from '@wordpress/element';
import type { Output } from '../../api/answer.ts';
import type { View } from '../../router/view.ts';
import { looked } from './arrivals.ts';
import type { Seen } from './arrivals.ts';
import { listKey } from './filters.ts';

const NONE: Pick< Seen, 'fresh' | 'waiting' > = {
	fresh: new Set(),
	waiting: 0,
};

/** @param data Null while it does not answer what the view asks for. */
export function useArrivals( view: View, data: Output< 'ordersList' > | null ) {
	const [ seen, setSeen ] = useState< Seen | null >( null );
	const key = `${ listKey( view ) }/${ view.perPage }`;
	const { page } = view;
	useEffect( () => {
		if ( data !== null ) {
			setSeen( ( before ) => looked( before, { key, page, ...data } ) );
		}
	}, [ key, page, data ] );
	return seen?.key === key ? seen : NONE;
}
