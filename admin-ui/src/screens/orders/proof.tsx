import { __ } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import {
	Badge,
	Facts,
	Money,
	Panel,
	Time,
	formatNumber,
} from '../../components/index.ts';
import { same } from './decimals.ts';

/** What was read back from Brightpearl after the push, against what the shop has. */
export function ProofPanel( { order }: { readonly order: Order } ) {
	const { proof, currency } = order;
	if ( proof === null ) {
		return (
			<Panel title={ __( 'Proof', 'pearlbridge' ) }>
				<p className="pb-muted">
					{ __(
						'After each push the sales order is read back and compared with the shop’s order. That has not been done yet.',
						'pearlbridge'
					) }
				</p>
			</Panel>
		);
	}
	return (
		<Panel
			title={ __( 'Proof', 'pearlbridge' ) }
			actions={
				<Badge
					label={
						proof.matches
							? {
									text: __( 'Matches', 'pearlbridge' ),
									tone: 'success',
								}
							: {
									text: __( 'Differs', 'pearlbridge' ),
									tone: 'error',
								}
					}
				/>
			}
		>
			<Facts
				items={ [
					{
						label: __( 'Read back', 'pearlbridge' ),
						value: <Time at={ proof.checkedAt } exact />,
					},
					{
						label: __( 'Total', 'pearlbridge' ),
						value: (
							<Both sides={ proof.total } currency={ currency } />
						),
					},
					{
						label: __( 'Tax', 'pearlbridge' ),
						value: (
							<Both sides={ proof.tax } currency={ currency } />
						),
					},
					{
						label: __( 'Rows', 'pearlbridge' ),
						value: (
							<span
								className={
									proof.rows.planned === proof.rows.found
										? 'pb-number'
										: 'pb-number pb-differs'
								}
							>
								{ formatNumber( proof.rows.planned ) }
								{ proof.rows.planned === proof.rows.found
									? ' = '
									: ' ≠ ' }
								{ formatNumber( proof.rows.found ) }
							</span>
						),
					},
				] }
			/>
			<p className="pb-muted pb-order__legend">
				{ __(
					'On the left what the shop has, on the right what Brightpearl has.',
					'pearlbridge'
				) }
			</p>
		</Panel>
	);
}

function Both( {
	sides: { store, brightpearl },
	currency,
}: {
	readonly sides: { readonly store: string; readonly brightpearl: string };
	readonly currency: string | null;
} ) {
	const equal = same( store, brightpearl );
	return (
		<span className={ equal ? '' : 'pb-differs' }>
			<Money amount={ store } currency={ currency } />
			{ equal ? ' = ' : ' ≠ ' }
			<Money amount={ brightpearl } currency={ currency } />
		</span>
	);
}
