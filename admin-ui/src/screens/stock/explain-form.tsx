import { useEffect, useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { CommandButton, navigate } from '../../components/index.ts';

/** Asks for one SKU; the answer has an address of its own. */
export function ExplainForm( {
	connection,
	sku,
	busy = false,
}: {
	readonly connection: string;
	readonly sku: string;
	readonly busy?: boolean;
} ) {
	const id = useId();
	const [ text, setText ] = useState( sku );
	useEffect( () => setText( sku ), [ sku ] );
	const wanted = text.trim();
	return (
		<form
			className="pb-explain-form"
			onSubmit={ ( event ) => {
				event.preventDefault();
				if ( wanted !== '' ) {
					navigate( {
						screen: 'stock',
						connection,
						rest: [ 'explain', wanted ],
					} );
				}
			} }
		>
			<div className="pb-ask pb-ask--grow">
				<label htmlFor={ id }>
					{ __(
						'Why does the shop show this figure?',
						'pearlbridge'
					) }
				</label>
				<input
					id={ id }
					type="search"
					placeholder={ __( 'SKU', 'pearlbridge' ) }
					autoComplete="off"
					spellCheck={ false }
					value={ text }
					onChange={ ( { currentTarget } ) =>
						setText( currentTarget.value )
					}
				/>
			</div>
			<CommandButton
				type="submit"
				busy={ busy }
				disabled={ wanted === '' }
			>
				{ __( 'Explain', 'pearlbridge' ) }
			</CommandButton>
		</form>
	);
}
