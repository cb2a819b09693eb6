import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Problem } from '../../../../src/contracts/problem.ts';
import type { Selection } from '../../components/index.ts';
import { formatNumber } from '../../components/index.ts';

/** Chooses all of one kind, those that are not shown yet among them. */
export function SelectGroup( {
	problems,
	title,
	selection: { selected, onChange },
}: {
	readonly problems: readonly Problem[];
	readonly title: string;
	readonly selection: Selection;
} ) {
	const box = useRef< HTMLInputElement >( null );
	const keys = problems.map( ( { id } ) => String( id ) );
	const count = keys.filter( ( key ) => selected.has( key ) ).length;
	const all = count === keys.length;
	useEffect( () => {
		if ( box.current !== null ) {
			box.current.indeterminate = count > 0 && ! all;
		}
	}, [ count, all ] );
	return (
		<label className="pb-problem__all">
			<input
				ref={ box }
				type="checkbox"
				checked={ all }
				aria-label={ sprintf(
					/* translators: 1: number of problems, 2: kind of problem */
					__( 'Select all %1$s: %2$s', 'pearlbridge' ),
					formatNumber( keys.length ),
					title
				) }
				onChange={ () => {
					const next = new Set( selected );
					for ( const key of keys ) {
						if ( all ) {
							next.delete( key );
						} else {
							next.add( key );
						}
					}
					onChange( next );
				} }
			/>
			<span aria-hidden="true">
				{ sprintf(
					/* translators: %s: number of problems */
					__( 'Select all %s', 'pearlbridge' ),
					formatNumber( keys.length )
				) }
			</span>
		</label>
	);
}
