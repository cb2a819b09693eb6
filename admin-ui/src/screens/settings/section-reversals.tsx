/** What becomes of money and orders that are taken back in the shop. */
import { __ } from '@wordpress/i18n';
import { ChoiceSetting, RadioSetting } from './controls.tsx';

export function ReversalsSection() {
	return (
		<>
			<CancelPaidSetting />
			<ChoiceSetting
				path="orders.cancelledStatusId"
				list="orderStatuses"
				none={ __( 'The account’s own', 'pearlbridge' ) }
				numeric
			/>
			<RadioSetting
				path="orders.reversal"
				options={ [
					{
						value: 'payment',
						label: __(
							'By a payment the other way (default)',
							'pearlbridge'
						),
						help: __(
							'Both stay in the books, as an accountant wants them.',
							'pearlbridge'
						),
					},
					{
						value: 'delete',
						label: __(
							'By deleting what was recorded',
							'pearlbridge'
						),
						help: __(
							'Nothing is left of it. Brightpearl refuses this in a closed period.',
							'pearlbridge'
						),
					},
				] }
			/>
			<RadioSetting
				path="orders.refundTax"
				options={ [
					{
						value: 'shop',
						label: __(
							'None, as the shop has it (default)',
							'pearlbridge'
						),
						help: __(
							'The whole amount is net, and agrees with the shop’s own tax report.',
							'pearlbridge'
						),
					},
					{
						value: 'share',
						label: __(
							'The order’s own share of tax',
							'pearlbridge'
						),
						help: __(
							'As much of the amount is tax as of the order itself.',
							'pearlbridge'
						),
					},
				] }
			/>
		</>
	);
}

function CancelPaidSetting() {
	return (
		<RadioSetting
			path="orders.cancelPaid"
			options={ [
				{
					value: 'hold',
					label: __( 'Ask me (default)', 'pearlbridge' ),
					help: __(
						'The stock is released and the order waits as a problem: only you know whether the money goes back.',
						'pearlbridge'
					),
				},
				{
					value: 'reverse',
					label: __( 'Reverse the payments', 'pearlbridge' ),
					help: __(
						'The payments are reversed in Brightpearl, then the order is cancelled there.',
						'pearlbridge'
					),
				},
			] }
		/>
	);
}
