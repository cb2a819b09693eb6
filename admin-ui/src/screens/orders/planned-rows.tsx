import { __, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import {
	Money,
	Nothing,
	formatDecimal,
	formatMoney,
} from '../../components/index.ts';
import { add, isZero } from './decimals.ts';
import type { PlannedOrder } from './planned-order.ts';

export type Totals = NonNullable< Order[ 'plan' ] >[ 'totals' ];

/** The rows of the sales order as they would be sent, and what they come to. */
export function PlannedRows( {
	planned: { rows, currency },
	totals,
}: {
	readonly planned: PlannedOrder;
	readonly totals: Totals;
} ) {
	const money = ( amount: string ) => formatMoney( amount, currency.code );
	return (
		<table className="pb-rows pb-rows--planned">
			<caption className="pb-hidden">
				{ __( 'Rows of the sales order', 'pearlbridge' ) }
			</caption>
			<thead>
				<tr>
					<th scope="col">{ __( 'Row', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Product', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Quantity', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Net', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Tax', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Gross', 'pearlbridge' ) }</th>
				</tr>
			</thead>
			<tbody>
				{ rows.map( ( row, index ) => (
					<tr key={ `${ index } ${ row.externalRef }` }>
						<th scope="row">
							<span className="pb-rows__name">
								<span>{ row.name ?? row.externalRef }</span>
							</span>
							<span className="pb-rows__sub">
								<code>{ row.externalRef }</code>
								{ row.nominalCode !== undefined && (
									<span>
										{ sprintf(
											/* translators: %s: nominal code of the accounts */
											__( 'account %s', 'pearlbridge' ),
											row.nominalCode
										) }
									</span>
								) }
							</span>
						</th>
						<td data-side={ __( 'Product', 'pearlbridge' ) }>
							{ row.productId ?? <Nothing /> }
						</td>
						<td data-side={ __( 'Quantity', 'pearlbridge' ) }>
							{ formatDecimal( row.quantity ) }
						</td>
						<td data-side={ __( 'Net', 'pearlbridge' ) }>
							<span className="pb-number">
								{ money( row.net ) }
							</span>
						</td>
						<td data-side={ __( 'Tax', 'pearlbridge' ) }>
							<span>
								<span className="pb-number">
									{ money( row.tax ) }
								</span>{ ' ' }
								<code>{ row.taxCode }</code>
							</span>
						</td>
						<td data-side={ __( 'Gross', 'pearlbridge' ) }>
							<span className="pb-number">
								{ money( add( row.net, row.tax ) ) }
							</span>
						</td>
					</tr>
				) ) }
			</tbody>
			{ totals !== null && (
				<tfoot>
					<tr className="is-total">
						<th scope="row" colSpan={ 3 }>
							{ __( 'Total', 'pearlbridge' ) }
						</th>
						<td data-side={ __( 'Net', 'pearlbridge' ) }>
							<Money
								amount={ totals.net }
								currency={ currency.code }
							/>
						</td>
						<td data-side={ __( 'Tax', 'pearlbridge' ) }>
							<Money
								amount={ totals.tax }
								currency={ currency.code }
							/>
						</td>
						<td data-side={ __( 'Gross', 'pearlbridge' ) }>
							<Money
								amount={ totals.total }
								currency={ currency.code }
							/>
						</td>
					</tr>
					<tr>
						<th scope="row" colSpan={ 5 }>
							{ __( 'Total in the shop', 'pearlbridge' ) }
						</th>
						<td>
							<Money
								amount={ totals.store }
								currency={ currency.code }
							/>
						</td>
					</tr>
					<tr>
						<th scope="row" colSpan={ 5 }>
							{ __( 'Difference', 'pearlbridge' ) }
						</th>
						<td
							className={
								isZero( totals.difference ) ? '' : 'pb-differs'
							}
						>
							<Money
								amount={ totals.difference }
								currency={ currency.code }
							/>
						</td>
					</tr>
				</tfoot>
			) }
		</table>
	);
}
