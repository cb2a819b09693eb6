/** Notes of the order, and what of it goes into custom fields. */
import { __, sprintf } from '@wordpress/i18n';
import { CommandButton } from '../../components/index.ts';
import { customFieldFault } from './add-faults.ts';
import { AddLine } from './add-line.tsx';
import { CheckSetting, RadioSetting } from './controls.tsx';
import { FieldSourceInput } from './field-source.tsx';
import { Setting } from './form.tsx';
import { MapLine, MapTable } from './map-table.tsx';
import { useMap } from './use-map.ts';

export function ExtrasSection() {
	return (
		<>
			<CheckSetting
				path="orders.notes.customer"
				label={ __( 'Copy it (default)', 'pearlbridge' ) }
			/>
			<RadioSetting
				path="orders.notes.order"
				options={ [
					{
						value: 'none',
						label: __( 'Copy none (default)', 'pearlbridge' ),
					},
					{
						value: 'customer',
						label: __(
							'Copy those sent to the customer',
							'pearlbridge'
						),
					},
					{
						value: 'all',
						label: __( 'Copy all', 'pearlbridge' ),
						help: __(
							'Payment plugins write many, one for each step.',
							'pearlbridge'
						),
					},
				] }
			/>
			<CustomFields />
		</>
	);
}

const PATH = 'orders.customFields';

function CustomFields() {
	const { map, put, drop, has } = useMap( PATH );
	const codes = Object.keys( map );
	return (
		<Setting path={ PATH } group wide>
			{ () => (
				<>
					{ codes.length > 0 && (
						<MapTable
							caption={ __(
								'Custom fields of the sales order',
								'pearlbridge'
							) }
							columns={ [
								__( 'In Brightpearl', 'pearlbridge' ),
								__( 'Holds', 'pearlbridge' ),
								__( 'Remove', 'pearlbridge' ),
							] }
						>
							{ codes.map( ( code ) => (
								<MapLine
									key={ code }
									path={ PATH }
									row={ {
										key: code,
										name: '',
										unknown: false,
									} }
									unknownText=""
									cells={ [
										{
											label: __( 'Holds', 'pearlbridge' ),
											control: (
												<FieldSourceInput
													code={ code }
													value={ String(
														map[ code ] ?? ''
													) }
													onChange={ ( source ) =>
														put( code, source )
													}
												/>
											),
										},
										{
											label: __(
												'Remove',
												'pearlbridge'
											),
											control: (
												<CommandButton
													size="small"
													variant="tertiary"
													label={ sprintf(
														/* translators: %s: code of a custom field */
														__(
															'Remove %s',
															'pearlbridge'
														),
														code
													) }
													onClick={ () => {
														drop( code );
														document
															.querySelector< HTMLElement >(
																`[data-field="${ PATH }"] .pb-addline input`
															)
															?.focus();
													} }
												>
													{ __(
														'Remove',
														'pearlbridge'
													) }
												</CommandButton>
											),
										},
									] }
								/>
							) ) }
						</MapTable>
					) }
					<AddLine
						label={ __( 'Code of a custom field', 'pearlbridge' ) }
						placeholder="PCF_ORDERNO"
						fault={ ( code ) =>
							customFieldFault( code, has( code ) )
						}
						onAdd={ ( code ) => put( code, 'number' ) }
					/>
				</>
			) }
		</Setting>
	);
}
