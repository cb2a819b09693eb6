import { Button } from '@wordpress/components';
import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { problemTitle } from '../../components/problem-titles.ts';
import { filterValue, withFilter, withSearch } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import {
	LONGEST_CUSTOMER,
	LONGEST_SEARCH,
	ORDER_PROBLEMS,
	dayOf,
	isNarrowed,
	problemOf,
	withoutFilters,
} from './filters.ts';
import { useTyped } from './use-typed.ts';

export function FilterBar( {
	view,
	onView,
}: {
	readonly view: View;
	readonly onView: ( view: View, replace?: boolean ) => void;
} ) {
	const id = useId();
	const search = useTyped( view.search, ( text ) =>
		onView( withSearch( view, text ), true )
	);
	const customer = useTyped(
		filterValue( view, 'customer' ) ?? '',
		( text ) => onView( withFilter( view, 'customer', text ), true )
	);
	const problem = problemOf( view );
	const empty = ! isNarrowed( view ) && customer.text === '';
	const problems = [
		...ORDER_PROBLEMS,
		...( ORDER_PROBLEMS.every( ( code ) => code !== problem ) &&
		problem !== null
			? [ problem ]
			: [] ),
	].map( ( code ) => ( { code, title: problemTitle( code ) } ) );
	return (
		<form
			className="pb-orders__filters"
			role="search"
			onSubmit={ ( event ) => {
				event.preventDefault();
				onView(
					withFilter(
						withSearch( view, search.text.trim() ),
						'customer',
						customer.text.trim()
					),
					true
				);
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
					value={ search.text }
					onChange={ ( { currentTarget } ) =>
						search.type( currentTarget.value )
					}
				/>
			</div>
			<div className="pb-ask pb-ask--customer">
				<label htmlFor={ `${ id }-customer` }>
					{ __( 'Customer', 'pearlbridge' ) }
				</label>
				<input
					id={ `${ id }-customer` }
					type="search"
					inputMode="email"
					autoCapitalize="none"
					autoComplete="off"
					spellCheck={ false }
					maxLength={ LONGEST_CUSTOMER }
					placeholder={ __( 'Whole e-mail address', 'pearlbridge' ) }
					value={ customer.text }
					onChange={ ( { currentTarget } ) =>
						customer.type( currentTarget.value )
					}
				/>
			</div>
			<div className="pb-ask pb-ask--problem">
				<label htmlFor={ `${ id }-problem` }>
					{ __( 'Problem', 'pearlbridge' ) }
				</label>
				<select
					id={ `${ id }-problem` }
					className="pb-select"
					value={ problem ?? '' }
					onChange={ ( { currentTarget } ) =>
						onView(
							withFilter( view, 'problem', currentTarget.value ),
							true
						)
					}
				>
					<option value="">
						{ __( 'Any or none', 'pearlbridge' ) }
					</option>
					{ problems.map( ( { code, title } ) => (
						<option key={ code } value={ code }>
							{ title }
						</option>
					) ) }
				</select>
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
				aria-disabled={ empty }
				onClick={ () => {
					if ( ! empty ) {
						onView( withoutFilters( view ) );
					}
				} }
			>
				{ __( 'Clear', 'pearlbridge' ) }
			</Button>
		</form>
	);
}
