import { Button } from '@wordpress/components';
import { useEffect, useId, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { withFilter, withSearch } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import {
	LONGEST_SEARCH,
	dayOf,
	isNarrowed,
	withoutFilters,
} from './filters.ts';

const PAUSE = 300;

export function FilterBar( {
	view,
	onView,
}: {
	readonly view: View;
	readonly onView: ( view: View, replace?: boolean ) => void;
} ) {
	const id = useId();
	const [ text, setText ] = useState( view.search );
	// What was typed last and is not in the address yet.
	const typed = useRef( view.search );
	const latest = useRef( { view, onView } );
	useEffect( () => {
		latest.current = { view, onView };
	} );
	useEffect( () => {
		// The address changed by itself: "back", a link.
		if ( view.search !== typed.current ) {
			typed.current = view.search;
			setText( view.search );
		}
	}, [ view.search ] );
	useEffect( () => {
		const search = text.trim();
		if ( search === latest.current.view.search ) {
			return undefined;
		}
		const timer = window.setTimeout( () => {
			typed.current = search;
			latest.current.onView(
				withSearch( latest.current.view, search ),
				true
			);
		}, PAUSE );
		return () => window.clearTimeout( timer );
	}, [ text ] );
	return (
		<form
			className="pb-orders__filters"
			role="search"
			onSubmit={ ( event ) => {
				event.preventDefault();
				typed.current = text.trim();
				onView( withSearch( view, text.trim() ), true );
			} }
		>
			<div className="pb-ask pb-ask--grow">
				<label htmlFor={ `${ id }-search` }>
					{ __( 'Search', 'pearlbridge' ) }
				</label>
				<input
					id={ `${ id }-search` }
					type="search"
					maxLength={ LONGEST_SEARCH }
					placeholder={ __(
						'Order number, order id or Brightpearl number',
						'pearlbridge'
					) }
					value={ text }
					onChange={ ( { currentTarget } ) =>
						setText( currentTarget.value )
					}
				/>
			</div>
			{ ( [ 'since', 'until' ] as const ).map( ( field ) => (
				<div key={ field } className="pb-ask">
					<label htmlFor={ `${ id }-${ field }` }>
						{ field === 'since'
							? __( 'Placed from', 'pearlbridge' )
							: __( 'Placed until', 'pearlbridge' ) }
					</label>
					<input
						id={ `${ id }-${ field }` }
						type="date"
						value={ dayOf( view, field ) ?? '' }
						onChange={ ( { currentTarget } ) =>
							onView(
								withFilter( view, field, currentTarget.value ),
								true
							)
						}
					/>
				</div>
			) ) }
			<Button
				__next40pxDefaultSize
				variant="tertiary"
				aria-disabled={ ! isNarrowed( view ) }
				onClick={ () => {
					if ( isNarrowed( view ) ) {
						onView( withoutFilters( view ) );
					}
				} }
			>
				{ __( 'Clear', 'pearlbridge' ) }
			</Button>
		</form>
	);
}
