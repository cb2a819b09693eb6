/** A span of time: an amount and its unit. */
import { __ } from '@wordpress/i18n';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import type { ControlProps } from '../../components/form/field-row.tsx';
import { textOf } from './controls.tsx';
import { durationParts, durationText } from './duration.ts';
import type { Unit } from './duration.ts';
import { Setting, useField } from './form.tsx';

export function DurationInput( {
	value,
	onChange,
	control,
}: {
	readonly value: string;
	readonly onChange: ( text: string ) => void;
	readonly control: Partial< ControlProps > & {
		readonly 'aria-label'?: string;
	};
} ) {
	const parts = durationParts( value );
	return (
		<span className="pb-row">
			<TextInput
				{ ...control }
				width="short"
				inputMode="numeric"
				value={ parts.amount }
				onChange={ ( amount ) =>
					onChange( durationText( { ...parts, amount } ) )
				}
			/>
			<span>
				<Select
					aria-label={ __( 'Unit', 'pearlbridge' ) }
					value={ parts.unit }
					options={ unitOptions( parts.unit ) }
					onChange={ ( unit ) =>
						onChange(
							durationText( { ...parts, unit: unit as Unit } )
						)
					}
				/>
			</span>
		</span>
	);
}

function unitOptions( current: Unit ) {
	return [
		...( current === 'ms'
			? [ { value: 'ms', label: __( 'milliseconds', 'pearlbridge' ) } ]
			: [] ),
		{ value: 's', label: __( 'seconds', 'pearlbridge' ) },
		{ value: 'm', label: __( 'minutes', 'pearlbridge' ) },
		{ value: 'h', label: __( 'hours', 'pearlbridge' ) },
	];
}

export function DurationSetting( { path }: { readonly path: string } ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path }>
			{ ( control ) => (
				<DurationInput
					control={ control }
					value={ textOf( value ) }
					onChange={ set }
				/>
			) }
		</Setting>
	);
}
