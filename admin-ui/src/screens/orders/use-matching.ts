/** All orders that fit the filters, for a deed done to more than one page of them. */
import { useState } from '@wordpress/element';
import { useAsk } from '../../api/client.tsx';
import { notify } from '../../components/notify.tsx';
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
	const [ busy, setBusy ] = useState( false );
	const list = useAsk( 'ordersList' );
	const ask = async (): Promise< void > => {
		setBusy( true );
		const answer = await list( {
			...listInput( connection, firstPage( view ) ),
			limit: MOST_MATCHING,
		} );
		setBusy( false );
		if ( answer.ok ) {
			onFound( answer.value.items.map( ( { orderId } ) => orderId ) );
		} else {
			notify( answer.error.message, 'error' );
		}
	};
	return { busy, ask: () => void ask() };
}
