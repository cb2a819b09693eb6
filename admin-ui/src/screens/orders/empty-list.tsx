import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { Empty, Link } from '../../components/index.ts';
import type { View } from '../../router/view.ts';
import { useStatus } from '../../status.tsx';
import { isNarrowed, withoutFilters } from './filters.ts';

export function EmptyList( {
	connection,
	view,
	onView,
}: {
	readonly connection: string;
	readonly view: View;
	readonly onView: ( view: View ) => void;
} ) {
	const { data } = useStatus();
	const waits = data?.connections.some(
		( { name, live } ) => name === connection && ! live
	);
	if ( isNarrowed( view ) ) {
		return (
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
		);
	}
	if ( waits === true ) {
		return (
			<Empty
				title={ __( 'Not live yet', 'pearlbridge' ) }
				action={
					<Link
						className="components-button is-primary is-next-40px-default-size"
						to={ {
							screen: 'settings',
							connection,
							query: { field: 'goLive' },
						} }
					>
						{ __( 'Go live', 'pearlbridge' ) }
					</Link>
				}
			>
				{ __(
					'No order arrives by itself before the connection is live.',
					'pearlbridge'
				) }
			</Empty>
		);
	}
	return (
		<Empty title={ __( 'No orders yet', 'pearlbridge' ) }>
			{ __(
				'The next order placed in the shop appears here by itself, a moment after its checkout.',
				'pearlbridge'
			) }
		</Empty>
	);
}
