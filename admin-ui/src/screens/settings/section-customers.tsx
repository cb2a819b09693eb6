/** Whose name an order goes to in Brightpearl. */
import { __ } from '@wordpress/i18n';
import { RadioSetting, TextSetting } from './controls.tsx';

export function CustomersSection() {
	return (
		<>
			<RadioSetting
				path="orders.contacts"
				options={ [
					{
						value: 'keep',
						label: __(
							'Leave the contact as it is (default)',
							'pearlbridge'
						),
						help: __(
							'The order itself carries the addresses of the checkout.',
							'pearlbridge'
						),
					},
					{
						value: 'update',
						label: __(
							'Take over name, telephone and address',
							'pearlbridge'
						),
						help: __(
							'What was written by hand in Brightpearl is replaced.',
							'pearlbridge'
						),
					},
				] }
			/>
			<TextSetting path="orders.guestEmail" nullable />
			<RadioSetting
				path="orders.staffContacts"
				options={ [
					{
						value: 'use',
						label: __(
							'Use that contact (default)',
							'pearlbridge'
						),
					},
					{
						value: 'customer',
						label: __(
							'Make a customer with the same address',
							'pearlbridge'
						),
						help: __(
							'A second contact, so that sales stay apart from staff and suppliers.',
							'pearlbridge'
						),
					},
					{
						value: 'hold',
						label: __( 'Hold the order', 'pearlbridge' ),
						help: __(
							'It waits as a problem until a person has looked.',
							'pearlbridge'
						),
					},
				] }
			/>
		</>
	);
}
