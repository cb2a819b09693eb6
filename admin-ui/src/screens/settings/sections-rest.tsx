/** Sweeps, stock and webhooks. */
import { __ } from '@wordpress/i18n';
import { Checkbox, Radios, TextInput } from '../../components/form/inputs.tsx';
import { CheckSetting, NumberSetting, RadioSetting } from './controls.tsx';
import { DurationInput, DurationSetting } from './duration-setting.tsx';
import { numberOrText } from './draft.ts';
import { Setting, useField, useForm } from './form.tsx';
import { optionsOf, withCurrent } from './options.ts';

export function SweepsSection() {
	return (
		<>
			<DurationSetting path="sweep.every" />
			<DurationSetting path="sweep.overlap" />
			<DurationSetting path="sweep.deep" />
			<CheckSetting
				path="watch.silence"
				label={ __(
					'Raise a problem when orders stop arriving (default)',
					'pearlbridge'
				) }
			/>
		</>
	);
}

export function StockSection() {
	return (
		<>
			<EverySetting />
			<WarehousesSetting />
			<NumberSetting
				path="stock.buffer"
				unit={ __( 'pieces', 'pearlbridge' ) }
			/>
			<NumberSetting
				path="stock.minimum"
				unit={ __( 'pieces', 'pearlbridge' ) }
			/>
			<NumberSetting
				path="stock.maximum"
				unit={ __( 'pieces', 'pearlbridge' ) }
				nullable
			/>
			<NumberSetting
				path="stock.breaker.percent"
				unit={ __( 'percent', 'pearlbridge' ) }
			/>
			<NumberSetting
				path="stock.breaker.minimum"
				unit={ __( 'products', 'pearlbridge' ) }
			/>
		</>
	);
}

const USUAL_PULL = '10m';

function EverySetting() {
	const { value, set } = useField( 'stock.every' );
	return (
		<Setting path="stock.every" group>
			{ ( control ) => (
				<>
					<Radios
						value={ value === null ? 'off' : 'on' }
						options={ [
							{
								value: 'on',
								label: __(
									'By itself (default: every 10 minutes)',
									'pearlbridge'
								),
							},
							{
								value: 'off',
								label: __(
									'Only when somebody pulls it',
									'pearlbridge'
								),
							},
						] }
						onChange={ ( chosen ) =>
							set( chosen === 'off' ? null : USUAL_PULL )
						}
					/>
					{ value !== null && (
						<DurationInput
							control={ {
								...control,
								'aria-label': __(
									'Pull stock every',
									'pearlbridge'
								),
							} }
							value={ String( value ) }
							onChange={ set }
						/>
					) }
				</>
			) }
		</Setting>
	);
}

function WarehousesSetting() {
	const { value, set } = useField( 'stock.warehouses' );
	const { choices } = useForm();
	const options = optionsOf( choices.data, 'warehouses' );
	const chosen = Array.isArray( value ) ? value.map( String ) : [];
	return (
		<Setting path="stock.warehouses" group>
			{ ( control ) => (
				<>
					<Radios
						value={ value === null ? 'channel' : 'these' }
						options={ [
							{
								value: 'channel',
								label: __(
									'Those of the channel (default)',
									'pearlbridge'
								),
							},
							{
								value: 'these',
								label: __( 'Only these', 'pearlbridge' ),
							},
						] }
						onChange={ ( what ) =>
							set( what === 'channel' ? null : [] )
						}
					/>
					{ value !== null &&
						( options === null ? (
							<TextInput
								{ ...control }
								width="medium"
								aria-label={ __(
									'Ids of the warehouses',
									'pearlbridge'
								) }
								placeholder={ __(
									'Ids, such as 2, 3',
									'pearlbridge'
								) }
								value={ chosen.join( ', ' ) }
								onChange={ ( text ) => set( idsOf( text ) ) }
							/>
						) : (
							<div className="pb-radios">
								{ chosen
									.reduce( withCurrent, options )
									.map( ( option ) => (
										<Checkbox
											key={ option.value }
											label={ option.label }
											checked={ chosen.includes(
												option.value
											) }
											onChange={ ( on ) =>
												set(
													( on
														? [
																...chosen,
																option.value,
															]
														: chosen.filter(
																( id ) =>
																	id !==
																	option.value
															)
													).map( numberOrText )
												)
											}
										/>
									) ) }
							</div>
						) ) }
				</>
			) }
		</Setting>
	);
}

/** Keeps the empty place after a comma that was just typed. */
function idsOf( text: string ): ( number | string )[] {
	return text.trim() === ''
		? []
		: text.split( ',' ).map( ( part ) => numberOrText( part.trim() ) );
}

export function WebhooksSection() {
	return (
		<RadioSetting
			path="webhooks"
			options={ [
				{
					value: 'auto',
					label: __( 'Kept by Pearlbridge (default)', 'pearlbridge' ),
					help: __(
						'Made, watched and repaired by the plugin where the shop is paired, else through the shop’s API when the service has an address the shop can reach.',
						'pearlbridge'
					),
				},
				{
					value: 'manual',
					label: __( 'Kept by hand', 'pearlbridge' ),
					help: __(
						'You make them in WooCommerce yourself.',
						'pearlbridge'
					),
				},
			] }
		/>
	);
}
