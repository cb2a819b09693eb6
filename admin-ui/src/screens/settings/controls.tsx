/** The kinds of settings: texts, numbers, boxes, and what is chosen from a list. */
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { Note } from '../../components/index.ts';
import {
	Checkbox,
	Radios,
	Select,
	TextInput,
} from '../../components/form/inputs.tsx';
import type { ControlProps } from '../../components/form/field-row.tsx';
import { numberOrText } from './draft.ts';
import { Setting, useField, useForm } from './form.tsx';
import { optionsOf, withCurrent } from './options.ts';
import type { ListName, Option } from './options.ts';

export const textOf = ( value: unknown ): string =>
	value === null || value === undefined ? '' : String( value );

export function TextSetting( {
	path,
	disabled = false,
	width = 'medium',
	placeholder,
	nullable = false,
}: {
	readonly path: string;
	readonly disabled?: boolean;
	/** Empty means null. */
	readonly nullable?: boolean;
	readonly width?: 'short' | 'medium';
	readonly placeholder?: string;
} ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path }>
			{ ( control ) => (
				<TextInput
					{ ...control }
					width={ width }
					disabled={ disabled }
					{ ...( placeholder === undefined ? {} : { placeholder } ) }
					value={ textOf( value ) }
					onChange={ ( text ) =>
						set( nullable && text.trim() === '' ? null : text )
					}
				/>
			) }
		</Setting>
	);
}

export function NumberSetting( {
	path,
	unit,
	nullable = false,
	warning = null,
}: {
	readonly path: string;
	readonly unit?: string;
	/** Empty means null. */
	readonly nullable?: boolean;
	/** It may be saved, but hardly on purpose. */
	readonly warning?: string | null;
} ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path }>
			{ ( control ) => (
				<>
					<span className="pb-row">
						<TextInput
							{ ...control }
							width="short"
							inputMode="decimal"
							value={ textOf( value ) }
							onChange={ ( text ) =>
								set(
									nullable && text.trim() === ''
										? null
										: numberOrText( text )
								)
							}
						/>
						{ unit !== undefined && (
							<span className="pb-muted">{ unit }</span>
						) }
					</span>
					{ warning !== null && (
						<Note status="warning" spoken={ warning }>
							{ warning }
						</Note>
					) }
				</>
			) }
		</Setting>
	);
}

/** A drop-down from one of Brightpearl's lists; free where the list could not be read. */
export function Choice( {
	list,
	value,
	onChange,
	none,
	control,
	numeric,
	extra = [],
}: {
	readonly list: ListName;
	readonly value: unknown;
	/** Null = the `none` option. */
	readonly onChange: ( value: string | number | null ) => void;
	/** What the empty option says; null = there is none. */
	readonly none: string | null;
	readonly control: Partial< ControlProps > & {
		readonly 'aria-label'?: string;
	};
	/** Ids are numbers, codes are text. */
	readonly numeric: boolean;
	/** Before the list. */
	readonly extra?: readonly Option[];
} ) {
	const { choices } = useForm();
	const options = optionsOf( choices.data, list );
	const text = textOf( value );
	const give = ( chosen: string ): void =>
		onChange(
			chosen === '' ? null : numeric ? numberOrText( chosen ) : chosen
		);
	if ( options === null && ! choices.loading ) {
		return (
			<TextInput
				{ ...control }
				width="medium"
				{ ...( numeric ? { inputMode: 'numeric' as const } : {} ) }
				placeholder={
					numeric
						? __( 'Id in Brightpearl', 'pearlbridge' )
						: __( 'Code in Brightpearl', 'pearlbridge' )
				}
				value={ text }
				onChange={ ( typed ) =>
					give( typed.trim() === '' ? '' : typed )
				}
			/>
		);
	}
	const known =
		options === null
			? text === ''
				? []
				: [ { value: text, label: text } ]
			: withCurrent( [ ...extra, ...options ], text );
	return (
		<Select
			{ ...control }
			value={ text }
			options={ [
				...( none === null && text !== ''
					? []
					: [
							{
								value: '',
								label: none ?? __( 'Choose…', 'pearlbridge' ),
							},
						] ),
				...known,
			] }
			onChange={ give }
		/>
	);
}

export function ChoiceSetting( {
	path,
	list,
	none,
	numeric,
	absent = false,
}: {
	readonly path: string;
	readonly list: ListName;
	readonly none: string;
	readonly numeric: boolean;
	/** Nothing chosen is no key, rather than null. */
	readonly absent?: boolean;
} ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path } showDefault={ false }>
			{ ( control ) => (
				<Choice
					list={ list }
					numeric={ numeric }
					none={ none }
					control={ control }
					value={ value }
					onChange={ ( chosen ) =>
						set( chosen === null && absent ? undefined : chosen )
					}
				/>
			) }
		</Setting>
	);
}

export function RadioSetting< T extends string >( {
	path,
	options,
	read = ( value ) => value as T,
	write = ( value ) => value,
	children,
}: {
	readonly path: string;
	readonly options: readonly {
		readonly value: T;
		readonly label: string;
		readonly help?: string;
	}[];
	readonly read?: ( value: unknown ) => T;
	readonly write?: ( value: T ) => unknown;
	/** What belongs to the chosen option. */
	readonly children?: ReactNode;
} ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path } group>
			{ () => (
				<>
					<Radios
						value={ read( value ) }
						options={ options }
						onChange={ ( chosen ) => set( write( chosen ) ) }
					/>
					{ children }
				</>
			) }
		</Setting>
	);
}

export function CheckSetting( {
	path,
	label,
}: {
	readonly path: string;
	readonly label: string;
} ) {
	const { value, set } = useField( path );
	return (
		<Setting path={ path } group>
			{ () => (
				<Checkbox
					label={ label }
					checked={ value === true }
					onChange={ set }
				/>
			) }
		</Setting>
	);
}
