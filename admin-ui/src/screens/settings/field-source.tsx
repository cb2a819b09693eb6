/** What of the shop's order a custom field holds: one of a few things, or any order meta. */
import { __, sprintf } from '@wordpress/i18n';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import { META, SOURCES } from './sources.ts';

export function FieldSourceInput( {
	code,
	value,
	onChange,
}: {
	readonly code: string;
	readonly value: string;
	readonly onChange: ( source: string ) => void;
} ) {
	const isMeta = value.startsWith( META );
	return (
		<span className="pb-row">
			<Select
				aria-label={ sprintf(
					/* translators: %s: code of a custom field */
					__( 'What %s holds', 'pearlbridge' ),
					code
				) }
				value={ isMeta ? META : value }
				options={ [
					...Object.entries( SOURCES ).map(
						( [ source, name ] ) => ( {
							value: source,
							label: name(),
						} )
					),
					{ value: META, label: __( 'Order meta…', 'pearlbridge' ) },
				] }
				onChange={ onChange }
			/>
			{ isMeta && (
				<TextInput
					width="medium"
					aria-label={ sprintf(
						/* translators: %s: code of a custom field */
						__( 'Key of the order meta for %s', 'pearlbridge' ),
						code
					) }
					placeholder={ __( 'Key of the meta', 'pearlbridge' ) }
					value={ value.slice( META.length ) }
					onChange={ ( key ) => onChange( META + key ) }
				/>
			) }
		</span>
	);
}
