/** One more line for a table of the settings, and why what was typed cannot be one. */
import { useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ToneIcon } from '../../components/badge.tsx';
import { CommandButton } from '../../components/command-button.tsx';
import { TextInput } from '../../components/form/inputs.tsx';
import { announce } from '../../components/notify.tsx';

/** For what the shop does not list: a gateway that is switched off now, say. */
export function AddLine( {
	label,
	placeholder,
	fault,
	onAdd,
}: {
	readonly label: string;
	readonly placeholder: string;
	/** Why it cannot be added; null = it can. */
	readonly fault: ( key: string ) => string | null;
	readonly onAdd: ( key: string ) => void;
} ) {
	const id = useId();
	const [ key, setKey ] = useState( '' );
	// Half a code is no fault yet.
	const [ tried, setTried ] = useState( false );
	const wanted = key.trim();
	const wrong = wanted === '' ? null : fault( wanted );
	const told = tried && wrong !== null;
	const add = (): void => {
		if ( wanted === '' ) {
			return;
		}
		setTried( wrong !== null );
		if ( wrong === null ) {
			onAdd( wanted );
			setKey( '' );
		} else {
			announce( wrong, 'assertive' );
			document.getElementById( id )?.focus();
		}
	};
	return (
		<div className="pb-addline">
			<TextInput
				id={ id }
				aria-label={ label }
				aria-invalid={ told ? true : undefined }
				aria-describedby={ told ? `${ id }-fault` : undefined }
				width="medium"
				placeholder={ placeholder }
				value={ key }
				onChange={ setKey }
				onKeyDown={ ( event ) => {
					if ( event.key === 'Enter' ) {
						event.preventDefault();
						add();
					}
				} }
			/>
			<CommandButton disabled={ wanted === '' } onClick={ add }>
				{ __( 'Add', 'pearlbridge' ) }
			</CommandButton>
			{ told && (
				<p id={ `${ id }-fault` } className="pb-addline__fault">
					<ToneIcon tone="error" />
					<span>
						{ wrong.charAt( 0 ).toLocaleUpperCase() +
							wrong.slice( 1 ) }
					</span>
				</p>
			) }
		</div>
	);
}
