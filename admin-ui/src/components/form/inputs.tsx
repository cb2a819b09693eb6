/** Plain controls that look alike in both hosts. Each takes its name from its `FieldRow`. */
import { useId } from '@wordpress/element';
import type { InputHTMLAttributes } from 'react';
import type { ControlProps } from './field-row.tsx';

type Named = Partial< ControlProps > & { readonly 'aria-label'?: string };

export function TextInput( {
	value,
	onChange,
	width = 'full',
	...more
}: {
	readonly value: string;
	readonly onChange: ( value: string ) => void;
	readonly width?: 'short' | 'medium' | 'full';
} & Named &
	Pick<
		InputHTMLAttributes< HTMLInputElement >,
		| 'type'
		| 'inputMode'
		| 'placeholder'
		| 'autoComplete'
		| 'disabled'
		| 'step'
		| 'name'
		| 'list'
		| 'autoCapitalize'
		| 'maxLength'
		| 'onKeyDown'
		| 'required'
	> ) {
	return (
		<input
			className={ `pb-input pb-input--${ width }` }
			spellCheck={ false }
			autoComplete="off"
			{ ...more }
			value={ value }
			onChange={ ( { currentTarget } ) =>
				onChange( currentTarget.value )
			}
		/>
	);
}

export function Select( {
	value,
	options,
	onChange,
	...more
}: {
	readonly value: string;
	readonly options: readonly {
		readonly value: string;
		readonly label: string;
	}[];
	readonly onChange: ( value: string ) => void;
	readonly disabled?: boolean;
} & Named ) {
	return (
		<select
			className="pb-input pb-select"
			{ ...more }
			value={ value }
			onChange={ ( { currentTarget } ) =>
				onChange( currentTarget.value )
			}
		>
			{ options.map( ( option ) => (
				<option key={ option.value } value={ option.value }>
					{ option.label }
				</option>
			) ) }
		</select>
	);
}

/** One of a few, each with what it means. */
export function Radios< T extends string >( {
	value,
	options,
	onChange,
}: {
	readonly value: T | null;
	readonly options: readonly {
		readonly value: T;
		readonly label: string;
		readonly help?: string;
	}[];
	readonly onChange: ( value: T ) => void;
} ) {
	const name = useId();
	return (
		<div className="pb-radios">
			{ options.map( ( option ) => (
				<label key={ option.value } className="pb-radio">
					<input
						type="radio"
						name={ name }
						value={ option.value }
						checked={ option.value === value }
						onChange={ () => onChange( option.value ) }
					/>
					<span>
						{ option.label }
						{ option.help !== undefined && (
							<small>{ option.help }</small>
						) }
					</span>
				</label>
			) ) }
		</div>
	);
}

export function Checkbox( {
	checked,
	label,
	onChange,
	hideLabel = false,
	...more
}: {
	readonly checked: boolean;
	readonly label: string;
	readonly onChange: ( checked: boolean ) => void;
	readonly hideLabel?: boolean;
} & Partial< ControlProps > ) {
	return (
		<label className="pb-radio">
			<input
				type="checkbox"
				{ ...more }
				checked={ checked }
				onChange={ ( { currentTarget } ) =>
					onChange( currentTarget.checked )
				}
			/>
			<span className={ hideLabel ? 'pb-hidden' : undefined }>
				{ label }
			</span>
		</label>
	);
}
