/** One field of a connection, named by its path in `connection.json`. */
import { __ } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { FieldRow } from '../../components/form/field-row.tsx';
import { TextInput } from '../../components/form/inputs.tsx';
import { labelOf } from './labels.ts';
import { SecretField } from './secret-field.tsx';
import type { ConnectionValues, Fault, SecretValue } from './values.ts';

export interface FieldsProps {
	readonly values: ConnectionValues;
	readonly onChange: ( change: Partial< ConnectionValues > ) => void;
	readonly faults: readonly Fault[];
	/** What is kept; null = a new connection. */
	readonly view: ConnectionView | null;
}

type TextKey = {
	[ K in keyof ConnectionValues ]: ConnectionValues[ K ] extends string
		? K
		: never;
}[ keyof ConnectionValues ];
type SecretKey = {
	[ K in keyof ConnectionValues ]: ConnectionValues[ K ] extends SecretValue
		? K
		: never;
}[ keyof ConnectionValues ];

export function messages( faults: readonly Fault[], path: string ): string[] {
	return faults
		.filter( ( fault ) => fault.path === path )
		.map( ( { message } ) => message );
}

export function Text( {
	name,
	path,
	help,
	placeholder,
	disabled = false,
	values,
	onChange,
	faults,
}: FieldsProps & {
	readonly name: TextKey;
	readonly path: string;
	readonly help?: string;
	readonly placeholder?: string;
	readonly disabled?: boolean;
} ) {
	return (
		<FieldRow
			path={ path }
			label={ labelOf( path ) }
			{ ...( help === undefined ? {} : { help } ) }
			faults={ messages( faults, path ) }
		>
			{ ( control ) => (
				<TextInput
					{ ...control }
					autoCapitalize="off"
					disabled={ disabled }
					{ ...( placeholder === undefined ? {} : { placeholder } ) }
					value={ values[ name ] }
					onChange={ ( text ) =>
						onChange( { [ name ]: text.trimStart() } )
					}
				/>
			) }
		</FieldRow>
	);
}

export function Secret( {
	name,
	path,
	help,
	kept = null,
	values,
	onChange,
	faults,
}: FieldsProps & {
	readonly name: SecretKey;
	readonly path: string;
	readonly help?: string;
	readonly kept?: string | null;
} ) {
	return (
		<SecretField
			path={ path }
			label={ labelOf( path ) }
			{ ...( help === undefined ? {} : { help } ) }
			kept={ kept }
			value={ values[ name ] }
			onChange={ ( value ) => onChange( { [ name ]: value } ) }
			faults={ messages( faults, path ) }
		/>
	);
}

/** Beside a secret that is there already. */
export function keptText(): string {
	return __( 'Left empty, what is kept stays.', 'pearlbridge' );
}
