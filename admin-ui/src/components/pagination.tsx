import { useId, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { View } from '../router/view.ts';
import { firstPage } from '../router/view.ts';
import { CommandButton } from './command-button.tsx';
import { formatNumber } from './format.ts';

export interface PageWords {
	readonly back: string;
	readonly forward: string;
}

/**
 * Forward by the cursor the list answered; back by the cursors that were seen on the way here,
 * or to the first page for whoever came by a link into the middle.
 */
export function Pagination( {
	view,
	onView,
	shown,
	total,
	nextCursor,
	sizes,
	words,
}: {
	readonly view: View;
	readonly onView: ( view: View ) => void;
	readonly shown: number;
	readonly total: number | null;
	readonly nextCursor: string | null;
	readonly sizes?: readonly number[] | undefined;
	readonly words?: PageWords | undefined;
} ) {
	const sizeId = useId();
	const seen = useRef( new Map< number, string | null >() );
	seen.current.set( view.page, view.cursor );
	const first = ( view.page - 1 ) * view.perPage + 1;
	const back = (): void => {
		const cursor = seen.current.get( view.page - 1 );
		onView(
			view.page === 2 || cursor === undefined
				? firstPage( view )
				: { ...view, page: view.page - 1, cursor }
		);
	};
	return (
		<nav
			className="pb-pages"
			aria-label={ __( 'Pages of the table', 'pearlbridge' ) }
		>
			<span>
				{ total === null
					? ''
					: shown === 0
						? countText( total )
						: sprintf(
								/* translators: 1: first row shown, 2: last row shown, 3: number of all rows */
								__( '%1$s–%2$s of %3$s', 'pearlbridge' ),
								formatNumber( first ),
								formatNumber( first + shown - 1 ),
								formatNumber( total )
							) }
			</span>
			{ sizes !== undefined && (
				<span className="pb-pages__size">
					<label htmlFor={ sizeId }>
						{ __( 'Rows', 'pearlbridge' ) }
					</label>
					<select
						id={ sizeId }
						value={ view.perPage }
						onChange={ ( { currentTarget } ) =>
							onView(
								firstPage( {
									...view,
									perPage: Number( currentTarget.value ),
								} )
							)
						}
					>
						{ [ ...new Set( [ ...sizes, view.perPage ] ) ].map(
							( size ) => (
								<option key={ size } value={ size }>
									{ formatNumber( size ) }
								</option>
							)
						) }
					</select>
				</span>
			) }
			{ ( view.page > 1 || nextCursor !== null ) && (
				<span className="pb-pages__buttons">
					<CommandButton
						size="compact"
						disabled={ view.page === 1 }
						onClick={ back }
					>
						{ words?.back ?? __( 'Previous', 'pearlbridge' ) }
					</CommandButton>
					<CommandButton
						size="compact"
						disabled={ nextCursor === null }
						onClick={ () =>
							onView( {
								...view,
								page: view.page + 1,
								cursor: nextCursor,
							} )
						}
					>
						{ words?.forward ?? __( 'Next', 'pearlbridge' ) }
					</CommandButton>
				</span>
			) }
		</nav>
	);
}

function countText( total: number ): string {
	return sprintf(
		/* translators: %s: number of rows */
		_n( '%s row', '%s rows', total, 'pearlbridge' ),
		formatNumber( total )
	);
}
