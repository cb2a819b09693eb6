import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import { FieldRow } from '../../components/form/field-row.tsx';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import { announce } from '../../components/index.ts';
import type { SecretKind, SecretValue } from './values.ts';

/** Written, never shown: what is kept is told by its last characters at most. */
export function SecretField( {
	path,
	label,
	help,
	value,
	onChange,
	faults,
	kept,
}: {
	readonly path: string;
	readonly label: string;
	readonly help?: string;
	readonly value: SecretValue;
	readonly onChange: ( value: SecretValue ) => void;
	readonly faults: readonly string[];
	/** What says that there is one already; null = there is none. */
	readonly kept: string | null;
} ) {
	// A paired shop may not make the service read its own machine (`shopEditSchema`).
	const mayPoint = useHost().kind === 'sidecar';
	const [ advanced, setAdvanced ] = useState( value.kind !== 'text' );
	const [ trimmed, setTrimmed ] = useState( false );
	const type = ( text: string ): void => {
		const clean = text.trim();
		if ( clean !== text ) {
			announce( trimmedText() );
		}
		setTrimmed( clean !== text );
		onChange( { ...value, text: clean } );
	};
	return (
		<FieldRow
			path={ path }
			label={ label }
			{ ...( help === undefined ? {} : { help } ) }
			{ ...( kept === null ? {} : { note: kept } ) }
			faults={ faults }
		>
			{ ( control ) => (
				<>
					<TextInput
						{ ...control }
						type={ value.kind === 'text' ? 'password' : 'text' }
						autoComplete="new-password"
						autoCapitalize="off"
						placeholder={ placeholderOf( value.kind, kept ) }
						value={ value.text }
						onChange={ type }
					/>
					{ trimmed && (
						<span className="pb-muted">{ trimmedText() }</span>
					) }
					{ ! mayPoint ? null : advanced ? (
						<Select
							aria-label={ sprintf(
								/* translators: %s: name of a secret */
								__( 'Where %s is', 'pearlbridge' ),
								label
							) }
							value={ value.kind }
							options={ [
								{
									value: 'text',
									label: __(
										'Typed here, kept encrypted',
										'pearlbridge'
									),
								},
								{
									value: 'env',
									label: __(
										'In an environment variable of the service',
										'pearlbridge'
									),
								},
								{
									value: 'file',
									label: __(
										'In a file on the service’s machine',
										'pearlbridge'
									),
								},
							] }
							onChange={ ( kind ) =>
								onChange( {
									// A secret must not become readable as a name.
									text: '',
									kind: kind as SecretKind,
								} )
							}
						/>
					) : (
						<span>
							<button
								type="button"
								className="pb-link"
								aria-label={ sprintf(
									/* translators: %s: name of a secret; begins with what the button says */
									__(
										'Read it from elsewhere… (%s)',
										'pearlbridge'
									),
									label
								) }
								onClick={ () => setAdvanced( true ) }
							>
								{ __(
									'Read it from elsewhere…',
									'pearlbridge'
								) }
							</button>
						</span>
					) }
				</>
			) }
		</FieldRow>
	);
}

function trimmedText(): string {
	return __( 'White space around it was removed.', 'pearlbridge' );
}

function placeholderOf( kind: SecretKind, kept: string | null ): string {
	switch ( kind ) {
		case 'text':
			return kept === null
				? ''
				: __( 'Leave empty to keep it', 'pearlbridge' );
		case 'env':
			return __( 'Name, such as BRIGHTPEARL_TOKEN', 'pearlbridge' );
		case 'file':
			return __( 'Path, such as /run/secrets/token', 'pearlbridge' );
	}
}
