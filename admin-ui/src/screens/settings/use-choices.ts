import { useEffect, useState } from '@wordpress/element';
import { useOperation } from '../../api/client.tsx';
import type { ChoicesState } from './form.tsx';

/** Lists from both sides; `refresh` asks past the cache, for the connection on the screen alone. */
export function useChoices( connection: string ): ChoicesState {
	const [ freshFor, setFreshFor ] = useState< string | null >( null );
	useEffect( () => setFreshFor( null ), [ connection ] );
	const fresh = freshFor === connection;
	const { data, loading, error, reload } = useOperation( 'choices', {
		connection,
		fresh,
	} );
	return {
		data,
		loading,
		error,
		refresh: () => ( fresh ? reload() : setFreshFor( connection ) ),
	};
}
