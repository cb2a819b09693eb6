import { useState } from '@wordpress/element';
import { useOperation } from '../../api/client.tsx';
import type { ChoicesState } from './form.tsx';

/** Lists from both sides; `refresh` asks past the cache. */
export function useChoices( connection: string ): ChoicesState {
	const [ fresh, setFresh ] = useState( false );
	const { data, loading, error, reload } = useOperation( 'choices', {
		connection,
		fresh,
	} );
	return {
		data,
		loading,
		error,
		refresh: () => ( fresh ? reload() : setFresh( true ) ),
	};
}
