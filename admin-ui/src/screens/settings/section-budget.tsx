/** What Brightpearl allows, and how it is used. */
import { __, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/index.ts';
import { useStatus } from '../../status.tsx';
import { NumberSetting, RadioSetting } from './controls.tsx';
import { useField, useForm } from './form.tsx';

export function BudgetSection() {
	return (
		<>
			<ReserveSetting />
			<WindowSetting />
			<BatchSetting />
		</>
	);
}

function ReserveSetting() {
	const { connection } = useForm();
	const { value } = useField( 'budget.reserve' );
	const { data } = useStatus();
	const limit =
		data?.connections.find( ( { name } ) => name === connection )?.budget
			.limit ?? null;
	const warning =
		limit !== null && Number( value ) >= limit
			? sprintf(
					/* translators: %s: requests in each period */
					__(
						'Brightpearl allows this account %s in each period. With so many left to others, Pearlbridge would get none and stand still.',
						'pearlbridge'
					),
					formatNumber( limit )
				)
			: null;
	return (
		<NumberSetting
			path="budget.reserve"
			unit={ __( 'requests in each period', 'pearlbridge' ) }
			warning={ warning }
		/>
	);
}

function WindowSetting() {
	return (
		<RadioSetting
			path="budget.window"
			options={ [
				{
					value: 'minute',
					label: __( 'Per clock minute (default)', 'pearlbridge' ),
					help: __(
						'Every full minute begins anew, as every account seen so far does. A backlog may use all of a minute’s requests at once.',
						'pearlbridge'
					),
				},
				{
					value: 'rolling',
					label: __( 'Over the last 60 seconds', 'pearlbridge' ),
					help: __(
						'As Brightpearl’s documents say. Choose it when “too many requests” comes up although no other app is busy.',
						'pearlbridge'
					),
				},
			] }
		/>
	);
}

function BatchSetting() {
	return (
		<RadioSetting
			path="budget.batch"
			options={ [
				{
					value: 'sequential',
					label: __(
						'Together, one after the other (default)',
						'pearlbridge'
					),
					help: __(
						'Up to ten changes go to Brightpearl in one request, and it makes them in order. A backlog is through much sooner.',
						'pearlbridge'
					),
				},
				{
					value: 'parallel',
					label: __( 'Together, all at once', 'pearlbridge' ),
					help: __(
						'As above, but Brightpearl makes them at the same time: quicker where it is slow, and harder on it.',
						'pearlbridge'
					),
				},
				{
					value: 'off',
					label: __( 'Each by itself', 'pearlbridge' ),
					help: __(
						'One request for every change. A backlog takes several times as long.',
						'pearlbridge'
					),
				},
			] }
		/>
	);
}
