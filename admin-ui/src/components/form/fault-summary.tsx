import { useEffect, useRef } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import { ToneIcon } from '../badge.tsx';
import { formatNumber } from '../format.ts';
import { focusField } from './focus-field.ts';

/** All that is wrong, each a way to its field. Takes the focus when `asked` rises. */
export function FaultSummary( {
	faults,
	asked,
}: {
	readonly faults: readonly {
		readonly path: string;
		readonly text: string;
	}[];
	/** How often saving was tried. */
	readonly asked: number;
} ) {
	const box = useRef< HTMLDivElement >( null );
	useEffect( () => {
		if ( asked > 0 ) {
			box.current?.focus();
		}
	}, [ asked ] );
	if ( faults.length === 0 ) {
		return null;
	}
	return (
		<div ref={ box } className="pb-faults" role="alert" tabIndex={ -1 }>
			<p>
				<ToneIcon tone="error" />
				{ sprintf(
					/* translators: %s: number of fields */
					_n(
						'Nothing was saved: %s thing has to be put right.',
						'Nothing was saved: %s things have to be put right.',
						faults.length,
						'pearlbridge'
					),
					formatNumber( faults.length )
				) }
			</p>
			<ul>
				{ faults.map( ( { path, text } ) => (
					<li key={ `${ path } ${ text }` }>
						<button
							type="button"
							className="pb-link"
							onClick={ () => focusField( path ) }
						>
							{ text }
						</button>
					</li>
				) ) }
			</ul>
		</div>
	);
}
