import { __ } from '@wordpress/i18n';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import { formatMoney } from '../../components/index.ts';
import { isNegative, isZero, same, subtract } from './decimals.ts';

type Side = Pick<
	NonNullable< OrderComparison[ 'store' ] >,
	'net' | 'tax' | 'total' | 'currency'
>;

/** Below the rows: what both come to, and by how much they differ. */
export function Totals( {
	store,
	brightpearl,
}: {
	readonly store: Side | null;
	readonly brightpearl: Side | null;
} ) {
	const comparable =
		store !== null &&
		brightpearl !== null &&
		store.currency === brightpearl.currency;
	return (
		<tfoot>
			{ (
				[
					[ 'net', __( 'Net', 'pearlbridge' ) ],
					[ 'tax', __( 'Tax', 'pearlbridge' ) ],
					[ 'total', __( 'Total', 'pearlbridge' ) ],
				] as const
			 ).map( ( [ field, label ] ) => {
				const equal =
					! comparable ||
					same( store[ field ], brightpearl[ field ] );
				return (
					<tr key={ field } className={ `is-${ field }` }>
						<th scope="row">{ label }</th>
						<td data-side={ __( 'Shop', 'pearlbridge' ) }>
							{ store !== null && (
								<span className="pb-number">
									{ formatMoney(
										store[ field ],
										store.currency
									) }
								</span>
							) }
						</td>
						<td data-side={ __( 'Brightpearl', 'pearlbridge' ) }>
							{ brightpearl !== null && (
								<span
									className={ `pb-number${ equal ? '' : ' pb-differs' }` }
								>
									{ formatMoney(
										brightpearl[ field ],
										brightpearl.currency
									) }
									{ ! equal && store !== null && (
										<span className="pb-rows__difference">
											{ difference(
												store[ field ],
												brightpearl[ field ],
												store.currency
											) }
										</span>
									) }
								</span>
							) }
						</td>
					</tr>
				);
			} ) }
		</tfoot>
	);
}

/** How much more or less Brightpearl has. */
function difference(
	store: string,
	brightpearl: string,
	currency: string
): string {
	const by = subtract( brightpearl, store );
	const size = isNegative( by ) ? subtract( '0', by ) : by;
	return isZero( size )
		? ''
		: `${ isNegative( by ) ? '−' : '+' }${ formatMoney( size, currency ) }`;
}
