import { useId, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useCommand } from '../../api/client.tsx';
import {
	Confirm,
	announce,
	formatNumber,
	navigate,
} from '../../components/index.ts';
import { readSkus } from './skus.ts';

/**
 * So long a pull is waited for here. Then the run's own page follows it, which can be left and
 * come back to.
 */
const PATIENCE = 1500;

export function PullDialog( {
	connection,
	skus = '',
	onClose,
}: {
	readonly connection: string;
	/** Chosen beforehand, as text. */
	readonly skus?: string;
	readonly onClose: () => void;
} ) {
	const id = useId();
	const [ all, setAll ] = useState( skus === '' );
	const [ text, setText ] = useState( skus );
	const [ dryRun, setDryRun ] = useState( false );
	const pull = useCommand( 'stockPull' );
	const chosen = readSkus( text );
	const run = async (): Promise< void > => {
		const answer = await pull.run(
			{ connection, skus: all ? null : chosen, dryRun },
			{ timeout: PATIENCE }
		);
		if ( answer.ok ) {
			onClose();
			announce( __( 'The stock run has begun.', 'pearlbridge' ) );
			// Exit 7 is no fault: it says that the run goes on.
			navigate( {
				screen: 'stock',
				connection,
				rest: [ 'runs', answer.value.runId ],
			} );
		}
	};
	return (
		<Confirm
			title={ __( 'Pull stock now', 'pearlbridge' ) }
			action={
				dryRun
					? __( 'Start the dry run', 'pearlbridge' )
					: __( 'Pull now', 'pearlbridge' )
			}
			busy={ pull.busy }
			disabled={ ! all && chosen.length === 0 }
			error={ pull.error }
			onConfirm={ () => void run() }
			onClose={ onClose }
		>
			<p>
				{ __(
					'Reads what can be sold from Brightpearl and writes it to the shop.',
					'pearlbridge'
				) }
			</p>
			<fieldset className="pb-ask pb-choices">
				<legend>{ __( 'Which products', 'pearlbridge' ) }</legend>
				<label>
					<input
						type="radio"
						name={ `${ id }-which` }
						checked={ all }
						onChange={ () => setAll( true ) }
					/>
					{ __( 'All that keep stock', 'pearlbridge' ) }
				</label>
				<label>
					<input
						type="radio"
						name={ `${ id }-which` }
						checked={ ! all }
						onChange={ () => setAll( false ) }
					/>
					{ __( 'Chosen SKUs', 'pearlbridge' ) }
				</label>
			</fieldset>
			{ ! all && (
				<div className="pb-ask">
					<label htmlFor={ `${ id }-skus` }>
						{ __( 'SKUs, one a line', 'pearlbridge' ) }
					</label>
					<textarea
						id={ `${ id }-skus` }
						rows={ 5 }
						spellCheck={ false }
						value={ text }
						onChange={ ( { currentTarget } ) =>
							setText( currentTarget.value )
						}
						aria-describedby={ `${ id }-count` }
					/>
					<span id={ `${ id }-count` } className="pb-muted">
						{ sprintf(
							/* translators: %s: number of SKUs */
							_n(
								'%s SKU',
								'%s SKUs',
								chosen.length,
								'pearlbridge'
							),
							formatNumber( chosen.length )
						) }
					</span>
				</div>
			) }
			<div className="pb-ask pb-choices">
				<label>
					<input
						type="checkbox"
						checked={ dryRun }
						onChange={ ( { currentTarget } ) =>
							setDryRun( currentTarget.checked )
						}
					/>
					{ __(
						'Dry run: show what would change, write nothing',
						'pearlbridge'
					) }
				</label>
			</div>
		</Confirm>
	);
}
