import { __ } from '@wordpress/i18n';
import { useEffect, useRef } from '@wordpress/element';
import type { Selection } from './data-table.tsx';

export function SelectAll( {
	keys,
	selection: { selected, onChange },
}: {
	readonly keys: readonly string[];
	readonly selection: Selection;
} ) {
	const box = useRef< HTMLInputElement >( null );
	const count = keys.filter( ( key ) => selected.has( key ) ).length;
	const all = keys.length > 0 && count === keys.length;
	useEffect( () => {
		if ( box.current !== null ) {
			box.current.indeterminate = count > 0 && ! all;
		}
	}, [ count, all ] );
	return (
		<input
			ref={ box }
			type="checkbox"
			aria-label={ __( 'Select all on this page', 'pearlbridge' ) }
			checked={ all }
			onChange={ () => onChange( new Set( all ? [] : keys ) ) }
		/>
	);
}

export function SelectRow( {
	itemKey,
	label,
	selection: { selected, onChange },
}: {
	readonly itemKey: string;
	readonly label: string;
	readonly selection: Selection;
} ) {
	return (
		<input
			type="checkbox"
			aria-label={ label }
			checked={ selected.has( itemKey ) }
			onChange={ ( { currentTarget } ) => {
				const next = new Set( selected );
				if ( currentTarget.checked ) {
					next.add( itemKey );
				} else {
					next.delete( itemKey );
				}
				onChange( next );
			} }
		/>
	);
}
