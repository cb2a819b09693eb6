import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useCommand } from '../../api/client.tsx';
import { TextInput } from '../../components/form/inputs.tsx';
import { Confirm, navigate, notify } from '../../components/index.ts';

/** Asks for the name first: nothing here comes back. */
export function Remove( {
	name,
	onClose,
}: {
	readonly name: string;
	readonly onClose: () => void;
} ) {
	const remove = useCommand( 'connectionRemove' );
	const [ typed, setTyped ] = useState( '' );
	return (
		<Confirm
			title={ sprintf(
				/* translators: %s: name of a connection */
				__( 'Remove %s?', 'pearlbridge' ),
				name
			) }
			action={ __( 'Remove for good', 'pearlbridge' ) }
			destructive
			busy={ remove.busy }
			disabled={ typed.trim() !== name }
			error={ remove.error }
			onClose={ onClose }
			onConfirm={ () => {
				void remove.run( { name } ).then( ( answer ) => {
					if ( answer.ok ) {
						onClose();
						notify(
							__( 'The connection is removed.', 'pearlbridge' )
						);
						navigate( { screen: 'connections' } );
					}
				} );
			} }
		>
			<p>
				{ __(
					'Its keys, settings, ledger, journal and open problems are deleted here. Nothing is deleted in the shop or in Brightpearl; orders that are there stay.',
					'pearlbridge'
				) }
			</p>
			<p>
				{ __(
					'Added again, it does not know which orders it pushed: set its go-live to a later time, or orders are looked up one by one.',
					'pearlbridge'
				) }
			</p>
			<label className="pb-labelled">
				{ sprintf(
					/* translators: %s: name of a connection */
					__( 'Type %s to confirm', 'pearlbridge' ),
					name
				) }
				<TextInput
					value={ typed }
					onChange={ setTyped }
					width="medium"
				/>
			</label>
		</Confirm>
	);
}
