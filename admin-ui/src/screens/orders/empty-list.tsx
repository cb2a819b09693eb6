import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Empty } from '../../components/index.ts';
import type { View } from '../../router/view.ts';
import { isNarrowed, withoutFilters } from './filters.ts';

export function EmptyList( {
	view,
	onView,
}: {
	readonly view: View;
	readonly onView: ( view: View ) => void;
} ) {
	return isNarrowed( view ) ? (
		<Empty
			title={ __( 'No order matches', 'pearlbridge' ) }
			action={
				<Button
					__next40pxDefaultSize
					variant="secondary"
					onClick={ () => onView( withoutFilters( view ) ) }
				>
					{ __( 'Show all orders', 'pearlbridge' ) }
				</Button>
			}
		>
			{ __(
				'A search finds the beginning of an order number, an order id, or Brightpearl’s number.',
				'pearlbridge'
			) }
		</Empty>
	) : (
		<Empty title={ __( 'No orders yet', 'pearlbridge' ) }>
			{ __(
				'The next order placed in the shop appears here by itself, a moment after its checkout.',
				'pearlbridge'
			) }
		</Empty>
	);
}
