/** All orders that fit the filters, for a deed done to more than one page of them. */
import { useEffect, useState } from '@wordpress/element';
import { useOperation } from '../../api/client.tsx';
import type { View } from '../../router/view.ts';
import { firstPage } from '../../router/view.ts';
import { listInput } from './filters.ts';

/** As many as one answer holds. */
export const MOST_MATCHING = 1000;

export interface Matching {
	readonly busy: boolean;
	readonly ask: () => void;
}

export function useMatching(
	connection: string,
	view: View,
	onFound: ( orderIds: readonly number[] ) => void
): Matching {
	const [ asked, setAsked ] = useState( false );
	const { data, error } = useOperation(
		'ordersList',
		asked
			? {
					...listInput( connection, firstPage( view ) ),
					limit: MOST_MATCHING,
				}
			: null,
		{ keep: false }
	);
	const over = data !== null || error !== null;
	useEffect( () => {
		if ( asked && over ) {
			setAsked( false );
			onFound( data?.items.map( ( { orderId } ) => orderId ) ?? [] );
		}
	}, [ asked, over ] );
	return { busy: asked, ask: () => setAsked( true ) };
}
