import { __ } from '@wordpress/i18n';
import type { OrderSummary } from '../../../../src/contracts/answers.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import {
	Link,
	Money,
	Nothing,
	StateBadge,
	Time,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { storeStatusText } from './store-status.ts';
import { reasonText } from './state-text.ts';

/** As the shop's people call it; its id until it was read. */
export function orderName( {
	number,
	orderId,
}: Pick< OrderSummary, 'number' | 'orderId' > ): string {
	return number ?? String( orderId );
}

export function orderColumns(
	connection: string,
	settings: Settings | null,
	now: number
): readonly Column< OrderSummary >[] {
	return [
		{
			id: 'number',
			label: __( 'Order', 'pearlbridge' ),
			primary: true,
			width: '96px',
			render: ( order ) => (
				<Link
					to={ {
						screen: 'orders',
						connection,
						rest: [ order.orderId ],
					} }
				>
					{ orderName( order ) }
				</Link>
			),
		},
		{
			id: 'state',
			label: __( 'State', 'pearlbridge' ),
			render: ( order ) => {
				const reason = reasonText( order, settings, now );
				return (
					<div className="pb-orders__state">
						<StateBadge state={ order.state } />
						{ reason !== null && (
							<span
								className={ `pb-orders__reason${ order.problem === null ? ' pb-muted' : '' }` }
								title={ reason }
							>
								{ reason }
							</span>
						) }
					</div>
				);
			},
		},
		{
			id: 'storeStatus',
			label: __( 'Shop status', 'pearlbridge' ),
			width: '120px',
			render: ( { storeStatus } ) =>
				storeStatus === null ? (
					<Nothing />
				) : (
					storeStatusText( storeStatus )
				),
		},
		{
			id: 'placedAt',
			label: __( 'Placed', 'pearlbridge' ),
			width: '140px',
			render: ( { placedAt } ) => <Time at={ placedAt } />,
		},
		{
			id: 'total',
			label: __( 'Total', 'pearlbridge' ),
			align: 'end',
			width: '120px',
			render: ( { total, currency } ) => (
				<Money amount={ total } currency={ currency } />
			),
		},
		{
			id: 'salesOrderId',
			label: __( 'Brightpearl', 'pearlbridge' ),
			align: 'end',
			width: '110px',
			render: ( { salesOrderId } ) =>
				salesOrderId === null ? <Nothing /> : String( salesOrderId ),
		},
	];
}
