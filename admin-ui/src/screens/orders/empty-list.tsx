import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { Empty, Link } from '../../components/index.ts';
import type { View } from '../../router/view.ts';
import { useStatus } from '../../status.tsx';
import { isNarrowed, narrowings, without, withoutFilters } from './filters.ts';
import { narrowingText } from './filter-text.ts';

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
				<p>
					{ __(
						'Only orders are shown that fit all of these:',
						'pearlbridge'
					) }
				</p>
				<ul className="pb-narrowings">
					{ narrowings( view ).map( ( narrowing ) => {
						const text = narrowingText( narrowing );
						return (
							<li key={ narrowing.field }>
								<Button
									variant="secondary"
									size="compact"
									aria-label={ sprintf(
										/* translators: %s: a filter, such as "State: Problem" */
										__( 'Remove “%s”', 'pearlbridge' ),
										text
									) }
									onClick={ () =>
										onView(
											without( view, narrowing.field )
										)
									}
								>
									{ text } <span aria-hidden="true">✕</span>
								</Button>
							</li>
						);
					} ) }
				</ul>
				<p>
					{ __(
						'A search finds the beginning of an order number, an order id, or Brightpearl’s number; a customer is found by the whole e-mail address.',
						'pearlbridge'
					) }
				</p>
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
